// What changed between two frameworks: two editions of one, or a parent and a layer.
#pragma once

#include <string>
#include <vector>

#include "framework/framework.h"

namespace stocktake {

// One difference. `before` is empty for what was added, `after` for what was removed; for these `field` is empty and the text
// is the English title or name. A rule's code is "TARGET/INDICATOR", with "#2" for a second rule on the same indicator.
struct FrameworkChange {
  std::string what;   // "framework", "goal", "target", "indicator", "rule"
  std::string code;   // of the framework: its id
  std::string field;  // as in the file: "deadline", "value", "title.fr"
  std::string before, after;
  bool operator==(const FrameworkChange&) const = default;
};

// In the order framework, goals, targets, rules, indicators, each in the order of their codes. Deadlines and baselines of
// rules are the effective ones: a rule that inherits them changes when its target's or framework's change.
std::vector<FrameworkChange> diff_frameworks(const Framework& a, const Framework& b);

}  // namespace stocktake
