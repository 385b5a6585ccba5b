#include "assess/promise.h"

#include <algorithm>
#include <cmath>

namespace stocktake {
namespace {

constexpr double rounding = 1e-9;

Direction direction_of(const TargetRule& rule, const Indicator* indicator) {
  switch (rule.type) {
    case RuleType::reduce_by: return rule.complement ? Direction::up : Direction::down;
    case RuleType::multiply_by: return rule.factor >= 1 ? Direction::up : Direction::down;
    case RuleType::relative: return rule.at_least ? Direction::up : Direction::down;
    case RuleType::parity: return Direction::none;
    case RuleType::universal:
      if (rule.value == 0) return Direction::down;
      break;
    default: break;
  }
  return indicator == nullptr ? Direction::none : indicator->direction;
}

int sense_of(Direction direction) { return direction == Direction::up ? 1 : direction == Direction::down ? -1 : 0; }

std::int16_t year16(int year) { return static_cast<std::int16_t>(std::clamp(year, -32000, 32000)); }

Promise reduce(const RuleView& rule, double base) {
  Promise promise;
  const double distance = rule.has_complement ? rule.complement - base : base;
  if (!(distance >= 0)) return promise;
  const double rest = distance * (1 - rule.fraction);
  promise.target = promise.line = rule.has_complement ? rule.complement - rest : rest;
  promise.sense = rule.has_complement ? 1 : -1;
  return promise;
}

Promise parity(const RuleView& rule, double base, double latest) {
  const double outside = latest < rule.lower || latest > rule.upper ? latest : base;
  Promise promise;
  promise.sense = outside < rule.lower ? 1 : outside > rule.upper ? -1 : 0;
  promise.target = promise.sense > 0 ? rule.lower : promise.sense < 0 ? rule.upper : rule.centre;
  promise.line = promise.target;
  return promise;
}

}  // namespace

RuleView view_of(const TargetRule& rule, const Indicator* indicator, int baseline, Date deadline, int oldest) {
  RuleView view;
  view.type = rule.type;
  view.direction = direction_of(rule, indicator);
  view.has_complement = rule.complement.has_value();
  view.complement = rule.complement.value_or(0);
  view.at_least = rule.at_least;
  view.baseline = year16(baseline);
  view.deadline = year16(deadline.year);
  view.oldest = year16(oldest);
  view.fraction = rule.fraction;
  view.factor = rule.factor;
  view.value = rule.value;
  view.tolerance = rule.tolerance;
  view.lower = rule.lower;
  view.upper = rule.upper;
  view.centre = rule.centre;
  return view;
}

Promise promise_of(const RuleView& rule, double base, double latest) {
  Promise promise;
  switch (rule.type) {
    case RuleType::reduce_by: return reduce(rule, base);
    case RuleType::multiply_by:
      if (!(base > 0)) return promise;
      promise.target = promise.line = base * rule.factor;
      promise.sense = sense_of(rule.direction);
      return promise;
    case RuleType::reach:
    case RuleType::universal:
      promise.sense = sense_of(rule.direction);
      if (promise.sense == 0) promise.sense = base <= rule.value ? 1 : -1;
      promise.target = rule.value;
      promise.line = rule.type == RuleType::universal ? rule.value - promise.sense * rule.tolerance : rule.value;
      return promise;
    case RuleType::parity: return parity(rule, base, latest);
    case RuleType::relative:
      promise.target = promise.line = 0;
      promise.sense = sense_of(rule.direction);
      return promise;
    case RuleType::halt_and_reverse:
    case RuleType::none_quantified: break;
  }
  promise.sense = sense_of(rule.direction);
  return promise;
}

bool meets(const Promise& promise, const RuleView& rule, double value) {
  if (rule.type == RuleType::parity) return value >= rule.lower && value <= rule.upper;
  return reaches(promise, value);
}

bool reaches(const Promise& promise, double value) {
  return promise.sense * (value - promise.line) >= -rounding * std::abs(promise.line);
}

double distance_to(const Promise& promise, const RuleView& rule, double value) {
  if (rule.type == RuleType::parity) return std::max({0.0, rule.lower - value, value - rule.upper});
  return std::max(0.0, promise.sense * (promise.target - value));
}

double parity_distance(const RuleView& rule, double value) {
  if (rule.centre != 1) return rule.centre + std::abs(value - rule.centre);
  return value > 0 ? std::max(value, 1 / value) : no_figure;
}

}  // namespace stocktake
