#include "assess/rollup/oecd_distances.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <tuple>

namespace stocktake {
namespace {

struct Sum {
  double sum = 0;
  int count = 0;
  double mean() const { return sum / count; }
};

using ByIndicator = std::map<std::tuple<AreaId, std::uint16_t, std::string>, Sum>;  // area, target, indicator

// Each series is judged for itself: two series of an indicator do not share a deviation.
ByIndicator judge_all(const AssessmentRun& run, std::span<const AreaId> among) {
  const Measures measures(run);
  const std::vector<double> parameters = default_parameters(oecd_distance());
  std::vector<bool> inside(run.areas.all().size(), false);
  for (const AreaId area : among) inside[area] = true;
  const std::vector<std::vector<std::uint32_t>> rows = chosen_rows(run, measures, inside);
  ByIndicator found;
  for (std::size_t m = 0; m < rows.size(); ++m) {
    const Measure& measure = measures.all()[m];
    if (rows[m].empty()) continue;
    std::vector<Case> cases;
    for (const std::uint32_t row : rows[m]) cases.push_back(measures.case_of(row));
    std::vector<Judgement> judged(cases.size());
    oecd_distance().judge(cases, parameters, judged);
    for (std::size_t i = 0; i < judged.size(); ++i) {
      if (!std::isfinite(judged[i].score)) continue;
      Sum& sum = found[{run.rows[rows[m][i]].area, measure.target, measures.indicator_of(measure)}];
      sum.sum += judged[i].score;
      ++sum.count;
    }
  }
  return found;
}

}  // namespace

std::vector<OecdDistance> oecd_distances(const AssessmentRun& run, std::span<const AreaId> among) {
  const ByIndicator found = judge_all(run, among);
  std::map<std::pair<AreaId, std::uint16_t>, std::vector<OecdDistance>> by_goal;
  for (auto it = found.begin(); it != found.end();) {
    const auto [area, target, ignored] = it->first;
    OecdDistance one;
    one.area = area;
    one.target = target;
    one.goal = static_cast<std::uint16_t>(run.targets[target].goal - run.framework.goals.data());
    one.of = static_cast<int>(run.targets[target].target->indicators.size());
    double sum = 0;
    for (; it != found.end() && std::get<0>(it->first) == area && std::get<1>(it->first) == target; ++it) {
      sum += it->second.mean();
      ++one.indicators;
    }
    one.distance = sum / one.indicators;
    by_goal[{area, one.goal}].push_back(one);
  }
  std::vector<OecdDistance> out;
  for (const auto& [key, targets] : by_goal) {
    OecdDistance goal;
    goal.area = key.first;
    goal.goal = key.second;
    double sum = 0;
    for (const OecdDistance& target : targets) {
      sum += target.distance;
      goal.indicators += target.indicators;
    }
    goal.distance = sum / static_cast<double>(targets.size());
    std::set<std::string> listed;
    for (const Target& target : run.framework.goals[goal.goal].targets) {
      listed.insert(target.indicators.begin(), target.indicators.end());
    }
    goal.of = static_cast<int>(listed.size());
    out.push_back(goal);
    out.insert(out.end(), targets.begin(), targets.end());
  }
  return out;
}

}  // namespace stocktake
