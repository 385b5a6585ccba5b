// ETS(A,Ad,N) with years without a figure, against generalised least squares on the whole series at once.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "assess/projection/ets.h"
#include "assess/projection/trend.h"

namespace stocktake::projection {
namespace {

// z = X (l0, b0) + M e over all years; of the years with a figure V = M M'. The least of (z - X b)' V^-1 (z - X b), and ln |V|.
struct Answer {
  double squares = 0, log_f = 0;
};

Answer brute_force(const Figures& f, double alpha, double beta, double phi) {
  std::vector<std::vector<double>> x, m;
  std::size_t years = 1;
  for (std::size_t i = 0; i < f.count; ++i) years += static_cast<std::size_t>(f.gap[i]);
  std::vector<double> level(2 + years, 0.0), slope(2 + years, 0.0);  // columns: l0, b0, innovation of each year
  level[0] = slope[1] = 1;
  std::size_t year = 0, next = 0;
  for (std::size_t i = 0; i < f.count; ++i) {
    next += static_cast<std::size_t>(f.gap[i]);
    for (; year <= next; ++year) {
      std::vector<double> figure(2 + years);
      for (std::size_t c = 0; c < figure.size(); ++c) figure[c] = level[c] + phi * slope[c];
      for (std::size_t c = 0; c < figure.size(); ++c) {
        const double e = c == 2 + year ? 1 : 0;
        level[c] = figure[c] + alpha * e;
        slope[c] = phi * slope[c] + beta * e;
      }
      figure[2 + year] += 1;
      if (year < next) continue;
      x.push_back({figure[0], figure[1], f.z[i]});
      m.emplace_back(figure.begin() + 2, figure.end());
    }
  }
  // Cholesky of V; columns of X and z are whitened by it, and the rest is least squares.
  const std::size_t n = f.count;
  std::vector<std::vector<double>> v(n, std::vector<double>(n, 0.0));
  Answer answer;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      for (std::size_t k = 0; k < m[i].size(); ++k) v[i][j] += m[i][k] * m[j][k];
      for (std::size_t k = 0; k < j; ++k) v[i][j] -= v[i][k] * v[j][k];
      v[i][j] = i == j ? std::sqrt(v[i][j]) : v[i][j] / v[j][j];
    }
    answer.log_f += 2 * std::log(v[i][i]);
    for (std::size_t c = 0; c < 3; ++c) {
      for (std::size_t k = 0; k < i; ++k) x[i][c] -= v[i][k] * x[k][c];
      x[i][c] /= v[i][i];
    }
  }
  double aa = 0, ab = 0, bb = 0, az = 0, bz = 0, zz = 0;
  for (const auto& row : x) {
    aa += row[0] * row[0];
    ab += row[0] * row[1];
    bb += row[1] * row[1];
    az += row[0] * row[2];
    bz += row[1] * row[2];
    zz += row[2] * row[2];
  }
  const double det = aa * bb - ab * ab;
  answer.squares = zz - (az * (bb * az - ab * bz) + bz * (aa * bz - ab * az)) / det;
  return answer;
}

const std::vector<double> z = {10, 11.2, 11.9, 13.5, 13.1, 14.8, 15.2, 17.1, 16.9, 18};

TEST(ProjectionEts, LikelihoodWithMissingYears) {
  const std::vector<std::int32_t> regular = {0, 1, 1, 1, 1, 1, 1, 1, 1, 1}, gaps = {0, 3, 1, 1, 5, 1, 2, 1, 1, 4};
  for (const auto& gap : {regular, gaps}) {
    const Figures f{z.size(), gap.data(), z.data(), nullptr};
    EtsLanes lanes;
    for (std::size_t k = 0; k < lane_count; ++k) {
      lanes.alpha[k] = 0.06 * static_cast<double>(k + 1);
      lanes.beta[k] = 0.4 * lanes.alpha[k];
      lanes.phi[k] = 0.8 + 0.01 * static_cast<double>(k);
    }
    Lanes log_squares, log_f;
    ets_kernel(f, lanes, log_squares, log_f);
    for (std::size_t k = 0; k < lane_count; ++k) {
      const Answer answer = brute_force(f, lanes.alpha[k], lanes.beta[k], lanes.phi[k]);
      EXPECT_NEAR(std::exp(log_squares[k]), answer.squares, 1e-8 * answer.squares) << k;
      EXPECT_NEAR(log_f[k], answer.log_f, 1e-10) << k;
    }
  }
}

// The search against a fine grid over its box, with and without missing years.
TEST(ProjectionEts, NoBetterParametersOnAGrid) {
  const std::vector<std::int32_t> regular = {0, 1, 1, 1, 1, 1, 1, 1, 1, 1}, gaps = {0, 3, 1, 1, 5, 1, 2, 1, 1, 4};
  for (const auto& gap : {regular, gaps}) {
    const Figures f{z.size(), gap.data(), z.data(), nullptr};
    const EtsFit fit = fit_ets(f);
    double best = 1e300;
    for (double alpha = 0.01; alpha < 1; alpha += 0.07) {
      for (double share = 0.01; share < 1; share += 0.07) {
        for (double phi = 0.8; phi <= 0.98; phi += 0.03) {
          const Answer answer = brute_force(f, alpha, alpha * share, phi);
          best = std::min(best, 10 * std::log(answer.squares) + answer.log_f);
        }
      }
    }
    const double constants = 10 * (1 + ln_two_pi - std::log(10.0));
    EXPECT_GE(fit.log_likelihood, -0.5 * (best + constants) - 1e-3);
    const Answer at = brute_force(f, fit.alpha, fit.beta, fit.phi);
    EXPECT_NEAR(fit.log_likelihood, -0.5 * (10 * std::log(at.squares) + at.log_f + constants), 1e-6);
    EXPECT_NEAR(fit.variance, at.squares / 5, 1e-6 * fit.variance);
  }
}

}  // namespace
}  // namespace stocktake::projection
