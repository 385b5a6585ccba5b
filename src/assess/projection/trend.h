// Inside of the local linear trend: the search for the variances, and the filter at given variances.
#pragma once

#include <span>

#include "assess/projection/projection.h"
#include "assess/projection/trend_kernel.h"

namespace stocktake::projection {

inline constexpr std::size_t trend_least = 4;               // figures that a fit needs
inline constexpr double phi_least = 0.80, phi_most = 0.98;  // of damping, as of forecast::ets in R
inline constexpr double ln_two_pi = 1.8378770664093454836;

// Variances with a common factor: h (1, times the known variances, where these are given), level and slope.
struct TrendPoint {
  double h = 1, level = 0, slope = 0, phi = 1;
  double deviance = 0;  // what is minimised: -2 ln L without its constants
  double squares = 0;   // sum of v^2 / F
};

// The point of the greatest likelihood. Figures: at least 4, not all on a line.
TrendPoint search_trend(const Figures& figures, bool damped);

// Runs the filter at the variances of `fit`, and sets its log-likelihood and its state at the last figure.
void filter_trend(const Figures& figures, TrendFit& fit);

// All figures on one line through the years (to 1e-9 of their range), or equal: no model with a variance can be fitted.
bool on_line(const Figures& figures);

// Search, then filter. Figures on one line: that line, variances of zero, an infinite log-likelihood.
void fit_figures(const Figures& figures, bool damped, TrendFit& fit);

}  // namespace stocktake::projection
