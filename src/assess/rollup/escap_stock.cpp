#include "assess/rollup/escap_stock.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>

#include "assess/methods/escap.h"

namespace stocktake {
namespace {

// A sub-indicator for one region: means over its countries with figures.
struct Regional {
  double score = no_figure, expected = no_figure, gap = no_figure;
};

struct Mean {
  double sum = 0;
  int count = 0;
  void add(double value) {
    sum += value;
    ++count;
  }
  double value() const { return count == 0 ? no_figure : sum / count; }
};

double limited_score(double base, double now, const EscapOptions& options) {
  if (now <= 0) return 10;
  if (base <= 0) return options.floor;  // reached at the base and lost since
  return std::max(options.floor, current_status(base, now, false));
}

double limited_gap(double base, double deadline, double closing, const EscapOptions& options) {
  if (deadline <= 0) return 0;
  if (base <= 0) return options.ceiling;
  const double gap = std::min(options.ceiling, anticipated_progress(base, deadline));
  // Moving the wrong way is never better than the last class, however little is missing.
  return closing < 0 ? std::max(gap, options.accelerate + 1e-6) : gap;
}

Regional regional(const Measures& measures, const std::vector<std::uint32_t>& rows, std::size_t countries,
                  const EscapOptions& options) {
  Mean base, now, expected, base_of_trend, deadline, closing;
  for (const std::uint32_t row : rows) {
    const Case one = measures.case_of(row);
    const EscapParts parts = escap_parts(one, one.rule->baseline - options.lead);
    if (parts.refusal != Verdict::met) continue;
    base.add(parts.base);
    now.add(parts.now);
    expected.add(10 * parts.expected_share);
    if (!std::isfinite(parts.deadline)) continue;
    base_of_trend.add(parts.base);
    deadline.add(parts.deadline);
    closing.add(parts.closing);
  }
  Regional out;
  const double needed = options.share * static_cast<double>(countries);
  if (base.count > needed) {
    out.score = limited_score(base.value(), now.value(), options);
    out.expected = expected.value();
  }
  if (deadline.count > needed) out.gap = limited_gap(base_of_trend.value(), deadline.value(), closing.value(), options);
  return out;
}

// Sub-indicators of a region by target and indicator: of each rule those of the binding with the most countries.
using ByIndicator = std::map<std::pair<std::uint16_t, std::string>, std::vector<Regional>>;

ByIndicator regional_measures(const AssessmentRun& run, const Measures& measures, const std::vector<bool>& inside,
                              std::size_t countries, const EscapOptions& options) {
  const std::vector<std::vector<std::uint32_t>> rows = chosen_rows(run, measures, inside);
  ByIndicator out;
  for (std::size_t m = 0; m < rows.size(); ++m) {
    const Measure& measure = measures.all()[m];
    if (rows[m].empty()) continue;
    out[{measure.target, measures.indicator_of(measure)}].push_back(regional(measures, rows[m], countries, options));
  }
  return out;
}

// The mean of the sub-indicators that have the figure: weights 1/n, so that the indicator counts once.
Mean over(const std::vector<Regional>& subs, double Regional::*figure) {
  Mean mean;
  for (const Regional& sub : subs) {
    if (std::isfinite(sub.*figure)) mean.add(sub.*figure);
  }
  return mean;
}

EscapTarget target_of(const AssessmentRun& run, const ByIndicator& found, std::uint16_t t, const EscapOptions& options) {
  EscapTarget out;
  out.target = t;
  out.of = static_cast<int>(run.targets[t].target->indicators.size());
  Mean gap;
  for (auto it = found.lower_bound({t, ""}); it != found.end() && it->first.first == t; ++it) {
    if (const Mean own = over(it->second, &Regional::gap); own.count > 0) gap.add(own.value());
  }
  out.indicators = gap.count;
  out.gap = gap.value();
  if (gap.count > 0)
    out.own = out.gap <= options.maintain + escap_rounding ? 0 : out.gap <= options.accelerate + escap_rounding ? 1 : 2;
  return out;
}

EscapGoal goal_of(const AssessmentRun& run, const ByIndicator& found, const Goal& goal) {
  EscapGoal out;
  std::set<std::string> listed;
  for (const Target& target : goal.targets) listed.insert(target.indicators.begin(), target.indicators.end());
  out.of = static_cast<int>(listed.size());
  Mean score, expected;
  for (const auto& [key, subs] : found) {
    if (run.targets[key.first].goal != &goal) continue;
    if (const Mean own = over(subs, &Regional::score); own.count > 0) {
      score.add(own.value());
      expected.add(over(subs, &Regional::expected).value());
    }
  }
  out.indicators = score.count;
  out.score = score.value();
  out.expected = expected.value();
  if (score.count == 0) return out;
  out.own = out.score >= 10 ? 0 : out.score >= out.expected - escap_rounding ? 1 : out.score >= 0 ? 2 : 3;
  return out;
}

}  // namespace

EscapStock escap_stock(const AssessmentRun& run, std::span<const AreaId> areas, const EscapOptions& options) {
  const Measures measures(run);
  EscapStock stock;
  for (const AreaId area : areas) {
    const std::vector<AreaId> members = countries_of(run, area);
    std::vector<bool> inside(run.areas.all().size(), false);
    for (const AreaId member : members) inside[member] = true;
    const ByIndicator found = regional_measures(run, measures, inside, members.size(), options);
    for (std::size_t g = 0; g < run.framework.goals.size(); ++g) {
      const Goal& goal = run.framework.goals[g];
      const bool assessed = std::any_of(run.targets.begin(), run.targets.end(), [&](const auto& t) { return t.goal == &goal; });
      if (!assessed) continue;
      EscapGoal line = goal_of(run, found, goal);
      line.area = area;
      line.goal = static_cast<std::uint16_t>(g);
      stock.goals.push_back(line);
    }
    for (std::uint16_t t = 0; t < run.targets.size(); ++t) {
      EscapTarget field = target_of(run, found, t, options);
      field.area = area;
      stock.targets.push_back(field);
    }
  }
  return stock;
}

}  // namespace stocktake
