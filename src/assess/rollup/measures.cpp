#include "assess/rollup/measures.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "assess/aggregate.h"

namespace stocktake {

Measures::Measures(const AssessmentRun& run) : run_(run) {
  for (std::size_t t = 0; t < run.targets.size(); ++t) {
    auto& views = rules_.emplace_back();
    for (std::size_t r = 0; r < run.targets[t].target->rules.size(); ++r) {
      views.push_back(rule_view(run, static_cast<std::uint16_t>(t), static_cast<std::uint16_t>(r)));
    }
  }
  std::vector<std::vector<std::string>> keys;  // by binding and entry
  for (const Binding& binding : run.bindings) {
    auto& own = keys.emplace_back();
    for (const SeriesBinding& entry : binding.series) own.push_back(filter_text(entry.filter));
  }
  std::map<std::tuple<std::uint16_t, std::uint16_t, std::uint16_t, std::uint16_t>, std::vector<std::uint32_t>> found;
  for (std::uint32_t i = 0; i < run.rows.size(); ++i) {
    const Assessment& row = run.rows[i];
    if (row.origin != Origin::country || run.rule(row).indicator.empty()) continue;
    if (run.areas.at(row.area).kind != AreaKind::country) continue;
    if (run.panel.series[row.series].dimensions != keys[row.binding][row.entry]) continue;
    std::vector<std::uint32_t>& rows = found[{row.target, row.rule, row.binding, row.entry}];
    // Rows come by area. An area has two of the same key only when the source gives it in two units: the first stands.
    if (rows.empty() || run.rows[rows.back()].area != row.area) rows.push_back(i);
  }
  for (auto& [key, rows] : found) {
    const auto& [target, rule, binding, entry] = key;
    measures_.push_back({target, rule, binding, entry, std::move(rows)});
  }
}

const std::string& Measures::indicator_of(const Measure& measure) const {
  return run_.targets[measure.target].target->rules[measure.rule].indicator;
}

SeriesView Measures::series_of(const Assessment& row) const {
  const Panel& panel = run_.panel;
  const std::size_t begin = panel.begin[row.series], end = panel.begin[row.series + 1];
  std::size_t size = 0;
  bool finite = true;
  while (begin + size < end && panel.year[begin + size] <= *run_.options.data_until) {
    finite = finite && std::isfinite(panel.value[begin + size]);
    ++size;
  }
  if (finite) return {panel.year.data() + begin, panel.value.data() + begin, size};
  Copy& copy = copies_.emplace_back();
  for (std::size_t i = begin; i < begin + size; ++i) {
    if (!std::isfinite(panel.value[i])) continue;
    copy.year.push_back(panel.year[i]);
    copy.value.push_back(panel.value[i]);
  }
  return {copy.year.data(), copy.value.data(), copy.year.size()};
}

Case Measures::case_of(std::uint32_t index) const {
  const Assessment& row = run_.rows[index];
  const RuleView& rule = rules_[row.target][row.rule];
  const SeriesView series = rule.type == RuleType::relative ? SeriesView{} : series_of(row);
  return {series, &row.facts, &rule, run_.framework.find_indicator(run_.rule(row).indicator)};
}

std::vector<std::vector<std::uint32_t>> chosen_rows(const AssessmentRun& run, const Measures& measures,
                                                    const std::vector<bool>& inside) {
  struct Rival {
    std::size_t most = 0;
    int priority = 0;
    std::uint16_t binding = 0;
  };
  std::vector<std::vector<std::uint32_t>> rows(measures.all().size());
  std::map<std::pair<std::uint16_t, std::uint16_t>, Rival> chosen;
  for (std::size_t m = 0; m < rows.size(); ++m) {
    const Measure& measure = measures.all()[m];
    std::copy_if(measure.rows.begin(), measure.rows.end(), std::back_inserter(rows[m]),
                 [&](std::uint32_t row) { return inside[run.rows[row].area]; });
    if (rows[m].empty()) continue;
    const Rival rival{rows[m].size(), run.bindings[measure.binding].priority, measure.binding};
    Rival& best = chosen.try_emplace({measure.target, measure.rule}, rival).first->second;
    if (rival.most > best.most || (rival.most == best.most && rival.priority < best.priority)) best = rival;
  }
  for (std::size_t m = 0; m < rows.size(); ++m) {
    const Measure& measure = measures.all()[m];
    if (!rows[m].empty() && chosen[{measure.target, measure.rule}].binding != measure.binding) rows[m].clear();
  }
  return rows;
}

std::vector<AreaId> countries_of(const AssessmentRun& run, AreaId area) {
  return run.areas.is_group(area) ? run.areas.members(area, run.options.at) : std::vector<AreaId>{area};
}

}  // namespace stocktake
