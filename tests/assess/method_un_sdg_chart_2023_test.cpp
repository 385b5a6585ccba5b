// SDG Progress Chart 2023 as told by Eustat: three classes of the share of the way that will be gone.
#include <gtest/gtest.h>

#include <cmath>

#include "assess/trying.h"

namespace stocktake {
namespace {

using trying::of_type;
using trying::reach;
using trying::Setting;
using trying::trial;
using trying::Tried;
using trying::universal;

Tried chart(const Trial& trial, trying::Changes changes = {}) { return trying::with(un_sdg_chart_2023(), trial, changes); }

TEST(UnSdgChart2023, WorkedExample) {
  const Tried one = chart(trial({{2015, 40}, {2022, 33}}, reach(20), Direction::down));
  EXPECT_NEAR(one.facts.expected_rate, 26.486998, 5e-7);
  EXPECT_NEAR(one.score, 0.675650, 5e-7);
  EXPECT_EQ(one.word, "fair");
  EXPECT_EQ(one.verdict, Verdict::fair);
}

// From 100 to 50: the latest figure that leads to 100 - 50 s at the deadline is 100 (1 - s/2)^(7/15).
TEST(UnSdgChart2023, CutPoints) {
  const auto at = [](double share) {
    return chart(trial({{2015, 100}, {2022, 100 * std::pow(1 - share / 2, 7.0 / 15)}}, reach(50), Direction::down));
  };
  EXPECT_EQ(at(0.951).word, "on_track");
  EXPECT_EQ(at(0.949).word, "fair");
  EXPECT_EQ(at(0.101).word, "fair");
  EXPECT_EQ(at(0.099).word, "stagnation");
  EXPECT_EQ(at(-0.001).word, "regression");
  EXPECT_NEAR(at(0.5).score, 0.5, 1e-12);
}

TEST(UnSdgChart2023, WithoutATarget) {
  const auto at = [](double growth, Direction direction) {
    return chart(trial({{2015, 100}, {2020, 100 * std::pow(1 + growth, 5)}}, of_type(RuleType::none_quantified), direction)).word;
  };
  EXPECT_EQ(at(0.0201, Direction::up), "on_track");
  EXPECT_EQ(at(0.0199, Direction::up), "fair");
  EXPECT_EQ(at(0.0051, Direction::up), "fair");
  EXPECT_EQ(at(0.0049, Direction::up), "stagnation");
  EXPECT_EQ(at(-0.0001, Direction::up), "regression");
  EXPECT_EQ(at(-0.0201, Direction::down), "on_track");
  EXPECT_EQ(at(0.0201, Direction::down), "regression");
  EXPECT_EQ(at(0.0201, Direction::none), "");
}

TEST(UnSdgChart2023, WithinAPointOfAllOrNone) {
  EXPECT_EQ(chart(trial({{2015, 90}, {2022, 99}}, reach(100), Direction::up)).word, "met");
  EXPECT_EQ(chart(trial({{2015, 90}, {2022, 98.9}}, reach(100), Direction::up)).word, "on_track");
  const Setting share{.lower = 0, .upper = 100};
  EXPECT_EQ(chart(trial({{2015, 9}, {2022, 1}}, reach(0), Direction::down, share)).word, "met");
  EXPECT_EQ(chart(trial({{2015, 9}, {2022, 1.1}}, reach(0), Direction::down, share)).word, "on_track");
  EXPECT_EQ(chart(trial({{2015, 9}, {2022, 1}}, reach(0), Direction::down)).word,
            "on_track");  // no percentage, as far as we know
  EXPECT_EQ(chart(trial({{2015, 90}, {2022, 97}}, reach(100), Direction::up), {{"near", 3}}).word, "met");
}

TEST(UnSdgChart2023, YesOrNo) {
  const Setting binary{.lower = 0, .upper = 1};
  const TargetRule none = of_type(RuleType::none_quantified);
  EXPECT_EQ(chart(trial({{2015, 0}, {2022, 1}}, none, Direction::up, binary)).word, "met");
  EXPECT_EQ(chart(trial({{2015, 0}, {2022, 0}}, none, Direction::up, binary)).word, "stagnation");
  EXPECT_EQ(chart(trial({{2015, 1}, {2022, 0}}, none, Direction::up, binary)).word, "regression");
  EXPECT_EQ(chart(trial({{2015, 0}, {2022, 0}}, reach(1), Direction::up, binary)).word, "stagnation");
  EXPECT_EQ(chart(trial({{2015, 0.2}, {2022, 1}}, none, Direction::up, binary)).word, "on_track");  // a share, not an answer
}

TEST(UnSdgChart2023, MetAndLost) {
  EXPECT_EQ(chart(trial({{2015, 10}, {2022, 14}}, reach(20), Direction::down)).word, "met");  // whatever the trend
  const Tried lost = chart(trial({{2015, 15}, {2022, 25}}, reach(20), Direction::down));
  EXPECT_EQ(lost.word, "regression");
  EXPECT_TRUE(std::isnan(lost.score));
  EXPECT_EQ(chart(trial({{2015, 98}, {2022, 90}}, universal(100, 5), Direction::up)).word, "regression");
}

// Where growth is not defined the straight line stands in: 0 to 14 in 7 years is 30 in 2030, 0.75 of 40.
TEST(UnSdgChart2023, FromZero) {
  const Tried one = chart(trial({{2015, 0}, {2022, 14}}, reach(40), Direction::up));
  EXPECT_NEAR(one.score, 0.75, 1e-12);
  EXPECT_EQ(one.word, "fair");
  const Tried free = chart(trial({{2015, 0}, {2022, 14}}, of_type(RuleType::none_quantified), Direction::up));
  EXPECT_EQ(free.word, "on_track");
  EXPECT_TRUE(std::isnan(free.score));
}

TEST(UnSdgChart2023, AfterTheDeadlineNothingIsProjected) {
  const Tried one = chart(trial({{1990, 40}, {2018, 25}}, reach(20), Direction::down, {.baseline = 1990, .deadline = 2015}));
  EXPECT_NEAR(one.score, 0.75, 1e-12);
}

}  // namespace
}  // namespace stocktake
