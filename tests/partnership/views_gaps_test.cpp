// The five gaps on figures made by hand: who reaches a level, the middle country, and which commitments stand behind a line.
#include <gtest/gtest.h>

#include <cmath>

#include "partnership/views/five_gaps.h"
#include "partnership/views_sample.h"

namespace stocktake {
namespace {

struct Series {
  std::string code, area;
  std::vector<std::pair<int, double>> figures;
};

AssessmentRun run_of(const std::vector<Series>& all) {
  const std::string home = STOCKTAKE_SOURCE_DIR;
  Panel panel;
  panel.names.reserve(all.size() * 2);
  panel.provenances.emplace_back();
  for (const Series& one : all) {
    const std::string_view code = panel.names.emplace_back(one.code), area = panel.names.emplace_back(one.area);
    panel.series.push_back({code, area, {}, "PERCENT", 1});
    for (const auto& [year, value] : one.figures) {
      panel.year.push_back(static_cast<std::int16_t>(year));
      panel.value.push_back(value);
      panel.provenance.push_back(0);
    }
    panel.begin.push_back(static_cast<std::uint32_t>(panel.year.size()));
  }
  std::vector<Binding> bindings;
  bindings.push_back(
      load_binding(home + "/frameworks/bindings/gapminder.yaml", DimensionCodes::load(home + "/reference/dimension_codes.csv")));
  AssessOptions options;
  options.at = {2013, 9, 25};
  options.computed_groups = false;
  Vintage vintage;
  vintage.id = 1;
  return assess_panel(std::move(panel), {vintage}, load_framework(home + "/frameworks/mdg-gaps.yaml"),
                      AreaRegistry::load(home + "/reference"), std::move(bindings), options);
}

const GapLine& line_of(const AssessmentRun& run, const std::vector<GapArea>& gaps, const std::string& target) {
  for (const GapArea& area : gaps) {
    for (const GapLine& line : area.lines) {
      if (run.targets[line.target].target->code == target) return line;
    }
  }
  throw std::runtime_error("no target " + target);
}

TEST(FiveGaps, CountsThoseWhomTheRuleConcerns) {
  const AssessmentRun run = run_of({{"internet_users", "BGD", {{2000, 1}, {2012, 5}}},   // developing, least developed
                                    {"internet_users", "KEN", {{2000, 1}, {2012, 30}}},  // developing
                                    {"internet_users", "CHN", {{2000, 2}, {2011, 60}}},  // developing
                                    {"internet_users", "PER", {{2000, 2}, {2006, 90}}},  // too old for 2012
                                    {"internet_users", "FRA", {{2000, 9}, {2012, 80}}},  // not concerned
                                    {"aid_given_percent_of_gni", "SWE", {{2000, 0.8}, {2008, 0.98}}},
                                    {"aid_given_percent_of_gni", "USA", {{2000, 0.1}, {2008, 0.18}}}});
  testing::RegisterMaker maker;
  Commitment aid = maker.commitment("aid", "X");
  aid.measure.indicator = "mdg-gaps:8.1";
  maker.add(aid);
  Commitment net = maker.commitment("net", "Y");
  net.goals = {"mdg-gaps:5.A"};
  maker.add(net);
  Commitment whole = maker.commitment("whole", "Z");
  whole.goals = {"mdg-gaps:5"};
  maker.add(whole);
  const Accounts accounts = maker.on({2013, 9, 25});
  const std::vector<GapArea> gaps = five_gaps(run, accounts);
  ASSERT_EQ(gaps.size(), 5U);
  const GapLine& developing = line_of(run, gaps, "5.A");
  EXPECT_EQ(developing.countries, 3);
  EXPECT_EQ(developing.met, 1);
  EXPECT_EQ(developing.median, 30);
  EXPECT_EQ(developing.first_year, 2011);
  EXPECT_EQ(developing.last_year, 2012);
  EXPECT_TRUE(developing.proxy);
  EXPECT_EQ(developing.to_reach, 50);
  EXPECT_EQ(developing.commitments, std::vector<std::size_t>{1});
  const GapLine& poorest = line_of(run, gaps, "5.B");
  EXPECT_EQ(poorest.countries, 1);
  EXPECT_EQ(poorest.met, 0);
  const GapLine& donors = line_of(run, gaps, "1.A");
  EXPECT_EQ(donors.countries, 2);
  EXPECT_EQ(donors.met, 1);
  EXPECT_NEAR(donors.median, 0.58, 1e-12);
  EXPECT_EQ(donors.commitments, std::vector<std::size_t>{0});
  EXPECT_EQ(gaps[4].commitments, (std::vector<std::size_t>{1, 2}));  // the one that names the goal counts for the area
  EXPECT_EQ(line_of(run, gaps, "4.A").countries, 0);
  EXPECT_TRUE(std::isnan(line_of(run, gaps, "4.A").median));
}

TEST(FiveGaps, WithoutFiguresAndCommitments) {
  const AssessmentRun run = run_of({});
  const testing::RegisterMaker maker;
  const std::vector<GapArea> gaps = five_gaps(run, maker.on({2013, 9, 25}));
  ASSERT_EQ(gaps.size(), 5U);
  for (const GapArea& area : gaps) EXPECT_TRUE(area.commitments.empty());
  EXPECT_EQ(to_table(run, gaps, Language::en, true).rows(), 23U);
}

}  // namespace
}  // namespace stocktake
