#include "assess/outlooks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "assess/projection/combination.h"
#include "assess/published_bounds.h"
#include "assess/simulation/group_rule.h"
#include "assess/simulation/random.h"
#include "base/parallel.h"

namespace stocktake {
namespace {

constexpr int longest = 120;  // years ahead; further on nothing is said

Outlook outlook_of_row(const AssessmentRun& run, const Assessment& row, const RuleView& rule, const OutlookOptions& options,
                       std::vector<double>& mean, std::vector<double>& sd) {
  const SeriesView series = series_of(run, row);
  const int last = series.size == 0 ? 0 : series.year[series.size - 1];
  const bool usable = row.facts.base_year != 0 && !row.facts.bounds_only && row.facts.latest_year >= rule.oldest;
  Outlook outlook;
  outlook.deadline = row.facts.deadline_year;
  if (!usable) return outlook;
  const Promise promise = promise_of(rule, row.facts.base, row.facts.latest);
  const int ahead = std::min(longest, row.facts.deadline_year + options.years_beyond - last);
  mean.assign(static_cast<std::size_t>(std::max(0, ahead)), 0);
  sd.assign(mean.size(), 0);
  ProjectionInput input;
  input.series = series;
  input.scale = scale_of(run.framework.find_indicator(run.rule(row).indicator), series);
  const std::vector<double> observed = observed_sd(run, row, options.interval);
  input.sd = observed;
  if (ahead > 0 && !project_calibrated(input, options.model, mean, sd)) mean.clear(), sd.clear();
  outlook = outlook_of(series, {static_cast<std::int16_t>(last + 1), mean, sd, input.scale, parity_line()}, promise, rule);
  if (outlook.state == OutlookState::forecast) outlook.probability = told_chance(outlook.probability);
  return outlook;
}

// Rows that one simulation serves: one rule on one source.
struct GroupRows {
  std::vector<std::size_t> rows;
  std::vector<std::uint32_t> groups;  // of the map, parallel to rows
};

void group_outlooks(const AssessmentRun& run, const std::vector<RuleView>& rules, const OutlookOptions& options,
                    const std::vector<bool>& wanted, std::vector<RowOutlook>& all) {
  std::map<std::tuple<std::uint16_t, std::uint16_t, std::uint32_t>, GroupRows> together;
  const std::vector<AreaId> groups = run.areas.groups();
  for (std::size_t i = 0; i < run.rows.size(); ++i) {
    const Assessment& row = run.rows[i];
    if (row.origin != Origin::computed_group || (!wanted.empty() && !wanted[i])) continue;
    all[i].deadline.deadline = rules[i].deadline;
    if (rules[i].type == RuleType::relative) continue;  // see outlook()
    GroupRows& one = together[{row.target, row.rule, row.group_source}];
    one.rows.push_back(i);
    one.groups.push_back(static_cast<std::uint32_t>(std::find(groups.begin(), groups.end(), row.area) - groups.begin()));
  }
  if (together.empty()) return;
  GroupSettings settings{
      *run.options.data_until, run.options.max_age, run.options.base_window, options.interval, options.model, false, {}};
  settings.simulation.draws.min_coverage = run.options.min_coverage;
  settings.simulation.draws.summaries = false;
  settings.simulation.threads = options.threads;
  const GroupMap map = map_groups(run.areas, groups, run.options.at);
  std::vector<const GroupRows*> served;
  std::vector<SimulationJob> jobs;
  std::vector<GroupRule> plans;
  for (const auto& [key, part] : together) {
    const Assessment& row = run.rows[part.rows.front()];
    const GroupSource& source = run.group_sources[row.group_source];
    const int latest = latest_year(run.panel, map, source.countries, settings.data_until,
                                   source.weights ? &run.group_weights[*source.weights] : nullptr);
    if (latest == 0) continue;
    const SeriesBinding& entry = *run.binding_of(row);
    const Indicator& indicator = run.indicator(row);
    SimulationJob job = group_job(entry.series, filter_text(entry.filter), source.countries,
                                  source.weights ? &run.group_weights[*source.weights] : nullptr,
                                  *group_kind(indicator.aggregate), &indicator, settings);
    job.groups = part.groups;
    plans.push_back(group_rule(run.panel, part_of(map, job.groups), {}, job, rules[part.rows.front()], latest, settings));
    job.years = years_of_rule(plans.back(), options.years_beyond);
    jobs.push_back(std::move(job));
    served.push_back(&part);
  }
  run_jobs(run.panel, run.areas, map, {}, jobs, settings.simulation,
           [&](std::size_t j, const FigureTable& table, const GroupDraws& draws, const std::vector<GroupEstimate>& estimates) {
             for (std::uint32_t g = 0; g < served[j]->rows.size(); ++g) {
               all[served[j]->rows[g]] = outlook_of_group(plans[j], g, table, draws, estimates);
             }
           });
}

}  // namespace

std::vector<double> observed_sd(const AssessmentRun& run, const Assessment& row, double interval) {
  const Panel& panel = run.panel;
  const std::size_t begin = panel.begin[row.judged], size = series_of(run, row).size;
  std::vector<double> sd;
  if (panel.lower.empty() && panel.upper.empty()) return sd;
  const double quantile = normal_quantile(0.5 + interval / 2);
  bool any = false;
  sd.reserve(size);
  for (std::size_t i = begin; i < begin + size; ++i) {
    const double one = sd_of_bounds(panel.lower.empty() ? no_figure : panel.lower[i], panel.value[i],
                                    panel.upper.empty() ? no_figure : panel.upper[i], quantile);
    any = any || one > 0;
    sd.push_back(one > 0 ? one : no_figure);
  }
  if (!any) sd.clear();
  return sd;
}

std::vector<RowOutlook> outlooks_of(const AssessmentRun& run, const OutlookOptions& options, const std::vector<bool>& wanted) {
  std::vector<RowOutlook> all(run.rows.size());
  const std::vector<RuleView> rules = rule_views(run);
  constexpr std::size_t block = 64;
  in_tasks((all.size() + block - 1) / block, options.threads, [&](std::size_t task) {
    std::vector<double> mean, sd;
    for (std::size_t i = task * block; i < std::min(all.size(), (task + 1) * block); ++i) {
      if ((!wanted.empty() && !wanted[i]) || run.rows[i].origin == Origin::computed_group) continue;
      all[i].deadline = outlook_of_row(run, run.rows[i], rules[i], options, mean, sd);
    }
  });
  group_outlooks(run, rules, options, wanted, all);
  return all;
}

void add_outlooks(const std::vector<RowOutlook>& outlooks, bool brief, Table& table) {
  const auto year = [](std::int16_t value) { return value == 0 ? Table::no_integer : std::int64_t{value}; };
  auto& chance = table.add_numbers("p_met", 3);
  for (const RowOutlook& one : outlooks) chance.push_back(one.met());
  constexpr std::array<const char*, 3> names{"year_p10", "year_p50", "year_p90"};
  for (std::size_t k = 0; k < names.size(); ++k) {
    if (brief && k != 1) continue;
    auto& years = table.add_integers(names[k]);
    for (const RowOutlook& one : outlooks) years.push_back(year(one.deadline.year_met[k]));
  }
  if (brief) return;
  constexpr std::array<const char*, 7> quantiles{"q025", "q10", "q25", "q50", "q75", "q90", "q975"};
  for (std::size_t k = 0; k < quantiles.size(); ++k) {
    auto& cells = table.add_numbers(std::string("deadline_") + quantiles[k], 3);
    for (const RowOutlook& one : outlooks) cells.push_back(one.deadline.fan[k]);
  }
  auto& mean = table.add_numbers("deadline_mean", 3);
  auto& shortfall = table.add_numbers("expected_shortfall", 3);
  for (const RowOutlook& one : outlooks) {
    mean.push_back(one.deadline.mean);
    shortfall.push_back(one.deadline.shortfall);
  }
  constexpr std::array<std::pair<const char*, double RowOutlook::*>, 4> chances{
      {{"p_met_now", &RowOutlook::met_now},
       {"p_on_track", &RowOutlook::on_track},
       {"p_insufficient", &RowOutlook::insufficient},
       {"p_deterioration", &RowOutlook::deterioration}}};
  for (const auto& [name, part] : chances) {
    auto& cells = table.add_numbers(name, 3);
    for (const RowOutlook& one : outlooks) cells.push_back(one.*part);
  }
}

}  // namespace stocktake
