#include "assess/agreement.h"

#include <gtest/gtest.h>

#include <cmath>

#include "assess/method_run.h"
#include "assess/sample.h"
#include "base/error.h"

namespace stocktake {
namespace {

AssessmentRun run_of(Panel panel, std::vector<TargetRule> rules) {
  AssessOptions options;
  options.at = {2013, 9, 25};
  options.computed_groups = false;
  return assess_panel(std::move(panel), {}, sample::framework(std::move(rules)), sample::registry(),
                      {sample::binding("b", 1, {sample::feeds("S1", "4.1"), sample::feeds("S2", "4.2")})}, options);
}

// A: 40 to 20, met by both. B: 51.5 to 29.7 by 2010: 24.25 expected on the line, 25.88 on the curve, target 25.75: on track for
// the MDG chart, CR 0.99 for the SDG chart: on track too. C: 40 to 39: far too slow for both. D: 40 to 45: backwards.
Panel figures() {
  Panel panel;
  sample::add(panel, "S1", "AAA", {{1990, 40}, {2010, 20}});
  sample::add(panel, "S1", "BBB", {{1990, 51.5}, {2010, 29.7}});
  sample::add(panel, "S1", "CCC", {{1990, 40}, {2010, 39}});
  sample::add(panel, "S1", "DDD", {{1990, 40}, {2010, 45}});
  return panel;
}

TEST(JudgeRows, GivesTheVerdictsThatRowsCarry) {
  const AssessmentRun run = run_of(figures(), {sample::halve("4.1", true)});
  const MethodRun judged = judge_rows(run, parse_methods("mdg_chart,un_sdg_chart"), {});
  ASSERT_EQ(judged.rows, 4U);
  for (std::size_t i = 0; i < judged.rows; ++i) {
    EXPECT_EQ(judged.at(0, i).verdict, run.rows[i].mdg);
    EXPECT_EQ(judged.at(1, i).verdict, run.rows[i].sdg);
  }
  EXPECT_EQ(judged.word(1, 1), "substantial");
  EXPECT_NEAR(judged.at(0, 1).score, 24.25, 1e-9);
}

TEST(JudgeRows, TakesChangedThresholds) {
  const AssessmentRun run = run_of(figures(), {sample::halve("4.1", true)});
  const MethodRun judged = judge_rows(run, parse_methods("un_sdg_chart"), {{{"un_sdg_chart", "substantial"}, 1.5}});
  EXPECT_EQ(judged.at(0, 1).verdict, Verdict::fair);
}

TEST(JudgeRows, JudgesTheGapUnderARelativeRule) {
  Panel panel;
  sample::add(panel, "S1", "AAA", {{2000, 4}, {2005, 5}, {2010, 7}});
  sample::add(panel, "S2", "AAA", {{2000, 5}, {2010, 6}});
  TargetRule rule;
  rule.indicator = "4.1";
  rule.type = RuleType::relative;
  rule.to = "4.2";
  rule.headline = true;
  const AssessmentRun run = run_of(std::move(panel), {rule});
  ASSERT_EQ(run.rows.size(), 1U);
  const SeriesView gap = series_of(run, run.rows[0]);
  ASSERT_EQ(gap.size, 2U);  // 2005 has no figure of the other
  EXPECT_EQ(gap.value[0], -1);
  EXPECT_EQ(gap.value[1], 1);
  EXPECT_EQ(run.panel.series[run.rows[0].series].series, "S1");
}

// 40, 29.7, 39 and 45: only countries, and only those of one series, make the spread that is the unit of the distance.
TEST(JudgeRows, MeasuresDistancesAmongCountriesOfOneSeries) {
  Panel panel = figures();
  sample::add(panel, "S1", "LDC", {{1990, 40}, {2010, 1000}});
  sample::add(panel, "S2", "AAA", {{1990, 1}, {2010, 500}});
  const AssessmentRun run = run_of(std::move(panel), {sample::halve("4.1", true), sample::halve("4.2", false)});
  const MethodRun judged = judge_rows(run, parse_methods("oecd_distance"), {});
  const double mean = (20 + 29.7 + 39 + 45) / 4;
  double squares = 0;
  for (const double value : {20.0, 29.7, 39.0, 45.0}) squares += (value - mean) * (value - mean);
  const double sd = std::sqrt(squares / 3);
  std::size_t countries = 0;
  for (std::size_t i = 0; i < judged.rows; ++i) {
    const Assessment& row = run.rows[i];
    if (run.areas.is_group(row.area)) {
      EXPECT_EQ(judged.at(0, i).own, no_class);
    }
    if (run.areas.at(row.area).code != "DDD") continue;
    ++countries;
    EXPECT_NEAR(judged.at(0, i).score, (45 - 20) / sd, 1e-9);
  }
  EXPECT_EQ(countries, 1U);
}

TEST(Agreement, CountsPairsAndCauses) {
  const AssessmentRun run = run_of(figures(), {sample::halve("4.1", true)});
  const MethodRun judged = judge_rows(run, parse_methods("mdg_chart,un_sdg_chart"), {{{"un_sdg_chart", "substantial"}, 1.5}});
  const Agreement agreement = agreement_of(run, judged, {});
  EXPECT_EQ(agreement.rows, 4U);
  EXPECT_EQ(agreement.judged, (std::vector<std::size_t>{4, 4}));
  const Pair& pair = agreement.pair(0, 1);
  EXPECT_EQ(pair.both, 4U);
  EXPECT_EQ(pair.same, 3U);  // B is on course for the one and too slow for the other
  // On B the line reaches 25.75 and the curve does not.
  EXPECT_EQ(pair.causes[static_cast<std::size_t>(Cause::linear_geometric)], 1U);
  EXPECT_EQ(agreement.unanimous, 3U);
  EXPECT_EQ(agreement.contested, 1U);
  EXPECT_EQ(agreement.pair(1, 0).same, pair.same);
  EXPECT_EQ(to_table(agreement, judged).rows(), 1U);
  EXPECT_NE(render_text(agreement, judged).find("75 %"), std::string::npos);
}

TEST(Agreement, LeavesOutRowsThatAreNotCounted) {
  const AssessmentRun run = run_of(figures(), {sample::halve("4.1", true)});
  const MethodRun judged = judge_rows(run, parse_methods("all"), {});
  EXPECT_EQ(agreement_of(run, judged, {true, false, false, false}).rows, 1U);
  EXPECT_EQ(agreement_of(run, judged, {false, false, false, false}).contested, 0U);
}

TEST(Parameters, AreReadStrictly) {
  EXPECT_EQ(parse_parameter("un_sdg_chart.fair=0.4").second, 0.4);
  for (const char* wrong : {"", "fair=1", "un_sdg_chart.fair", "un_sdg_chart.fair=", "un_sdg_chart.fair=1x",
                            "un_sdg_chart.fair=nan", "un_sdg_chart.no=1", "astrology.fair=1"}) {
    EXPECT_THROW(parse_parameter(wrong), Error) << wrong;
  }
  EXPECT_THROW(parse_methods(""), Error);
  EXPECT_THROW(parse_methods("mdg_chart,"), Error);
  EXPECT_EQ(parse_methods("mdg_chart,mdg_chart").size(), 1U);
}

}  // namespace
}  // namespace stocktake
