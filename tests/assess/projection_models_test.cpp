// All models of projection: worked examples, short and degenerate series, invariance, threads.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <thread>
#include <vector>

#include "assess/projection/projection.h"
#include "base/parallel.h"

namespace stocktake {
namespace {

constexpr std::size_t horizon = 12;

struct Forecast {
  bool done = false;
  std::vector<double> mean = std::vector<double>(horizon, -7), sd = std::vector<double>(horizon, -7);
};

struct Figures {
  std::vector<std::int16_t> year;
  std::vector<double> value;
};

Forecast forecast(const Figures& f, Model model, const ScaleView& scale = {}, std::span<const double> sd = {}) {
  Forecast out;
  out.done = project({{f.year.data(), f.value.data(), f.value.size()}, sd, scale}, model, out.mean, out.sd);
  return out;
}

ScaleView log_scale() {
  ScaleView scale;
  scale.scale = Scale::log;
  return scale;
}

ScaleView per_cent() {
  ScaleView scale;
  scale.scale = Scale::logit;
  return scale;
}

Figures wave(std::size_t count, unsigned seed, int step = 1) {
  std::mt19937 random(seed);
  Figures f;
  double value = 40;
  int year = 1985;
  for (std::size_t i = 0; i < count; ++i) {
    value += 6 * (static_cast<double>(random()) / 4294967296.0) - 2.8;
    value = std::min(std::max(value, 1.0), 99.0);
    f.year.push_back(static_cast<std::int16_t>(year));
    f.value.push_back(value);
    year += step == 1 ? 1 : 1 + static_cast<int>(random() % static_cast<unsigned>(step));
  }
  return f;
}

void expect_sound(const Forecast& f, const std::string& what) {
  ASSERT_TRUE(f.done) << what;
  for (std::size_t h = 0; h < horizon; ++h) {
    EXPECT_TRUE(std::isfinite(f.mean[h])) << what << " " << h;
    EXPECT_TRUE(std::isfinite(f.sd[h])) << what << " " << h;
    EXPECT_GT(f.sd[h], 0) << what << " " << h;
    EXPECT_GE(f.sd[h], f.sd[h == 0 ? 0 : h - 1] * (1 - 1e-12)) << what << " " << h;
  }
}

constexpr Model every[] = {Model::last_value,  Model::linear,       Model::geometric,  Model::ets,
                           Model::local_trend, Model::damped_trend, Model::combination};

// docs/methods.md, "Projection": 10 (2000), 12 (2001), 16 (2005).
TEST(ProjectionModels, WorkedExamples) {
  const Figures f{{2000, 2001, 2005}, {10, 12, 16}};
  const Forecast walk = forecast(f, Model::last_value);  // s^2 = (4/1 + 16/4) / 2 = 4
  EXPECT_DOUBLE_EQ(walk.mean[8], 16);
  EXPECT_DOUBLE_EQ(walk.sd[0], 2);
  EXPECT_DOUBLE_EQ(walk.sd[8], 6);
  const Forecast drift = forecast(f, Model::local_trend);  // d = 1.2; s^2 = (0.64 + 0.64/4 + 1.44 * 5/2) / 2 = 2.2
  EXPECT_NEAR(drift.mean[4], 16 + 5 * 1.2, 1e-12);
  EXPECT_NEAR(drift.sd[4], std::sqrt(2.2 * (5 + 25.0 / 5)), 1e-12);
}

TEST(ProjectionModels, ShortSeries) {
  for (const Model model : every) {
    const std::string name(to_string(model));
    EXPECT_FALSE(forecast({{}, {}}, model).done) << name;
    const Forecast one = forecast({{2000}, {5}}, model);
    EXPECT_FALSE(one.done) << name;
    EXPECT_EQ(one.mean[0], -7) << "nothing is written";
    for (const auto& f : std::vector<Figures>{{{2000, 2001}, {5, 6}},
                                              {{2000, 2001}, {5, 5}},
                                              {{2000, 2010}, {5, 4}},
                                              {{2000, 2001, 2002}, {1, 2, 3}},
                                              {{2000, 2003, 2004}, {1, 2, 1.5}},
                                              {{2000, 2001, 2002, 2003}, {1, 2, 2, 2}},
                                              {{2000, 2001, 2002, 2003, 2009}, {1, 2, 2, 2, 2}}}) {
      for (const auto& scale : {ScaleView{}, log_scale(), per_cent()}) {
        expect_sound(forecast(f, model, scale), name + " of " + std::to_string(f.value.size()));
      }
    }
  }
}

TEST(ProjectionModels, DegenerateSeries) {
  std::vector<Figures> all(7);
  for (int i = 0; i < 25; ++i) {
    const double t = i;
    const double values[] = {0, 100, 1e9, 5 + t, 3 - 0.25 * t, 80 * std::pow(0.9, t), i < 20 ? 0.0 : 1.0};
    for (std::size_t k = 0; k < all.size(); ++k) {
      all[k].year.push_back(static_cast<std::int16_t>(1990 + i));
      all[k].value.push_back(values[k]);
    }
  }
  for (const Model model : every) {
    for (std::size_t k = 0; k < all.size(); ++k) {
      const std::string name = std::string(to_string(model)) + " of series " + std::to_string(k);
      expect_sound(forecast(all[k], model), name);
      if (all[k].value[24] > 0) expect_sound(forecast(all[k], model, log_scale()), name + ", log");
      if (all[k].value[24] >= 0 && all[k].value[24] <= 100) expect_sound(forecast(all[k], model, per_cent()), name + ", logit");
    }
    // Constant figures stay; figures on a line go on (the random walk apart), with no more than the uncertainty of rounding.
    const Forecast same = forecast(all[1], model), line = forecast(all[3], model);
    EXPECT_NEAR(same.mean[11], 100, 1e-9) << to_string(model);
    if (model == Model::combination) continue;  // has factors of its own
    EXPECT_NEAR(same.sd[3], 2 / std::sqrt(12.0), 1e-9) << to_string(model);
    if (model == Model::last_value) continue;
    EXPECT_NEAR(line.mean[9], 39, model == Model::geometric ? 40 : 1e-6) << to_string(model);
  }
}

TEST(ProjectionModels, RealLikeSeriesAreSound) {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    const Figures f = wave(2 + seed, seed, seed % 3 == 0 ? 6 : 1);
    for (const Model model : every) {
      for (const auto& scale : {ScaleView{}, log_scale(), per_cent()}) {
        expect_sound(forecast(f, model, scale), std::string(to_string(model)) + " seed " + std::to_string(seed));
      }
    }
  }
}

TEST(ProjectionModels, AllAtOnceIsOneByOne) {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    const Figures f = wave(3 + 2 * seed, seed, seed % 2 == 0 ? 4 : 1);
    std::vector<double> mean((model_count - 1) * horizon), sd(mean.size());
    const ProjectionInput input{{f.year.data(), f.value.data(), f.value.size()}, {}, per_cent()};
    ASSERT_TRUE(project_all(input, horizon, mean, sd));
    for (std::size_t m = 0; m + 1 < model_count; ++m) {
      const Forecast one = forecast(f, static_cast<Model>(m), per_cent());
      for (std::size_t h = 0; h < horizon; ++h) {
        EXPECT_EQ(mean[m * horizon + h], one.mean[h]);
        EXPECT_EQ(sd[m * horizon + h], one.sd[h]);
      }
    }
  }
}

TEST(ProjectionModels, ShiftAndScale) {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    const Figures f = wave(24, seed, seed % 2 == 0 ? 4 : 1);
    Figures moved = f;
    for (double& one : moved.value) one = 512 + 16 * one;
    for (const Model model : {Model::last_value, Model::linear, Model::ets, Model::local_trend, Model::damped_trend}) {
      const Forecast a = forecast(f, model), b = forecast(moved, model);
      for (std::size_t h = 0; h < horizon; ++h) {
        EXPECT_NEAR(b.mean[h], 512 + 16 * a.mean[h], 0.02 * b.sd[h]) << to_string(model) << seed;
        EXPECT_NEAR(b.sd[h], 16 * a.sd[h], 0.02 * b.sd[h]) << to_string(model) << seed;
      }
    }
  }
}

// A figure whose known variance is very large says nothing: the same as a year without a figure.
TEST(ProjectionModels, MissingYearIsNoObservation) {
  Figures all = wave(20, 5), without;
  std::vector<double> sd(20, 0.5), shorter;
  sd[7] = sd[12] = 1e7;
  for (std::size_t i = 0; i < 20; ++i) {
    if (i == 7 || i == 12) continue;
    without.year.push_back(all.year[i]);
    without.value.push_back(all.value[i]);
    shorter.push_back(0.5);
  }
  const double with = trend_log_likelihood(all.year, all.value, sd, 0.25, 0.3, 0.1, 1);
  const double less = trend_log_likelihood(without.year, without.value, shorter, 0.25, 0.3, 0.1, 1);
  EXPECT_NEAR(with, less - 2 * (0.5 * std::log(2 * M_PI) + std::log(1e7)), 1e-6);
}

TEST(ProjectionModels, KnownObservationErrorMatters) {
  const Figures f = wave(25, 3);
  const std::vector<double> small(25, 0.01), large(25, 3.0);
  const Forecast a = forecast(f, Model::local_trend, {}, small), b = forecast(f, Model::local_trend, {}, large);
  EXPECT_GE(b.sd[0], 3.0) << "a future figure has the error of the published ones";
  EXPECT_NEAR(a.mean[0], f.value.back(), 4) << "exact figures: the level is the last one";
  EXPECT_NE(a.mean[5], b.mean[5]);
  const std::vector<double> none(25, std::numeric_limits<double>::quiet_NaN());
  EXPECT_EQ(forecast(f, Model::local_trend, {}, none).mean, forecast(f, Model::local_trend).mean);
}

TEST(ProjectionModels, GeometricKeepsMedianAndInterval) {
  const Figures f{{2000, 2001, 2002, 2003, 2004, 2005}, {10, 11.5, 12, 13.6, 14.2, 16.3}};
  const Forecast on_log = forecast(f, Model::geometric, log_scale()), plain = forecast(f, Model::geometric);
  constexpr double z90 = 1.2815515655446004;
  for (std::size_t h = 0; h < horizon; ++h) {
    EXPECT_NEAR(plain.mean[h], std::exp(on_log.mean[h]), 1e-9);
    EXPECT_NEAR(2 * z90 * plain.sd[h],
                std::exp(on_log.mean[h] + z90 * on_log.sd[h]) - std::exp(on_log.mean[h] - z90 * on_log.sd[h]), 1e-8);
  }
  const Figures negative{{2000, 2001, 2002, 2003, 2004, 2005}, {-1, 1, 2, 3.5, 4, 5}};
  EXPECT_EQ(forecast(negative, Model::geometric).mean, forecast(negative, Model::linear).mean);
}

TEST(ProjectionModels, LongSeriesTakeTheLastFigures) {
  Figures f = wave(most_figures + 40, 9), last;
  for (std::size_t i = 0; i < f.year.size(); ++i) f.year[i] = static_cast<std::int16_t>(1000 + i);
  last.year.assign(f.year.end() - most_figures, f.year.end());
  last.value.assign(f.value.end() - most_figures, f.value.end());
  for (const Model model : every) {
    const Forecast a = forecast(f, model), b = forecast(last, model);
    EXPECT_EQ(a.mean, b.mean) << to_string(model);
    EXPECT_EQ(a.sd, b.sd) << to_string(model);
  }
}

TEST(ProjectionModels, SameForAnyNumberOfThreads) {
  const std::size_t count = 9000;  // more than two parts of in_parallel
  const auto run = [&](unsigned threads) {
    std::vector<double> out(count);
    in_parallel(count, threads, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        const Figures f = wave(8 + i % 9, static_cast<unsigned>(i));
        const Forecast one = forecast(f, i % 2 == 0 ? Model::local_trend : Model::ets);
        out[i] = one.mean[5] + one.sd[5];
      }
    });
    return out;
  };
  EXPECT_EQ(run(1), run(2));
}

}  // namespace
}  // namespace stocktake
