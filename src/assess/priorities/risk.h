// Gains at risk of reversal, and gains to sustain.
#pragma once

#include <vector>

#include "assess/priorities/units.h"

namespace stocktake {

// Least squares slope of a row's figures from `years` before its latest one to that; NaN for fewer than three of them, or where
// the rule is on a gap between two indicators.
double recent_slope(const AssessmentRun& run, const Assessment& row, int years);

// One entry for each unit that is met or on track, in the order of the units; `wrong_way` and `unlikely` tell whether it is at
// risk.
std::vector<RiskRow> risks(const AssessmentRun& run, const std::vector<Unit>& units, const PriorityOptions& options);

}  // namespace stocktake
