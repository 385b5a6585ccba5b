// Ranking by hand: four countries, two groups, two targets.
#include "assess/stocktaking.h"

#include <gtest/gtest.h>

#include <cmath>

#include "assess/sample.h"

namespace stocktake {
namespace {

using sample::add;
using sample::binding;
using sample::feeds;
using sample::halve;

Assessment row_of(Verdict mdg, Verdict sdg) {
  Assessment row;
  row.mdg = mdg;
  row.sdg = sdg;
  return row;
}

TEST(Ranking, SdgVerdictWhereTheMdgChartIsNotDefined) {
  EXPECT_EQ(ranked_verdict(row_of(Verdict::met, Verdict::fair)), Verdict::met);
  EXPECT_EQ(ranked_verdict(row_of(Verdict::not_applicable, Verdict::fair)), Verdict::fair);
  EXPECT_EQ(ranked_verdict(row_of(Verdict::not_quantified, Verdict::fair)), Verdict::not_quantified);  // nothing was promised
  EXPECT_EQ(ranked_verdict(row_of(Verdict::data_too_old, Verdict::fair)), Verdict::data_too_old);
}

// 40 -> 30 in 22 years towards 20: 30 - 3 x 10/22 = 28.64; (28.64 - 20)/(40 - 20) = 0.4318 will be missing.
TEST(Ranking, GapAtTheDeadline) {
  Assessment row;
  row.facts = sample::judge({{1990, 40}, {2012, 30}}, sample::reduce_by(0.5)).facts;
  EXPECT_NEAR(gap_at_deadline(row), 0.431818, 5e-7);
  row.facts = sample::judge({{1990, 40}, {2012, 62}}, sample::reduce_by(0.5)).facts;
  EXPECT_DOUBLE_EQ(gap_at_deadline(row), 1);  // moves away: all of it will be missing
  row.facts = sample::judge({{1990, 40}, {2012, 20}}, sample::reduce_by(0.5)).facts;
  EXPECT_DOUBLE_EQ(gap_at_deadline(row), 0);
  row.facts = sample::judge({{1990, 15}, {2012, 25}}, sample::reach(20, Direction::down)).facts;
  EXPECT_TRUE(std::isnan(gap_at_deadline(row)));
}

// A met; B on track; C 100 -> 60 insufficient, ratio (40/22)/2 = 0.909; D rises: ratio below 0; LDC (published) insufficient
// with a ratio of (2/22)/(20/25) = 0.1136, G (published) worse than at base.
AssessmentRun sample_run(bool groups, std::vector<std::string> regions_of_framework = {}) {
  Panel panel;
  add(panel, "S", "AAA", {{1990, 40}, {2012, 20}});
  add(panel, "S", "BBB", {{1990, 40}, {2012, 22}});
  add(panel, "S", "CCC", {{1990, 100}, {2012, 60}});
  add(panel, "S", "DDD", {{1990, 10}, {2012, 11}});
  add(panel, "T", "AAA", {{1990, 10}, {2005, 4}});
  add(panel, "T", "BBB", {{2012, 4}});
  if (groups) {
    add(panel, "R", "LDC", {{1990, 40}, {2012, 38}});
    add(panel, "R", "G", {{1990, 40}, {2012, 44}});
  }
  SeriesBinding regions = feeds("R", "4.1");
  regions.group_figures = true;
  Framework framework = sample::framework({halve("4.1", true)});
  framework.regions = std::move(regions_of_framework);
  Target second = framework.goals[0].targets[0];
  second.code = "4.B";
  second.rules = {halve("4.2", true)};
  framework.goals[0].targets.push_back(second);
  AssessOptions options;
  options.at = {2013, 9, 25};
  return assess_panel(std::move(panel), {}, framework, sample::registry(),
                      {binding("b", 1, {feeds("S", "4.1"), feeds("T", "4.2"), regions})}, options);
}

TEST(Ranking, RegionsFirst) {
  const AssessmentRun run = sample_run(true);
  const Stocktaking stock = take_stock(run);
  ASSERT_EQ(stock.groups.size(), 2U);
  ASSERT_EQ(stock.targets.size(), 1U);
  ASSERT_EQ(stock.off_track.size(), 1U);
  EXPECT_EQ(stock.off_track[0].judged, 2);
  EXPECT_EQ(stock.off_track[0].off_track, 2);
  EXPECT_EQ(stock.off_track[0].stalled, 1);  // G; LDC made 0.1136 of the way
  EXPECT_NEAR(stock.off_track[0].shortfall, (1 - 0.113636 + 1) / 2, 5e-7);
  EXPECT_EQ(run.areas.at(run.rows[stock.off_track[0].worst[0]].area).code, "G");
  EXPECT_EQ(stock.stalled.size(), 1U);
  EXPECT_TRUE(stock.sustain.empty());
}

TEST(Ranking, OnlyTheFrameworksRegionsCount) {
  const Stocktaking stock = take_stock(sample_run(true, {"LDC"}));
  EXPECT_EQ(stock.groups.size(), 2U);  // the chart shows both
  ASSERT_EQ(stock.off_track.size(), 1U);
  EXPECT_EQ(stock.off_track[0].judged, 1);
  EXPECT_EQ(stock.off_track[0].stalled, 0);
  EXPECT_EQ(take_stock(sample_run(true, {"NOBODY"})).off_track[0].judged, 2);  // none of them is shown: all count
}

TEST(Ranking, CountriesWhereNoRegionIsJudged) {
  const AssessmentRun run = sample_run(false);
  const Stocktaking stock = take_stock(run);
  EXPECT_TRUE(stock.targets.empty());
  ASSERT_EQ(stock.off_track.size(), 1U);
  EXPECT_EQ(stock.off_track[0].judged, 4);
  EXPECT_EQ(stock.off_track[0].off_track, 2);
  EXPECT_EQ(stock.off_track[0].stalled, 1);
}

// D moves away: all of the promised change will be missing; C expects 54.545: 4.545 of 50 = 0.0909.
TEST(Ranking, CountriesFurthestBehind) {
  const AssessmentRun run = sample_run(true);
  const Stocktaking stock = take_stock(run);
  ASSERT_EQ(stock.furthest_behind.size(), 2U);
  EXPECT_EQ(run.areas.at(run.rows[stock.furthest_behind[0].row].area).code, "DDD");
  EXPECT_DOUBLE_EQ(stock.furthest_behind[0].gap, 1);
  EXPECT_NEAR(stock.furthest_behind[1].gap, 0.090909, 5e-7);
}

// Both move away from half their base: A is at 44, 24 from its target of 20; D at 11, 6 from its 5. Same spread: A first.
TEST(Ranking, EqualGapsByDistanceInStandardDeviations) {
  Panel panel;
  add(panel, "S", "DDD", {{1990, 10}, {2012, 11}});
  add(panel, "S", "AAA", {{1990, 40}, {2012, 44}});
  AssessOptions options;
  options.at = {2013, 9, 25};
  const AssessmentRun run = assess_panel(std::move(panel), {}, sample::framework({halve("4.1", true)}), sample::registry(),
                                         {binding("b", 1, {feeds("S", "4.1")})}, options);
  const Stocktaking stock = take_stock(run);
  ASSERT_EQ(stock.furthest_behind.size(), 2U);
  EXPECT_EQ(run.areas.at(run.rows[stock.furthest_behind[0].row].area).code, "AAA");
}

TEST(Ranking, DataGaps) {
  const Stocktaking stock = take_stock(sample_run(true));
  ASSERT_EQ(stock.gaps.size(), 2U);
  EXPECT_EQ(stock.gaps[0].countries, 4);
  EXPECT_EQ(stock.gaps[0].judged, 4);
  EXPECT_EQ(stock.gaps[0].no_data, 0);
  EXPECT_EQ(stock.gaps[1].judged, 0);
  EXPECT_EQ(stock.gaps[1].too_old, 1);
  EXPECT_EQ(stock.gaps[1].insufficient, 1);
  EXPECT_EQ(stock.gaps[1].no_data, 2);
}

TEST(Ranking, DaysLeft) { EXPECT_EQ(take_stock(sample_run(false)).days_left, 827); }

}  // namespace
}  // namespace stocktake
