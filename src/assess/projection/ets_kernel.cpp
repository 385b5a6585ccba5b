#include "assess/projection/ets.h"

namespace stocktake::projection {
namespace {

// One column: what the filter makes of the figures from a first state of zero, or of zero figures from a first level or slope of
// one.
struct Column {
  Lanes level, slope;
};

// Errors are linear in the first state: e = e0 - a l0 - c b0. The three columns run side by side; the first state is then the
// least squares solution. Year without a figure: the innovation of that year stays unknown and its share of the state is kept in
// P.
template <bool gaps>
STOCKTAKE_INLINE void run(const Figures& figures, const EtsLanes& lanes, Lanes& log_squares, Lanes& log_f) {
  const EtsLanes q = lanes;
  Column y, a, c;
  Lanes yy, ya, yc, aa, ac, cc, p11, p12, p22, product, exponent;
  for (std::size_t k = 0; k < lane_count; ++k) {
    y.level[k] = y.slope[k] = a.slope[k] = c.level[k] = 0;
    a.level[k] = c.slope[k] = 1;
    yy[k] = ya[k] = yc[k] = aa[k] = ac[k] = cc[k] = 0;
    p11[k] = p12[k] = p22[k] = exponent[k] = 0;
    product[k] = 1;
  }
  for (std::size_t i = 0; i < figures.count; ++i) {
    if constexpr (gaps) {
      for (std::int32_t m = 1; m < figures.gap[i]; ++m) {
        for (std::size_t k = 0; k < lane_count; ++k) {
          const double phi = q.phi[k], alpha = q.alpha[k], beta = q.beta[k];
          y.slope[k] *= phi;
          y.level[k] += y.slope[k];
          a.slope[k] *= phi;
          a.level[k] += a.slope[k];
          c.slope[k] *= phi;
          c.level[k] += c.slope[k];
          const double p22_phi = phi * phi * p22[k], p12_phi = phi * p12[k];
          p11[k] = p11[k] + 2 * p12_phi + p22_phi + alpha * alpha;
          p12[k] = p12_phi + p22_phi + alpha * beta;
          p22[k] = p22_phi + beta * beta;
        }
      }
    }
    const double z = figures.z[i];
    for (std::size_t k = 0; k < lane_count; ++k) {
      const double phi = q.phi[k];
      double gain1 = q.alpha[k], gain2 = q.beta[k], inverse = 1;
      if constexpr (gaps) {
        const double p22_phi = phi * phi * p22[k], p12_phi = phi * p12[k];
        const double f11 = p11[k] + 2 * p12_phi + p22_phi, f12 = p12_phi + p22_phi;
        const double f = f11 + 1, c1 = f11 + gain1, c2 = f12 + gain2;
        inverse = 1.0 / f;
        p11[k] = f11 + gain1 * gain1 - c1 * c1 * inverse;
        p12[k] = f12 + gain1 * gain2 - c1 * c2 * inverse;
        p22[k] = p22_phi + gain2 * gain2 - c2 * c2 * inverse;
        gain1 = c1 * inverse;
        gain2 = c2 * inverse;
        product[k] *= f;
      }
      const double ys = phi * y.slope[k], yl = y.level[k] + ys, ye = z - yl;
      const double as = phi * a.slope[k], al = a.level[k] + as;
      const double cs = phi * c.slope[k], cl = c.level[k] + cs;
      y.level[k] = yl + gain1 * ye;
      y.slope[k] = ys + gain2 * ye;
      a.level[k] = al - gain1 * al;
      a.slope[k] = as - gain2 * al;
      c.level[k] = cl - gain1 * cl;
      c.slope[k] = cs - gain2 * cl;
      const double yw = ye * inverse, aw = al * inverse, cw = cl * inverse;
      yy[k] += ye * yw;
      ya[k] += yw * al;
      yc[k] += yw * cl;
      aa[k] += al * aw;
      ac[k] += al * cw;
      cc[k] += cl * cw;
    }
    if constexpr (gaps) {
      if (i % 8 == 0) {
        for (std::size_t k = 0; k < lane_count; ++k) split(product[k], exponent[k]);
      }
    }
  }
  for (std::size_t k = 0; k < lane_count; ++k) {
    const double det = aa[k] * cc[k] - ac[k] * ac[k];
    const double level = (ya[k] * cc[k] - yc[k] * ac[k]) / det, slope = (yc[k] * aa[k] - ya[k] * ac[k]) / det;
    const double squares = yy[k] - level * ya[k] - slope * yc[k];
    log_squares[k] = logarithm(squares > 1e-300 ? squares : 1e-300);
    log_f[k] = gaps ? logarithm(product[k], exponent[k]) : 0;
  }
}

STOCKTAKE_LANES void run_regular(const Figures& figures, const EtsLanes& lanes, Lanes& log_squares, Lanes& log_f) {
  run<false>(figures, lanes, log_squares, log_f);
}
STOCKTAKE_LANES void run_gaps(const Figures& figures, const EtsLanes& lanes, Lanes& log_squares, Lanes& log_f) {
  run<true>(figures, lanes, log_squares, log_f);
}

}  // namespace

void ets_kernel(const Figures& figures, const EtsLanes& lanes, Lanes& log_squares, Lanes& log_f) {
  for (std::size_t i = 1; i < figures.count; ++i) {
    if (figures.gap[i] > 1) return run_gaps(figures, lanes, log_squares, log_f);
  }
  run_regular(figures, lanes, log_squares, log_f);
}

}  // namespace stocktake::projection
