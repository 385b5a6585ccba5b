// Quantiles of many draws without sorting them all.
#pragma once

#include <span>
#include <vector>

namespace stocktake {

// out[i] = quantile levels[i] of the draws by linear interpolation between the order statistics around p (n - 1): type 7 of
// Hyndman and Fan, R's default (tests compare with R). Levels ascending, in [0, 1]; NaN without draws. `room` is scratch, kept
// from call to call.
void quantiles_of(std::span<const double> draws, std::span<const double> levels, std::vector<double>& room,
                  std::span<double> out);

}  // namespace stocktake
