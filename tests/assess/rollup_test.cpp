// The roll-ups on panels small enough to work out by hand, and SDSN's on published scores (tests/golden/README.md).
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <memory>

#include "assess/rollup/escap_stock.h"
#include "assess/rollup/oecd_distances.h"
#include "assess/rollup/sdsn_index.h"
#include "assess/sample.h"
#include "base/error.h"
#include "base/files.h"

namespace stocktake {
namespace {

AssessOptions options_at(int year) {
  AssessOptions options;
  options.at = {year, 9, 25};
  options.computed_groups = false;
  return options;
}

// Halving of two indicators by the countries A to D of group G, 1990-2015, as on 25 September 2013.
AssessmentRun halving(bool second_series) {
  Panel panel;
  sample::add(panel, "S1", "AAA", {{1990, 100}, {2010, 60}});
  sample::add(panel, "S1", "BBB", {{1990, 80}, {2010, 80}});
  sample::add(panel, "S1", "CCC", {{1990, 60}, {2010, 40}});
  sample::add(panel, "S1", "DDD", {{2010, 40}});  // one figure: not counted
  sample::add(panel, "S2", "AAA", {{1990, 50}, {2010, 50}});
  sample::add(panel, "S2", "BBB", {{1990, 50}, {2010, 50}});
  if (second_series) sample::add(panel, "S2", "CCC", {{1990, 50}, {2010, 50}});
  for (const char* area : {"AAA", "BBB", "CCC", "DDD"}) sample::add(panel, "S3", area, {{1990, 10}, {2010, 5}});
  return assess_panel(
      std::move(panel), {}, sample::framework({sample::halve("4.1", true), sample::halve("4.2", false)}), sample::registry(),
      {sample::binding("b", 1, {sample::feeds("S1", "4.1"), sample::feeds("S2", "4.1"), sample::feeds("S3", "4.2")})},
      options_at(2013));
}

AreaId area(const AssessmentRun& run, const char* code) { return *run.areas.find(code); }

TEST(EscapStock, SnapshotAndDashboard) {
  const AssessmentRun run = halving(false);
  const AreaId group = area(run, "G");
  const EscapStock stock = escap_stock(run, {&group, 1});
  // S1: missing 50, 40, 30 in 1990 and 10, 40, 10 in 2010: 10 (40 - 20)/40 = 5. S2 has half of the countries, not more: left out.
  // S3: met, 10.
  ASSERT_EQ(stock.goals.size(), 1U);
  EXPECT_NEAR(stock.goals[0].score, 7.5, 1e-12);
  EXPECT_NEAR(stock.goals[0].expected, 8, 1e-12);
  EXPECT_EQ(stock.goals[0].indicators, 2);
  EXPECT_EQ(stock.goals[0].of, 2);
  // S1 in 2015: 50, 80, 35 against 50, 40, 30: 15 missing of 40, P = 37.5; S3: 0.
  ASSERT_EQ(stock.targets.size(), 1U);
  EXPECT_NEAR(stock.targets[0].gap, 18.75, 1e-9);
  EXPECT_EQ(escap_api().classes()[stock.targets[0].own].id, "accelerate");
}

TEST(EscapStock, EachIndicatorCountsOnce) {
  const AssessmentRun run = halving(true);
  const AreaId group = area(run, "G");
  const EscapStock stock = escap_stock(run, {&group, 1});
  EXPECT_NEAR(stock.goals[0].score, ((5 + 0) / 2.0 + 10) / 2, 1e-12);  // S2 does not move: 0
  EXPECT_NEAR(stock.targets[0].gap, ((37.5 + 100) / 2 + 0) / 2, 1e-9);
}

TEST(EscapStock, OneCountry) {
  const AssessmentRun run = halving(false);
  const std::vector<AreaId> areas{area(run, "AAA"), area(run, "DDD")};
  const EscapStock stock = escap_stock(run, areas);
  ASSERT_EQ(stock.goals.size(), 2U);
  EXPECT_NEAR(stock.goals[0].score, ((8 + 0) / 2.0 + 10) / 2, 1e-12);  // S1 10 (50 - 10)/50, S2 0, S3 10
  EXPECT_NEAR(stock.goals[1].score, 10, 1e-12);                        // D: 4.2 only
  EXPECT_EQ(stock.goals[1].indicators, 1);
}

TEST(EscapStock, LostAndWrongWayAreLimited) {
  Panel panel;
  sample::add(panel, "S1", "AAA", {{1990, 4}, {2010, 9}});    // met at the base, target 5, lost
  sample::add(panel, "S3", "AAA", {{1990, 10}, {2010, 90}});  // nine times as bad
  TargetRule five;
  five.indicator = "4.1";
  five.type = RuleType::reach;
  five.value = 5;
  five.headline = true;
  const AssessmentRun run =
      assess_panel(std::move(panel), {}, sample::framework({five, sample::halve("4.2", false)}), sample::registry(),
                   {sample::binding("b", 1, {sample::feeds("S1", "4.1"), sample::feeds("S3", "4.2")})}, options_at(2013));
  const AreaId one = area(run, "AAA");
  const EscapStock stock = escap_stock(run, {&one, 1});
  EXPECT_EQ(stock.goals[0].score, -10);
  EXPECT_EQ(stock.targets[0].gap, 200);
  EXPECT_EQ(escap_api().classes()[stock.targets[0].own].id, "reverse");
}

TEST(EscapStock, ParityOfARegion) {
  TargetRule parity;
  parity.indicator = "4.1";
  parity.type = RuleType::parity;
  parity.headline = true;
  const auto score = [&](double a, double b) {
    Panel panel;
    sample::add(panel, "S1", "AAA", {{1990, 0.8}, {2010, a}});
    sample::add(panel, "S1", "BBB", {{1990, 1.4}, {2010, b}});
    const AssessmentRun run = assess_panel(std::move(panel), {}, sample::framework({parity}), sample::registry(),
                                           {sample::binding("b", 1, {sample::feeds("S1", "4.1")})}, options_at(2013));
    const AreaId group = area(run, "LDC");  // A and B
    return escap_stock(run, {&group, 1}).goals[0].score;
  };
  EXPECT_NEAR(score(0.9, 1.3), 10 * (0.3 - 0.2) / 0.3, 1e-9);  // too few and too many girls do not make up for each other
  EXPECT_EQ(score(0.98, 1.02), 10);
}

TEST(EscapStock, WithoutData) {
  const AssessmentRun run =
      assess_panel({}, {}, sample::framework({sample::halve("4.1", true)}), sample::registry(), {}, options_at(2013));
  const AreaId group = area(run, "G");
  const EscapStock stock = escap_stock(run, {&group, 1});
  EXPECT_TRUE(std::isnan(stock.goals[0].score));
  EXPECT_EQ(stock.targets[0].own, no_class);
  EXPECT_EQ(stock.targets[0].indicators, 0);
}

TEST(OecdDistances, MeansOverIndicatorsAndTargets) {
  const AssessmentRun run = halving(false);
  const std::vector<AreaId> among{area(run, "AAA"), area(run, "BBB"), area(run, "CCC")};
  const auto distances = oecd_distances(run, among);
  // S1: missing 10, 40, 10 with sd 20 of 60, 80, 40; S2: missing 25, sd 0: not defined; S3: met.
  ASSERT_EQ(distances.size(), 6U);
  EXPECT_EQ(distances[0].target, -1);
  EXPECT_NEAR(distances[0].distance, 0.25, 1e-12);
  EXPECT_EQ(distances[1].target, 0);
  EXPECT_NEAR(distances[1].distance, 0.25, 1e-12);
  EXPECT_NEAR(distances[3].distance, 1, 1e-12);
  EXPECT_EQ(distances[3].indicators, 2);
}

// Two goals with two indicators each, scale 0-100, red 40, green 80; G is the region.
Framework scored_framework() {
  Framework made = sample::framework({});
  made.goals.clear();
  made.indicators.clear();
  made.baseline = 2015;
  made.deadline = {2030, 12, 31};
  for (const char* goal_code : {"1", "2"}) {
    Goal goal;
    goal.code = goal_code;
    Target target;
    target.code = std::string(goal_code) + ".1";
    for (const char* part : {".1", ".2"}) {
      Indicator indicator;
      indicator.code = target.code + part;
      indicator.direction = Direction::up;
      indicator.sdsn = SdsnScale{0, 100, 40, 80};
      TargetRule rule;
      rule.indicator = indicator.code;
      rule.headline = part[1] == '1';
      target.indicators.push_back(indicator.code);
      target.rules.push_back(rule);
      made.indicators[indicator.code] = indicator;
    }
    goal.targets.push_back(target);
    made.goals.push_back(goal);
  }
  made.sdsn.regions = {"G"};
  return made;
}

AssessmentRun scored(Framework framework) {
  Panel panel;
  sample::add(panel, "P1", "AAA", {{2015, 80}, {2022, 90}});
  sample::add(panel, "P1", "BBB", {{2015, 30}, {2022, 30}});
  sample::add(panel, "P1", "CCC", {{2015, 60}, {2022, 70}});
  sample::add(panel, "P2", "AAA", {{2015, 80}, {2022, 90}});
  sample::add(panel, "P2", "BBB", {{2015, 70}, {2022, 50}});
  sample::add(panel, "P2", "CCC", {{2022, 60}});
  sample::add(panel, "P3", "AAA", {{2022, 40}});
  sample::add(panel, "P3", "BBB", {{2022, 20}});
  sample::add(panel, "P4", "AAA", {{2022, 60}});
  return assess_panel(std::move(panel), {}, std::move(framework), sample::registry(),
                      {sample::binding("b", 1,
                                       {sample::feeds("P1", "1.1.1"), sample::feeds("P2", "1.1.2"), sample::feeds("P3", "2.1.1"),
                                        sample::feeds("P4", "2.1.2")})},
                      options_at(2013 + 10));
}

TEST(SdsnIndex, ScoresImputationAndRank) {
  Framework framework = scored_framework();
  framework.sdsn.regions = {"LDC", "G"};  // A and B are of the first
  const AssessmentRun run = scored(std::move(framework));
  SdsnOptions options;
  options.max_missing = 0.5;
  const SdsnIndexes out = sdsn_indexes(run, options);
  ASSERT_EQ(out.countries.size(), 3U);
  const SdsnCountry &a = out.countries[0], &b = out.countries[1], &c = out.countries[2];
  EXPECT_NEAR(a.index, (90 + 50) / 2.0, 1e-12);
  EXPECT_NEAR(b.index, (40 + 20) / 2.0, 1e-12);
  EXPECT_EQ(a.rank, 1);
  EXPECT_EQ(b.rank, 2);
  EXPECT_NEAR(b.missing, 0.25, 1e-12);
  EXPECT_EQ(b.goals[1].colour, Colour::red);  // one of two indicators is enough for a colour
  EXPECT_TRUE(std::isnan(c.index));           // no other country of its region G (the first that has it) knows goal 2
  EXPECT_EQ(c.rank, 0);
}

TEST(SdsnIndex, RegionalMeanStandsIn) {
  SdsnOptions options;
  options.max_missing = 0.5;
  Framework framework = scored_framework();
  framework.sdsn.regions = {"G"};
  AssessOptions at;
  AssessmentRun run = scored(std::move(framework));
  run.options.at = {2013, 9, 25};  // B is still a member
  const SdsnIndexes out = sdsn_indexes(run, options);
  const SdsnCountry& c = out.countries[2];
  EXPECT_TRUE(c.goals[1].imputed);
  EXPECT_NEAR(c.goals[1].score, (50 + 20) / 2.0, 1e-12);
  EXPECT_EQ(c.goals[1].colour, Colour::grey);
  EXPECT_NEAR(c.index, (65 + 35) / 2.0, 1e-12);
  const SdsnIndexes strict = sdsn_indexes(run);  // 20 % at most
  EXPECT_TRUE(std::isnan(strict.countries[2].index));
  EXPECT_TRUE(std::isnan(strict.countries[1].index));
  EXPECT_EQ(strict.countries[0].rank, 1);
}

TEST(SdsnIndex, WhatDoesNotApplyIsNotMissing) {
  Framework framework = scored_framework();
  framework.sdsn.not_applicable["2"] = {"LDC"};
  framework.sdsn.not_applicable["1.1.2"] = {"CCC"};
  const AssessmentRun run = scored(std::move(framework));
  const SdsnIndexes out = sdsn_indexes(run);
  const SdsnCountry &a = out.countries[0], &c = out.countries[2];
  EXPECT_EQ(a.goals[1].of, 0);
  EXPECT_EQ(a.goals[1].colour, Colour::grey);
  EXPECT_EQ(a.missing, 0);
  EXPECT_TRUE(std::isnan(a.index));  // nobody else in the region has figures of goal 2
  EXPECT_NEAR(c.goals[0].score, 70, 1e-12);
  EXPECT_EQ(c.goals[0].of, 1);
}

TEST(SdsnIndex, Arrows) {
  const AssessmentRun run = scored(scored_framework());
  const SdsnIndexes out = sdsn_indexes(run);
  EXPECT_EQ(out.countries[0].goals[0].arrow, Arrow::on_track);    // green held twice
  EXPECT_EQ(out.countries[0].goals[1].arrow, Arrow::none);        // no start figures
  EXPECT_EQ(out.countries[1].goals[0].arrow, Arrow::decreasing);  // 1 (stagnating at 0) and 0: mean 0.5
  EXPECT_EQ(out.countries[2].goals[0].arrow, Arrow::none);        // one trend of two
  EXPECT_EQ(out.countries[2].cells[0].arrow, Arrow::on_track);    // 10/7 a year, needed 20/15
}

TEST(SdsnIndex, NeedsBlocksAndKnownGroups) {
  const AssessmentRun plain = halving(false);
  EXPECT_THROW(sdsn_indexes(plain), Error);
  Framework framework = scored_framework();
  framework.sdsn.regions = {"NOWHERE"};
  const AssessmentRun run = scored(std::move(framework));
  EXPECT_THROW(sdsn_indexes(run), Error);
}

// SDSN's report of 2025: the codebook's scales, the scores of eight countries, and what the report made of them.
class Sdr2025 : public ::testing::Test {
 protected:
  static std::string golden(const char* name) { return std::string(STOCKTAKE_SOURCE_DIR "/tests/golden/") + name; }

  void SetUp() override {
    const SmallCsv codebook =
        read_small_csv(golden("sdr2025_codebook.csv"), {"indicator", "goal", "worst", "red", "green", "best"});
    scores_ = read_small_csv(golden("sdr2025_scores.csv"), {"area", "indicator", "score"});
    Framework framework;
    framework.id = "test";
    framework.baseline = 2015;
    framework.deadline = {2030, 12, 31};
    std::vector<SeriesBinding> entries;
    for (const auto& row : codebook.rows) {
      if (framework.goals.empty() || framework.goals.back().code != row[1]) {
        Goal goal;
        goal.code = row[1];
        goal.targets.resize(1);
        goal.targets[0].code = row[1] + ".1";
        framework.goals.push_back(goal);
      }
      Indicator indicator;
      indicator.code = row[0];
      indicator.sdsn = SdsnScale{std::stod(row[2]), std::stod(row[5]), std::stod(row[3]), std::stod(row[4])};
      indicator.direction = indicator.sdsn->best > indicator.sdsn->worst ? Direction::up : Direction::down;
      TargetRule rule;
      rule.indicator = row[0];
      Target& target = framework.goals.back().targets[0];
      rule.headline = target.rules.empty();
      target.rules.push_back(rule);
      target.indicators.push_back(row[0]);
      framework.indicators[row[0]] = indicator;
      entries.push_back(sample::feeds(row[0].c_str(), row[0].c_str()));
    }
    framework.sdsn.not_applicable["14"] = {"LLDC"};
    // Only high-income countries are asked for aid, only the others for their revenue; none of the eight is a donor.
    framework.sdsn.not_applicable["sdg17_oda"] = {"EGY", "LKA", "CPV", "TKM", "MNG", "GAB", "NAM"};
    framework.sdsn.not_applicable["sdg17_govrev"] = {"GUY"};
    Panel panel;
    for (const auto& row : scores_.rows) {  // the files have scores, not values: the value that has this score
      const SdsnScale& scale = *framework.indicators[row[1]].sdsn;
      sample::add(panel, row[1], row[0], {{2024, scale.worst + (scale.best - scale.worst) * std::stod(row[2]) / 100}});
    }
    run_ = std::make_unique<AssessmentRun>(assess_panel(std::move(panel), {}, std::move(framework),
                                                        AreaRegistry::load(STOCKTAKE_SOURCE_DIR "/reference"),
                                                        {sample::binding("b", 1, std::move(entries))}, options_at(2025)));
  }

  SmallCsv scores_;
  std::unique_ptr<AssessmentRun> run_;
};

TEST_F(Sdr2025, IndexesAndColours) {
  const SdsnIndexes out = sdsn_indexes(*run_, {.max_missing = 0.28});
  std::map<std::string, const SdsnCountry*> by_area;
  for (const SdsnCountry& country : out.countries) by_area[run_->areas.at(country.area).code] = &country;
  std::vector<std::string> columns{"area", "index", "rank", "region", "missing"};
  for (int g = 1; g <= 17; ++g) columns.push_back("goal_" + std::to_string(g));
  const SmallCsv published = read_small_csv(golden("sdr2025_goals.csv"), columns);
  ASSERT_EQ(published.rows.size(), 8U);
  int colours = 0, indexes = 0;
  for (const auto& row : published.rows) {
    ASSERT_TRUE(by_area.count(row[0]) == 1) << row[0];
    const SdsnCountry& country = *by_area[row[0]];
    for (std::size_t g = 0; g < 17; ++g) {
      EXPECT_EQ(to_string(country.goals[g].colour), row[5 + g]) << row[0] << " goal " << g + 1;
      ++colours;
    }
    if (country.goals[13].applies) {
      EXPECT_NEAR(100 * country.missing, std::stod(row[4]), 1e-9) << row[0];
    }
    if (std::isnan(country.index)) continue;  // a goal to be filled in from countries that are not in the extract
    EXPECT_NEAR(country.index, std::stod(row[1]), 1e-9) << row[0];
    ++indexes;
  }
  EXPECT_EQ(colours, 136);
  EXPECT_EQ(indexes, 5);
}

// The mean of the other countries of a region, worked backwards: what must stand in for goal 14 so that the published index
// comes out lies between the lowest and the highest score that goal can have.
TEST_F(Sdr2025, MissingGoalsAreFilledIn) {
  const SdsnIndexes out = sdsn_indexes(*run_);
  for (const SdsnCountry& country : out.countries) {
    if (run_->areas.at(country.area).code != "MNG") continue;
    EXPECT_EQ(country.goals[13].indicators, 0);  // Mongolia has no coast, though imports threaten marine life
    double others = 0;
    for (std::size_t g = 0; g < 17; ++g) others += g == 13 ? 0 : country.goals[g].score;
    const double stand_in = 17 * 66.74904686783805 - others;
    EXPECT_GT(stand_in, 40);
    EXPECT_LT(stand_in, 80);
  }
}

}  // namespace
}  // namespace stocktake
