// What the methods that compare yearly growth share: where a series began, where it stands, where it should be.
#pragma once

#include "assess/methods/method.h"

namespace stocktake {

inline bool has_number(const RuleView& rule) {
  return rule.type != RuleType::none_quantified && rule.type != RuleType::halt_and_reverse;
}

// +1: more is better; -1: less is; 0: nobody said. Of a rule with a number as its target lies; parity is judged on its
// distance from the centre, which should fall.
int sense_of(const Facts& facts, const RuleView& rule);

// Two figures of a series and its target. Parity is made one-sided (parity_distance; within the band: the centre), so that its
// target is the centre and less is better.
struct Ends {
  double from = no_figure, to = no_figure, target = no_figure;
  int from_year = 0, to_year = 0, deadline = 0;
  int sense = 0;

  int years() const { return to_year - from_year; }  // observed
  int span() const { return deadline - from_year; }  // promised
};
Ends ends_of(const Facts& facts, const RuleView& rule);  // base and latest
Ends ends_between(const Facts& facts, const RuleView& rule, int from_year, double from, int to_year, double to);

// (to/from)^(1/years) - 1, positive when the value rises (of negative figures with the sign turned); 0 for equal figures. NaN
// where it is not defined: zero, a change of sign, no time.
double growth_a_year(double from, double to, int years);

// Growth in the direction that is better, over the growth that leads to the target: sense * observed / |required|. Where growth
// is not defined (zero, a change of sign, a target of zero) the same of yearly differences. Negative: the wrong way. -infinity:
// it began on the target and left it. NaN: no time for either, or a target that is not known.
double growth_ratio(const Ends& ends);

// Growth in the direction that is better, as a fraction a year; where it is not defined, the yearly difference over |from|; from
// zero, infinite.
double better_growth(const Ends& ends);

}  // namespace stocktake
