#include <algorithm>
#include <map>
#include <tuple>

#include "assess/aggregate.h"
#include "assess/panel_edit.h"
#include "assess/projection/backtest.h"
#include "store/unit_text.h"

namespace stocktake {
namespace {

// What a binding says of a series code.
struct Bound {
  const SeriesBinding* entry = nullptr;
  const Framework* framework = nullptr;
  const Indicator* indicator = nullptr;
};

const Indicator* indicator_of(const SeriesBinding& entry, const Framework& framework) {
  for (const std::string& id : {framework.id, framework.extends}) {
    const auto found = entry.indicators.find(id);
    if (id.empty() || found == entry.indicators.end()) continue;
    for (const std::string& code : found->second) {
      if (const Indicator* indicator = framework.find_indicator(code)) return indicator;
    }
  }
  return nullptr;
}

// The first framework, then the first binding (they come by priority) decide.
std::map<std::string_view, Bound> bound_series(const std::vector<Framework>& frameworks, const std::vector<Binding>& bindings) {
  std::map<std::string_view, Bound> bound;
  for (const Framework& framework : frameworks) {
    for (const Binding& binding : bindings) {
      for (const SeriesBinding& entry : binding.series) {
        if (!entry.judged || entry.group_figures) continue;
        if (const Indicator* indicator = indicator_of(entry, framework))
          bound.try_emplace(entry.series, Bound{&entry, &framework, indicator});
      }
    }
  }
  return bound;
}

bool has_number(const TargetRule& rule) {
  switch (rule.type) {
    case RuleType::reduce_by:
    case RuleType::multiply_by:
    case RuleType::reach:
    case RuleType::universal:
    case RuleType::parity: return rule.applies_to.empty();
    default: return false;
  }
}

// The first rule with a number for everyone.
std::optional<RuleView> rule_of(const Framework& framework, const Indicator& indicator) {
  for (const Goal& goal : framework.goals) {
    for (const Target& target : goal.targets) {
      for (const TargetRule& rule : target.rules) {
        if (rule.indicator != indicator.code || !has_number(rule)) continue;
        return view_of(rule, &indicator, framework.baseline_of(target, rule), framework.deadline_of(target, rule), 0);
      }
    }
  }
  return std::nullopt;
}

}  // namespace

BacktestPlan plan_backtest(Panel& panel, const AreaRegistry& areas, const std::vector<Framework>& frameworks,
                           const std::vector<Binding>& bindings, bool only_bound) {
  const std::map<std::string_view, Bound> bound = bound_series(frameworks, bindings);
  std::map<std::string_view, std::optional<RuleView>> rules;
  for (const auto& [code, one] : bound) rules[code] = rule_of(*one.framework, *one.indicator);

  BacktestPlan plan;
  std::map<std::string_view, std::uint32_t> subjects;  // a series code has one indicator at most
  for (std::uint32_t i = 0; i < panel.size(); ++i) {
    const auto area = areas.find(panel.series[i].area);
    if (!area || areas.is_group(*area)) continue;
    const auto found = bound.find(panel.series[i].series);
    const bool is_bound = found != bound.end();
    if (is_bound && !in_ones(panel.series[i].unit)) continue;
    if (only_bound && (!is_bound || panel.series[i].dimensions != filter_text(found->second.entry->filter))) continue;
    BacktestEntry entry;
    entry.series = i;
    entry.area = *area;
    if (is_bound) {
      entry.indicator = found->second.indicator;
      entry.rule = rules[found->first];
      if (found->second.entry->multiply != 1) scale_in_place(panel, i, found->second.entry->multiply);
    }
    subjects.try_emplace(panel.series[i].series, 0);
    plan.entries.push_back(entry);
  }
  for (auto& [code, index] : subjects) {
    index = static_cast<std::uint32_t>(plan.subjects.size());
    const auto found = bound.find(code);
    const std::string indicator =
        found == bound.end() ? std::string() : found->second.framework->id + " " + found->second.indicator->code;
    plan.subjects.push_back({std::string(code), indicator});
  }
  for (BacktestEntry& entry : plan.entries) entry.subject = subjects[panel.series[entry.series].series];
  return plan;
}

}  // namespace stocktake
