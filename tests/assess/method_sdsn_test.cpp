// SDSN's scores, colours and arrows: worked examples and every degenerate case.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

#include "assess/methods/sdsn.h"
#include "assess/trying_rollup.h"

namespace stocktake {
namespace {

using sample::class_id;
using sample::Figures;
using sample::try_method;

Indicator scaled(double worst, double red, double green, double best) {
  Indicator indicator;
  indicator.code = "1.1";
  indicator.direction = best > worst ? Direction::up : Direction::down;
  indicator.sdsn = SdsnScale{worst, best, red, green};
  return indicator;
}

const RuleView free_rule = sample::rule(RuleType::none_quantified, Direction::up, 2015, 2030);

Judgement level(const Figures& figures, const Indicator& indicator) {
  return try_method(sdsn_score(), figures, free_rule, &indicator);
}
Judgement trend(const Figures& figures, const Indicator& indicator, std::vector<double> parameters = {}) {
  return try_method(sdsn_trend(), figures, free_rule, &indicator, std::move(parameters));
}

TEST(SdsnScore, WorkedExamples) {
  EXPECT_NEAR(level({{2022, 72}}, scaled(35, 60, 80, 98)).score, 58.730158730, 1e-9);
  EXPECT_EQ(class_id(sdsn_score(), level({{2022, 72}}, scaled(35, 60, 80, 98))), "yellow");  // r = 1.6
  const SdsnScale percent{0, 100, 40, 80};
  EXPECT_NEAR(sdsn_rescaled(percent, 58), 1.45, 1e-12);
  EXPECT_EQ(class_id(sdsn_score(), level({{2022, 58}}, scaled(0, 40, 80, 100))), "orange");
}

TEST(SdsnScore, LimitsAndColours) {
  const Indicator down = scaled(50, 20, 5, 0);  // less is better
  EXPECT_EQ(level({{2022, 70}}, down).score, 0);
  EXPECT_EQ(level({{2022, -3}}, down).score, 100);
  EXPECT_EQ(class_id(sdsn_score(), level({{2022, 20.1}}, down)), "red");
  EXPECT_EQ(class_id(sdsn_score(), level({{2022, 20}}, down)), "orange");
  EXPECT_EQ(class_id(sdsn_score(), level({{2022, 12}}, down)), "yellow");  // 1.533
  EXPECT_EQ(class_id(sdsn_score(), level({{2022, 5}}, down)), "green");
  EXPECT_EQ(level({{2022, 20.1}}, down).verdict, Verdict::insufficient);
  EXPECT_EQ(level({{2022, 5}}, down).verdict, Verdict::met);
}

TEST(SdsnScore, ThresholdsOnTheEndsOfTheScale) {
  const Indicator from_worst = scaled(0, 0, 30, 50);  // universities in the ranking, codebook of 2025: no red below zero
  EXPECT_EQ(class_id(sdsn_score(), level({{2022, 0}}, from_worst)), "orange");
  EXPECT_EQ(sdsn_rescaled({0, 30, 10, 30}, 100), 3);  // green is best
}

TEST(SdsnScore, Refusals) {
  Indicator plain;
  EXPECT_EQ(level({{2022, 5}}, plain).verdict, Verdict::not_applicable);
  EXPECT_EQ(try_method(sdsn_score(), {{2022, 5}}, free_rule).verdict, Verdict::not_applicable);
  const Indicator one = scaled(0, 40, 80, 100);
  EXPECT_EQ(level({}, one).verdict, Verdict::insufficient_data);
  EXPECT_EQ(level({{2022, std::numeric_limits<double>::quiet_NaN()}}, one).verdict, Verdict::insufficient_data);
  EXPECT_EQ(level({{2019, 50}}, one).verdict, Verdict::data_too_old);
  EXPECT_EQ(try_method(sdsn_score(), {{2022, 5}}, sample::rule(RuleType::relative, Direction::up, 2015, 2030), &one).verdict,
            Verdict::not_applicable);
}

TEST(SdsnTrend, WorkedExample) {
  const Indicator one = scaled(0, 40, 80, 100);
  const Judgement ratio = trend({{2015, 50}, {2021, 58}}, one);
  EXPECT_NEAR(ratio.score, 2.0 / 3, 1e-12);
  EXPECT_EQ(class_id(sdsn_trend(), ratio), "moderately_improving");  // against 100 it would be 0.4, stagnating
}

TEST(SdsnTrend, ClassesAtTheirCuts) {
  const Indicator one = scaled(0, 40, 80, 100);  // needed: 2 a year from 50
  EXPECT_EQ(class_id(sdsn_trend(), trend({{2015, 50}, {2021, 62}}, one)), "on_track");
  EXPECT_EQ(class_id(sdsn_trend(), trend({{2015, 50}, {2021, 56}}, one)), "moderately_improving");
  EXPECT_EQ(class_id(sdsn_trend(), trend({{2015, 50}, {2021, 50}}, one)), "stagnating");
  EXPECT_EQ(class_id(sdsn_trend(), trend({{2015, 50}, {2021, 49}}, one)), "decreasing");
  EXPECT_EQ(class_id(sdsn_trend(), trend({{2015, 50}, {2021, 56}}, one, {1, 0.6, 0, 1})), "stagnating");
}

TEST(SdsnTrend, OnThePathIsOnTrack) {  // 9 of the 15 years, 9 of the 15 points: through the scores it would be 0.9999999999999983
  const Judgement one = trend({{2015, 40}, {2024, 31}}, scaled(130.1, 50, 25, 2.6));
  EXPECT_EQ(one.score, 1);
  EXPECT_EQ(class_id(sdsn_trend(), one), "on_track");
}

TEST(SdsnTrend, GreenHeldReachedAndLost) {
  const Indicator one = scaled(0, 40, 80, 100);
  const Judgement held = trend({{2015, 95}, {2021, 81}}, one);  // movements above green do not count
  EXPECT_EQ(class_id(sdsn_trend(), held), "on_track");
  EXPECT_TRUE(std::isnan(held.score));
  EXPECT_EQ(class_id(sdsn_trend(), trend({{2015, 79}, {2021, 80}}, one)), "on_track");
  EXPECT_EQ(class_id(sdsn_trend(), trend({{2015, 80}, {2021, 79}}, one)), "decreasing");
}

TEST(SdsnTrend, ValuesBeyondTheScaleAreNotCut) {  // from -40 to -4: a pace of 6, needed 8
  EXPECT_NEAR(trend({{2015, -40}, {2021, -4}}, scaled(0, 40, 80, 100)).score, 0.75, 1e-12);
}

TEST(SdsnTrend, StartYear) {
  const Indicator one = scaled(0, 40, 80, 100);
  EXPECT_NEAR(trend({{2016, 52}, {2021, 57}}, one).score, 0.5, 1e-12);                          // 1 a year of 28/14
  EXPECT_NEAR(trend({{2014, 48}, {2021, 55}}, one).score, 0.5, 1e-12);                          // 1 a year of 32/16
  EXPECT_NEAR(trend({{2014, 10}, {2016, 52}, {2021, 57}}, one).score, 0.5, 1e-12);              // the later of two
  EXPECT_NEAR(trend({{2010, 10}, {2015, 50}, {2016, 70}, {2021, 56}}, one).score, 0.5, 1e-12);  // the year itself
  EXPECT_EQ(trend({{2013, 50}, {2017, 52}, {2021, 57}}, one).verdict, Verdict::insufficient_data);
}

TEST(SdsnTrend, Refusals) {
  const Indicator one = scaled(0, 40, 80, 100);
  EXPECT_EQ(trend({}, one).verdict, Verdict::insufficient_data);
  EXPECT_EQ(trend({{2015, 50}}, one).verdict, Verdict::insufficient_data);
  EXPECT_EQ(trend({{2015, 50}, {2019, 52}}, one).verdict, Verdict::data_too_old);
  EXPECT_EQ(try_method(sdsn_trend(), {{2015, 50}, {2021, 52}}, free_rule).verdict, Verdict::not_applicable);
  const RuleView past = sample::rule(RuleType::none_quantified, Direction::up, 2015, 2015);
  EXPECT_EQ(try_method(sdsn_trend(), {{2015, 50}, {2021, 52}}, past, &one).verdict, Verdict::not_applicable);
}

TEST(SdsnGoal, ColourOfTheTwoLowest) {
  using Scores = std::vector<double>;
  EXPECT_EQ(sdsn_goal_colour(Scores{}), Colour::grey);
  EXPECT_EQ(sdsn_goal_colour(Scores{0.4}), Colour::red);
  EXPECT_EQ(sdsn_goal_colour(Scores{2.4}), Colour::green);
  EXPECT_EQ(sdsn_goal_colour(Scores{3, 0.4, 0.9}), Colour::red);
  EXPECT_EQ(sdsn_goal_colour(Scores{0.2, 3, 1.1}), Colour::orange);  // mean 0.65, but one of the two is not red
  EXPECT_EQ(sdsn_goal_colour(Scores{1.2, 2.2, 3}), Colour::yellow);  // mean 1.7
  EXPECT_EQ(sdsn_goal_colour(Scores{1.9, 2.6, 3}), Colour::yellow);  // mean 2.25, but not all are green
  EXPECT_EQ(sdsn_goal_colour(Scores{2, 2, 3}), Colour::green);
}

TEST(SdsnGoal, TrendPointsKeepTheClass) {
  for (const double ratio : {-2.0, -0.3, 0.0, 0.2, 0.5, 0.9, 1.0, 1.4, 9.0}) {
    const Arrow arrow = ratio >= 1     ? Arrow::on_track
                        : ratio >= 0.5 ? Arrow::improving
                        : ratio >= 0   ? Arrow::stagnating
                                       : Arrow::decreasing;
    const double points = sdsn_trend_points(arrow, ratio, 0.5);
    EXPECT_EQ(sdsn_arrow_of_points(points), arrow) << ratio;
    EXPECT_GE(points, 0);
    EXPECT_LE(points, 4);
  }
  EXPECT_EQ(sdsn_trend_points(Arrow::on_track, no_figure, 0.5), 4);
  EXPECT_EQ(sdsn_trend_points(Arrow::decreasing, no_figure, 0.5), 0);
  EXPECT_EQ(sdsn_arrow_of_points(no_figure), Arrow::none);
}

}  // namespace
}  // namespace stocktake
