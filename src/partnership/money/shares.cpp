#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "base/error.h"
#include "partnership/money/standing.h"

namespace stocktake {
namespace {

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

constexpr double rounding = 1e-12;  // of sums in binary

double value_or_none(const std::optional<OdaValue>& value) { return value ? value->value : no_value; }

}  // namespace

GniBounds gni_bounds(double volume, double share, double half_unit) {
  if (!(half_unit > 0) || !(volume > 0) || !(share > 0)) return {no_value, no_value};
  const double least = share - half_unit;
  return {100 * volume / (share + half_unit), least > rounding ? 100 * volume / least : std::numeric_limits<double>::infinity()};
}

bool is_undecided(double share, double half_unit, double promise) {
  return half_unit > 0 && share - half_unit < promise - rounding && share + half_unit > promise + rounding;
}

std::vector<std::size_t> chosen_donors(const OdaBook& book, const std::vector<std::string>& areas) {
  std::vector<std::size_t> chosen;
  if (areas.empty()) {
    for (std::size_t i = 0; i < book.donors.size(); ++i) chosen.push_back(i);
  }
  for (const std::string& area : areas) {
    const auto found = book.find(area);
    if (!found) {
      throw Error(ErrorKind::not_found, "there are no aid figures of '" + area + "'",
                  "See `stocktake oda shares` for the donors there are; import a table with `stocktake import FILE`");
    }
    chosen.push_back(*found);
  }
  return chosen;
}

std::optional<int> latest_year(const OdaBook& book, OdaConcept what, std::optional<OdaBasis> basis) {
  for (int year = book.last_year; year >= book.first_year; --year) {
    const OdaBasis of_year = basis.value_or(book.headline(year));
    for (std::size_t donor = 0; donor < book.donors.size(); ++donor) {
      if (book.at(what, of_year, donor, year)) return year;
    }
  }
  return std::nullopt;
}

std::vector<DonorShare> donor_shares(const OdaBook& book, const ShareOptions& options) {
  const std::vector<std::size_t> shown = chosen_donors(book, options.donors);
  const auto year = options.year ? options.year : latest_year(book, OdaConcept::oda_share, options.basis);
  if (!year) return {};
  const OdaBasis basis = options.basis.value_or(book.headline(*year));
  std::vector<DonorShare> all;
  for (std::size_t d = 0; d < book.donors.size(); ++d) {
    DonorShare one;
    one.donor = d;
    one.year = *year;
    one.basis = basis;
    const auto share = book.at(OdaConcept::oda_share, basis, d, *year);
    const auto volume = book.at(OdaConcept::oda_volume, basis, d, *year);
    const auto ldc = book.at(OdaConcept::ldc_share, basis, d, *year);
    one.share = value_or_none(share);
    one.volume = value_or_none(volume);
    const auto gni = book.at(OdaConcept::gni, basis, d, *year);
    one.gni = value_or_none(gni);
    one.gni_source = OdaBook::source_index(gni);
    const GniBounds bounds = gni_bounds(one.volume, one.share, book.half_unit(gni));
    one.gni_low = bounds.low;
    one.gni_high = bounds.high;
    one.undecided = is_undecided(one.share, book.half_unit(share), options.promise);
    one.ldc_share = value_or_none(ldc);
    one.ldc_volume = value_or_none(book.at(OdaConcept::ldc_volume, basis, d, *year));
    one.population = value_or_none(book.at(OdaConcept::population, basis, d, *year));
    one.per_capita = one.population > 0 ? one.volume * 1e6 / one.population : no_value;
    one.kept = share && keeps(share->value, options.promise);
    one.kept_ldc_lower = ldc && keeps(ldc->value, options.ldc_lower);
    one.kept_ldc_upper = ldc && keeps(ldc->value, options.ldc_upper);
    one.preliminary = (share && share->preliminary) || (volume && volume->preliminary);
    const auto& from = book.donors[d].member_from;
    one.before_membership = from && *year < *from;
    one.repaid = (share && share->value < 0) || (volume && volume->value < 0);
    one.share_source = OdaBook::source_index(share);
    all.push_back(one);
  }
  const auto key = [&](const DonorShare& one) {
    const Donor& donor = book.donors[one.donor];
    const bool none = std::isnan(one.share);
    return std::tuple(donor.group, none, none ? 0.0 : -one.share, std::string_view(donor.area));
  };
  std::sort(all.begin(), all.end(), [&](const DonorShare& a, const DonorShare& b) { return key(a) < key(b); });
  int place = 0, rank = 0;
  double last = no_value;
  for (DonorShare& one : all) {
    if (book.donors[one.donor].group || std::isnan(one.share)) continue;
    ++place;
    if (!(one.share == last)) rank = place;
    last = one.share;
    one.rank = rank;
  }
  std::erase_if(all, [&](const DonorShare& one) {
    const bool wanted = std::find(shown.begin(), shown.end(), one.donor) != shown.end();
    const bool nothing =
        std::isnan(one.share) && std::isnan(one.volume) && std::isnan(one.ldc_share) && std::isnan(one.ldc_volume);
    return !wanted || (nothing && options.donors.empty());
  });
  return all;
}

OdaTotal oda_total(const OdaBook& book, const std::vector<std::size_t>& donors, OdaBasis basis, int year) {
  OdaTotal total;
  for (const std::size_t donor : donors) {
    const auto volume = book.at(OdaConcept::oda_volume, basis, donor, year);
    const auto gni = book.at(OdaConcept::gni, basis, donor, year);
    if (!volume || !gni) continue;
    total.volume += volume->value;
    total.gni += gni->value;
    ++total.donors;
  }
  total.share = total.gni > 0 ? 100 * total.volume / total.gni : no_value;
  return total;
}

}  // namespace stocktake
