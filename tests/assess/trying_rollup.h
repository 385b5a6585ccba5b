// A method tried on figures by hand: facts first, then its judgement.
#pragma once

#include <vector>

#include "assess/sample.h"

namespace stocktake::sample {

inline Judgement try_method(const Method& method, const Figures& figures, const RuleView& rule,
                            const Indicator* indicator = nullptr, std::vector<double> parameters = {}) {
  if (parameters.empty()) parameters = default_parameters(method);
  Panel panel;
  add(panel, "S", "A", figures);
  const std::uint32_t series = 0;
  Facts facts;
  compute_facts(panel, {&series, 1}, {&rule, 1}, {}, {&facts, 1});
  std::vector<std::int16_t> years;
  std::vector<double> values;
  for (const auto& [year, value] : figures) {
    if (!std::isfinite(value)) continue;
    years.push_back(static_cast<std::int16_t>(year));
    values.push_back(value);
  }
  const Case one{{years.data(), values.data(), years.size()}, &facts, &rule, indicator};
  Judgement judgement;
  method.judge({&one, 1}, parameters, {&judgement, 1});
  return judgement;
}

// Of the SDGs: from 2015 to 2030.
inline RuleView sdg_reach(double value, Direction direction) { return reach(value, direction, 2015, 2030); }

inline std::string_view class_id(const Method& method, const Judgement& judgement) {
  return judgement.own == no_class ? "" : method.classes()[judgement.own].id;
}

}  // namespace stocktake::sample
