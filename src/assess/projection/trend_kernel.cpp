#include "assess/projection/trend_kernel.h"

namespace stocktake::projection {
namespace {

// The state of every candidate: mean (level, slope) and its covariance, predicted for the year that comes.
struct State {
  Lanes level, slope, p11, p12, p22;
};

STOCKTAKE_INLINE void predict(State& s, const TrendLanes& q, std::size_t k) {
  const double t = s.p12[k] + s.p22[k];
  s.p11[k] = (s.p11[k] + s.p12[k]) + (t + q.level[k]);
  s.p12[k] = q.phi[k] * t;
  s.p22[k] = q.phi[k] * q.phi[k] * s.p22[k] + q.slope[k];
  s.level[k] = s.level[k] + s.slope[k];
  s.slope[k] = q.phi[k] * s.slope[k];
}

// The state at the second figure given the first two, from a flat prior: level = y2 - e2,
// slope = (phi^m / c) (y2 - y1 - e2 + e1 - A1) + A2 with m the gap, c = 1 + phi + ... + phi^(m-1) and A the noise of the gap.
STOCKTAKE_INLINE void start(State& s, const Figures& f, const TrendLanes& q) {
  const double w1 = f.variance == nullptr ? 1 : f.variance[0], w2 = f.variance == nullptr ? 1 : f.variance[1];
  const double rise = f.z[1] - f.z[0];
  State noise{};
  Lanes power, sum;
  for (std::size_t k = 0; k < lane_count; ++k) {
    power[k] = 1;
    sum[k] = 0;
  }
  for (std::int32_t m = 0; m < f.gap[1]; ++m) {
    for (std::size_t k = 0; k < lane_count; ++k) {
      sum[k] += power[k];
      power[k] *= q.phi[k];
      predict(noise, q, k);
    }
  }
  for (std::size_t k = 0; k < lane_count; ++k) {
    const double c = power[k] / sum[k], h = q.h[k] * w2;
    s.level[k] = f.z[1];
    s.slope[k] = c * rise;
    s.p11[k] = h;
    s.p12[k] = c * h;
    s.p22[k] = c * c * (q.h[k] * w1 + h + noise.p11[k]) + noise.p22[k] - 2.0 * c * noise.p12[k];
    predict(s, q, k);
  }
}

template <bool damped>
STOCKTAKE_INLINE void run(const Figures& figures, const TrendLanes& lanes, Lanes& squares, Lanes& log_squares, Lanes& log_f) {
  const TrendLanes q = lanes;  // a copy of its own: nothing else can change it
  State s;
  Lanes ssq, product, exponent;
  start(s, figures, q);
  for (std::size_t k = 0; k < lane_count; ++k) {
    ssq[k] = exponent[k] = 0;
    product[k] = 1;
  }
  const auto update = [&](std::size_t k, double z, double noise, double f, double inverse) {
    const double v = z - s.level[k], scaled = v * inverse;
    const double keep = noise * inverse;  // P11 - P11^2 / F = P11 h / F: no cancellation
    ssq[k] += v * scaled;
    product[k] *= f;
    const double level = s.level[k] + s.p11[k] * scaled, slope = s.slope[k] + s.p12[k] * scaled;
    const double p11 = s.p11[k] * keep, p12 = s.p12[k] * keep, p22 = s.p22[k] - s.p12[k] * s.p12[k] * inverse;
    const double t = p12 + p22;
    s.level[k] = level + slope;
    s.p11[k] = (p11 + p12) + (t + q.level[k]);
    if constexpr (damped) {
      s.slope[k] = q.phi[k] * slope;
      s.p12[k] = q.phi[k] * t;
      s.p22[k] = q.phi[k] * q.phi[k] * p22 + q.slope[k];
    } else {
      s.slope[k] = slope;
      s.p12[k] = t;
      s.p22[k] = p22 + q.slope[k];
    }
  };
  for (std::size_t i = 2; i < figures.count; ++i) {
    for (std::int32_t m = 1; m < figures.gap[i]; ++m) {
      for (std::size_t k = 0; k < lane_count; ++k) predict(s, q, k);
    }
    const double z = figures.z[i], w = figures.variance == nullptr ? 1 : figures.variance[i];
    for (std::size_t k = 0; k < lane_count; ++k) {
      const double noise = q.h[k] * w, f = s.p11[k] + noise;
      update(k, z, noise, f, 1.0 / f);
    }
    if (i % 8 == 0) {  // before a product of variances leaves the range of a double
      for (std::size_t k = 0; k < lane_count; ++k) split(product[k], exponent[k]);
    }
  }
  for (std::size_t k = 0; k < lane_count; ++k) {
    squares[k] = ssq[k];
    log_squares[k] = logarithm(ssq[k] > 1e-300 ? ssq[k] : 1e-300);
    log_f[k] = logarithm(product[k], exponent[k]);
  }
}

STOCKTAKE_LANES void run_straight(const Figures& figures, const TrendLanes& lanes, Lanes& squares, Lanes& log_squares,
                                  Lanes& log_f) {
  run<false>(figures, lanes, squares, log_squares, log_f);
}
STOCKTAKE_LANES void run_damped(const Figures& figures, const TrendLanes& lanes, Lanes& squares, Lanes& log_squares,
                                Lanes& log_f) {
  run<true>(figures, lanes, squares, log_squares, log_f);
}

}  // namespace

void trend_kernel(const Figures& figures, const TrendLanes& lanes, Lanes& squares, Lanes& log_squares, Lanes& log_f) {
  for (std::size_t k = 0; k < lane_count; ++k) {
    if (lanes.phi[k] != 1) return run_damped(figures, lanes, squares, log_squares, log_f);
  }
  run_straight(figures, lanes, squares, log_squares, log_f);
}

}  // namespace stocktake::projection
