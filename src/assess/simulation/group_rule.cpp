#include "assess/simulation/group_rule.h"

#include <algorithm>
#include <set>
#include <utility>

#include "assess/projection/combination.h"

namespace stocktake {
namespace {

std::size_t place(const FigureTable& table, int year) {
  return static_cast<std::size_t>(std::lower_bound(table.years.begin(), table.years.end(), year) - table.years.begin());
}

}  // namespace

std::optional<GroupKind> group_kind(Aggregate aggregate) {
  if (aggregate == Aggregate::none) return std::nullopt;
  return aggregate == Aggregate::sum ? GroupKind::sum : GroupKind::mean;
}

SimulationJob group_job(std::string_view series_code, std::string_view dimensions, SeriesOfArea series,
                        const SeriesOfArea* weights, GroupKind kind, const Indicator* indicator, const GroupSettings& settings) {
  SimulationJob job;
  job.name = std::string(series_code) + "|" + std::string(dimensions);
  job.series = std::move(series);
  job.weights = weights;
  job.figures.kind = kind;
  job.figures.indicator = indicator;
  job.figures.data_until = settings.data_until;
  job.figures.max_age = settings.max_age;
  job.figures.interval = settings.interval;
  job.figures.impute = settings.impute;
  if (settings.model) {
    job.figures.projector = [model = *settings.model](const ProjectionInput& input, std::span<double> mean,
                                                      std::span<double> sd) {
      return project_calibrated(input, model, mean, sd);
    };
  }
  return job;
}

GroupRule group_rule(const Panel& panel, const GroupMap& map, std::span<const std::uint8_t> regions, const SimulationJob& job,
                     const RuleView& view, int latest_year, const GroupSettings& settings) {
  GroupRule rule{view, latest_year, std::vector<std::int16_t>(map.groups.size(), 0), std::vector<bool>(map.groups.size(), false)};
  const int baseline = view.baseline, first = baseline - settings.base_window;
  const int last = std::min(baseline + settings.base_window, latest_year);
  std::set<std::int16_t> wanted;
  for (int y = first; y <= last; ++y) wanted.insert(static_cast<std::int16_t>(y));
  for (int y = view.oldest; y <= settings.data_until; ++y) wanted.insert(static_cast<std::int16_t>(y));
  const std::vector<std::int16_t> years(wanted.begin(), wanted.end());
  const FigureTable table = country_figures(panel, map, job.series, job.weights, years, regions, job.figures);
  DrawOptions options = settings.simulation.draws;
  options.kind = job.figures.kind;
  options.draws = 0;
  SimulationScratch scratch;
  GroupDraws draws;
  std::vector<GroupEstimate> estimates;
  simulate_groups(map, table, {}, 0, options, scratch, draws, estimates);
  for (std::size_t g = 0; g < map.groups.size(); ++g) {
    std::int16_t later = 0, earlier = 0;
    for (std::size_t y = 0; y < years.size(); ++y) {
      const GroupEstimate& one = estimates[y * map.groups.size() + g];
      if (!one.published()) continue;
      if (years[y] >= view.oldest && one.observed >= options.min_coverage - 1e-12) rule.current[g] = true;
      if (years[y] < first || years[y] > last) continue;
      if (years[y] < baseline) earlier = years[y];
      if (years[y] >= baseline && later == 0 && (years[y] == baseline || years[y] < latest_year)) later = years[y];
    }
    rule.base_year[g] = later != 0 ? later : earlier;
  }
  return rule;
}

std::vector<std::int16_t> years_of_rule(const GroupRule& rule, std::optional<int> years_beyond) {
  const auto year = [](int y) { return static_cast<std::int16_t>(y); };
  std::set<std::int16_t> years{year(rule.latest_year), rule.view.deadline};
  for (const std::int16_t base : rule.base_year) {
    if (base != 0) years.insert(base);
  }
  if (years_beyond) {
    const int last = std::min(rule.view.deadline + *years_beyond, rule.latest_year + longest_outlook);
    for (int y = rule.latest_year + 1; y <= last; ++y) years.insert(year(y));
  }
  return {years.begin(), years.end()};
}

GroupOutlook outlook_of_group(const GroupRule& rule, std::uint32_t group, const FigureTable& table, const GroupDraws& draws,
                              std::span<const GroupEstimate> estimates) {
  const auto estimate = [&](std::size_t y) -> const GroupEstimate& { return estimates[y * draws.groups + group]; };
  const auto drawn = [&](std::size_t y) { return estimate(y).published() ? draws.row(y, group) : std::span<const double>(); };
  const std::size_t latest = place(table, rule.latest_year);
  GroupOutlook none;
  none.deadline.deadline = rule.view.deadline;
  if (!rule.current[group]) return none;
  GroupPaths paths;
  paths.base_year = rule.base_year[group];
  paths.latest_year = rule.latest_year;
  if (paths.base_year != 0) {
    const std::size_t base = place(table, paths.base_year);
    paths.base = drawn(base);
    paths.base_value = estimate(base).value;
  }
  paths.latest = drawn(latest);
  paths.latest_value = estimate(latest).value;
  paths.deadline = drawn(place(table, rule.view.deadline));
  paths.first_future = rule.latest_year + 1;
  for (std::size_t y = latest + 1; y < table.years.size(); ++y) {
    if (table.years[y] != paths.first_future + static_cast<int>(paths.future.size())) break;
    paths.future.push_back(drawn(y));
  }
  return outlook(rule.view, paths);
}

}  // namespace stocktake
