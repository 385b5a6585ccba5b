// Where donors stand against a promise: shares, ranks, gaps in money and in share, the years it was kept, the path to it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "partnership/money/oda_book.h"
#include "partnership/money/promises.h"

namespace stocktake {

// Indices of donors by area code; all of them for an empty list. Throws Error(not_found) for one without figures.
std::vector<std::size_t> chosen_donors(const OdaBook& book, const std::vector<std::string>& areas);
// The latest year in which any donor has the concept under the basis, or under the headline measure of the year.
std::optional<int> latest_year(const OdaBook& book, OdaConcept what, std::optional<OdaBasis> basis);

// One donor in one year. NaN: no figure.
struct DonorShare {
  std::size_t donor = 0;  // OdaBook::donors
  int year = 0;
  OdaBasis basis = OdaBasis::net_flow;
  double share = 0, volume = 0, gni = 0;  // per cent; millions of US dollars in the prices of the book
  double gni_low = 0, gni_high = 0;       // bounds of a GNI worked out from a rounded share; NaN for another
  double ldc_share = 0, ldc_volume = 0;   // as above, to LDCs, imputed multilateral included
  double population = 0, per_capita = 0;  // persons; US dollars in the prices of the book a head of the donor
  std::optional<int> rank;  // among countries with a share that year and basis, 1 the highest; equal shares share it
  bool kept = false;        // share >= promise
  bool kept_ldc_lower = false, kept_ldc_upper = false;
  bool preliminary = false;
  bool before_membership = false;  // the donor joined the DAC later
  bool repaid = false;             // negative: repayments exceeded what was given
  bool undecided = false;          // the share is rounded, and the promise lies within the rounding
  std::uint16_t share_source = 0;  // OdaBook::sources index + 1; 0 none
  std::uint16_t gni_source = 0;
};
struct ShareOptions {
  std::optional<int> year;                                   // none: the latest year with a share of the basis
  std::optional<OdaBasis> basis;                             // none: the headline measure of the year
  std::vector<std::string> donors;                           // area codes; empty: all
  double promise = 0.7, ldc_lower = 0.15, ldc_upper = 0.20;  // per cent of GNI
};
// By rank, then area; donors without a share that year behind, by area; groups last.
std::vector<DonorShare> donor_shares(const OdaBook& book, const ShareOptions& options);

// What is missing in a year.
struct DonorGap {
  std::size_t donor = 0;
  int year = 0;
  OdaBasis basis = OdaBasis::net_flow;
  double gni = 0, promised = 0, delivered = 0;  // millions of US dollars in the prices of the book; promised = promise x GNI
  double gap = 0;                               // promised - delivered; 0 where it is kept, `surplus` then
  double gap_low = 0, gap_high = 0;             // bounds where GNI was worked out from a rounded share; NaN for another
  double surplus = 0;
  double share = 0, gap_share = 0;  // per cent of GNI
  double increase = 0;              // gap / delivered, in per cent; NaN where nothing (or less) was delivered
  bool kept = false;
  std::optional<int> since_promise;  // whole years from the promise to the end of the year
  std::vector<int> years_kept;       // years with a share of their headline basis at or above the promise
  int years_known = 0;               // years since the promise with a headline share
  std::optional<int> last_kept;
  bool broken_measure = false;  // the years counted span the change of the headline measure
  bool preliminary = false;
  bool undecided = false;  // the share is rounded, and the promise lies within the rounding
  std::uint16_t share_source = 0;
  std::uint16_t gni_source = 0;
};
struct GapOptions {
  std::optional<int> year;
  std::optional<OdaBasis> basis;
  std::vector<std::string> donors;
  double promise = 0.7;                     // per cent of GNI
  OdaConcept what = OdaConcept::oda_share;  // or ldc_share
  std::optional<Date> made;                 // of the promise: where the years start
};
// GniBounds of a quotient whose share is printed to +- half_unit: volume / share of either end, low first; infinite above where
// the share may be 0. NaN for both where half_unit is 0 or the volume is not positive.
struct GniBounds {
  double low = 0, high = 0;
};
GniBounds gni_bounds(double volume, double share, double half_unit);
// Does the rounding of a share leave open whether it reaches the promise?
bool is_undecided(double share, double half_unit, double promise);
// The largest gap first, then area; donors without a gap (no GNI or no delivery known) behind with NaN; groups last.
std::vector<DonorGap> donor_gaps(const OdaBook& book, const GapOptions& options);

// The yearly path to a promise.
struct PathYear {
  int year = 0;
  double gni = 0;                              // projected, millions of US dollars of the base year, or in the prices of the book
  double linear_share = 0, linear_volume = 0;  // the share rises by the same points each year
  double growth_share = 0, growth_volume = 0;  // the volume grows at the same rate each year
};
struct OdaPath {
  std::size_t donor = 0;
  OdaBasis basis = OdaBasis::net_flow;
  int base_year = 0, by = 0;
  double promise = 0, gni_growth = 0;  // per cent of GNI; a year, 0.02 is two per cent
  double base_share = 0, base_volume = 0, base_gni = 0;
  double points_a_year = 0;          // per cent of GNI; 0 where kept already
  double volume_growth = 0;          // a year; NaN where the base volume is not positive
  double gni_low = 0, gni_high = 0;  // of base_gni, where it was worked out from a rounded share; NaN for another
  std::uint16_t share_source = 0, gni_source = 0;
  bool kept = false;            // at base: the path is to stay, share and promise apart
  double additional = 0;        // sum over the years of linear volume - (base share x GNI)
  std::vector<PathYear> years;  // from the base year to `by`
};
struct PathOptions {
  std::string donor;  // area code
  int by = 0;
  double promise = 0.7;
  OdaConcept what = OdaConcept::oda_share;
  std::optional<int> base_year;   // none: the latest year with share and GNI
  std::optional<OdaBasis> basis;  // none: the headline measure of the base year
  double gni_growth = 0;          // a year
};
// Throws Error(not_found) for a donor without a share, Error(usage) for a `by` that is not after the base year or a growth at or
// below -1.
OdaPath oda_path(const OdaBook& book, const PathOptions& options);

// One year's aid of several donors, for those who need a total: sum of volumes over GNI, only donors with both.
struct OdaTotal {
  double volume = 0, gni = 0, share = 0;  // share in per cent; NaN without a donor
  int donors = 0;
};
OdaTotal oda_total(const OdaBook& book, const std::vector<std::size_t>& donors, OdaBasis basis, int year);

}  // namespace stocktake
