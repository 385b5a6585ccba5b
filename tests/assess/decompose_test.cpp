// Differences as sums over steps.
#include "assess/compare/decompose.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace stocktake {
namespace {

constexpr double none = no_figure;

TEST(Decompose, EffectsAreTheDifferencesFromStepToStep) {
  const auto effects = effects_of({10, 9, 6, 6, 6, 6, 7, 5, 5});
  EXPECT_EQ(effects, (std::array<double, step_count>{-1, -3, 0, 0, 0, 1, -2, 0}));
}

// Figures in sixteenths add up without rounding: exactly.
TEST(Decompose, TheyAddUpExactly) {
  std::mt19937 random(20130925);
  std::uniform_int_distribution<int> number(-4000, 4000);
  for (int i = 0; i < 2000; ++i) {
    StepValues values;
    for (double& one : values) one = number(random) / 16.0;
    for (std::size_t k = 1; k < step_count; ++k) {
      if (number(random) > 3000) values[k] = none;  // missing in between
    }
    const auto effects = effects_of(values);
    ASSERT_EQ(std::accumulate(effects.begin(), effects.end(), 0.0), values.back() - values.front());
  }
}

TEST(Decompose, OtherFiguresAddUpToRounding) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> number(-1000, 1000);
  for (int i = 0; i < 2000; ++i) {
    StepValues values;
    for (double& one : values) one = number(random);
    const auto effects = effects_of(values);
    ASSERT_NEAR(std::accumulate(effects.begin(), effects.end(), 0.0), values.back() - values.front(), 1e-11);
  }
}

TEST(Decompose, WithoutAFirstOrLastValueThereIsNothingToSplit) {
  for (const StepValues& values : {StepValues{none, 1, 1, 1, 1, 1, 1, 1, 1}, StepValues{1, 1, 1, 1, 1, 1, 1, 1, none}}) {
    for (const double one : effects_of(values)) EXPECT_TRUE(std::isnan(one));
  }
}

TEST(Decompose, AValueMissingInBetweenHasNotMoved) {
  EXPECT_EQ(effects_of({10, none, none, 7, 7, 7, 7, 7, 8}), (std::array<double, step_count>{0, 0, -3, 0, 0, 0, 0, 1}));
}

TEST(Decompose, WhatBecameOfAVerdict) {
  EXPECT_EQ(change_of(Verdict::met, Verdict::met), VerdictChange::same);
  EXPECT_EQ(change_of(Verdict::insufficient, Verdict::on_track), VerdictChange::up);
  EXPECT_EQ(change_of(Verdict::on_track, Verdict::deterioration), VerdictChange::down);
  EXPECT_EQ(change_of(Verdict::data_too_old, Verdict::deterioration), VerdictChange::judged);
  EXPECT_EQ(change_of(Verdict::met, Verdict::data_too_old), VerdictChange::not_judged);
  EXPECT_EQ(change_of(Verdict::insufficient_data, Verdict::data_too_old), VerdictChange::other_reason);
}

StepVerdicts verdicts(std::initializer_list<Verdict> list) {
  StepVerdicts all;
  std::size_t k = 0;
  for (const Verdict one : list) all[k++] = {true, one};
  return all;
}

TEST(Decompose, TheStepsThatMovedAVerdict) {
  using enum Verdict;
  const auto one = verdicts({met, met, on_track, on_track, on_track, on_track, on_track, on_track, on_track});
  EXPECT_EQ(change_of(one), VerdictChange::down);
  EXPECT_EQ(moving_steps(one), "new_years");
  EXPECT_EQ(moving_causes(one), "new_data");
  const auto more = verdicts({met, fair, fair, met, data_too_old, data_too_old, data_too_old, met, fair});
  EXPECT_EQ(moving_steps(more), "revisions+series+ageing+framework+method");
  EXPECT_EQ(moving_causes(more), "revisions+new_data+ageing+method");
  const auto back = verdicts({met, fair, met, met, met, met, met, met, met});
  EXPECT_EQ(change_of(back), VerdictChange::same);
  EXPECT_EQ(moving_steps(back), "revisions+new_years");
  EXPECT_EQ(moving_steps(StepVerdicts{}), "");
}

TEST(Decompose, RowsThatComeAndGo) {
  StepVerdicts all{};
  EXPECT_EQ(change_of(all), VerdictChange::same);
  for (std::size_t k = 3; k <= step_count; ++k) all[k] = {true, Verdict::met};
  EXPECT_EQ(change_of(all), VerdictChange::appeared);
  EXPECT_EQ(moving_steps(all), "series");
  std::reverse(all.begin(), all.end());
  EXPECT_EQ(change_of(all), VerdictChange::vanished);
}

}  // namespace
}  // namespace stocktake
