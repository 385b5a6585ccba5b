#include "assess/priorities/risk.h"

#include <cmath>

namespace stocktake {
namespace {

// Whether the recent pace leads away from the target; sets the year in which a target that is met is left.
bool leads_away(const AssessmentRun& run, const Assessment& row, const Promise& promise, const PriorityOptions& options,
                RiskRow& out) {
  const double slope = out.recent_pace;
  const Facts& facts = row.facts;
  if (!std::isfinite(slope) || std::abs(slope) <= options.flat * std::abs(facts.latest)) return false;
  const TargetRule& rule = run.rule(row);
  if (rule.type == RuleType::parity && facts.target_met) {
    // Within the band any movement is fair, unless it leads out of it before the deadline (or, after that, as soon again).
    const double edge = slope > 0 ? rule.upper : rule.lower;
    const double year = facts.latest_year + (edge - facts.latest) / slope;
    const int last = facts.deadline_year > facts.latest_year ? facts.deadline_year : facts.latest_year + options.recent_years;
    if (!(year < last)) return false;
    out.leaves = year;
    return true;
  }
  if (promise.sense * slope >= 0) return false;
  if (facts.target_met && std::isfinite(promise.line)) out.leaves = facts.latest_year + (promise.line - facts.latest) / slope;
  return true;
}

}  // namespace

double recent_slope(const AssessmentRun& run, const Assessment& row, int years) {
  if (run.rule(row).type == RuleType::relative) return no_figure;
  const Panel& panel = run.panel;
  double n = 0, mean_year = 0, mean = 0;
  const auto each = [&](const auto& use) {
    for (std::uint32_t i = panel.begin[row.series]; i < panel.begin[row.series + 1]; ++i) {
      const bool recent = panel.year[i] >= row.facts.latest_year - years && panel.year[i] <= row.facts.latest_year;
      if (recent && std::isfinite(panel.value[i])) use(static_cast<double>(panel.year[i]), panel.value[i]);
    }
  };
  each([&](double year, double value) {
    n += 1;
    mean_year += year;
    mean += value;
  });
  if (n < 3) return no_figure;
  mean_year /= n;
  mean /= n;
  double products = 0, squares = 0;
  each([&](double year, double value) {
    products += (year - mean_year) * (value - mean);
    squares += (year - mean_year) * (year - mean_year);
  });
  return squares > 0 ? products / squares : no_figure;
}

std::vector<RiskRow> risks(const AssessmentRun& run, const std::vector<Unit>& units, const PriorityOptions& options) {
  std::vector<RiskRow> out;
  for (const Unit& unit : units) {
    if (unit.published.off_track) continue;
    const Assessment& row = run.rows[unit.row];
    RiskRow& one = out.emplace_back();
    one.row = unit.row;
    one.recent_pace = recent_slope(run, row, options.recent_years);
    one.probability = unit.probability;
    one.wrong_way = leads_away(run, row, unit.promise, options, one);
    one.unlikely = unit.probability < options.risk_probability;
  }
  return out;
}

}  // namespace stocktake
