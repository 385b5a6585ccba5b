// What a target rule promises of one series: the value to reach and from which side. Small values, no allocation.
#pragma once

#include <cstdint>

#include "assess/assessment.h"
#include "framework/framework.h"

namespace stocktake {

// A target rule reduced to what the numbers need: one flat value for each rule, read by every core.
struct RuleView {
  RuleType type = RuleType::none_quantified;
  Direction direction = Direction::none;  // which way is better; filled in from the rule where the indicator has none
  bool has_complement = false;
  bool at_least = true;  // relative
  std::int16_t baseline = 0;
  std::int16_t deadline = 0;  // year of the deadline date
  std::int16_t oldest = 0;    // a latest figure before this year is too old
  double fraction = 0, complement = 0, factor = 1, value = 0, tolerance = 0;
  double lower = 0.97, upper = 1.03, centre = 1;
};

// oldest: data_until - max_age.
RuleView view_of(const TargetRule& rule, const Indicator* indicator, int baseline, Date deadline, int oldest);

// The promise for a series: y*, the line at which it counts as met (y* less the tolerance), and the way to go.
struct Promise {
  double target = no_figure;  // y*; NaN: the rule has no number, or is not defined for these figures
  double line = no_figure;
  int sense = 0;  // +1: at or above the line is met; -1: at or below
};

// y* of reduce_by and multiply_by comes from `base`; reach and universal without a direction, and parity, look from which
// side the figures come. Undefined (NaN): halving or doubling a negative figure, doubling zero, a figure beyond the complement.
Promise promise_of(const RuleView& rule, double base, double latest);

// Whether a value meets the promise. The line is widened by 1e-9 of itself, because y0 (1 - 2/3) is not exact in binary.
bool meets(const Promise& promise, const RuleView& rule, double value);
// Whether a value lies at or beyond the line, for projections: a series that reaches parity is not followed through it.
bool reaches(const Promise& promise, double value);

// How far a value stays behind the target, 0 when it does not; parity: its distance from the band. The promise must have a
// target.
double distance_to(const Promise& promise, const RuleView& rule, double value);

// Parity as a one-sided figure whose target is `centre`: max(y, 1/y) for a ratio (centre 1), else centre + |y - centre|.
// NaN for a ratio that is not positive. Source: Open SDG, see docs/methods.md.
double parity_distance(const RuleView& rule, double value);

}  // namespace stocktake
