// The national rules: ISTAT's five classes of growth, Germany's weather.
#include <gtest/gtest.h>

#include <cmath>

#include "assess/trying.h"

namespace stocktake {
namespace {

using trying::of_type;
using trying::reach;
using trying::trial;
using trying::Tried;

const TargetRule no_target = of_type(RuleType::none_quantified);

TEST(Istat, FiveClasses) {
  const auto at = [](double growth, Direction direction) {
    return trying::with(istat(), trial({{2015, 100}, {2016, 100 * (1 + growth)}}, no_target, direction)).word;
  };
  EXPECT_EQ(at(0.0501, Direction::up), "clear_improvement");
  EXPECT_EQ(at(0.0499, Direction::up), "slight_improvement");
  EXPECT_EQ(at(0.0101, Direction::up), "slight_improvement");
  EXPECT_EQ(at(0.0099, Direction::up), "stable");
  EXPECT_EQ(at(0, Direction::up), "stable");
  EXPECT_EQ(at(-0.0099, Direction::up), "stable");
  EXPECT_EQ(at(-0.0101, Direction::up), "slight_worsening");
  EXPECT_EQ(at(-0.0499, Direction::up), "slight_worsening");
  EXPECT_EQ(at(-0.0501, Direction::up), "clear_worsening");
  EXPECT_EQ(at(-0.0501, Direction::down), "clear_improvement");
  EXPECT_EQ(at(0.0501, Direction::down), "clear_worsening");
  EXPECT_EQ(at(0.0501, Direction::none), "");
}

// 40 to 33 in 7 years falls by 2.71 % a year, whatever the target.
TEST(Istat, LooksAtNoTarget) {
  const Tried one = trying::with(istat(), trial({{2015, 40}, {2022, 33}}, reach(35), Direction::down));
  EXPECT_EQ(one.word, "slight_improvement");
  EXPECT_NEAR(one.score, 2.71075, 5e-6);
}

TEST(Istat, FromTheFirstFigureOfTheSeries) {
  const Trial series = trial({{2010, 100}, {2015, 40}, {2020, 38}}, no_target, Direction::down);
  EXPECT_EQ(trying::with(istat(), series).word, "slight_improvement");  // 1.02 % a year since 2015
  EXPECT_EQ(trying::with(istat(), series, {{"whole_series", 1}}).word, "clear_improvement");
  EXPECT_EQ(trying::with(istat(), trial({{2015, 0}, {2020, 3}}, no_target, Direction::down)).verdict, Verdict::not_applicable);
}

// One a year down, to 35 in 2020: 25 in 2030.
Tried weather(double target, int deadline = 2030) {
  const trying::Setting setting{.deadline = deadline};
  return trying::with(germany(), trial({{2015, 40}, {2016, 39}, {2017, 38}, {2018, 37}, {2019, 36}, {2020, 35}}, reach(target),
                                       Direction::down, setting));
}

TEST(Germany, FourKindsOfWeather) {
  EXPECT_EQ(weather(26).word, "sun");
  EXPECT_NEAR(weather(26).score, 100 * (9.0 - 10) / 9, 1e-9);
  EXPECT_EQ(weather(35 - 10 / 0.951).word, "sun");           // 4.9 % of the distance missing
  EXPECT_EQ(weather(35 - 10 / 0.949).word, "light_cloud");   // 5.1 %
  EXPECT_EQ(weather(24).word, "light_cloud");                // 1 of 11
  EXPECT_EQ(weather(35 - 10 / 0.8001).word, "light_cloud");  // 19.99 %
  EXPECT_EQ(weather(35 - 10 / 0.799).word, "cloud");
  EXPECT_EQ(weather(36).word, "met");
  EXPECT_EQ(weather(30, 2020).word, "cloud");  // no time is left
  const trying::Setting setting{};
  const auto level = trial({{2015, 40}, {2018, 40}, {2019, 39}, {2020, 40}}, reach(20), Direction::down, setting);
  EXPECT_EQ(trying::with(germany(), level).word, "storm");
}

// Only the last six figures count, over the years that lie between them; four are enough, three are not.
TEST(Germany, LastSixFigures) {
  const auto with_gap = trial({{2008, 90}, {2010, 40}, {2012, 38}, {2014, 36}, {2016, 34}, {2018, 32}, {2020, 30}}, reach(20),
                              Direction::down, {.baseline = 2010});
  const Tried one = trying::with(germany(), with_gap);
  EXPECT_NEAR(one.score, 0, 1e-9);  // (30 - 40)/10 a year for 10 years
  EXPECT_EQ(one.word, "sun");
  EXPECT_EQ(trying::with(germany(), trial({{2015, 40}, {2016, 38}, {2017, 36}, {2018, 34}}, reach(20), Direction::down)).word,
            "sun");
  const auto three = trial({{2015, 40}, {2016, 38}, {2017, 36}}, reach(20), Direction::down);
  EXPECT_EQ(trying::with(germany(), three).verdict, Verdict::insufficient_data);
  EXPECT_EQ(trying::with(germany(), three, {{"least_points", 3}}).word, "sun");
}

}  // namespace
}  // namespace stocktake
