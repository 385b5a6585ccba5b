// Open SDG / Statistics Canada: what one series' judgement is made of, and how series make an indicator. docs/methods.md.
#pragma once

#include <span>

#include "assess/methods/method.h"

namespace stocktake {

// The factor C in [0, 1] by which thresholds above zero shrink near a natural limit, from the base figure: 1 at twice the limit
// and beyond, 0 on the limit. `steepness` is 4.44 in the publication.
double open_sdg_scaling(double base, double limit, double steepness);

struct OpenSdgStatus {
  double score = no_figure;     // mean of the series' scores, in [-5, 5]; NaN when no series is judged
  std::uint8_t own = no_class;  // index into open_sdg().classes()
};
// An indicator from the open_sdg judgements of its series, each counting once; series that are not judged do not count. Bands of
// the mean: 2.5 and above on track, 0 moderate, -2.5 limited, below deterioration; "achieved" only if all series achieved.
// For sub-groups take the mean of each group first and give those means to open_sdg_band.
OpenSdgStatus open_sdg_indicator(std::span<const Judgement> series);
std::uint8_t open_sdg_band(double mean_score);

}  // namespace stocktake
