#include "assess/projection/trend.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace stocktake {
namespace projection {
namespace {

struct State {
  double level = 0, slope = 0, p11 = 0, p12 = 0, p22 = 0;
};

void predict(State& s, const TrendFit& q) {
  const double t = s.p12 + s.p22;
  s.p11 = (s.p11 + s.p12) + (t + q.level_variance);
  s.p12 = q.phi * t;
  s.p22 = q.phi * q.phi * s.p22 + q.slope_variance;
  s.level += s.slope;
  s.slope *= q.phi;
}

struct Extent {
  double low = 0, high = 0, years = 0;
};

Extent extent(const Figures& f) {
  Extent e{f.z[0], f.z[0], 0};
  for (std::size_t i = 1; i < f.count; ++i) {
    e.low = std::min(e.low, f.z[i]);
    e.high = std::max(e.high, f.z[i]);
    e.years += f.gap[i];
  }
  return e;
}

}  // namespace

void filter_trend(const Figures& f, TrendFit& fit) {
  State noise, s;
  double power = 1, sum = 0;
  for (std::int32_t m = 0; m < f.gap[1]; ++m) {
    sum += power;
    power *= fit.phi;
    predict(noise, fit);
  }
  const double c = power / sum, h = fit.observation_variance;
  const auto noise_of = [&](std::size_t i) { return f.variance == nullptr ? h : f.variance[i]; };
  s = {f.z[1], c * (f.z[1] - f.z[0]), noise_of(1), c * noise_of(1), 0};
  s.p22 = c * c * (noise_of(0) + noise_of(1) + noise.p11) + noise.p22 - 2 * c * noise.p12;
  double squares = 0, log_f = 0;
  for (std::size_t i = 2; i < f.count; ++i) {
    for (std::int32_t m = 0; m < f.gap[i]; ++m) predict(s, fit);
    const double e = noise_of(i), variance = s.p11 + e, v = f.z[i] - s.level, scaled = v / variance;
    squares += v * scaled;
    log_f += std::log(variance);
    s.level += s.p11 * scaled;
    s.slope += s.p12 * scaled;
    s.p22 = std::max(0.0, s.p22 - s.p12 * s.p12 / variance);
    s.p11 *= e / variance;
    s.p12 *= e / variance;
  }
  fit.log_likelihood = -0.5 * (static_cast<double>(f.count - 2) * ln_two_pi + log_f + squares);
  fit.level = s.level;
  fit.slope = s.slope;
  fit.level_level = s.p11;
  fit.level_slope = s.p12;
  fit.slope_slope = s.p22;
}

bool on_line(const Figures& f) {
  const Extent e = extent(f);
  const double rise = f.z[f.count - 1] - f.z[0], tolerance = 1e-9 * (e.high - e.low);
  double at = 0;
  for (std::size_t i = 0; i < f.count; ++i) {
    at += f.gap[i];
    if (std::abs(f.z[i] - (f.z[0] + rise * (at / e.years))) > tolerance) return false;
  }
  return true;
}

void fit_figures(const Figures& f, bool damped, TrendFit& fit) {
  fit = {};
  const Extent e = extent(f);
  if (on_line(f)) {
    fit.level = f.z[f.count - 1];
    fit.slope = (f.z[f.count - 1] - f.z[0]) / e.years;
    fit.log_likelihood = std::numeric_limits<double>::infinity();
    return;
  }
  double noise = 0;  // mean of the known variances
  for (std::size_t i = 0; f.variance != nullptr && i < f.count; ++i) noise += f.variance[i] / static_cast<double>(f.count);
  // The search sees figures from zero in a unit of their own: the grid fits every series, and nothing over- or underflows.
  const double unit = f.variance == nullptr ? e.high - e.low : std::sqrt(noise);
  std::array<double, most_figures> z, variance;
  for (std::size_t i = 0; i < f.count; ++i) {
    z[i] = (f.z[i] - f.z[0]) / unit;
    if (f.variance != nullptr) variance[i] = f.variance[i] / noise;
  }
  const Figures scaled{f.count, f.gap, z.data(), f.variance == nullptr ? nullptr : variance.data()};
  const TrendPoint best = search_trend(scaled, damped);
  const double factor = f.variance == nullptr ? best.squares / static_cast<double>(f.count - 2) : 1;
  fit.phi = best.phi;
  fit.observation_variance = best.h * factor;
  fit.level_variance = best.level * factor;
  fit.slope_variance = best.slope * factor;
  filter_trend(scaled, fit);
  const double square = unit * unit;
  for (double* v : {&fit.observation_variance, &fit.level_variance, &fit.slope_variance, &fit.level_level, &fit.level_slope,
                    &fit.slope_slope}) {
    *v *= square;
  }
  fit.level = fit.level * unit + f.z[0];
  fit.slope *= unit;
  fit.log_likelihood -= static_cast<double>(f.count - 2) * std::log(unit);
}

}  // namespace projection

void forecast_trend(const TrendFit& fit, std::span<double> mean, std::span<double> sd) {
  projection::State s{fit.level, fit.slope, fit.level_level, fit.level_slope, fit.slope_slope};
  for (std::size_t i = 0; i < mean.size(); ++i) {
    projection::predict(s, fit);
    mean[i] = s.level;
    sd[i] = std::sqrt(s.p11 + fit.observation_variance);
  }
}

}  // namespace stocktake
