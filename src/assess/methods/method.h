// A method turns facts into verdicts by a published rule. One file a method, one line in registry.cpp.
// Methods have no state: one instance serves all threads.
#pragma once

#include <span>
#include <string_view>

#include "assess/assessment.h"
#include "assess/promise.h"

namespace stocktake {

class Method {
 public:
  virtual ~Method() = default;
  virtual std::string_view id() const = 0;        // "mdg_chart"
  virtual std::string_view citation() const = 0;  // document, year, and how much of it was seen
  // out[i] = verdict on facts[i] under rules[i], or under rules[0] when there is only one rule.
  virtual void judge(std::span<const Facts> facts, std::span<const RuleView> rules, std::span<Verdict> out) const = 0;
};

const Method& mdg_chart();
const Method& un_sdg_chart();

std::span<const Method* const> methods();   // all, in the order of the registry
const Method& method(std::string_view id);  // Throws Error(not_found).

}  // namespace stocktake
