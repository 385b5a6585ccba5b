#include "assess/outlooks.h"

#include <algorithm>
#include <cmath>

#include "assess/parallel.h"
#include "assess/projection/combination.h"
#include "assess/simulation/random.h"

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
  if (outlook.state == OutlookState::forecast)
    outlook.probability = std::clamp(outlook.probability, least_chance, greatest_chance);
  return outlook;
}

}  // namespace

std::vector<double> observed_sd(const AssessmentRun& run, const Assessment& row, double interval) {
  const Panel& panel = run.panel;
  const std::size_t begin = panel.begin[row.judged], size = series_of(run, row).size;
  std::vector<double> sd;
  if (panel.lower.empty() || panel.upper.empty()) return sd;
  const double width = 2 * normal_quantile(0.5 + interval / 2);
  bool any = false;
  sd.reserve(size);
  for (std::size_t i = begin; i < begin + size; ++i) {
    const double one = (panel.upper[i] - panel.lower[i]) / width;
    any = any || one > 0;
    sd.push_back(one > 0 ? one : no_figure);
  }
  if (!any) sd.clear();
  return sd;
}

std::vector<Outlook> outlooks_of(const AssessmentRun& run, const OutlookOptions& options, const std::vector<bool>& wanted) {
  std::vector<Outlook> all(run.rows.size());
  const std::vector<RuleView> rules = rule_views(run);
  constexpr std::size_t block = 64;
  in_tasks((all.size() + block - 1) / block, 0, [&](std::size_t task) {
    std::vector<double> mean, sd;
    for (std::size_t i = task * block; i < std::min(all.size(), (task + 1) * block); ++i) {
      if (wanted.empty() || wanted[i]) all[i] = outlook_of_row(run, run.rows[i], rules[i], options, mean, sd);
    }
  });
  return all;
}

void add_outlooks(const std::vector<Outlook>& outlooks, bool brief, Table& table) {
  const auto year = [](std::int16_t value) { return value == 0 ? Table::no_integer : std::int64_t{value}; };
  auto& chance = table.add_numbers("p_met", 3);
  for (const Outlook& one : outlooks) chance.push_back(one.probability);
  constexpr std::array<const char*, 3> names{"year_p10", "year_p50", "year_p90"};
  for (std::size_t k = 0; k < names.size(); ++k) {
    if (brief && k != 1) continue;
    auto& years = table.add_integers(names[k]);
    for (const Outlook& one : outlooks) years.push_back(year(one.year_met[k]));
  }
  if (brief) return;
  constexpr std::array<const char*, 7> quantiles{"q025", "q10", "q25", "q50", "q75", "q90", "q975"};
  for (std::size_t k = 0; k < quantiles.size(); ++k) {
    auto& cells = table.add_numbers(std::string("deadline_") + quantiles[k], 3);
    for (const Outlook& one : outlooks) cells.push_back(one.fan[k]);
  }
  auto& mean = table.add_numbers("deadline_mean", 3);
  auto& shortfall = table.add_numbers("expected_shortfall", 3);
  for (const Outlook& one : outlooks) {
    mean.push_back(one.mean);
    shortfall.push_back(one.shortfall);
  }
}

}  // namespace stocktake
