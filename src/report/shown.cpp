#include "report/shown.h"

#include <algorithm>

namespace stocktake {

std::vector<RiskRow> shown_risks(const Priorities& priorities) {
  const std::size_t shown = std::min(priorities.risk.size(), risks_shown);
  return {priorities.risk.begin(), priorities.risk.begin() + static_cast<std::ptrdiff_t>(shown)};
}

std::vector<Sustained> shown_sustained(const AssessmentRun& run, const Priorities& priorities) {
  std::vector<Sustained> all;
  for (const RiskRow& one : priorities.sustain) {
    const Assessment& row = run.rows[one.row];
    if (row.origin != Origin::country) continue;
    if (all.empty() || all.back().target != row.target) all.push_back({row.target, 0, {}});
    if (++all.back().countries <= sustained_shown) all.back().rows.push_back(one.row);
  }
  return all;
}

std::vector<std::uint32_t> compared_rows(const AssessmentRun& run, const Stocktaking& stock) {
  std::vector<bool> wanted(run.areas.all().size(), false);
  for (const std::string& code : run.options.areas) {
    if (const auto area = run.areas.find(code)) wanted[*area] = true;
  }
  if (run.options.areas.empty()) {
    const auto world = run.areas.find("WLD");
    std::vector<int> judged(stock.groups.size(), 0);
    bool world_there = false;
    for (std::size_t t = 0; t < stock.targets.size(); ++t) {
      for (std::size_t g = 0; g < stock.groups.size(); ++g) {
        const std::int32_t row = stock.cell[t * stock.groups.size() + g];
        if (row < 0) continue;
        world_there = world_there || (world && stock.groups[g] == *world);
        judged[g] += is_judgement(ranked_verdict(run.rows[static_cast<std::size_t>(row)])) ? 1 : 0;
      }
    }
    if (world_there) {
      wanted[*world] = true;
    } else if (!judged.empty()) {
      wanted[stock.groups[static_cast<std::size_t>(std::max_element(judged.begin(), judged.end()) - judged.begin())]] = true;
    }
  }
  std::vector<std::uint32_t> rows;
  for (std::uint32_t i = 0; i < run.rows.size(); ++i) {
    if (run.rows[i].headline && wanted[run.rows[i].area]) rows.push_back(i);
  }
  return rows;
}

}  // namespace stocktake
