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
  // A proxy speaks for a target only where nothing else does: seats in parliament are not parity in schools.
  return std::tuple{run.rule(row).proxy,
                    !is_judgement(row.mdg),
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

}  // namespace

void choose_headlines(const AssessmentRun& run, const std::vector<bool>& keys, std::vector<Assessment>& rows) {
  std::map<std::pair<std::uint16_t, AreaId>, std::size_t> best;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!keys[i]) continue;
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
