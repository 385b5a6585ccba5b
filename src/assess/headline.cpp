#include "assess/headline.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace stocktake {
namespace {

// Smaller is better.
auto preference(const AssessmentRun& run, const Assessment& row) {
  const PanelSeries& series = run.panel.series[row.series];
  const bool computed = row.origin == Origin::computed_group;
  const int priority = run.bindings[row.binding].priority;
  return std::tuple{!is_judgement(row.mdg),
                    !run.rule(row).headline,
                    computed,
                    !row.exact,
                    priority,
                    row.binding,
                    row.entry,
                    row.rule,
                    series.dimensions,
                    series.unit};
}

// A rule with a number of the target's own, not a proxy's.
bool quantified(const TargetRule& rule) { return rule.type != RuleType::none_quantified && !rule.proxy; }

}  // namespace

void choose_headlines(const AssessmentRun& run, const std::vector<bool>& keys, std::vector<Assessment>& rows) {
  // Seats in parliament are not parity in schools: where a target has a number of its own, only rules with one speak for it.
  std::vector<bool> own_number;
  own_number.reserve(run.targets.size());
  for (const RunTarget& one : run.targets) {
    own_number.push_back(std::any_of(one.target->rules.begin(), one.target->rules.end(), quantified));
  }
  std::map<std::pair<std::uint16_t, AreaId>, std::size_t> best;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!keys[i]) continue;
    if (own_number[rows[i].target] && !quantified(run.rule(rows[i]))) continue;
    const auto slot = best.try_emplace({rows[i].target, rows[i].area}, i);
    if (!slot.second && preference(run, rows[i]) < preference(run, rows[slot.first->second])) slot.first->second = i;
  }
  for (const auto& [place, row] : best) rows[row].headline = true;
}

void sort_rows(const AssessmentRun& run, std::vector<Assessment>& rows) {
  const auto order = [&run](const Assessment& row) {
    const PanelSeries& series = run.panel.series[row.series];
    return std::tuple{row.target, row.rule, row.area, !row.headline, row.binding, row.entry, series.dimensions, series.unit};
  };
  std::stable_sort(rows.begin(), rows.end(), [&order](const Assessment& a, const Assessment& b) { return order(a) < order(b); });
}

}  // namespace stocktake
