// Damped trend exponential smoothing, ETS(A,Ad,N), by maximum likelihood; years without a figure are natural.
#pragma once

#include <span>

#include "assess/projection/trend_kernel.h"

namespace stocktake::projection {

inline constexpr std::size_t ets_least = 8;  // figures: five parameters, three to spare

struct EtsLanes {
  Lanes alpha, beta, phi;
};

// Of every candidate: the logarithm of the sum of squares at the best first state, and the sum of the logarithms of the relative
// variances (0 when no year is missing).
void ets_kernel(const Figures& figures, const EtsLanes& lanes, Lanes& log_squares, Lanes& log_f);

struct EtsFit {
  double alpha = 0, beta = 0, phi = 1;
  double variance = 0;                                       // of the innovation: squares / (figures - 5)
  double log_likelihood = 0;                                 // at the greatest, with the variance squares / figures
  double level = 0, slope = 0;                               // at the last figure
  double level_level = 0, level_slope = 0, slope_slope = 0;  // their covariance relative to the variance; 0 without gaps
};

// Figures: at least ets_least, not all on a line.
EtsFit fit_ets(const Figures& figures);
void forecast_ets(const EtsFit& fit, std::span<double> mean, std::span<double> sd);

}  // namespace stocktake::projection
