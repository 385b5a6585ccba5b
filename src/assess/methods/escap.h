// What ESCAP's two indices are made of: distances from the target, signed so that what is missing is positive. They are linear in
// the figures, so that those of a region are the means of its countries'. Formulas and sources: docs/methods.md.
#pragma once

#include "assess/methods/method.h"

namespace stocktake {

// What rounding may add or take from a figure at a cut, of figures between -10 and 100.
inline constexpr double escap_rounding = 1e-9;

// All in the indicator's unit; under a rule of parity the absolute distance from the centre of the band, and nothing
// within the band.
struct EscapParts {
  Verdict refusal = Verdict::not_applicable;  // `met`: the parts below are there
  double base = no_figure;                    // missing at the base year: d (TV - I_0), negative beyond the target
  double now = no_figure;                     // … in the latest figure
  double expected_share = no_figure;          // of the time from base year to deadline that has passed, 0 to 1
  bool met = false;                           // the latest figure meets the target
  bool base_met = false;
  // Of the time-weighted regression; NaN where it has fewer than two years.
  double deadline = no_figure;  // missing at the deadline
  double closing = no_figure;   // units a year by which the missing shrinks
};

// first: the first year of the regression.
EscapParts escap_parts(const Case& one, int first);

// Current Status Index, 10 = target reached: 10 (base - now)/|base|; 10 when the target is met; NaN without a way to go.
double current_status(double missing_at_base, double missing_now, bool met);
// Anticipated Progress Index: 100 deadline/|base|, 0 when nothing will be missing; NaN without a way to go.
double anticipated_progress(double missing_at_base, double missing_at_deadline);

}  // namespace stocktake
