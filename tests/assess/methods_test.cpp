// The two charts: cut points, order of tests, rules with two sides.
#include <gtest/gtest.h>

#include <cmath>

#include "assess/sample.h"
#include "base/error.h"

namespace stocktake {
namespace {

using sample::Figures;
using sample::judge;
using sample::reach;
using sample::reduce_by;
using sample::rule;

// 40 (2015) -> 33 (2022), target 20 in 2030: (33/40)^(1/7) - 1 = -2.71075 %, (20/40)^(1/15) - 1 = -4.51584 %.
TEST(UnSdgChart, WorkedExample) {
  const sample::Judged one = judge({{2015, 40}, {2022, 33}}, reach(20, Direction::down, 2015, 2030));
  EXPECT_NEAR(100 * one.facts.observed_rate, -2.71075, 5e-6);
  EXPECT_NEAR(100 * one.facts.required_rate, -4.51584, 5e-6);
  EXPECT_NEAR(one.facts.ratio_rate, 0.600276, 5e-7);
  EXPECT_NEAR(one.facts.expected_rate, 26.486998, 5e-7);
  EXPECT_EQ(one.sdg, Verdict::fair);
  EXPECT_EQ(one.mdg, Verdict::insufficient);  // 33 - 8 = 25
}

// Required from 100 to 50 in 15 years: g = ln 0.5/15. After 5 years at the share c of the (discrete) rate.
TEST(UnSdgChart, CutPoints) {
  const double required = std::exp(std::log(0.5) / 15) - 1;
  const auto at = [required](double share) {
    return judge({{2015, 100}, {2020, 100 * std::pow(1 + share * required, 5)}}, reach(50, Direction::down, 2015, 2030)).sdg;
  };
  EXPECT_EQ(at(0.951), Verdict::on_track);
  EXPECT_EQ(at(0.949), Verdict::fair);
  EXPECT_EQ(at(0.501), Verdict::fair);
  EXPECT_EQ(at(0.499), Verdict::insufficient);
  EXPECT_EQ(at(-0.099), Verdict::insufficient);
  EXPECT_EQ(at(-0.101), Verdict::deterioration);
}

TEST(UnSdgChart, CutPointsWithoutATarget) {
  const auto at = [](double rate, Direction direction) {
    return judge({{2015, 100}, {2020, 100 * std::pow(1 + rate, 5)}}, rule(RuleType::none_quantified, direction, 2015, 2030));
  };
  EXPECT_EQ(at(0.011, Direction::up).sdg, Verdict::on_track);
  EXPECT_EQ(at(0.009, Direction::up).sdg, Verdict::fair);
  EXPECT_EQ(at(0.004, Direction::up).sdg, Verdict::insufficient);
  EXPECT_EQ(at(-0.009, Direction::up).sdg, Verdict::insufficient);
  EXPECT_EQ(at(-0.011, Direction::up).sdg, Verdict::deterioration);
  EXPECT_EQ(at(-0.011, Direction::down).sdg, Verdict::on_track);
  EXPECT_EQ(at(0.011, Direction::down).sdg, Verdict::deterioration);
  EXPECT_EQ(at(0.011, Direction::none).sdg, Verdict::not_applicable);
  EXPECT_EQ(at(0.011, Direction::up).mdg, Verdict::not_quantified);
}

TEST(Charts, MetWhateverTheTrend) {
  const sample::Judged one = judge({{1990, 10}, {2012, 14}}, reach(20, Direction::down));
  EXPECT_EQ(one.mdg, Verdict::met);
  EXPECT_EQ(one.sdg, Verdict::met);
}

TEST(Charts, MetAtBaseAndLostSince) {
  const sample::Judged one = judge({{1990, 15}, {2012, 25}}, reach(20, Direction::down));
  EXPECT_TRUE(one.facts.base_met);
  EXPECT_FALSE(one.facts.target_met);
  EXPECT_TRUE(std::isnan(one.facts.ratio_rate));  // it would be positive: the target lies behind
  EXPECT_EQ(one.mdg, Verdict::deterioration);
  EXPECT_EQ(one.sdg, Verdict::deterioration);
}

TEST(Charts, NoProgressIsDeteriorationForTheMdgChart) {
  const sample::Judged one = judge({{1990, 40}, {2012, 40}}, reduce_by(0.5));
  EXPECT_EQ(one.mdg, Verdict::deterioration);
  EXPECT_EQ(one.sdg, Verdict::insufficient);
}

TEST(Charts, OnePointOrNone) {
  for (const Figures& figures : {Figures{}, Figures{{1990, 5}}, Figures{{2012, 5}}}) {
    const sample::Judged one = judge(figures, reduce_by(0.5));
    EXPECT_EQ(one.mdg, Verdict::insufficient_data);
    EXPECT_EQ(one.sdg, Verdict::insufficient_data);
  }
  EXPECT_DOUBLE_EQ(judge({{2012, 5}}, reduce_by(0.5)).facts.latest, 5);  // the figure is still told
  EXPECT_EQ(judge({}, reduce_by(0.5)).facts.latest_year, 0);
}

TEST(Charts, TenYearOldFigureIsTooOld) {
  RuleView view = reduce_by(0.5);
  view.oldest = 2012 - 5;
  const sample::Judged old = judge({{1990, 40}, {2002, 30}}, view);
  EXPECT_EQ(old.mdg, Verdict::data_too_old);
  EXPECT_EQ(old.sdg, Verdict::data_too_old);
  EXPECT_DOUBLE_EQ(old.facts.latest, 30);
  EXPECT_EQ(judge({{1990, 40}, {2006, 15}}, view).mdg, Verdict::data_too_old);  // even where the target was met
  EXPECT_EQ(judge({{1990, 40}, {2007, 15}}, view).mdg, Verdict::met);           // exactly five years
}

TEST(Charts, UniversalWithItsTolerance) {
  RuleView view = rule(RuleType::universal, Direction::up);
  view.value = 100;
  view.tolerance = 20;
  EXPECT_EQ(judge({{1990, 40}, {2012, 80}}, view).mdg, Verdict::met);
  EXPECT_EQ(judge({{1990, 40}, {2012, 75}}, view).mdg, Verdict::insufficient);  // 75 + 3 x 1.59 = 79.8
  EXPECT_EQ(judge({{1990, 40}, {2012, 76}}, view).mdg, Verdict::on_track);      // 76 + 3 x 1.64 = 80.9
  view.tolerance = 0;
  EXPECT_EQ(judge({{1990, 40}, {2012, 99.9}}, view).mdg, Verdict::on_track);
  EXPECT_EQ(judge({{1990, 40}, {2012, 80}}, view).mdg, Verdict::insufficient);
}

TEST(Charts, UniversalZero) {
  RuleView view = rule(RuleType::universal, Direction::none);
  view.value = 0;
  view.direction = Direction::down;
  const sample::Judged one = judge({{1990, 40}, {2012, 10}}, view);
  EXPECT_TRUE(std::isnan(one.facts.ratio_rate));  // growth to zero has no rate
  EXPECT_NEAR(one.facts.ratio_linear, 30.0 / 22 / 1.6, 1e-12);
  EXPECT_EQ(one.sdg, Verdict::fair);          // 0.852
  EXPECT_EQ(one.mdg, Verdict::insufficient);  // 10 - 3 x 1.364 = 5.9
  EXPECT_EQ(judge({{1990, 40}, {2012, 0}}, view).mdg, Verdict::met);
}

TEST(Charts, ReachWithoutADirectionLooksFromTheBase) {
  EXPECT_EQ(judge({{1990, 10}, {2012, 19}}, reach(20, Direction::none)).mdg, Verdict::on_track);
  EXPECT_EQ(judge({{1990, 30}, {2012, 21}}, reach(20, Direction::none)).mdg, Verdict::on_track);
  EXPECT_EQ(judge({{1990, 30}, {2012, 31}}, reach(20, Direction::none)).mdg, Verdict::deterioration);
}

TEST(Charts, MultiplyBy) {
  RuleView view = rule(RuleType::multiply_by, Direction::up);
  view.factor = 2;
  EXPECT_DOUBLE_EQ(judge({{1990, 10}, {2012, 15}}, view).facts.target, 20);
  EXPECT_EQ(judge({{1990, 10}, {2012, 15}}, view).mdg, Verdict::insufficient);
  EXPECT_EQ(judge({{1990, 10}, {2012, 19}}, view).mdg, Verdict::on_track);
  EXPECT_EQ(judge({{1990, 10}, {2012, 20}}, view).mdg, Verdict::met);
}

TEST(Charts, ParityFromBothSides) {
  const RuleView view = rule(RuleType::parity, Direction::none);
  EXPECT_EQ(judge({{1990, 0.80}, {2012, 0.97}}, view).mdg, Verdict::met);
  EXPECT_EQ(judge({{1990, 1.20}, {2012, 1.03}}, view).mdg, Verdict::met);
  // 0.80 -> 0.90 in 20 years: 0.925 in 2015, short of 0.97. 1/0.8 -> 1/0.9 towards 1: share 0.6608.
  const sample::Judged below = judge({{1990, 0.80}, {2010, 0.90}}, view);
  EXPECT_DOUBLE_EQ(below.facts.target, 0.97);
  EXPECT_NEAR(below.facts.expected_linear, 0.925, 1e-12);
  EXPECT_EQ(below.mdg, Verdict::insufficient);
  EXPECT_EQ(below.sdg, Verdict::fair);
  const sample::Judged above = judge({{1990, 1.20}, {2010, 1.05}}, view);  // 1.0125 in 2015
  EXPECT_DOUBLE_EQ(above.facts.target, 1.03);
  EXPECT_EQ(above.mdg, Verdict::on_track);
  EXPECT_EQ(judge({{1990, 0.80}, {2010, 0.75}}, view).mdg, Verdict::deterioration);
  EXPECT_EQ(judge({{1990, 1.10}, {2010, 1.20}}, view).sdg, Verdict::deterioration);
  EXPECT_EQ(judge({{1990, 1.00}, {2010, 0.90}}, view).mdg, Verdict::deterioration);  // equal once, lost since
}

TEST(Charts, ParityPassedThrough) {
  const RuleView view = rule(RuleType::parity, Direction::none);
  const sample::Judged one = judge({{1990, 0.50}, {2010, 1.05}}, view);  // nearer than before, but moving away by now
  EXPECT_EQ(one.mdg, Verdict::insufficient);
  EXPECT_EQ(one.sdg, Verdict::on_track);  // judged by the distance alone
  EXPECT_TRUE(std::isnan(one.facts.ratio_linear));
  EXPECT_EQ(judge({{1990, 0.95}, {2010, 1.20}}, view).mdg, Verdict::deterioration);
}

TEST(Charts, ParityAroundFifty) {
  RuleView view = rule(RuleType::parity, Direction::none);
  view.lower = 45;
  view.upper = 55;
  view.centre = 50;
  EXPECT_EQ(judge({{1990, 30}, {2010, 46}}, view).mdg, Verdict::met);
  EXPECT_EQ(judge({{1990, 30}, {2010, 40}}, view).mdg, Verdict::insufficient);  // 42.5
  // 50 + |y - 50|: 70 -> 60 towards 50: (60/70)^(1/20) - 1 over (50/70)^(1/25) - 1 = 0.576
  EXPECT_EQ(judge({{1990, 30}, {2010, 40}}, view).sdg, Verdict::fair);
}

TEST(HaltAndReverse, WhereDownIsBetter) {
  const RuleView view = rule(RuleType::halt_and_reverse, Direction::down);
  EXPECT_EQ(judge({{1990, 5}, {2000, 8}, {2010, 4}}, view).mdg, Verdict::met);       // reversed below the base
  EXPECT_EQ(judge({{1990, 5}, {2000, 8}, {2010, 6}}, view).mdg, Verdict::on_track);  // reversed, still above the base
  EXPECT_EQ(judge({{1990, 5}, {2000, 8}, {2005, 6}, {2010, 7}}, view).mdg, Verdict::insufficient);  // turns again
  EXPECT_EQ(judge({{1990, 5}, {2000, 8}, {2005, 6}, {2010, 6}}, view).mdg,
            Verdict::on_track);  // a rounded figure repeats: the last change counts
  EXPECT_EQ(judge({{1990, 5}, {2000, 6}, {2010, 8}}, view).mdg, Verdict::deterioration);  // the latest is the worst
  EXPECT_EQ(judge({{1990, 5}, {2000, 5}, {2010, 5}}, view).mdg, Verdict::deterioration);  // no progress
  EXPECT_EQ(judge({{1990, 5}, {2010, 4}}, view).mdg, Verdict::met);                       // has been falling since the base
}

TEST(HaltAndReverse, WhereUpIsBetter) {
  const RuleView view = rule(RuleType::halt_and_reverse, Direction::up);
  const sample::Judged one = judge({{1990, 30}, {2000, 20}, {2010, 31}}, view);
  EXPECT_EQ(one.mdg, Verdict::met);
  EXPECT_EQ(one.facts.worst_year, 2000);
  EXPECT_DOUBLE_EQ(one.facts.worst, 20);
  EXPECT_DOUBLE_EQ(one.facts.previous, 20);
  EXPECT_EQ(judge({{1990, 30}, {2000, 20}, {2010, 25}}, view).mdg, Verdict::on_track);
  EXPECT_EQ(judge({{1990, 30}, {2000, 25}, {2010, 20}}, view).mdg, Verdict::deterioration);
  EXPECT_EQ(judge({{1990, 30}, {2000, 20}, {2005, 26}, {2010, 25}}, view).mdg, Verdict::insufficient);
  EXPECT_EQ(judge({{1990, 30}, {2010, 25}}, rule(RuleType::halt_and_reverse, Direction::none)).mdg, Verdict::not_applicable);
}

TEST(HaltAndReverse, SdgChartLooksAtTheRate) {
  const RuleView view = rule(RuleType::halt_and_reverse, Direction::down);
  EXPECT_EQ(judge({{1990, 5}, {2000, 8}, {2010, 4}}, view).sdg, Verdict::on_track);  // -1.11 % a year
  EXPECT_EQ(judge({{1990, 5}, {2000, 8}, {2010, 6}}, view).sdg, Verdict::insufficient);
}

TEST(Methods, AreFoundByTheirNames) {
  EXPECT_EQ(method("mdg_chart").info().id, "mdg_chart");
  for (const Method* one : methods()) EXPECT_FALSE(one->info().citation.empty());
  EXPECT_THROW(method("astrology"), Error);
}

}  // namespace
}  // namespace stocktake
