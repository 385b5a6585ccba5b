// The benchmarks: models with a closed form.
#pragma once

#include <span>

#include "assess/projection/trend_kernel.h"

namespace stocktake::projection {

// Random walk: mean = last, sd_h = s sqrt(h), s^2 = mean of d_i^2 / m_i over the differences d_i across m_i years. Two figures.
void forecast_last_value(const Figures& figures, std::span<double> mean, std::span<double> sd);

// Least squares line, with the standard deviation of a prediction. Three figures.
void forecast_linear(const Figures& figures, std::span<double> mean, std::span<double> sd);

// What a series too short for its model gets: random walk with the drift of its ends, d = (z_n - z_1) / T a year.
// sd_h^2 = s^2 (h + h^2 / T), s^2 = (sum of (d_i - d m_i)^2 / m_i + d^2 T / (n - 1)) / (n - 1): as if one more step of the
// drift's size and unknown sign had been seen, so that two or three figures on a line do not make a certainty. Two figures.
void forecast_drift(const Figures& figures, std::span<double> mean, std::span<double> sd);

}  // namespace stocktake::projection
