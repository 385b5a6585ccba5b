// The combination, its table, and how the table is estimated.
#include "assess/projection/combination.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "assess/projection/calibrate.h"
#include "base/error.h"
#include "sample.h"

namespace stocktake {
namespace {

constexpr auto combined = static_cast<std::size_t>(Model::combination);
constexpr auto damped = static_cast<std::size_t>(Model::damped_trend);

TEST(Combination, WeightsOfEveryStepSumToOneAndFactorsArePositive) {
  for (const int step : {1, 2, 4, 6, 8, 12, 15, 40}) {
    for (std::size_t c = 0; c < class_count; ++c) {
      const Calibration one = calibration_at(step, c);
      EXPECT_NEAR(std::accumulate(one.weight.begin(), one.weight.end(), 0.0), 1, 1e-9) << step << " " << c;
      for (const double weight : one.weight) EXPECT_GE(weight, 0);
      for (const double factor : one.factor) EXPECT_GT(factor, 0.2);
    }
  }
}

TEST(Combination, StepsBetweenThoseOfTheTableAreInterpolated) {
  const Calibration before = calibration_at(10, 9), after = calibration_at(15, 9), between = calibration_at(11, 9);
  for (std::size_t m = 0; m < model_count; ++m)
    EXPECT_NEAR(between.factor[m], before.factor[m] + (after.factor[m] - before.factor[m]) / 5, 1e-12);
  EXPECT_EQ(calibration_at(0, 9).factor, calibration_at(1, 9).factor);
  EXPECT_EQ(calibration_at(99, 9).factor, calibration_at(15, 9).factor);
}

TEST(Combination, ClassesOfSeries) {
  EXPECT_EQ(series_class(0, 0.0), 0U);
  EXPECT_EQ(series_class(7, 0.0999), 0U);
  EXPECT_EQ(series_class(7, 0.1), 1U);
  EXPECT_EQ(series_class(8, 0.1), 4U);
  EXPECT_EQ(series_class(12, 0.5), 8U);
  EXPECT_EQ(series_class(20, 0.0), 9U);
  EXPECT_EQ(series_class(500, 1.5), 11U);
}

double roughness_of(std::vector<std::int16_t> year, std::vector<double> value, const ScaleView& scale = {}) {
  return roughness({{year.data(), value.data(), value.size()}, {}, scale});
}

TEST(Combination, RoughnessOfLinesAndZigzags) {
  EXPECT_EQ(roughness_of({2000, 2001, 2002, 2003}, {1, 2, 3, 4}), 0);
  EXPECT_EQ(roughness_of({2000, 2001, 2003, 2008}, {1, 2, 4, 9}), 0);  // the same pace over longer gaps
  // Changes 1, -1, 1: bends 4 + 4 over twice 3.
  EXPECT_DOUBLE_EQ(roughness_of({2000, 2001, 2002, 2003}, {1, 2, 1, 2}), 8.0 / 6);
  // Not defined: a random walk is assumed.
  EXPECT_EQ(roughness_of({}, {}), 1);
  EXPECT_EQ(roughness_of({2000, 2001}, {1, 2}), 1);
  EXPECT_EQ(roughness_of({2000, 2001, 2002}, {4, 4, 4}), 1);
  ScaleView log;
  log.scale = Scale::log;
  log.inside = 0.01;
  EXPECT_NEAR(roughness_of({2000, 2001, 2002, 2003}, {1, 2, 4, 8}, log), 0, 1e-15);
}

TEST(Combination, SeriesDrawnAlongLinesAreAClassOfTheirOwn) {
  const auto kind = [](std::vector<std::int16_t> year, std::vector<double> value) {
    return drawn_as({year.data(), value.data(), value.size()});
  };
  EXPECT_EQ(kind({}, {}), Drawn::no);
  EXPECT_EQ(kind({2000, 2001, 2002}, {1, 2, 3}), Drawn::no);  // one second difference says nothing
  EXPECT_EQ(kind({2000, 2001, 2002, 2003}, {1, 2, 3, 4}), Drawn::line);
  EXPECT_EQ(kind({2000, 2001, 2002, 2003}, {4, 4, 4, 4}), Drawn::flat);
  EXPECT_EQ(kind({2000, 2001, 2002, 2003, 2004, 2005}, {0, 0, 0, 0, 3, 9}), Drawn::flat);
  EXPECT_EQ(kind({2000, 2001, 2002, 2003, 2004}, {1, 2, 3, 3, 3}), Drawn::flat);  // as many flat as sloping: flat
  EXPECT_EQ(kind({2000, 2001, 2002, 2003, 2004, 2005, 2006}, {1, 2, 3, 4, 4, 4, 5}), Drawn::line);
  EXPECT_EQ(kind({2000, 2001, 2002, 2003}, {1, no_figure, 3, 4}), Drawn::no);
  EXPECT_EQ(kind({2000, 2005, 2010, 2015}, {1, 2, 3, 4}), Drawn::no);  // surveys, not years
  const std::vector<std::int16_t> year{2000, 2001, 2002, 2003, 2004};
  const std::vector<double> line{60, 62, 64, 66, 68}, curve{60, 62, 65, 66, 68.5};
  EXPECT_EQ(series_class({{year.data(), line.data(), 5}, {}, {}}), line_class);
  EXPECT_LT(series_class({{year.data(), curve.data(), 5}, {}, {}}), line_class);
}

// The line shows no noise, but its calibrated forecast is wide: by its class, not by its roughness.
TEST(Combination, ALineIsNotACertainty) {
  const std::vector<std::int16_t> year{2000, 2001, 2002, 2003, 2004, 2005, 2006, 2007, 2008, 2009, 2010};
  std::vector<double> value, mean(10), sd(10);
  for (const int y : year) value.push_back(60 + 1.3 * (y - 2000) + (y > 2004 ? 0.4 * (y - 2004) : 0));
  ASSERT_TRUE(combine({{year.data(), value.data(), value.size()}, {}, {}}, mean, sd));
  EXPECT_GT(mean[9], 85);  // goes on, nearly along the line
  EXPECT_LT(mean[9], 75.4 + 17);
  EXPECT_GT(sd[9], 1);
}

TEST(Combination, OnlyTheChancesOfParityAreRecalibrated) {
  const RuleView parity = sample::rule(RuleType::parity, Direction::none), half = sample::reduce_by(0.5);
  const ChanceLine line = parity_line();
  EXPECT_GT(line.slope, 0);
  EXPECT_NEAR(told_probability(0.5, parity), normal_below(line.shift), 1e-12);
  EXPECT_EQ(told_probability(0.3, half), 0.3);
  EXPECT_EQ(told_probability(0, parity), 0);
  EXPECT_EQ(told_probability(1, parity), 1);
  EXPECT_TRUE(std::isnan(told_probability(no_figure, parity)));
  double before = 0;
  for (int i = 1; i < 100; ++i) {
    const double told = told_probability(i / 100.0, parity);
    EXPECT_GT(told, before);
    before = told;
  }
}

TEST(Combination, MomentsOfAMixture) {
  // Half N(0, 1), half N(4, 3): mean 2, variance (1 + 9)/2 + 4 = 9.
  Calibration half;
  half.weight = {0.5, 0, 0, 0.5, 0, 0};
  half.factor.fill(1);
  const std::array<Moments, single_models> models{{{0, 1}, {99, 99}, {99, HUGE_VAL}, {4, 3}, {99, 99}, {99, 99}}};
  const Moments mixed = mix(models, half);
  EXPECT_DOUBLE_EQ(mixed.mean, 2);
  EXPECT_DOUBLE_EQ(mixed.sd, 3);
}

TEST(Combination, NeedsTwoFiguresAndNeverNarrows) {
  std::vector<std::int16_t> year{1990, 1995, 1996, 1999, 2001, 2002, 2006, 2010, 2011, 2012};
  std::vector<double> value{40, 38, 39, 33, 30, 31, 26, 20, 19, 19}, mean(30, -1), sd(30, -1);
  ProjectionInput input;
  input.series = {year.data(), value.data(), 1};
  EXPECT_FALSE(combine(input, mean, sd));
  EXPECT_EQ(mean[0], -1);
  for (std::size_t n = 2; n <= value.size(); ++n) {
    input.series.size = n;
    ASSERT_TRUE(combine(input, mean, sd));
    for (std::size_t i = 0; i < mean.size(); ++i) {
      EXPECT_TRUE(std::isfinite(mean[i]));
      EXPECT_GT(sd[i], 0);
      EXPECT_GE(sd[i], sd[i == 0 ? 0 : i - 1]);
    }
    // A shorter forecast says the same of the years that it has.
    std::vector<double> short_mean(3), short_sd(3);
    ASSERT_TRUE(combine(input, short_mean, short_sd));
    EXPECT_EQ(short_mean[2], mean[2]);
    EXPECT_EQ(short_sd[2], sd[2]);
  }
}

TEST(Combination, CalibratedSpreadIsTheModelsTimesItsFactor) {
  std::vector<std::int16_t> year{2000, 2001, 2002, 2003, 2004, 2005};
  std::vector<double> value{10, 12, 11, 14, 13, 15}, mean(1), sd(1), calibrated(1);
  const ProjectionInput input{{year.data(), value.data(), value.size()}, {}, {}};
  ASSERT_TRUE(project(input, Model::damped_trend, mean, sd));
  ASSERT_TRUE(project_calibrated(input, Model::damped_trend, mean, calibrated));
  EXPECT_DOUBLE_EQ(calibrated[0], sd[0] * calibration_at(1, series_class(input)).factor[damped]);
  ASSERT_TRUE(project(input, Model::combination, mean, sd));
  ASSERT_TRUE(project_calibrated(input, Model::combination, mean, calibrated));
  EXPECT_EQ(calibrated[0], sd[0]);
}

// 4,000 figures drawn from N(0, 2); one model knows their mean but claims half their spread, the others are off by 30.
std::vector<BacktestCase> overconfident(std::size_t knowing) {
  std::mt19937_64 random(3);
  std::normal_distribution<double> normal(0, 2);
  std::vector<BacktestCase> cases(4000);
  for (BacktestCase& one : cases) {
    one.step = one.horizon = 5;
    one.figures = 30;
    one.series_class = line_class - 1;
    one.observed = normal(random);
    for (ModelForecast& model : one.models) {
      model.mean = 30;
      model.sd = 1;
    }
    one.models[knowing].mean = 0;
  }
  return cases;
}

BacktestPlan one_subject() {
  BacktestPlan plan;
  plan.subjects.push_back({"S", ""});
  plan.entries.emplace_back();
  return plan;
}

// The same for every roughness of the longest series.
std::vector<BacktestCase> of_every_roughness(std::vector<BacktestCase> cases) {
  const std::vector<BacktestCase> one = cases;
  for (std::size_t c = line_class - rough_starts.size(); c + 1 < line_class; ++c) {
    for (BacktestCase copy : one) {
      copy.series_class = static_cast<std::uint8_t>(c);
      cases.push_back(copy);
    }
  }
  return cases;
}

TEST(Calibration, FindsTheModelThatKnowsAndHowMuchItOverstates) {
  for (const std::size_t knowing : {std::size_t{0}, std::size_t{3}, damped}) {
    const CalibrationTable table = calibrate(one_subject(), of_every_roughness(overconfident(knowing)), {5});
    ASSERT_EQ(table.steps.size(), 1U);
    const Calibration& found = table.steps[0].by_class[line_class - 1];
    EXPECT_EQ(found.weight[knowing], 1);
    EXPECT_NEAR(found.factor[knowing], 2, 0.1);
    EXPECT_NEAR(found.factor[combined], 1, 0.01);
    EXPECT_EQ(table.steps[0].by_class[2].weight, found.weight);  // no short rough series: as the longer ones
  }
}

TEST(Calibration, LinesHaveTheirOwnFactorAndFlatSeriesNone) {
  std::vector<BacktestCase> cases = of_every_roughness(overconfident(damped));
  for (BacktestCase one : overconfident(damped)) {
    one.drawn = Drawn::line;
    one.series_class = line_class;
    one.observed *= 3;
    cases.push_back(one);
    one.drawn = Drawn::flat;  // would be seen at once
    one.series_class = line_class - 1;
    one.observed = 1e9;
    cases.push_back(one);
  }
  const CalibrationTable table = calibrate(one_subject(), cases, {5, 5});
  EXPECT_NEAR(table.steps[0].by_class[line_class].factor[damped], 6, 0.3);
  EXPECT_NEAR(table.steps[0].by_class[line_class - 1].factor[damped], 2, 0.1);
  // Without lines the class takes what is nearest: the longest smooth series, or the step before.
  const CalibrationTable none = calibrate(one_subject(), of_every_roughness(overconfident(damped)), {5});
  EXPECT_EQ(none.steps[0].by_class[line_class].factor, none.steps[0].by_class[line_class - rough_starts.size()].factor);
}

TEST(Calibration, ChancesAreFittedByGreatestLikelihood) {
  // statsmodels 0.14, Probit on Phi^-1(said) with a constant: 0.48947671, 0.82460933.
  std::vector<double> said;
  std::vector<bool> came;
  for (int i = 1; i <= 400; ++i) {
    said.push_back(i / 401.0);
    came.push_back((i * 7919 % 1000) / 1000.0 < recalibrated({0.5, 0.8}, said.back()));
  }
  EXPECT_EQ(std::count(came.begin(), came.end(), true), 259);
  const ChanceLine line = fit_chances(said, came);
  EXPECT_NEAR(line.shift, 0.48947671, 1e-5);
  EXPECT_NEAR(line.slope, 0.82460933, 1e-5);
  const auto is_unmoved = [](const ChanceLine& one) { return one.shift == 0 && one.slope == 1; };
  EXPECT_TRUE(is_unmoved(fit_chances({}, {})));
  EXPECT_TRUE(is_unmoved(fit_chances(std::vector<double>(300, 0.4), std::vector<bool>(300, true))));
  std::vector<bool> some(300, true);
  some[7] = false;
  EXPECT_TRUE(is_unmoved(fit_chances(std::vector<double>(300, 0.4), some)));  // one probability tells no slope
  said.resize(199);
  came.resize(199);
  EXPECT_TRUE(is_unmoved(fit_chances(said, came)));  // too few
  std::vector<bool> contrary(400);
  std::vector<double> rising;
  for (int i = 1; i <= 400; ++i)
    rising.push_back(i / 401.0), contrary[static_cast<std::size_t>(i) - 1] = (i * 7919 % 1000) / 1000.0 > i / 401.0;
  EXPECT_TRUE(is_unmoved(fit_chances(rising, contrary)));
  std::vector<bool> split(400);
  for (std::size_t i = 200; i < 400; ++i) split[i] = true;
  EXPECT_TRUE(is_unmoved(fit_chances(rising, split)));  // told apart without error: no greatest likelihood
}

TEST(Calibration, NeedsEnoughForecasts) {
  std::vector<BacktestCase> few = overconfident(0);
  few.resize(199);
  EXPECT_THROW(calibrate(one_subject(), of_every_roughness(few), {5}), Error);
  EXPECT_THROW(calibrate(one_subject(), of_every_roughness(overconfident(0)), {6}), Error);
}

TEST(Calibration, HalvesOfTheAreasAreFixed) {
  // FNV-1a, 32 bits, bit 16 of the hash.
  int seen = 0;
  for (const char* code : {"AFG", "BGD", "CHN", "DEU", "ETH", "FRA", "GHA", "HTI", "IND", "JPN"})
    seen += in_calibration_half(code) ? 1 : 0;
  EXPECT_GT(seen, 1);
  EXPECT_LT(seen, 9);
}

TEST(Calibration, WritesATableThatSaysWhereItComesFrom) {
  const std::string text =
      to_source(calibrate(one_subject(), of_every_roughness(overconfident(damped)), {5}), {"a file", "a run"});
  EXPECT_NE(text.find("//   a file\n//   a run\n"), std::string::npos);
  EXPECT_NE(text.find("array<CalibrationStep, 1>"), std::string::npos);
  EXPECT_NE(text.find("{5, {{"), std::string::npos);
}

}  // namespace
}  // namespace stocktake
