// Projection of one series to future years: a predictive distribution a year, by several models that all speak the same
// language. Formulas, sources and the evidence for the default: docs/methods.md, "Projection".
//
// Everything happens on the indicator's scale (identity, log or logit between its natural bounds), where a forecast is Gaussian:
// a mean and a standard deviation a year. Quantiles and probabilities go back through the scale and are exact.
// A forecast is of the figure as it would be published, its observation error included. All functions are thread-safe.
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
  double inside = 0.05;       // log and logit: a figure nearer to a bound than this (or beyond it) counts as that far inside it
  double to(double y) const;  // strictly within what `inside` leaves, so always finite
  double from(double z) const;
};
// The indicator's own scale, where the series allows it: log needs positive figures, logit finite bounds and no figure beyond
// them; else identity. A null indicator: identity. `inside` is half the smallest step of the figures (see figure_step), for logit
// between 1/2000 and 1/200 of the range, and never more than half the distance of a figure that lies within the bounds.
ScaleView scale_of(const Indicator* indicator, const SeriesView& series);
// The unit of the last decimal that the figures use: 0.1 for 12.5 and 13; 1 for integers; at least 1e-6.
double figure_step(const SeriesView& series);

// sd: of each figure as observed, in its own unit, from published bounds; NaN where not published; empty when none is.
// Only local_trend and damped_trend use it.
struct ProjectionInput {
  SeriesView series;
  std::span<const double> sd;
  ScaleView scale;
};

// Figures that a model needs. A series of at least two that has fewer is projected by the drift of its ends instead. Of a series
// longer than most_figures, the last most_figures are taken.
std::size_t least_figures(Model model);
inline constexpr std::size_t most_figures = 512;

// Forecasts for the years after the last figure: mean[i], sd[i] on the scale for year last + 1 + i. mean and sd are equally long.
// Returns false when the series has fewer than two figures; nothing is written then. Else every mean is finite, every sd is
// finite, above zero, and does not fall with the year.
bool project(const ProjectionInput& input, Model model, std::span<double> mean, std::span<double> sd);
// All models but the combination in one pass, which is faster than one by one: model m's forecasts begin at m * horizon of mean
// and sd, which hold (model_count - 1) * horizon figures. The same answers as project().
bool project_all(const ProjectionInput& input, std::size_t horizon, std::span<double> mean, std::span<double> sd);

// A maximum likelihood fit of the local linear trend, for those who want the model itself.
//   y_t = level_t + e_t, level_t+1 = level_t + slope_t + u_t, slope_t+1 = phi slope_t + v_t  (phi = 1: no damping)
// Missing years have no observation; the first state is diffuse.
struct TrendFit {
  double observation_variance = 0, level_variance = 0,
         slope_variance = 0;  // with sd given, the first is the mean of the known ones
  double phi = 1;
  double log_likelihood = 0;                                 // diffuse, of the figures after the first two
  double level = 0, slope = 0;                               // filtered, at the last figure
  double level_level = 0, level_slope = 0, slope_slope = 0;  // their covariance
};
// years ascending, 4 to most_figures figures (else false). sd as above, on the same scale as z; empty when none; a figure without
// one gets the mean of the known variances. Figures that all lie on one line have no greatest likelihood: the answer is that line
// with variances of zero and an infinite log-likelihood.
bool fit_trend(std::span<const std::int16_t> year, std::span<const double> z, std::span<const double> sd, bool damped,
               TrendFit& fit);
// Forecasts of a fit, for the years after its last figure: what project() gives for local_trend and damped_trend on the same
// figures.
void forecast_trend(const TrendFit& fit, std::span<double> mean, std::span<double> sd);
// Log-likelihood of given variances on the same figures (what the benchmark compares with R and statsmodels). Where sd is given,
// observation_variance is used for the figures without one only. NaN for fewer than three or more than most_figures figures.
double trend_log_likelihood(std::span<const std::int16_t> year, std::span<const double> z, std::span<const double> sd,
                            double observation_variance, double level_variance, double slope_variance, double phi);

}  // namespace stocktake
