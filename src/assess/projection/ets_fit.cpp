// Search for the greatest likelihood of ETS(A,Ad,N) over alpha, beta/alpha and phi in a box; the first state and the variance are
// known in closed form. A coarse grid, then steps of Newton on a central composite design (centre, six axis points, eight
// corners).
#include <algorithm>
#include <array>
#include <cmath>

#include "assess/projection/ets.h"
#include "assess/projection/newton.h"
#include "assess/projection/trend.h"

namespace stocktake::projection {
namespace {

// alpha, beta / alpha, phi: the bounds of forecast::ets.
constexpr Box box = {{1e-4, 1e-4, phi_least}, {1 - 1e-4, 1 - 1e-4, phi_most}};

Lowest search(const Figures& figures) {
  const auto count = static_cast<double>(figures.count);
  const auto evaluate = [&](const std::array<Point, lane_count>& points, std::array<double, lane_count>& values) {
    EtsLanes lanes;
    for (std::size_t k = 0; k < lane_count; ++k) {
      lanes.alpha[k] = points[k][0];
      lanes.beta[k] = points[k][0] * points[k][1];
      lanes.phi[k] = points[k][2];
    }
    Lanes log_squares, log_f;
    ets_kernel(figures, lanes, log_squares, log_f);
    for (std::size_t k = 0; k < lane_count; ++k) {
      values[k] = count * log_squares[k] + log_f[k];
    }
  };
  Lowest best;
  std::array<Point, lane_count> points;
  std::array<double, lane_count> values;
  for (const double phi : {phi_least, 0.9, phi_most}) {
    std::size_t k = 0;
    for (const double alpha : {0.05, 0.35, 0.7, box.most[0]}) {
      for (const double share : {box.least[1], 0.1, 0.4, 0.9}) points[k++] = {alpha, share, phi};
    }
    evaluate(points, values);
    for (k = 0; k < lane_count; ++k) {
      if (values[k] < best.value) best = {points[k], values[k]};
    }
  }
  minimise(evaluate, box, {0.12, 0.12, 0.045}, 8, 1e-7, best);
  return best;
}

}  // namespace

EtsFit fit_ets(const Figures& figures) {
  EtsFit fit;
  const auto [low, high] = std::minmax_element(figures.z, figures.z + figures.count);
  const double unit = *high - *low;
  std::array<double, most_figures> z;
  for (std::size_t i = 0; i < figures.count; ++i) z[i] = (figures.z[i] - figures.z[0]) / unit;
  const Figures f{figures.count, figures.gap, z.data(), nullptr};
  const Lowest lowest = search(f);
  const Point& best = lowest.at;
  const auto count = static_cast<double>(f.count);
  fit.alpha = best[0];
  fit.beta = best[0] * best[1];
  fit.phi = best[2];
  fit.log_likelihood = -0.5 * (lowest.value + count * (1 + ln_two_pi - std::log(count))) - count * std::log(unit);

  // Once more for the first state, then for the last: the kernel's recursion on one candidate.
  double level = 0, slope = 0;
  for (int pass = 0; pass < 2; ++pass) {
    double yl = level, ys = slope, al = 1, as = 0, cl = 0, cs = 1, p11 = 0, p12 = 0, p22 = 0;
    double yy = 0, ya = 0, yc = 0, aa = 0, ac = 0, cc = 0;
    for (std::size_t i = 0; i < f.count; ++i) {
      for (std::int32_t m = f.gap[i] > 1 ? f.gap[i] : 1; m >= 1; --m) {
        ys *= fit.phi;
        yl += ys;
        as *= fit.phi;
        al += as;
        cs *= fit.phi;
        cl += cs;
        p22 *= fit.phi * fit.phi;
        p12 *= fit.phi;
        p11 += 2 * p12 + p22;
        p12 += p22;
        double g1 = fit.alpha, g2 = fit.beta;
        if (m > 1) {
          p11 += g1 * g1;
          p12 += g1 * g2;
          p22 += g2 * g2;
          continue;
        }
        const double variance = p11 + 1, c1 = p11 + g1, c2 = p12 + g2;
        p11 += g1 * g1 - c1 * c1 / variance;
        p12 += g1 * g2 - c1 * c2 / variance;
        p22 += g2 * g2 - c2 * c2 / variance;
        g1 = c1 / variance;
        g2 = c2 / variance;
        const double e = f.z[i] - yl;
        yy += e * e / variance;
        ya += e * al / variance;
        yc += e * cl / variance;
        aa += al * al / variance;
        ac += al * cl / variance;
        cc += cl * cl / variance;
        yl += g1 * e;
        ys += g2 * e;
        as -= g2 * al;
        al -= g1 * al;
        cs -= g2 * cl;
        cl -= g1 * cl;
      }
    }
    const double det = aa * cc - ac * ac;
    if (pass == 0) {
      level = (ya * cc - yc * ac) / det;
      slope = (yc * aa - ya * ac) / det;
    }
    fit.variance = yy / (count - 5) * unit * unit;
    fit.level = yl * unit + figures.z[0];
    fit.slope = ys * unit;
    fit.level_level = std::max(0.0, p11);
    fit.level_slope = p12;
    fit.slope_slope = std::max(0.0, p22);
  }
  return fit;
}

void forecast_ets(const EtsFit& fit, std::span<double> mean, std::span<double> sd) {
  double level = fit.level, slope = fit.slope;
  double p11 = fit.level_level, p12 = fit.level_slope, p22 = fit.slope_slope;
  for (std::size_t i = 0; i < mean.size(); ++i) {
    slope *= fit.phi;
    level += slope;
    p22 *= fit.phi * fit.phi;
    p12 *= fit.phi;
    p11 += 2 * p12 + p22;
    p12 += p22;
    mean[i] = level;
    sd[i] = std::sqrt(fit.variance * (p11 + 1));
    p11 += fit.alpha * fit.alpha;
    p12 += fit.alpha * fit.beta;
    p22 += fit.beta * fit.beta;
  }
}

}  // namespace stocktake::projection
