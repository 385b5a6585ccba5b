#include "assess/simulation/figures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "assess/published_bounds.h"
#include "assess/simulation/impute.h"
#include "assess/simulation/random.h"

namespace stocktake {
namespace {

constexpr std::size_t scale_count = 3;

// One country's finite figures up to the last year that counts. Reused from country to country.
struct Loaded {
  std::vector<std::int16_t> year;
  std::vector<double> value, z;
  std::vector<double> unit_sd, z_sd;  // from published bounds; NaN, and 0, where there are none
  bool bounds = false;
  ScaleView scale;
};

// A published bound on the scale; none where it lies on or beyond the scale's own bounds, which are infinitely far away.
double bound_on_scale(const ScaleView& scale, double y) {
  const bool fits = scale.scale == Scale::identity || (scale.scale == Scale::log ? y > 0 : y > scale.lower && y < scale.upper);
  return fits ? scale.to(y) : no_figure;
}

void load(const Panel& panel, std::uint32_t series, const FigureOptions& options, double quantile, Loaded& out) {
  out.year.clear();
  out.value.clear();
  out.z.clear();
  out.unit_sd.clear();
  out.z_sd.clear();
  out.bounds = false;
  if (series == no_series) return;
  const std::size_t begin = panel.begin[series], end = panel.begin[series + 1];
  for (std::size_t i = begin; i < end && panel.year[i] <= options.data_until; ++i) {
    if (!std::isfinite(panel.value[i])) continue;
    out.year.push_back(panel.year[i]);
    out.value.push_back(panel.value[i]);
  }
  out.scale = scale_of(options.indicator, {out.year.data(), out.value.data(), out.value.size()});
  for (const double y : out.value) out.z.push_back(out.scale.to(y));
  out.z_sd.assign(out.z.size(), 0);
  if (panel.lower.empty() && panel.upper.empty()) return;
  out.unit_sd.assign(out.z.size(), no_figure);
  std::size_t at = 0;
  for (std::size_t i = begin; at < out.z.size(); ++i) {
    if (!std::isfinite(panel.value[i])) continue;
    const double lower = panel.lower.empty() ? no_figure : panel.lower[i];
    const double upper = panel.upper.empty() ? no_figure : panel.upper[i];
    const double unit = sd_of_bounds(lower, out.value[at], upper, quantile);
    const double scaled = sd_of_bounds(bound_on_scale(out.scale, lower), out.z[at], bound_on_scale(out.scale, upper), quantile);
    if (std::isfinite(unit) && std::isfinite(scaled)) {
      out.unit_sd[at] = unit;
      out.z_sd[at] = scaled;
      out.bounds = true;
    }
    ++at;
  }
  if (!out.bounds) out.unit_sd.clear();
}

// Drift and yearly variance of a random walk through the figures; false with fewer than three.
bool walk(std::span<const std::int16_t> year, std::span<const double> z, double& drift, double& variance) {
  if (z.size() < 3) return false;
  drift = (z.back() - z.front()) / (year.back() - year.front());
  double sum = 0;
  for (std::size_t i = 1; i < z.size(); ++i) {
    const double time = year[i] - year[i - 1];
    const double off = z[i] - z[i - 1] - drift * time;
    sum += off * off / time;
  }
  variance = sum / static_cast<double>(z.size() - 2);
  return true;
}

double median_of(std::vector<double>& values) {
  if (values.empty()) return no_figure;
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

// What stands in for a country's own variance where it has fewer than three figures: the median of the others', by scale.
std::array<double, scale_count> common_variances(const Panel& panel, const GroupMap& map, const SeriesOfArea& series,
                                                 const FigureOptions& options, double quantile, Loaded& loaded) {
  std::array<std::vector<double>, scale_count> found;
  for (const AreaId country : map.countries) {
    load(panel, series[country], options, quantile, loaded);
    double drift = 0, variance = 0;
    if (walk(loaded.year, loaded.z, drift, variance)) found[static_cast<std::size_t>(loaded.scale.scale)].push_back(variance);
  }
  std::array<double, scale_count> common{};
  for (std::size_t i = 0; i < scale_count; ++i) common[i] = median_of(found[i]);
  return common;
}

// The years after the last figure, by the projector or, where it refuses, as a random walk without drift.
struct Future {
  std::vector<double> mean, sd;
  bool known = false;
};

void look_ahead(const Loaded& loaded, const Projector& projector, double common_variance, std::size_t horizon, Future& out) {
  out.mean.assign(horizon, 0);
  out.sd.assign(horizon, 0);
  const ProjectionInput input{{loaded.year.data(), loaded.value.data(), loaded.value.size()}, loaded.unit_sd, loaded.scale};
  const auto finite = [](double x) { return std::isfinite(x); };
  out.known = projector ? projector(input, out.mean, out.sd) : random_walk(input, out.mean, out.sd);
  out.known =
      out.known && std::all_of(out.mean.begin(), out.mean.end(), finite) && std::all_of(out.sd.begin(), out.sd.end(), finite);
  if (out.known || !std::isfinite(common_variance)) return;
  out.known = true;
  const double own = loaded.z_sd.back() * loaded.z_sd.back();
  for (std::size_t h = 0; h < horizon; ++h) {
    out.mean[h] = loaded.z.back();
    out.sd[h] = std::sqrt(common_variance * static_cast<double>(h + 1) + own);
  }
}

// Between the figures at i - 1 and i: the line in the indicator's unit, as aggregate_group has it; around it a Brownian bridge,
// and the uncertainty of the two figures, taken as one and the same error.
void interpolate(const Loaded& loaded, std::size_t i, int year, double variance, CountryFigure& out) {
  const double from = loaded.year[i - 1], to = loaded.year[i];
  const double share = (year - from) / (to - from);
  out.value = loaded.value[i - 1] + share * (loaded.value[i] - loaded.value[i - 1]);
  out.centre = loaded.scale.to(out.value);
  const double bridge = std::isfinite(variance) ? variance * (year - from) * (to - year) / (to - from) : 0;
  const double own = loaded.z_sd[i - 1] + share * (loaded.z_sd[i] - loaded.z_sd[i - 1]);
  out.sd = std::sqrt(bridge + own * own);
  out.source = FigureSource::interpolated;
}

void figure_at(const Loaded& loaded, int year, int latest, const FigureOptions& options, double variance, const Future& future,
               CountryFigure& out) {
  if (loaded.year.empty() || year < loaded.year.front()) return;
  out.scale = loaded.scale;
  const int last = loaded.year.back();
  if (year > last) {
    if (!future.known || last < std::min(year, latest) - options.max_age) return;
    const auto h = static_cast<std::size_t>(year - last - 1);
    out.centre = future.mean[h];
    out.sd = future.sd[h];
    out.value = PublishedFigures(loaded.scale).at(out.centre);
    out.source = FigureSource::projected;
    return;
  }
  const auto i = static_cast<std::size_t>(std::lower_bound(loaded.year.begin(), loaded.year.end(), year) - loaded.year.begin());
  if (loaded.year[i] != year) return interpolate(loaded, i, year, variance, out);
  out.value = loaded.value[i];
  out.centre = loaded.z[i];
  out.sd = loaded.z_sd[i];
  out.source = FigureSource::observed;
}

double weight_at(const Panel& panel, std::uint32_t series, int year, int latest) {
  if (series == no_series || panel.begin[series] == panel.begin[series + 1]) return 0;
  const auto first = panel.year.begin() + panel.begin[series], last = panel.year.begin() + panel.begin[series + 1];
  if (year < *first - weight_reach || *(last - 1) < std::min(year, latest) - weight_reach) return 0;
  const auto next = std::lower_bound(first, last, year);
  const auto value = [&](auto at) { return panel.value[static_cast<std::size_t>(at - panel.year.begin())]; };
  double weight = 0;
  if (next == last) {
    weight = value(last - 1);
  } else if (next == first || *next == year) {
    weight = value(next);
  } else {
    const double share = static_cast<double>(year - *(next - 1)) / (*next - *(next - 1));
    weight = value(next - 1) + share * (value(next) - value(next - 1));
  }
  return std::isfinite(weight) ? std::max(0.0, weight) : 0;
}

}  // namespace

std::string_view to_string(GroupKind kind) {
  constexpr std::array<std::string_view, 4> names{"mean", "sum", "median", "weighted_median"};
  return names[static_cast<std::size_t>(kind)];
}

std::string_view to_string(FigureSource source) {
  constexpr std::array<std::string_view, 5> names{"missing", "observed", "interpolated", "projected", "imputed"};
  return names[static_cast<std::size_t>(source)];
}

GroupMap map_groups(const AreaRegistry& areas, std::span<const AreaId> groups, Date on) {
  GroupMap map;
  map.groups.assign(groups.begin(), groups.end());
  std::vector<std::uint32_t> place(areas.all().size(), UINT32_MAX);
  for (const AreaId group : areas.groups()) {
    for (const AreaId member : areas.members(group, on)) place[member] = 0;
  }
  for (std::size_t area = 0; area < place.size(); ++area) {
    if (place[area] == UINT32_MAX) continue;
    place[area] = static_cast<std::uint32_t>(map.countries.size());
    map.countries.push_back(static_cast<AreaId>(area));
  }
  map.of.resize(map.countries.size());
  for (std::uint32_t g = 0; g < groups.size(); ++g) {
    auto& indices = map.members.emplace_back();
    for (const AreaId member : areas.members(groups[g], on)) {
      indices.push_back(place[member]);
      map.of[place[member]].push_back(g);
    }
  }
  return map;
}

GroupMap part_of(const GroupMap& map, std::span<const std::uint32_t> groups) {
  GroupMap part;
  part.countries = map.countries;
  part.of.resize(map.countries.size());
  for (std::uint32_t g = 0; g < groups.size(); ++g) {
    part.groups.push_back(map.groups[groups[g]]);
    part.members.push_back(map.members[groups[g]]);
    for (const std::uint32_t member : part.members.back()) part.of[member].push_back(g);
  }
  return part;
}

PublishedFigures::PublishedFigures(const ScaleView& view) : scale(view) {
  constexpr double rounding = 1e-9, far = std::numeric_limits<double>::infinity();
  low_z = low = -far;
  high_z = high = far;
  if (scale.scale == Scale::identity) return;
  low = scale.scale == Scale::log ? std::max(0.0, scale.floor) : scale.lower;
  low_z = scale.to(low) + rounding;
  if (scale.scale == Scale::log) return;
  high = scale.upper;
  high_z = scale.to(high) - rounding;
}

int latest_year(const Panel& panel, const GroupMap& map, const SeriesOfArea& series, int data_until,
                const SeriesOfArea* weights) {
  constexpr int years = 4000;
  std::vector<int> change(years + 1, 0);  // countries that begin less those that ended the year before
  int countries = 0;
  for (const AreaId country : map.countries) {
    if (series[country] == no_series) continue;
    int first = years, last = -1;
    for (std::size_t i = panel.begin[series[country]]; i < panel.begin[series[country] + 1]; ++i) {
      if (panel.year[i] > data_until || panel.year[i] < 0 || panel.year[i] >= years || !std::isfinite(panel.value[i])) continue;
      first = std::min<int>(first, panel.year[i]);
      last = std::max<int>(last, panel.year[i]);
    }
    if (last < 0) continue;
    const std::uint32_t weight = weights == nullptr ? no_series : (*weights)[country];
    if (weight != no_series && panel.begin[weight] != panel.begin[weight + 1]) {
      last = std::max(first, std::min(last, panel.year[panel.begin[weight + 1] - 1] + weight_reach));
    }
    ++countries;
    ++change[static_cast<std::size_t>(first)];
    --change[static_cast<std::size_t>(last) + 1];
  }
  int latest = 0, now = 0;
  for (int year = 0; countries > 0 && year < years; ++year) {
    now += change[static_cast<std::size_t>(year)];
    if (2 * now >= countries) latest = year;
  }
  return latest;
}

FigureTable country_figures(const Panel& panel, const GroupMap& map, const SeriesOfArea& series, const SeriesOfArea* weights,
                            std::span<const std::int16_t> years, std::span<const std::uint8_t> regions,
                            const FigureOptions& options) {
  FigureTable table;
  table.years.assign(years.begin(), years.end());
  table.countries = map.countries.size();
  table.latest_year = latest_year(panel, map, series, options.data_until, weights);
  table.figures.resize(years.size() * table.countries);
  if (years.empty()) return table;
  const double quantile = normal_quantile(0.5 + options.interval / 2);
  Loaded loaded;
  Future future;
  const auto common = common_variances(panel, map, series, options, quantile, loaded);
  const int last_wanted = *std::max_element(years.begin(), years.end());
  for (std::size_t c = 0; c < table.countries; ++c) {
    const AreaId country = map.countries[c];
    load(panel, series[country], options, quantile, loaded);
    const double stand_in = common[static_cast<std::size_t>(loaded.scale.scale)];
    double drift = 0, variance = stand_in;
    if (!loaded.year.empty()) walk(loaded.year, loaded.z, drift, variance);
    future.known = false;
    if (!loaded.year.empty() && last_wanted > loaded.year.back()) {
      look_ahead(loaded, options.projector, stand_in, static_cast<std::size_t>(last_wanted - loaded.year.back()), future);
    }
    for (std::size_t y = 0; y < years.size(); ++y) {
      CountryFigure& figure = table.figures[y * table.countries + c];
      figure.weight = weights == nullptr ? 1 : weight_at(panel, (*weights)[country], years[y], table.latest_year);
      figure_at(loaded, years[y], table.latest_year, options, variance, future, figure);
    }
  }
  if (options.impute && (weights != nullptr || options.kind != GroupKind::sum)) {
    for (std::size_t y = 0; y < years.size(); ++y) {
      impute_missing(std::span(table.figures).subspan(y * table.countries, table.countries), regions, options);
    }
  }
  return table;
}

bool random_walk(const ProjectionInput& input, std::span<double> mean, std::span<double> sd) {
  const std::span<const std::int16_t> year(input.series.year, input.series.size);
  std::vector<double> z;
  z.reserve(year.size());
  for (std::size_t i = 0; i < year.size(); ++i) z.push_back(input.scale.to(input.series.value[i]));
  double drift = 0, variance = 0;
  if (!walk(year, z, drift, variance)) return false;
  double own = 0;  // of the last figure, on the scale to first order
  if (!input.sd.empty() && std::isfinite(input.sd.back())) {
    const double y = input.series.value[year.size() - 1], step = 1e-3 * input.sd.back();
    if (step > 0) own = 1e3 * (input.scale.to(y + step) - input.scale.to(y - step)) / 2;
  }
  const double span = year.back() - year.front();
  for (std::size_t i = 0; i < mean.size(); ++i) {
    const double h = static_cast<double>(i + 1);
    mean[i] = z.back() + h * drift;
    sd[i] = std::sqrt(variance * h * (1 + h / span) + own * own);
  }
  return true;
}

}  // namespace stocktake
