// The local linear trend against a likelihood worked out without a filter, and its properties.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "assess/projection/projection.h"

namespace stocktake {
namespace {

struct Sample {
  std::vector<std::int16_t> year;
  std::vector<double> z;
};

Sample sample(const std::vector<int>& years, unsigned seed = 1) {
  std::mt19937 random(seed);  // its numbers are the same everywhere; the distributions of the library are not
  const auto uniform = [&] { return static_cast<double>(random()) / 4294967296.0 - 0.5; };
  Sample out;
  double level = 3, slope = 0.4;
  int next = years.front();
  for (const int year : years) {
    for (; next <= year; ++next) {
      level += slope + 0.3 * uniform();
      slope += 0.2 * uniform();
    }
    out.year.push_back(static_cast<std::int16_t>(year));
    out.z.push_back(level + 0.5 * uniform());
  }
  return out;
}

using Matrix = std::vector<std::vector<double>>;

// ln N(d; 0, V) by Cholesky.
double normal_density(Matrix v, std::vector<double> d) {
  const std::size_t n = d.size();
  double sum = static_cast<double>(n) * std::log(2 * M_PI);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double s = v[i][j];
      for (std::size_t k = 0; k < j; ++k) s -= v[i][k] * v[j][k];
      v[i][j] = i == j ? std::sqrt(s) : s / v[j][j];
    }
    double x = d[i];
    for (std::size_t k = 0; k < i; ++k) x -= v[i][k] * d[k];
    d[i] = x / v[i][i];
    sum += d[i] * d[i] + 2 * std::log(v[i][i]);
  }
  return -0.5 * sum;
}

// Every figure as a weighted sum of the first level and slope and of all noises. The first two figures give level and slope at
// the first year; what is left of the others is Gaussian with a covariance that follows from the weights.
double brute_force(const Sample& s, const std::vector<double>& noise, double level, double slope, double phi) {
  const std::size_t n = s.z.size();
  const auto years = static_cast<std::size_t>(s.year.back() - s.year.front());
  const std::size_t columns = 2 + n + 2 * years;  // level, slope, e of each figure, u and v of each step
  Matrix weights(n, std::vector<double>(columns, 0.0));
  std::vector<double> variance(columns, 0.0);
  for (std::size_t i = 0; i < n; ++i) variance[2 + i] = noise[i];
  for (std::size_t t = 0; t < years; ++t) {
    variance[2 + n + 2 * t] = level;
    variance[2 + n + 2 * t + 1] = slope;
  }
  std::vector<double> of_level(columns, 0.0), of_slope(columns, 0.0);
  of_level[0] = of_slope[1] = 1;
  std::size_t t = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (; t < static_cast<std::size_t>(s.year[i] - s.year[0]); ++t) {
      for (std::size_t c = 0; c < columns; ++c) {
        of_level[c] += of_slope[c];
        of_slope[c] *= phi;
      }
      of_level[2 + n + 2 * t] += 1;
      of_slope[2 + n + 2 * t + 1] += 1;
    }
    weights[i] = of_level;
    weights[i][2 + i] += 1;
  }
  // Take off what the first two figures explain: z_i - (weight of level) z_1 - (weight of slope) (z_2 - z_1) / c.
  const double c = weights[1][1];
  std::vector<double> rest;
  Matrix loads;
  for (std::size_t i = 2; i < n; ++i) {
    const double k = weights[i][1] / c;
    rest.push_back(s.z[i] - s.z[0] - k * (s.z[1] - s.z[0]));
    std::vector<double> load(columns);
    for (std::size_t j = 0; j < columns; ++j) load[j] = weights[i][j] - weights[0][j] - k * (weights[1][j] - weights[0][j]);
    EXPECT_NEAR(load[0], 0, 1e-12);
    EXPECT_NEAR(load[1], 0, 1e-12);
    loads.push_back(load);
  }
  Matrix covariance(n - 2, std::vector<double>(n - 2, 0.0));
  for (std::size_t i = 0; i < n - 2; ++i) {
    for (std::size_t j = 0; j < n - 2; ++j) {
      for (std::size_t k = 2; k < columns; ++k) covariance[i][j] += loads[i][k] * loads[j][k] * variance[k];
    }
  }
  return normal_density(covariance, rest);
}

const std::vector<int> regular = {1990, 1991, 1992, 1993, 1994, 1995, 1996, 1997, 1998, 1999, 2000, 2001};
const std::vector<int> gaps = {1990, 1993, 1994, 1999, 2000, 2001, 2003, 2010, 2011};

TEST(ProjectionTrend, LikelihoodIsThatOfTheGaussian) {
  for (const auto& years : {regular, gaps}) {
    const Sample s = sample(years);
    for (const double phi : {1.0, 0.9, 0.5}) {
      for (const auto& [noise, level, slope] : std::vector<std::array<double, 3>>{
               {0.1, 0.05, 0.02}, {0, 0.2, 0.01}, {0.3, 0, 0.001}, {0.1, 0.3, 0}, {1, 0, 0}, {0, 1, 0}}) {
        const std::vector<double> known(s.z.size(), noise);
        EXPECT_NEAR(trend_log_likelihood(s.year, s.z, {}, noise, level, slope, phi), brute_force(s, known, level, slope, phi),
                    1e-8)
            << years.size() << " " << phi << " " << noise << " " << level << " " << slope;
      }
    }
  }
  const Sample s = sample(regular);  // slope noise alone has no singular covariance only where no year is missing
  EXPECT_NEAR(trend_log_likelihood(s.year, s.z, {}, 0, 0, 0.5, 1), brute_force(s, std::vector<double>(s.z.size(), 0), 0, 0.5, 1),
              1e-8);
}

TEST(ProjectionTrend, KnownVariances) {
  const Sample s = sample(gaps);
  std::vector<double> sd = {0.3, 0.1, 0.2, 0.5, 0.2, 0.1, 0.3, 0.4, 0.2}, variance;
  for (const double one : sd) variance.push_back(one * one);
  EXPECT_NEAR(trend_log_likelihood(s.year, s.z, sd, 9, 0.05, 0.02, 1), brute_force(s, variance, 0.05, 0.02, 1), 1e-8);
  sd[3] = std::numeric_limits<double>::quiet_NaN();  // that one takes the variance given
  variance[3] = 0.7;
  EXPECT_NEAR(trend_log_likelihood(s.year, s.z, sd, 0.7, 0.05, 0.02, 1), brute_force(s, variance, 0.05, 0.02, 1), 1e-8);

  TrendFit fit;
  ASSERT_TRUE(fit_trend(s.year, s.z, sd, false, fit));
  double mean = 0;
  for (std::size_t i = 0; i < sd.size(); ++i) mean += i == 3 ? 0 : sd[i] * sd[i] / 8;
  EXPECT_NEAR(fit.observation_variance, mean, 1e-12);
  EXPECT_NEAR(fit.log_likelihood,
              trend_log_likelihood(s.year, s.z, sd, fit.observation_variance, fit.level_variance, fit.slope_variance, 1), 1e-9);
  for (double level = 1e-6; level < 10; level *= 2) {
    for (double slope = 1e-6; slope < 10; slope *= 2) {
      EXPECT_GE(fit.log_likelihood + 1e-5, trend_log_likelihood(s.year, s.z, sd, mean, level, slope, 1)) << level << " " << slope;
    }
  }
}

TEST(ProjectionTrend, NoBetterVariancesOnAGrid) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const Sample s = sample(seed % 2 == 0 ? regular : gaps, seed);
    for (const bool damped : {false, true}) {
      TrendFit fit;
      ASSERT_TRUE(fit_trend(s.year, s.z, {}, damped, fit));
      EXPECT_NEAR(
          fit.log_likelihood,
          trend_log_likelihood(s.year, s.z, {}, fit.observation_variance, fit.level_variance, fit.slope_variance, fit.phi), 1e-8);
      double best = -1e300;
      for (const double phi : damped ? std::vector{0.8, 0.86, 0.92, 0.98} : std::vector{1.0}) {
        for (double noise = 1e-5; noise < 3; noise *= 3) {
          for (double level = 1e-5; level < 3; level *= 3) {
            for (double slope = 1e-5; slope < 3; slope *= 3) {
              best = std::max(best, trend_log_likelihood(s.year, s.z, {}, noise, level, slope, phi));
            }
          }
        }
      }
      EXPECT_GE(fit.log_likelihood, best - (damped ? 0.05 : 1e-3)) << seed << " " << damped;
      if (damped) {
        EXPECT_GE(fit.phi, 0.8);
        EXPECT_LE(fit.phi, 0.98);
      }
    }
  }
}

TEST(ProjectionTrend, ShiftTiltAndScale) {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    const Sample s = sample(gaps, seed);
    Sample moved = s;
    for (std::size_t i = 0; i < s.z.size(); ++i) moved.z[i] = 1000 + 8 * s.z[i] + 4 * s.year[i];
    TrendFit a, b;
    ASSERT_TRUE(fit_trend(s.year, s.z, {}, false, a));
    ASSERT_TRUE(fit_trend(moved.year, moved.z, {}, false, b));
    const auto n = static_cast<double>(s.z.size() - 2);
    EXPECT_NEAR(b.log_likelihood, a.log_likelihood - n * std::log(8.0), 1e-4);
    EXPECT_NEAR(b.slope, 8 * a.slope + 4, 0.02 * std::sqrt(b.slope_slope + b.level_variance + 1e-6));
    EXPECT_NEAR(b.level, 1000 + 8 * a.level + 4 * s.year.back(), 0.05 * std::sqrt(64 * a.level_level) + 1e-6);
  }
}

TEST(ProjectionTrend, TooFewAndOnALine) {
  const std::vector<std::int16_t> year = {2000, 2001, 2003, 2004, 2010};
  const std::vector<double> line = {1, 1.5, 2.5, 3, 6};
  TrendFit fit;
  EXPECT_FALSE(fit_trend(std::span(year).first(3), std::span(line).first(3), {}, false, fit));
  EXPECT_TRUE(std::isnan(trend_log_likelihood(std::span(year).first(2), std::span(line).first(2), {}, 1, 1, 1, 1)));
  ASSERT_TRUE(fit_trend(year, line, {}, false, fit));
  EXPECT_EQ(fit.log_likelihood, std::numeric_limits<double>::infinity());
  EXPECT_EQ(fit.observation_variance + fit.level_variance + fit.slope_variance, 0);
  EXPECT_EQ(fit.level, 6);
  EXPECT_DOUBLE_EQ(fit.slope, 0.5);
}

}  // namespace
}  // namespace stocktake
