// What the joint draws of a group say of a target: the outlook in the terms of a series' outlook, and how sure the verdict is.
#pragma once

#include <span>
#include <vector>

#include "assess/projection/outlook.h"
#include "assess/promise.h"
#include "assess/simulation/simulate.h"

namespace stocktake {

// Shares of the draws; NaN where the rule gives no judgement: a target without a number, halt-and-reverse (which needs the whole
// path) and relative (which needs a second indicator), years without draws.
struct GroupOutlook {
  // Of the deadline: the probability is the share of draws whose figure meets the target that the draw's own base sets;
  // where the deadline lies ahead it is told as a country's: under parity by parity_line(), and between least_chance and
  // greatest_chance. Fan, mean and shortfall are of the draws.
  // `decided`: the deadline is at or before the latest year; the probability is then the bare share, because the figures of a
  // group have an uncertainty of their own. `out_of_reach`: no draws of the deadline year, or a relative rule.
  Outlook deadline;
  double met_now = no_figure;  // the draw of the latest year meets the target
  // Classes of the MDG progress chart, from the draw's figures of the base and the latest year on the linear path.
  double on_track = no_figure;  // met or on track
  double insufficient = no_figure;
  double deterioration = no_figure;
  double met() const { return deadline.probability; }
};

// Rows of draws of one group, of equal length, in the same order of draws; an empty one is a year that has none.
struct GroupPaths {
  int base_year = 0, latest_year = 0;
  std::span<const double> base, latest, deadline;
  double base_value = no_figure, latest_value = no_figure;  // with every country at its centre
  // Of the years from first_future on, to look for the year of achievement; may be empty.
  int first_future = 0;
  std::vector<std::span<const double>> future;
};

// Without base figures only fixed targets (reach, universal, parity) have probabilities, and the chart judges nothing; nor does
// it where base_year is not before latest_year. P(met by a year) is the largest P(met in a year) up to it, as for a series; the
// latest year counts, so that a group that may have met its target by now has that year.
GroupOutlook outlook(const RuleView& rule, const GroupPaths& paths);

}  // namespace stocktake
