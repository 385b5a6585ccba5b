// Verdicts for groups with their uncertainty: how often, over the joint draws, a target is met, or on track.
#pragma once

#include <span>

#include "assess/promise.h"
#include "assess/simulation/simulate.h"

namespace stocktake {

// Shares of the draws; NaN where the rule gives no judgement: a target without a number, halt-and-reverse (which needs the whole
// path) and relative (which needs a second indicator), years without draws.
struct GroupOutlook {
  double met = no_figure;      // the draw of the deadline year meets the target that the draw's own base sets
  double met_now = no_figure;  // that of the latest year does
  // Classes of the MDG progress chart, from the draw's figures of the base and the latest year on the linear path.
  double on_track = no_figure;  // met or on track
  double insufficient = no_figure;
  double deterioration = no_figure;
};

// Rows of draws of the base, latest and deadline years, of equal length, in the same order of draws; an empty one is a year that
// has none. Without base figures only fixed targets (reach, universal, parity) have probabilities, and the chart judges nothing;
// nor does it where base_year is not before latest_year.
GroupOutlook outlook(const RuleView& rule, int base_year, std::span<const double> base, int latest_year,
                     std::span<const double> latest, std::span<const double> deadline);

}  // namespace stocktake
