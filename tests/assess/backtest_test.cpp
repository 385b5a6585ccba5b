// The backtest on panels small enough to be worked by hand.
#include "assess/projection/backtest.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "assess/projection/backtest_scores.h"
#include "assess/projection/combination.h"
#include "base/error.h"
#include "sample.h"

namespace stocktake {
namespace {

constexpr auto naive = static_cast<std::size_t>(Model::last_value);
constexpr auto linear = static_cast<std::size_t>(Model::linear);

const Indicator& plain() {
  static const Indicator indicator;  // identity, no bounds
  return indicator;
}

// Every series of the panel as a subject of its own, in area 0, 1, …
BacktestPlan plan_of(const Panel& panel) {
  BacktestPlan plan;
  for (std::uint32_t i = 0; i < panel.size(); ++i) {
    plan.subjects.push_back({std::string(panel.series[i].series), {}});
    plan.entries.push_back({i, i, static_cast<AreaId>(i), &plain(), std::nullopt});
  }
  return plan;
}

BacktestCases run(const Panel& panel, const BacktestPlan& plan, const BacktestOptions& options) {
  Progress progress("backtest", true);
  return run_backtest(panel, plan, options, progress);
}

BacktestOptions from_2000() {
  BacktestOptions options;
  options.origins = {2000};
  options.horizons = {5};
  return options;
}

const sample::Figures zigzag = {{1995, 10}, {1996, 12}, {1997, 11}, {1998, 13}, {1999, 12}, {2000, 14}, {2005, 20}};

TEST(Backtest, LastValueWorkedByHand) {
  Panel panel;
  sample::add(panel, "S", "A", zigzag);
  const BacktestCases done = run(panel, plan_of(panel), from_2000());
  ASSERT_EQ(done.cases.size(), 1U);
  const BacktestCase& one = done.cases[0];
  // Changes 2, -1, 2, -1, 2: mean absolute change 1.6, mean square 2.8; the forecast is N(14, 2.8 x 5), the figure 20.
  EXPECT_DOUBLE_EQ(one.scale_unit, 1.6);
  EXPECT_DOUBLE_EQ(one.models[naive].mean, 14);
  EXPECT_DOUBLE_EQ(one.models[naive].sd, std::sqrt(14.0));
  EXPECT_DOUBLE_EQ(one.models[naive].error, 3.75);
  EXPECT_DOUBLE_EQ(one.observed, 20);
  EXPECT_EQ(one.step, 5);
  EXPECT_EQ(one.figures, 6);
  EXPECT_EQ(one.met, -1);
  const std::vector<BacktestScore> scores = score_backtest(plan_of(panel), done.cases);
  ASSERT_EQ(scores.size(), 2 * model_count);  // pooled, and the one subject
  for (const std::size_t row : {std::size_t{0}, model_count}) {
    EXPECT_DOUBLE_EQ(scores[row].mae, 3.75);
    EXPECT_NEAR(scores[row].crps, gaussian_crps(14, std::sqrt(14.0), 20) / 1.6, 1e-12);
    EXPECT_NEAR(scores[row].over_last_value.value, 0, 1e-15);
    // u = 6/3.742 = 1.60: outside the 80 % interval (1.28), inside the 95 % one (1.96).
    EXPECT_EQ(scores[row].within_50, 0);
    EXPECT_EQ(scores[row].within_80, 0);
    EXPECT_EQ(scores[row].within_95, 1);
    EXPECT_TRUE(std::isnan(scores[row].brier));
  }
}

TEST(Backtest, TheCombinationIsWhatProjectGives) {
  Panel panel;
  sample::add(panel, "S", "A", zigzag);
  const BacktestCases done = run(panel, plan_of(panel), from_2000());
  const ProjectionInput input{{panel.year.data(), panel.value.data(), 6}, {}, scale_of(&plain(), {})};
  std::vector<double> mean(5), sd(5);
  for (std::size_t m = 0; m < model_count; ++m) {
    ASSERT_TRUE(project(input, static_cast<Model>(m), mean, sd));
    EXPECT_DOUBLE_EQ(done.cases.at(0).models[m].mean, mean[4]) << to_string(static_cast<Model>(m));
    EXPECT_DOUBLE_EQ(done.cases.at(0).models[m].sd, sd[4]) << to_string(static_cast<Model>(m));
  }
  BacktestOptions options = from_2000();
  options.calibrated = true;
  const BacktestCases calibrated = run(panel, plan_of(panel), options);
  for (std::size_t m = 0; m < model_count; ++m) {
    ASSERT_TRUE(project_calibrated(input, static_cast<Model>(m), mean, sd));
    EXPECT_DOUBLE_EQ(calibrated.cases.at(0).models[m].sd, sd[4]) << to_string(static_cast<Model>(m));
  }
}

// A panel of noisy series with a target, of all lengths, some with gaps.
Panel noisy_panel() {
  Panel panel;
  std::mt19937_64 random(11);
  std::normal_distribution<double> normal(0, 1);
  for (int i = 0; i < 300; ++i) {
    sample::Figures figures;
    double level = 60 + 5 * normal(random);
    for (int year = 1985 + i % 12; year <= 2012; ++year) {
      level += -0.5 + normal(random);
      if (random() % 5 != 0) figures.emplace_back(year, level);
    }
    sample::add(panel, "S", "A", figures);
  }
  return panel;
}

BacktestPlan plan_with_target(const Panel& panel) {
  BacktestPlan plan = plan_of(panel);
  for (BacktestEntry& entry : plan.entries) entry.rule = sample::reach(50, Direction::down);
  return plan;
}

TEST(Backtest, NoFigureAfterTheOriginIsSeen) {
  const Panel panel = noisy_panel();
  const BacktestPlan plan = plan_with_target(panel);
  for (const int origin : {2000, 2005}) {
    BacktestOptions options;
    options.origins = {origin};
    options.horizons = {2, 5};
    Panel changed = noisy_panel();
    for (std::size_t i = 0; i < changed.value.size(); ++i) {
      if (changed.year[i] > origin) changed.value[i] = 1e6 * static_cast<double>(i % 7) - 3;
    }
    const BacktestCases before = run(panel, plan, options), after = run(changed, plan, options);
    ASSERT_GT(before.cases.size(), 200U);
    ASSERT_EQ(after.cases.size(), before.cases.size());
    for (std::size_t i = 0; i < before.cases.size(); ++i) {
      EXPECT_NE(after.cases[i].observed, before.cases[i].observed);
      EXPECT_EQ(after.cases[i].scale_unit, before.cases[i].scale_unit);
      for (std::size_t m = 0; m < model_count; ++m) {
        EXPECT_EQ(after.cases[i].models[m].mean, before.cases[i].models[m].mean);
        EXPECT_EQ(after.cases[i].models[m].sd, before.cases[i].models[m].sd);
        EXPECT_EQ(after.cases[i].models[m].met, before.cases[i].models[m].met);
      }
    }
  }
}

TEST(Backtest, TheNumberOfThreadsChangesNothing) {
  const Panel panel = noisy_panel();
  const BacktestPlan plan = plan_with_target(panel);
  BacktestOptions one, many;
  one.threads = 1;
  many.threads = 5;
  const BacktestCases a = run(panel, plan, one), b = run(panel, plan, many);
  ASSERT_EQ(a.cases.size(), b.cases.size());
  EXPECT_EQ(to_csv(to_table(panel, plan, a)), to_csv(to_table(panel, plan, b)));
  EXPECT_EQ(to_csv(to_table(plan, score_backtest(plan, a.cases))), to_csv(to_table(plan, score_backtest(plan, b.cases))));
}

TEST(Backtest, WhatIsLeftOut) {
  Panel panel;
  sample::add(panel, "short", "A", {{1999, 1}, {2000, 2}, {2005, 3}});
  sample::add(panel, "old", "A", {{1980, 1}, {1981, 3}, {1982, 2}, {1983, 5}, {1984, 4}, {2005, 3}});
  sample::add(panel, "constant", "A", {{1990, 4}, {1992, 4}, {1994, 4}, {1996, 4}, {2000, 4}, {2005, 4}});
  sample::add(panel, "drawn", "A", {{1995, 1}, {1996, 2}, {1997, 3}, {1998, 4}, {1999, 5}, {2000, 7}, {2005, 9}});
  sample::add(panel, "unseen", "A", {{1995, 1}, {1996, 3}, {1997, 2}, {1998, 5}, {1999, 4}, {2000, 6}, {2004, 9}});
  sample::add(panel, "no number", "A", {{1995, 1}, {1996, 3}, {1997, 2}, {1998, 5}, {1999, 4}, {2000, 6}, {2005, no_figure}});
  sample::add(panel, "empty", "A", {});
  sample::add(panel, "holes", "A",
              {{1994, 1}, {1995, no_figure}, {1996, 3}, {1997, 2}, {1998, 5}, {1999, 4}, {2000, HUGE_VAL}, {2005, 3}});
  BacktestCases done = run(panel, plan_of(panel), from_2000());
  ASSERT_EQ(done.cases.size(), 1U);  // "holes", from its five numbers, the last of 1999
  EXPECT_EQ(done.cases[0].entry, 7U);
  EXPECT_EQ(done.cases[0].figures, 5);
  EXPECT_EQ(done.cases[0].step, 6);
  EXPECT_EQ(done.short_series, 2U);
  EXPECT_EQ(done.constant, 1U);
  EXPECT_EQ(done.drawn, 1U);
  BacktestOptions all = from_2000();
  all.drawn = true;
  EXPECT_EQ(run(panel, plan_of(panel), all).cases.size(), 2U);
  EXPECT_TRUE(run(Panel(), BacktestPlan(), from_2000()).cases.empty());
  EXPECT_TRUE(score_backtest(BacktestPlan(), {}).empty());
}

TEST(Backtest, TargetsAreThoseOfTheOrigin) {
  // Halve the figure of 1990 (20, so 10): the forecast N(14, ...) misses it, and so does the figure of 2005.
  sample::Figures figures = zigzag;
  figures.insert(figures.begin(), {1990, 20});
  Panel panel;
  sample::add(panel, "S", "A", figures);
  figures.back().second = 9;
  sample::add(panel, "S", "B", figures);
  BacktestPlan plan = plan_of(panel);
  for (BacktestEntry& entry : plan.entries) entry.rule = sample::reduce_by(0.5);
  const BacktestCases done = run(panel, plan, from_2000());
  ASSERT_EQ(done.cases.size(), 2U);
  EXPECT_EQ(done.cases[0].met, 0);
  EXPECT_EQ(done.cases[1].met, 1);
  const double sd = done.cases[0].models[naive].sd, chance = 0.5 * std::erfc(4 / sd / std::sqrt(2.0));  // P(N(14, sd) <= 10)
  EXPECT_NEAR(done.cases[0].models[naive].met, chance, 1e-6);
  const BacktestScore pooled_naive = score_backtest(plan, done.cases)[naive];
  EXPECT_EQ(pooled_naive.targets, 2);
  EXPECT_NEAR(pooled_naive.brier, (chance * chance + (1 - chance) * (1 - chance)) / 2, 1e-6);
  EXPECT_DOUBLE_EQ(pooled_naive.met, 0.5);
}

// A case in which last_value and linear are off by so much, with almost no spread: the CRPS is the error.
BacktestCase off_by(std::uint32_t entry, double naive_error, double linear_error) {
  BacktestCase one;
  one.entry = entry;
  one.horizon = 5;
  for (ModelForecast& forecast : one.models) forecast = {1, 1e-12, 1, 0};
  one.models[naive] = {naive_error, 1e-12, naive_error, 0};
  one.models[linear] = {linear_error, 1e-12, linear_error, 0};
  return one;
}

TEST(Backtest, SubjectsArePooledByTheGeometricMeanOfTheirRatios) {
  Panel panel;
  sample::add(panel, "S", "A", {});
  sample::add(panel, "T", "A", {});
  const BacktestPlan plan = plan_of(panel);
  // S: two cases, ratio linear/naive 1/2; T: one case, ratio 4. Pooled: (1/2)^(2/3) 4^(1/3) = 1.
  const std::vector<BacktestCase> cases{off_by(0, 2, 1), off_by(0, 6, 3), off_by(1, 1, 4)};
  const std::vector<BacktestScore> scores = score_backtest(plan, cases);
  ASSERT_EQ(scores.size(), 3 * model_count);
  EXPECT_NEAR(scores[linear].over_last_value.value, 0, 1e-9);
  EXPECT_NEAR(scores[linear].mae, std::cbrt(2.0 * 2.0 * 4.0), 1e-9);
  EXPECT_NEAR(scores[model_count + linear].over_last_value.value, 0.5, 1e-9);
  EXPECT_NEAR(scores[model_count + linear].mae, 2, 1e-9);
  EXPECT_NEAR(scores[2 * model_count + linear].over_last_value.value, -3, 1e-9);
  EXPECT_NEAR(scores[2 * model_count + naive].over_linear.value, 0.75, 1e-9);
  // One area a subject: every sample that has the subject gives the same skill.
  EXPECT_NEAR(scores[model_count + linear].over_last_value.low, 0.5, 1e-9);
  EXPECT_NEAR(scores[model_count + linear].over_last_value.high, 0.5, 1e-9);
  EXPECT_LT(scores[linear].over_last_value.low, -2.9);  // samples of T alone
  EXPECT_GT(scores[linear].over_last_value.high, 0.49);
}

TEST(Backtest, ThePlanTakesCountriesAndTheKeysOfBindings) {
  Panel panel;
  sample::add(panel, "S", "AAA", {{2000, 0.5}});
  sample::add(panel, "S", "AAA", {{2000, 0.25}}, "SEX=F");
  sample::add(panel, "S", "G", {{2000, 0.5}});
  sample::add(panel, "S", "nowhere", {{2000, 0.5}});
  sample::add(panel, "U", "BBB", {{2000, 0.5}});
  std::vector<Framework> frameworks;
  frameworks.push_back(sample::framework({sample::halve("4.1", true)}));
  SeriesBinding entry = sample::feeds("S", "4.1");
  entry.multiply = 100;
  const std::vector<Binding> bindings{sample::binding("b", 1, {entry})};
  const AreaRegistry areas = sample::registry();

  const BacktestPlan all = plan_backtest(panel, areas, frameworks, bindings, false);
  ASSERT_EQ(all.entries.size(), 3U);
  EXPECT_EQ(all.subjects.size(), 2U);
  EXPECT_EQ(all.subjects[0].indicator, "test 4.1");
  EXPECT_EQ(all.subjects[1].indicator, "");
  EXPECT_EQ(all.entries[2].indicator, nullptr);
  ASSERT_TRUE(all.entries[0].rule.has_value());
  EXPECT_EQ(all.entries[0].rule->type, RuleType::reduce_by);
  EXPECT_FALSE(all.entries[2].rule.has_value());
  EXPECT_DOUBLE_EQ(panel.value[0], 50);
  EXPECT_DOUBLE_EQ(panel.value[1], 25);
  EXPECT_DOUBLE_EQ(panel.value[4], 0.5);
  const BacktestPlan bound = plan_backtest(panel, areas, frameworks, bindings, true);
  ASSERT_EQ(bound.entries.size(), 1U);
  EXPECT_EQ(bound.entries[0].series, 0U);
}

TEST(Backtest, DrawnSeriesAreThoseOnLines) {
  const auto drawn = [](std::vector<std::int16_t> year, std::vector<double> value) {
    return is_drawn({year.data(), value.data(), value.size()});
  };
  EXPECT_FALSE(drawn({}, {}));
  EXPECT_FALSE(drawn({2000, 2001, 2002}, {1, 2, 3}));  // one second difference says nothing
  EXPECT_TRUE(drawn({2000, 2001, 2002, 2003}, {1, 2, 3, 4}));
  EXPECT_TRUE(drawn({2000, 2001, 2002, 2003, 2004}, {1, 1, 1, 5, 9}));
  EXPECT_FALSE(drawn({2000, 2001, 2002, 2003, 2004}, {1, 1, 3, 5, 8}));
  EXPECT_FALSE(drawn({2000, 2005, 2010, 2015}, {1, 2, 3, 4}));  // surveys, not years
}

}  // namespace
}  // namespace stocktake
