// The Kalman filter of the local linear trend for sixteen sets of variances at once: what the search for the maximum of the
// likelihood spends its time in.
#pragma once

#include <cstdint>

#include "assess/projection/lanes.h"

namespace stocktake::projection {

// Figures as the models take them: at least one, ascending years.
struct Figures {
  std::size_t count = 0;
  const std::int32_t* gap = nullptr;  // years since the figure before; of the first 0
  const double* z = nullptr;          // on the model's scale
  const double* variance = nullptr;   // of each figure as observed; null where it is not known
};

struct TrendLanes {
  Lanes h, level, slope, phi;  // variances (any common factor) and damping; h + level + slope > 0
};

// Of the figures after the first two, with the exact diffuse start (docs/methods.md, "Local linear trend"):
// squares = sum of v^2 / F, log_squares its logarithm, log_f = sum of ln F. Where variances are known, h multiplies them.
void trend_kernel(const Figures& figures, const TrendLanes& lanes, Lanes& squares, Lanes& log_squares, Lanes& log_f);

}  // namespace stocktake::projection
