#include "framework/framework.h"

#include <algorithm>

namespace stocktake {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes a run of digits off the front, without its leading zeros.
std::string_view take_digits(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
  std::string_view digits = text.substr(0, end);
  text.remove_prefix(end);
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  return digits;
}

}  // namespace

const Target* Framework::find_target(std::string_view code) const {
  for (const Goal& goal : goals) {
    for (const Target& target : goal.targets) {
      if (target.code == code) return &target;
    }
  }
  return nullptr;
}

const Indicator* Framework::find_indicator(std::string_view code) const {
  const auto found = indicators.find(code);
  return found == indicators.end() ? nullptr : &found->second;
}

int Framework::baseline_of(const Target& target, const TargetRule& rule) const {
  return rule.baseline ? *rule.baseline : target.baseline.value_or(baseline);
}

Date Framework::deadline_of(const Target& target, const TargetRule& rule) const {
  return rule.deadline ? *rule.deadline : target.deadline.value_or(deadline);
}

std::string_view to_string(Direction value) {
  switch (value) {
    case Direction::up: return "up";
    case Direction::down: return "down";
    case Direction::none: return "none";
  }
  return "none";
}

std::string_view to_string(Scale value) {
  switch (value) {
    case Scale::identity: return "identity";
    case Scale::log: return "log";
    case Scale::logit: return "logit";
  }
  return "identity";
}

std::string_view to_string(Aggregate value) {
  switch (value) {
    case Aggregate::weighted_mean: return "weighted_mean";
    case Aggregate::sum: return "sum";
    case Aggregate::none: return "none";
  }
  return "none";
}

std::string_view to_string(RuleType value) {
  switch (value) {
    case RuleType::reduce_by: return "reduce_by";
    case RuleType::multiply_by: return "multiply_by";
    case RuleType::reach: return "reach";
    case RuleType::universal: return "universal";
    case RuleType::parity: return "parity";
    case RuleType::halt_and_reverse: return "halt_and_reverse";
    case RuleType::relative: return "relative";
    case RuleType::none_quantified: return "none_quantified";
  }
  return "none_quantified";
}

bool code_less(std::string_view a, std::string_view b) {
  std::string_view x = a, y = b;
  while (!x.empty() && !y.empty()) {
    if (is_digit(x[0]) && is_digit(y[0])) {
      const std::string_view m = take_digits(x), n = take_digits(y);
      if (m.size() != n.size()) return m.size() < n.size();
      if (m != n) return m < n;
    } else {
      if (x[0] != y[0])
        return static_cast<unsigned char>(x[0]) < static_cast<unsigned char>(y[0]);  // digits precede letters in ASCII
      x.remove_prefix(1);
      y.remove_prefix(1);
    }
  }
  if (x.empty() != y.empty()) return x.empty();
  return a < b;  // equal but for leading zeros
}

}  // namespace stocktake
