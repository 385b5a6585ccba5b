// Projection of one series to future years: a predictive distribution a year, by several models that all speak the same
// language. Formulas, sources and the evidence for the default: docs/methods.md, "Projection".
//
// Everything happens on the indicator's scale (identity, log or logit between its natural bounds), where a forecast is Gaussian:
// a mean and a standard deviation a year. Quantiles and probabilities go back through the scale and are exact.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "assess/methods/method.h"
#include "framework/framework.h"

namespace stocktake {

enum class Model : std::uint8_t {
  last_value,    // random walk
  linear,        // least squares line through all figures
  geometric,     // the same on the logarithm (where all figures are positive; else as linear)
  ets,           // ETS(A,Ad,N): damped trend exponential smoothing
  local_trend,   // local linear trend, state space, maximum likelihood
  damped_trend,  // the same with a damped slope
  combination,   // of the others, weighted by backtest skill, and calibrated
};
constexpr std::size_t model_count = 7;
std::string_view to_string(Model model);  // "last_value", …

// The scale on which a series is modelled: y -> z and back. Bounds that a logit needs are the indicator's.
struct ScaleView {
  Scale scale = Scale::identity;
  double lower = 0, upper = 100;           // of logit
  double floor = -1e308, ceiling = 1e308;  // natural bounds; quantiles on the identity scale are cut to them
  double to(double y) const;               // figures on or beyond a bound are moved inside it by half the smallest step, see docs
  double from(double z) const;
};
// The indicator's own scale, where the series allows it: log needs positive figures, logit figures between the bounds; else
// identity.
ScaleView scale_of(const Indicator* indicator, const SeriesView& series);

// sd: of each figure as observed, in its own unit, from published bounds; NaN where not published; empty when none is.
struct ProjectionInput {
  SeriesView series;
  std::span<const double> sd;
  ScaleView scale;
};

// Forecasts for the years after the last figure: mean[i], sd[i] on the scale for year last + 1 + i. Returns false when the
// series has fewer figures than the model needs (docs); nothing is written then. mean and sd are equally long.
bool project(const ProjectionInput& input, Model model, std::span<double> mean, std::span<double> sd);

// A maximum likelihood fit of the local linear trend, for those who want the model itself.
//   y_t = level_t + e_t, level_t+1 = level_t + slope_t + u_t, slope_t+1 = phi slope_t + v_t  (phi = 1: no damping)
// Missing years have no observation; the first state is diffuse.
struct TrendFit {
  double observation_variance = 0, level_variance = 0, slope_variance = 0;
  double phi = 1;
  double log_likelihood = 0;                                 // diffuse, of the figures after the first two
  double level = 0, slope = 0;                               // filtered, at the last figure
  double level_level = 0, level_slope = 0, slope_slope = 0;  // their covariance
};
// years ascending, at least 4 figures (else false). sd as above, on the same scale as z; empty when none.
bool fit_trend(std::span<const std::int16_t> year, std::span<const double> z, std::span<const double> sd, bool damped,
               TrendFit& fit);
// Log-likelihood of given variances on the same figures (what the benchmark compares with R and statsmodels).
double trend_log_likelihood(std::span<const std::int16_t> year, std::span<const double> z, std::span<const double> sd,
                            double observation_variance, double level_variance, double slope_variance, double phi);

}  // namespace stocktake
