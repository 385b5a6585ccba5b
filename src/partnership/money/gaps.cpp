#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "base/error.h"
#include "partnership/money/standing.h"

namespace stocktake {
namespace {

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

void check_promise(double promise) {
  if (!std::isfinite(promise) || promise <= 0 || promise > 100) {
    throw Error(ErrorKind::usage,
                "the promise is " + std::to_string(promise) + " per cent of GNI, expected more than 0 and at most 100");
  }
}

// Years from the promise on in which the headline measure of the year reached it. A year whose headline figure is missing does
// not count, even where the other measure has one.
void count_years(const OdaBook& book, const GapOptions& options, int until, DonorGap& gap) {
  bool net = false, grant = false;
  const int from = options.made ? std::max(options.made->year, book.first_year) : book.first_year;
  for (int year = from; year <= until; ++year) {
    const OdaBasis basis = options.basis.value_or(book.headline(year));
    const auto share = book.at(options.what, basis, gap.donor, year);
    if (!share) continue;
    ++gap.years_known;
    (basis == OdaBasis::net_flow ? net : grant) = true;
    if (keeps(share->value, options.promise)) gap.years_kept.push_back(year);
  }
  if (!gap.years_kept.empty()) gap.last_kept = gap.years_kept.back();
  gap.broken_measure = net && grant;
}

// From the share and the volume of all aid, whatever part of it was promised.
GniBounds gni_bounds_at(const OdaBook& book, OdaBasis basis, std::size_t donor, int year) {
  const auto volume = book.at(OdaConcept::oda_volume, basis, donor, year);
  const auto share = book.at(OdaConcept::oda_share, basis, donor, year);
  if (!volume || !share) return {no_value, no_value};
  return gni_bounds(volume->value, share->value, book.half_unit(book.at(OdaConcept::gni, basis, donor, year)));
}

}  // namespace

std::vector<DonorGap> donor_gaps(const OdaBook& book, const GapOptions& options) {
  check_promise(options.promise);
  const std::vector<std::size_t> chosen = chosen_donors(book, options.donors);
  const auto year = options.year ? options.year : latest_year(book, options.what, options.basis);
  if (!year) return {};
  const OdaBasis basis = options.basis.value_or(book.headline(*year));
  std::vector<DonorGap> gaps;
  for (const std::size_t d : chosen) {
    DonorGap gap;
    gap.donor = d;
    gap.year = *year;
    gap.basis = basis;
    const auto share = book.at(options.what, basis, d, *year);
    const auto volume = book.at(volume_of(options.what), basis, d, *year);
    const auto gni = book.at(OdaConcept::gni, basis, d, *year);
    gap.share = share ? share->value : no_value;
    gap.delivered = volume ? volume->value : no_value;
    gap.gni = gni ? gni->value : no_value;
    gap.promised = gap.gni > 0 ? options.promise * gap.gni / 100 : no_value;
    gap.kept = share && keeps(share->value, options.promise);
    gap.gap_share = !share ? no_value : gap.kept ? 0 : options.promise - share->value;
    const double missing = gap.promised - gap.delivered;
    // Share and money may be rounded apart: the share decides whether the promise is kept.
    gap.gap = std::isnan(missing) ? no_value : gap.kept ? 0 : std::max(missing, 0.0);
    gap.surplus = std::isnan(missing) ? no_value : gap.kept && missing < 0 ? -missing : 0;
    gap.increase = gap.delivered > 0 ? 100 * gap.gap / gap.delivered : no_value;
    gap.preliminary = (share && share->preliminary) || (volume && volume->preliminary);
    gap.undecided = is_undecided(gap.share, book.half_unit(share), options.promise);
    gap.share_source = OdaBook::source_index(share);
    gap.gni_source = OdaBook::source_index(gni);
    const GniBounds bounds = gni_bounds_at(book, basis, d, *year);
    const auto missing_of = [&](double income) { return std::max(options.promise * income / 100 - gap.delivered, 0.0); };
    gap.gap_low = std::isnan(bounds.low + gap.delivered) ? no_value : missing_of(bounds.low);
    gap.gap_high = std::isnan(bounds.high + gap.delivered) ? no_value : missing_of(bounds.high);
    if (options.made && *year >= options.made->year) gap.since_promise = *year - options.made->year;
    count_years(book, options, *year, gap);
    if (!share && !volume && options.donors.empty()) continue;
    gaps.push_back(std::move(gap));
  }
  const auto key = [&](const DonorGap& gap) {
    const Donor& donor = book.donors[gap.donor];
    const bool none = std::isnan(gap.gap);
    return std::tuple(donor.group, none, none ? 0.0 : -gap.gap, std::string_view(donor.area));
  };
  std::sort(gaps.begin(), gaps.end(), [&](const DonorGap& a, const DonorGap& b) { return key(a) < key(b); });
  return gaps;
}

OdaPath oda_path(const OdaBook& book, const PathOptions& options) {
  check_promise(options.promise);
  if (!std::isfinite(options.gni_growth) || options.gni_growth <= -1) {
    throw Error(ErrorKind::usage, "the growth of GNI must be more than -100 per cent a year");
  }
  const std::size_t donor = chosen_donors(book, {options.donor}).front();
  OdaPath path;
  path.donor = donor;
  path.promise = options.promise;
  path.by = options.by;
  path.gni_growth = options.gni_growth;
  std::optional<OdaValue> share, gni;
  const auto look = [&](int year) {
    path.base_year = year;
    path.basis = options.basis.value_or(book.headline(year));
    share = book.at(options.what, path.basis, donor, year);
    gni = book.at(OdaConcept::gni, path.basis, donor, year);
    return share && gni && gni->value > 0;
  };
  bool found = false;
  if (options.base_year) {
    found = look(*options.base_year);
  } else {
    for (int year = book.last_year; year >= book.first_year && !found; --year) found = look(year);
  }
  if (!found) {
    const std::string when = options.base_year ? " in " + std::to_string(*options.base_year) : "";
    throw Error(ErrorKind::not_found, "there is no share of aid with a GNI of '" + options.donor + "'" + when,
                "Import a table that has GNI (OECD DAC1), or choose another base year");
  }
  if (options.by <= path.base_year) {
    throw Error(ErrorKind::usage, "the year to reach it by is " + std::to_string(options.by) +
                                      ", expected one after the base year " + std::to_string(path.base_year));
  }
  if (options.by > path.base_year + 200) throw Error(ErrorKind::usage, "the year to reach it by is more than 200 years ahead");
  const int n = options.by - path.base_year;
  path.base_share = share->value;
  path.base_gni = gni->value;
  path.base_volume = path.base_share * path.base_gni / 100;
  path.share_source = OdaBook::source_index(share);
  path.gni_source = OdaBook::source_index(gni);
  const GniBounds bounds = gni_bounds_at(book, path.basis, donor, path.base_year);
  path.gni_low = bounds.low;
  path.gni_high = bounds.high;
  path.kept = keeps(path.base_share, options.promise);
  const double end_share = path.kept ? path.base_share : options.promise;
  path.points_a_year = (end_share - path.base_share) / n;
  const double end_volume = end_share / 100 * path.base_gni * std::pow(1 + options.gni_growth, n);
  path.volume_growth = path.base_volume > 0 ? std::pow(end_volume / path.base_volume, 1.0 / n) - 1 : no_value;
  for (int i = 0; i <= n; ++i) {
    PathYear one;
    one.year = path.base_year + i;
    one.gni = path.base_gni * std::pow(1 + options.gni_growth, i);
    one.linear_share = i == n ? end_share : path.base_share + path.points_a_year * i;
    one.linear_volume = one.linear_share * one.gni / 100;
    one.growth_volume = i == n ? end_volume : path.base_volume * std::pow(1 + path.volume_growth, i);
    if (std::isnan(path.volume_growth)) one.growth_volume = no_value;
    one.growth_share = 100 * one.growth_volume / one.gni;
    if (i > 0) path.additional += one.linear_volume - path.base_share * one.gni / 100;
    path.years.push_back(one);
  }
  return path;
}

}  // namespace stocktake
