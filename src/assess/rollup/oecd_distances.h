// OECD distances of countries from their targets, averaged over indicators to targets and over targets to goals.
#pragma once

#include <span>

#include "assess/rollup/measures.h"

namespace stocktake {

struct OecdDistance {
  AreaId area = 0;
  std::uint16_t goal = 0;       // index into Framework::goals
  int target = -1;              // index into AssessmentRun::targets; -1: the goal, the mean of its targets
  double distance = no_figure;  // standard deviations, 0 = met
  int indicators = 0, of = 0;   // with a distance, listed
};

// among: the countries that are judged together and whose deviation is the unit. By country, goal, the goal before its targets;
// only what has a distance.
std::vector<OecdDistance> oecd_distances(const AssessmentRun& run, std::span<const AreaId> among);

}  // namespace stocktake
