// Eurostat: windows of 5 and 15 years that end with the latest figure, with and without a target.
#include <gtest/gtest.h>

#include <cmath>

#include "assess/trying.h"

namespace stocktake {
namespace {

using trying::of_type;
using trying::reach;
using trying::trial;
using trying::Tried;

const trying::Setting from_2005{.baseline = 2005};
const TargetRule no_target = of_type(RuleType::none_quantified);

TEST(Eurostat, WorkedExample) {
  const Tried one = trying::with(eurostat_long(), trial({{2005, 100}, {2020, 74}}, reach(45), Direction::down, from_2005));
  EXPECT_NEAR(100 * one.facts.observed_rate, -1.98735, 5e-6);
  EXPECT_NEAR(100 * one.facts.required_rate, -3.14356, 5e-6);
  EXPECT_NEAR(one.score, 0.632198, 5e-7);
  EXPECT_EQ(one.word, "moderate");
  EXPECT_EQ(one.verdict, Verdict::fair);
}

// The short window has its own beginning: 80 (2015) to 74, and to 45 in the 15 years from 2015.
TEST(Eurostat, EachWindowHasItsOwnFigures) {
  const Trial series = trial({{2005, 100}, {2015, 80}, {2020, 74}}, reach(45), Direction::down, from_2005);
  const double ratio = (std::pow(74.0 / 80, 1.0 / 5) - 1) / (std::pow(45.0 / 80, 1.0 / 15) - 1);
  EXPECT_NEAR(trying::with(eurostat_short(), series).score, ratio, 1e-12);
  EXPECT_EQ(trying::with(eurostat_short(), series).word, "insufficient");  // 0.41
  EXPECT_EQ(trying::with(eurostat_long(), series).word, "moderate");
}

TEST(Eurostat, CutPoints) {
  const double required = std::pow(0.5, 1.0 / 15) - 1;
  const auto at = [required](double ratio) {
    const Trial one = trial({{2015, 100}, {2020, 100 * std::pow(1 + ratio * required, 5)}}, reach(50), Direction::down);
    return trying::with(eurostat_short(), one).word;
  };
  EXPECT_EQ(at(0.951), "significant");
  EXPECT_EQ(at(0.949), "moderate");
  EXPECT_EQ(at(0.601), "moderate");
  EXPECT_EQ(at(0.599), "insufficient");
  EXPECT_EQ(at(0), "insufficient");
  EXPECT_EQ(at(-0.001), "away");
}

TEST(Eurostat, WithoutATarget) {
  const auto at = [](double growth, trying::Changes changes = {}) {
    const Trial one = trial({{2015, 100}, {2020, 100 * std::pow(1 + growth, 5)}}, no_target, Direction::up);
    return trying::with(eurostat_short(), one, changes).word;
  };
  EXPECT_EQ(at(0.0101), "significant");
  EXPECT_EQ(at(0.0099), "moderate");
  EXPECT_EQ(at(0), "no_movement");
  EXPECT_EQ(at(-0.0099), "moderate_away");
  EXPECT_EQ(at(-0.0101), "significant_away");
  EXPECT_EQ(at(0.00099), "no_movement");
  EXPECT_EQ(at(0.00101), "moderate");
  EXPECT_EQ(at(-0.00099), "no_movement");
  EXPECT_EQ(at(-0.00101), "moderate_away");
  EXPECT_EQ(at(0.0004, {{"no_movement", 0}}), "moderate");  // editions without the class
  EXPECT_EQ(at(-0.0004, {{"no_movement", 0}}), "moderate_away");
}

TEST(Eurostat, AFullWindow) {
  const Trial series = trial({{2014, 100}, {2016, 95}, {2020, 80}}, no_target, Direction::down, from_2005);
  EXPECT_EQ(trying::with(eurostat_short(), series).verdict, Verdict::insufficient_data);
  EXPECT_EQ(trying::with(eurostat_long(), series).verdict, Verdict::insufficient_data);
  const Tried near = trying::with(eurostat_short(), series, {{"nearest", 1}});  // 2014 and 2016 are equally near: the earlier
  EXPECT_NEAR(near.score, -100 * (std::pow(0.8, 1.0 / 6) - 1), 1e-9);
  const Tried only_latest = trying::with(eurostat_short(), series, {{"nearest", 0.5}});
  EXPECT_EQ(only_latest.verdict, Verdict::insufficient_data);
}

TEST(Eurostat, MetAndLostWithinTheWindow) {
  EXPECT_EQ(trying::with(eurostat_short(), trial({{2015, 10}, {2020, 14}}, reach(20), Direction::down)).word, "met");
  // Met in the window's first year, not at base and not now: away.
  const Trial lost = trial({{2005, 30}, {2015, 18}, {2020, 24}}, reach(20), Direction::down, from_2005);
  EXPECT_EQ(trying::with(eurostat_short(), lost).word, "away");
}

}  // namespace
}  // namespace stocktake
