// Open SDG / Statistics Canada: ratio, score, natural limits, status of an indicator from its series.
#include <gtest/gtest.h>

#include <cmath>

#include "assess/methods/open_sdg.h"
#include "assess/trying.h"

namespace stocktake {
namespace {

using trying::of_type;
using trying::reach;
using trying::trial;
using trying::Tried;

Tried open(const Trial& trial, trying::Changes changes = {}) { return trying::with(open_sdg(), trial, changes); }
const TargetRule no_target = of_type(RuleType::none_quantified);

TEST(OpenSdg, WorkedExample) {
  const Tried one = open(trial({{2015, 40}, {2022, 33}}, reach(20), Direction::down));
  EXPECT_NEAR(one.facts.ratio_rate, 0.600276, 5e-7);
  EXPECT_EQ(one.word, "moderate");
  EXPECT_EQ(one.verdict, Verdict::fair);
  EXPECT_NEAR(one.score, 7.1429 * 0.600276 - 4.2857, 1e-4);  // the publication's rounded line
}

// A ratio of growth c: from 100 towards 50 in 15 years at c times the required rate.
Tried at_ratio(double ratio) {
  const double required = std::pow(0.5, 1.0 / 15) - 1;
  return open(trial({{2015, 100}, {2020, 100 * std::pow(1 + ratio * required, 5)}}, reach(50), Direction::down));
}

TEST(OpenSdg, ClassesAndScores) {
  EXPECT_EQ(at_ratio(0.951).word, "on_track");
  EXPECT_EQ(at_ratio(0.949).word, "moderate");
  EXPECT_EQ(at_ratio(0.601).word, "moderate");
  EXPECT_EQ(at_ratio(0.599).word, "limited");
  EXPECT_EQ(at_ratio(0.001).word, "limited");
  EXPECT_EQ(at_ratio(-0.001).word, "deterioration");
  // Figure 2 of the text: -60 % and below -5, 60 % 0, 130 % and above 5, straight between; 95 % and 0 % are the bands' edges.
  EXPECT_NEAR(at_ratio(0.95).score, 2.5, 1e-9);
  EXPECT_NEAR(at_ratio(0.60).score, 0, 1e-9);
  EXPECT_NEAR(at_ratio(0).score, -2.5, 1e-9);
  EXPECT_NEAR(at_ratio(1.5).score, 5, 1e-12);
  EXPECT_NEAR(at_ratio(-0.3).score, -3.75, 1e-9);
  EXPECT_NEAR(at_ratio(-0.9).score, -5, 1e-12);
}

Tried at_growth(double growth) {
  return open(trial({{2015, 100}, {2020, 100 * std::pow(1 + growth, 5)}}, no_target, Direction::up));
}

TEST(OpenSdg, WithoutATarget) {
  EXPECT_EQ(at_growth(0.0151).word, "on_track");
  EXPECT_EQ(at_growth(0.0149).word, "moderate");
  EXPECT_EQ(at_growth(0.0051).word, "moderate");
  EXPECT_EQ(at_growth(0.0049).word, "limited");
  EXPECT_EQ(at_growth(0).word, "limited");
  EXPECT_EQ(at_growth(-0.0001).word, "deterioration");
  // Figure 1: -2 % and below -5, 0 % -2.5, 0.5 % 0, 1.5 % 2.5, 2 % and above 5.
  EXPECT_NEAR(at_growth(-0.03).score, -5, 1e-12);
  EXPECT_NEAR(at_growth(-0.01).score, -3.75, 1e-9);
  EXPECT_NEAR(at_growth(0).score, -2.5, 1e-12);
  EXPECT_NEAR(at_growth(0.005).score, 0, 1e-9);
  EXPECT_NEAR(at_growth(0.015).score, 2.5, 1e-9);
  EXPECT_NEAR(at_growth(0.0175).score, 3.75, 1e-9);
  EXPECT_NEAR(at_growth(0.03).score, 5, 1e-12);
}

TEST(OpenSdg, ScalingNearALimit) {
  EXPECT_NEAR(open_sdg_scaling(90, 100, 4.44), 1 - std::pow(0.9, 4.44), 1e-15);   // below a highest value
  EXPECT_NEAR(open_sdg_scaling(150, 100, 4.44), 1 - std::pow(0.5, 4.44), 1e-15);  // above a lowest one
  EXPECT_DOUBLE_EQ(open_sdg_scaling(110, 100, 4.44), open_sdg_scaling(90, 100, 4.44));
  EXPECT_DOUBLE_EQ(open_sdg_scaling(200, 100, 4.44), 1);
  EXPECT_DOUBLE_EQ(open_sdg_scaling(100, 100, 4.44), 0);
  EXPECT_DOUBLE_EQ(open_sdg_scaling(5, 0, 4.44), 1);  // a lowest value of zero is never near, in ratios
}

// From 90 of at most 100, C = 0.3736: 0.6 % a year is on track (0.56 is the cut); without the limit it is moderate.
TEST(OpenSdg, NaturalLimits) {
  const std::vector<std::pair<int, double>> rise{{2015, 90}, {2020, 90 * std::pow(1.006, 5)}};
  EXPECT_EQ(open(trial(rise, no_target, Direction::up, {.lower = 0, .upper = 100})).word, "on_track");
  EXPECT_EQ(open(trial(rise, no_target, Direction::up)).word, "moderate");
  EXPECT_EQ(open(trial(rise, no_target, Direction::down, {.lower = 0, .upper = 100})).word,
            "deterioration");  // no limit that way
  const auto on_limit = [](double latest) {
    return open(trial({{2015, 100}, {2020, latest}}, no_target, Direction::up, {.lower = 0, .upper = 100}));
  };
  EXPECT_EQ(on_limit(100).word, "on_track");
  EXPECT_DOUBLE_EQ(on_limit(100).score, 5);
  EXPECT_EQ(on_limit(99).word, "deterioration");
  EXPECT_NEAR(on_limit(99).score, 125 * 100 * (std::pow(0.99, 0.2) - 1) / 100 - 2.5, 1e-9);
  const Tried at_zero = open(trial({{2015, 0}, {2020, 0}}, no_target, Direction::down, {.lower = 0, .upper = 100}));
  EXPECT_EQ(at_zero.word, "on_track");
}

TEST(OpenSdg, ZeroAndSigns) {
  // 0.001 stands for a target of zero: 10 to 5 in 7 years against 10 to 0.001 in 15.
  const Tried to_zero = open(trial({{2015, 10}, {2022, 5}}, reach(0), Direction::down));
  const double ratio = (std::pow(0.5, 1.0 / 7) - 1) / (std::pow(0.0001, 1.0 / 15) - 1);
  EXPECT_NEAR(to_zero.score, 5 / 1.2 * (ratio - 0.6), 1e-9);
  EXPECT_EQ(to_zero.word, "limited");
  EXPECT_EQ(open(trial({{2015, 10}, {2022, 0.0005}}, reach(0), Direction::down)).word, "achieved");
  EXPECT_EQ(open(trial({{2015, 0}, {2022, 5}}, reach(20), Direction::up)).word, "on_track");  // from 0.001
  EXPECT_EQ(open(trial({{2015, -3}, {2022, 5}}, reach(20), Direction::up)).verdict, Verdict::not_applicable);
  EXPECT_EQ(open(trial({{2015, -30}, {2022, -20}}, reach(-15), Direction::up)).word, "on_track");  // sign(y0) turns the growth
  EXPECT_EQ(open(trial({{2015, -30}, {2022, -40}}, reach(-15), Direction::up)).word, "deterioration");
  EXPECT_EQ(open(trial({{2015, 40}, {2022, 0}}, no_target, Direction::down)).word, "on_track");
}

TEST(OpenSdg, AchievedFirst) {
  EXPECT_EQ(open(trial({{2015, 10}, {2022, 14}}, reach(20), Direction::down)).word, "achieved");
  EXPECT_DOUBLE_EQ(open(trial({{2015, 10}, {2022, 14}}, reach(20), Direction::down)).score, 5);
  EXPECT_EQ(open(trial({{2015, 15}, {2022, 25}}, reach(20), Direction::down)).word, "deterioration");
  const Tried left = open(trial({{2015, 20}, {2022, 25}}, reach(20), Direction::down));  // began on the target: nothing required
  EXPECT_EQ(left.word, "deterioration");
  EXPECT_DOUBLE_EQ(left.score, -5);
}

// 0.80 is 1.25 from the other side; 1/0.9 after 5 of 15 years: ratio of growth towards 1.
TEST(OpenSdg, Parity) {
  const Tried one = open(trial({{2015, 0.80}, {2020, 0.90}}, of_type(RuleType::parity), Direction::none));
  const double ratio = (std::pow(0.8 / 0.9, 1.0 / 5) - 1) / (std::pow(0.8, 1.0 / 15) - 1);
  EXPECT_GT(ratio, 1.3);
  EXPECT_EQ(one.word, "on_track");
  EXPECT_EQ(open(trial({{2015, 0.80}, {2020, 0.97}}, of_type(RuleType::parity), Direction::none)).word, "achieved");
  EXPECT_EQ(open(trial({{2015, 1.00}, {2020, 0.90}}, of_type(RuleType::parity), Direction::none)).word, "deterioration");
  TargetRule seats = of_type(RuleType::parity);  // share of women: 50 + |y - 50|
  seats.lower = 45, seats.upper = 55, seats.centre = 50;
  const Tried women = open(trial({{2015, 30}, {2020, 34}}, seats, Direction::none));
  const double share = (std::pow(66.0 / 70, 1.0 / 5) - 1) / (std::pow(50.0 / 70, 1.0 / 15) - 1);
  EXPECT_NEAR(women.score, 5 / 1.2 * (share - 0.6), 1e-9);  // limited
  EXPECT_EQ(open(trial({{2015, 30}, {2020, 44}}, seats, Direction::none)).word, "on_track");
}

Judgement series(Verdict verdict, double score) { return {verdict, 0, score}; }

TEST(OpenSdg, IndicatorFromItsSeries) {
  const std::vector<Judgement> mixed{series(Verdict::on_track, 4), series(Verdict::insufficient, -2), {}};
  EXPECT_DOUBLE_EQ(open_sdg_indicator(mixed).score, 1);  // the text's example: +1 needs acceleration
  EXPECT_EQ(open_sdg().classes()[open_sdg_indicator(mixed).own].id, "moderate");
  const std::vector<Judgement> achieved{series(Verdict::met, 5), series(Verdict::met, 5)};
  EXPECT_EQ(open_sdg().classes()[open_sdg_indicator(achieved).own].id, "achieved");
  const std::vector<Judgement> one_missing{series(Verdict::met, 5), series(Verdict::on_track, 5)};
  EXPECT_EQ(open_sdg().classes()[open_sdg_indicator(one_missing).own].id, "on_track");
  EXPECT_EQ(open_sdg_indicator({}).own, no_class);
  EXPECT_TRUE(std::isnan(open_sdg_indicator({}).score));
  EXPECT_EQ(open_sdg().classes()[open_sdg_band(-2.5)].id, "limited");
  EXPECT_EQ(open_sdg().classes()[open_sdg_band(-2.51)].id, "deterioration");
  EXPECT_EQ(open_sdg().classes()[open_sdg_band(2.5)].id, "on_track");
  EXPECT_EQ(open_sdg_band(no_figure), no_class);
}

}  // namespace
}  // namespace stocktake
