// Zeros, signs, equalities and values that are no numbers: every case has the outcome that docs/methods.md lists.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "assess/sample.h"

namespace stocktake {
namespace {

using sample::judge;
using sample::reach;
using sample::reduce_by;
using sample::rule;

TEST(Degenerate, ZeroBaseline) {
  const sample::Judged kept = judge({{1990, 0}, {2010, 0}}, reduce_by(0.5));
  EXPECT_DOUBLE_EQ(kept.facts.target, 0);
  EXPECT_EQ(kept.mdg, Verdict::met);
  const sample::Judged lost = judge({{1990, 0}, {2010, 3}}, reduce_by(0.5));
  EXPECT_TRUE(std::isnan(lost.facts.observed_rate));
  EXPECT_EQ(lost.mdg, Verdict::deterioration);
  EXPECT_EQ(lost.sdg, Verdict::deterioration);
  const sample::Judged rise = judge({{1990, 0}, {2010, 30}}, reach(50, Direction::up));
  EXPECT_TRUE(std::isnan(rise.facts.ratio_rate));
  EXPECT_NEAR(rise.facts.ratio_linear, 0.75, 1e-12);  // 1.5 of 2 a year
  EXPECT_EQ(rise.sdg, Verdict::fair);
  EXPECT_NEAR(rise.facts.acceleration, 4 / 1.5, 1e-12);  // linear, where growth is not defined
}

TEST(Degenerate, ZeroBaselineWithoutATarget) {
  const RuleView view = rule(RuleType::none_quantified, Direction::up);
  EXPECT_EQ(judge({{1990, 0}, {2010, 30}}, view).sdg, Verdict::on_track);  // growth without bound: the way it moves decides
  EXPECT_EQ(judge({{1990, 0}, {2010, -3}}, view).sdg, Verdict::deterioration);
  EXPECT_EQ(judge({{1990, 0}, {2010, 0}}, view).sdg, Verdict::insufficient);
  EXPECT_EQ(judge({{1990, 40}, {2010, 0}}, view).sdg, Verdict::deterioration);  // -1/20 = -5 % of the base a year
}

// Figures published as bounds, "<5.0": the base, or base and latest, are such bounds.
sample::Judged judge_bounds(const sample::Figures& figures, const RuleView& rule, bool base, bool latest) {
  Panel panel;
  sample::add(panel, "S", "A", figures);
  panel.provenances.push_back({Nature::none, '<', "", "", 0, ""});
  if (base) panel.provenance.front() = 1;
  if (latest) panel.provenance.back() = 1;
  sample::Judged one;
  assess_uniform(panel, rule, {}, std::span(&one.facts, 1), std::span(&one.mdg, 1), std::span(&one.sdg, 1));
  return one;
}

TEST(Degenerate, FiguresPublishedAsBounds) {
  const sample::Figures low{{1990, 5}, {2012, 5}};
  const sample::Judged both = judge_bounds(low, reduce_by(0.5), true, true);  // <5 and <5: nobody knows what became of it
  EXPECT_EQ(both.mdg, Verdict::insufficient_data);
  EXPECT_EQ(both.sdg, Verdict::insufficient_data);
  EXPECT_DOUBLE_EQ(both.facts.latest, 5);
  EXPECT_TRUE(std::isnan(both.facts.target));
  EXPECT_EQ(judge_bounds({{1990, 5}, {2012, 2}}, reduce_by(0.5), true, false).mdg, Verdict::insufficient_data);  // half of what?
  EXPECT_EQ(judge_bounds({{1990, 12}, {2012, 5}}, reduce_by(0.5), false, true).mdg, Verdict::met);  // at most 5 is less than 6
  const RuleView six = reach(6, Direction::down), three = reach(3, Direction::down);
  EXPECT_EQ(judge_bounds(low, six, true, true).mdg, Verdict::met);  // below 5 is below 6, whatever it is
  EXPECT_EQ(judge_bounds(low, three, true, true).mdg, Verdict::insufficient_data);
}

TEST(Degenerate, DoublingNothing) {
  RuleView view = rule(RuleType::multiply_by, Direction::up);
  view.factor = 2;
  const sample::Judged one = judge({{1990, 0}, {2010, 5}}, view);
  EXPECT_TRUE(std::isnan(one.facts.target));
  EXPECT_EQ(one.mdg, Verdict::not_applicable);
  EXPECT_EQ(one.sdg, Verdict::not_applicable);
}

TEST(Degenerate, HalvingANegativeFigure) {
  EXPECT_EQ(judge({{1990, -4}, {2010, -3}}, reduce_by(0.5)).mdg, Verdict::not_applicable);
}

TEST(Degenerate, BaseBeyondTheComplement) {
  RuleView view = reduce_by(0.5);
  view.has_complement = true;
  view.complement = 100;
  EXPECT_EQ(judge({{1990, 103}, {2010, 104}}, view).mdg, Verdict::not_applicable);
  EXPECT_EQ(judge({{1990, 100}, {2010, 99}}, view).mdg, Verdict::deterioration);
}

TEST(Degenerate, TargetZero) {
  const sample::Judged one = judge({{1990, 20}, {2010, 8}}, reach(0, Direction::down));
  EXPECT_TRUE(std::isnan(one.facts.required_rate));
  EXPECT_NEAR(one.facts.ratio_linear, 0.75, 1e-12);
  EXPECT_EQ(one.sdg, Verdict::fair);
  EXPECT_EQ(one.mdg, Verdict::insufficient);
}

TEST(Degenerate, ChangeOfSign) {
  const sample::Judged one = judge({{1990, -10}, {2010, 6}}, reach(10, Direction::up));
  EXPECT_TRUE(std::isnan(one.facts.observed_rate));
  EXPECT_TRUE(std::isnan(one.facts.expected_rate));
  EXPECT_NEAR(one.facts.ratio_linear, 1.0, 1e-12);
  EXPECT_EQ(one.mdg, Verdict::on_track);  // 6 + 5 x 0.8 = 10
  EXPECT_EQ(one.sdg, Verdict::on_track);
  // Without a target: 16 over a base of 10 in 20 years, 8 % of the base a year.
  EXPECT_EQ(judge({{1990, -10}, {2010, 6}}, rule(RuleType::none_quantified, Direction::up)).sdg, Verdict::on_track);
}

TEST(Degenerate, BothNegative) {
  const sample::Judged one = judge({{1990, -10}, {2010, -5}}, reach(-2, Direction::up));
  EXPECT_GT(one.facts.observed_rate, 0);  // signed as the value moves
  EXPECT_GT(one.facts.ratio_rate, 0);
  EXPECT_EQ(one.mdg, Verdict::insufficient);
}

TEST(Degenerate, TargetEqualsBaseline) {
  const sample::Judged same = judge({{1990, 20}, {2010, 20}}, reach(20, Direction::down));
  EXPECT_EQ(same.mdg, Verdict::met);
  EXPECT_EQ(same.sdg, Verdict::met);
  const sample::Judged worse = judge({{1990, 20}, {2010, 21}}, reach(20, Direction::down));
  EXPECT_TRUE(std::isnan(worse.facts.ratio_linear));
  EXPECT_EQ(worse.mdg, Verdict::deterioration);
}

TEST(Degenerate, ReductionToAThirdIsNotMissedByRounding) {
  EXPECT_EQ(judge({{1990, 0.3}, {2010, 0.1}}, reduce_by(2.0 / 3)).mdg, Verdict::met);
  EXPECT_EQ(judge({{1990, 99.9}, {2010, 33.3}}, reduce_by(2.0 / 3)).mdg, Verdict::met);
  EXPECT_NE(judge({{1990, 99.9}, {2010, 33.301}}, reduce_by(2.0 / 3)).mdg, Verdict::met);
}

TEST(Degenerate, ValuesThatAreNoNumbersArePassedOver) {
  const double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
  const Facts facts = judge({{1990, nan}, {1991, 40}, {2000, nan}, {2009, 30}, {2010, infinity}}, reduce_by(0.5)).facts;
  EXPECT_EQ(facts.base_year, 1991);
  EXPECT_EQ(facts.latest_year, 2009);
  EXPECT_EQ(facts.points, 2);
  EXPECT_EQ(judge({{1990, nan}, {2010, nan}}, reduce_by(0.5)).mdg, Verdict::insufficient_data);
  const sample::Judged halt = judge({{1990, 5}, {2000, 8}, {2005, nan}, {2010, 4}}, rule(RuleType::halt_and_reverse));
  EXPECT_EQ(halt.mdg, Verdict::met);
  EXPECT_DOUBLE_EQ(halt.facts.previous, 8);
}

TEST(Degenerate, HugeValuesGiveNoFalseFigures) {
  const double huge = std::numeric_limits<double>::max();
  const sample::Judged one = judge({{1990, -huge}, {2010, huge}}, reach(0, Direction::down));
  EXPECT_TRUE(std::isnan(one.facts.observed_linear));
  EXPECT_TRUE(std::isnan(one.facts.expected_linear));
  EXPECT_EQ(one.mdg, Verdict::deterioration);
}

TEST(Degenerate, DeadlineAtTheBaseYear) {
  const sample::Judged one = judge({{2009, 40}, {2012, 60}}, reach(80, Direction::up, 2009, 2009));
  EXPECT_TRUE(std::isnan(one.facts.required_linear));
  EXPECT_EQ(one.mdg, Verdict::insufficient);
  EXPECT_EQ(one.sdg, Verdict::not_applicable);
}

TEST(Degenerate, EmptyPanel) {
  const Panel panel;
  assess_uniform(panel, reduce_by(0.5), {}, {}, {}, {});
}

}  // namespace
}  // namespace stocktake
