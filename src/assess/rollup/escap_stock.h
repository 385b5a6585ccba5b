// ESCAP's snapshot and dashboard: the Current Status Index of each goal and the Anticipated Progress Index of each target, for
// regions and countries. Formulas and sources: docs/methods.md.
#pragma once

#include <span>

#include "assess/rollup/measures.h"

namespace stocktake {

struct EscapOptions {
  double share = 0.5;                      // a sub-indicator counts when more than this share of the countries has two figures
  double maintain = 10, accelerate = 100;  // cuts of P, as in the method's parameters
  int lead = 15;                           // years before the baseline from which the regression starts
  double floor = -10, ceiling = 200;       // limits of a single I and a single P in a mean, our choice
};

struct EscapGoal {  // a line of the snapshot
  AreaId area = 0;
  std::uint16_t goal = 0;       // index into Framework::goals
  double score = no_figure;     // I, 10 = targets reached; mean over indicators
  double expected = no_figure;  // 10 x the share of the time that has passed, mean over the same
  std::uint8_t own = no_class;  // index into escap_csi().classes(), of the means
  int indicators = 0, of = 0;   // evidence: with a score, in the goal
};

struct EscapTarget {  // a field of the dashboard
  AreaId area = 0;
  std::uint16_t target = 0;     // index into AssessmentRun::targets
  double gap = no_figure;       // P, per cent; mean over indicators
  std::uint8_t own = no_class;  // index into escap_api().classes()
  int indicators = 0, of = 0;
};

struct EscapStock {
  std::vector<EscapGoal> goals;      // by area as given, then goal
  std::vector<EscapTarget> targets;  // by area as given, then target
};

EscapStock escap_stock(const AssessmentRun& run, std::span<const AreaId> areas, const EscapOptions& options = {});

}  // namespace stocktake
