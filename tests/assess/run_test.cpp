// A whole run on a panel in memory: which series are judged, groups, headlines, order, the table.
#include "assess/run.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "assess/sample.h"
#include "assess/stocktaking.h"
#include "base/error.h"

namespace stocktake {
namespace {

using sample::add;
using sample::binding;
using sample::feeds;
using sample::halve;

AssessOptions on(Date date) {
  AssessOptions options;
  options.at = date;
  return options;
}

const Date september_2013{2013, 9, 25};

AssessmentRun assess_sample(Panel panel, std::vector<Binding> bindings, AssessOptions options,
                            std::vector<TargetRule> rules = {halve("4.1", true)}) {
  return assess_panel(std::move(panel), {}, sample::framework(std::move(rules)), sample::registry(), std::move(bindings),
                      std::move(options));
}

const Assessment* find(const AssessmentRun& run, std::string_view area, bool headline = true) {
  for (const Assessment& row : run.rows) {
    if (run.areas.at(row.area).code == area && row.headline == headline) return &row;
  }
  return nullptr;
}

Binding with_births(Binding made) {
  made.weights["births"] = {"BIRTHS", {}};
  return made;
}

// A falls 40 -> 20, B 80 -> 80, C 100 -> 60, D 10 -> 10; births 100 each, D 700.
Panel four_countries() {
  Panel panel;
  add(panel, "S", "AAA", {{1990, 40}, {2012, 20}});
  add(panel, "S", "BBB", {{1990, 80}, {2012, 80}});
  add(panel, "S", "CCC", {{1990, 100}, {2012, 60}});
  add(panel, "S", "DDD", {{1990, 10}, {2012, 10}});
  for (const char* area : {"AAA", "BBB", "CCC"}) add(panel, "BIRTHS", area, {{1990, 100}, {2012, 100}});
  add(panel, "BIRTHS", "DDD", {{1990, 700}, {2012, 700}});
  return panel;
}

TEST(Run, JudgesCountriesAndComputedGroups) {
  const AssessmentRun run =
      assess_sample(four_countries(), {with_births(binding("b", 1, {feeds("S", "4.1")}))}, on(september_2013));
  EXPECT_EQ(*run.options.data_until, 2012);
  ASSERT_EQ(run.rows.size(), 6U);
  EXPECT_EQ(find(run, "AAA")->mdg, Verdict::met);
  EXPECT_EQ(find(run, "BBB")->mdg, Verdict::deterioration);
  EXPECT_EQ(find(run, "CCC")->mdg, Verdict::insufficient);  // 60 - 3 x 1.82 = 54.5 > 50
  const Assessment* group = find(run, "G");
  ASSERT_NE(group, nullptr);
  EXPECT_EQ(group->origin, Origin::computed_group);
  EXPECT_DOUBLE_EQ(group->facts.base, (40 + 80 + 100 + 7 * 10) / 10.0);  // A, B, C, D on that day
  EXPECT_DOUBLE_EQ(group->facts.latest, (20 + 80 + 60 + 7 * 10) / 10.0);
  EXPECT_EQ(group->coverage, 1);
  EXPECT_EQ(run.panel.series[group->series].area, "G");
  EXPECT_EQ(run.source_of(*group), "source b");
  EXPECT_EQ(run.indicator(*group).code, "4.1");
  EXPECT_EQ(run.binding_of(*group)->series, "S");
  EXPECT_DOUBLE_EQ(find(run, "LDC")->facts.base, 60);
}

TEST(Run, MembersAreThoseOfTheDay) {
  const auto base_on = [](Date date) {
    AssessOptions options = on(date);
    options.data_until = 2012;
    const AssessmentRun run = assess_sample(four_countries(), {with_births(binding("b", 1, {feeds("S", "4.1")}))}, options);
    return find(run, "G")->facts.base;
  };
  EXPECT_DOUBLE_EQ(base_on({2009, 12, 31}), (40 + 80 + 100) / 3.0);  // D joins on 1 January 2010
  EXPECT_DOUBLE_EQ(base_on({2010, 1, 1}), (40 + 80 + 100 + 70) / 10.0);
  EXPECT_DOUBLE_EQ(base_on({2013, 12, 31}), (40 + 80 + 100 + 70) / 10.0);  // B leaves on 1 January 2014
  EXPECT_DOUBLE_EQ(base_on({2014, 1, 1}), (40 + 100 + 70) / 9.0);
}

TEST(Run, PublishedGroupFiguresTakePrecedence) {
  Panel panel = four_countries();
  add(panel, "PUBLISHED", "G", {{1990, 90}, {2012, 30}});
  SeriesBinding groups = feeds("PUBLISHED", "4.1");
  groups.group_figures = true;
  const AssessmentRun run =
      assess_sample(std::move(panel), {with_births(binding("b", 1, {feeds("S", "4.1"), groups}))}, on(september_2013));
  const auto rows =
      std::count_if(run.rows.begin(), run.rows.end(), [&](const Assessment& row) { return run.areas.at(row.area).code == "G"; });
  EXPECT_EQ(rows, 1);
  EXPECT_EQ(find(run, "G")->origin, Origin::published_group);
  EXPECT_DOUBLE_EQ(find(run, "G")->facts.base, 90);
  EXPECT_EQ(find(run, "LDC")->origin, Origin::computed_group);  // nobody published this one
}

TEST(Run, PopulationStandsInForAWeightWithoutASeriesAndTheRowSaysSo) {
  Panel panel = four_countries();
  for (const auto& [area, people] : {std::pair{"AAA", 3.0}, {"BBB", 1.0}, {"CCC", 1.0}, {"DDD", 5.0}}) {
    add(panel, "PEOPLE", area, {{1990, people}, {2012, people}});
  }
  Binding people = binding("b", 1, {feeds("S", "4.1")});
  people.weights["population"] = {"PEOPLE", {}};
  const AssessmentRun run = assess_sample(std::move(panel), {people}, on(september_2013));
  const Assessment* group = find(run, "G");
  ASSERT_NE(group, nullptr);
  EXPECT_TRUE(group->substitute_weight);
  EXPECT_DOUBLE_EQ(group->facts.base, (3 * 40 + 80 + 100 + 5 * 10) / 10.0);
  EXPECT_FALSE(find(run, "AAA")->substitute_weight);
}

TEST(Run, AProxyNeverSpeaksForATargetWithANumberOfItsOwn) {
  Panel panel;
  add(panel, "OWN", "AAA", {{2012, 31}});  // one point: not judged
  add(panel, "PROXY", "AAA", {{1990, 40}, {2012, 10}});
  add(panel, "PROXY", "BBB", {{1990, 40}, {2012, 10}});
  TargetRule proxy = halve("4.2", false);
  proxy.proxy = true;
  const AssessmentRun run = assess_sample(std::move(panel), {binding("b", 1, {feeds("OWN", "4.1"), feeds("PROXY", "4.2")})},
                                          on(september_2013), {halve("4.1", true), proxy});
  EXPECT_EQ(find(run, "AAA")->mdg, Verdict::insufficient_data);
  EXPECT_EQ(find(run, "BBB"), nullptr);  // no data, rather than another subject
  EXPECT_EQ(run.rows.size(), 3U);        // but the rows are there
  TargetRule without = halve("4.1", true);
  without.type = RuleType::none_quantified;
  Panel other;
  add(other, "PROXY", "BBB", {{1990, 40}, {2012, 30}});
  const AssessmentRun unquantified =
      assess_sample(std::move(other), {binding("b", 1, {feeds("PROXY", "4.2")})}, on(september_2013), {without, proxy});
  EXPECT_EQ(unquantified.rule(*find(unquantified, "BBB")).indicator, "4.2");
  EXPECT_TRUE(take_stock(unquantified).off_track.empty());  // shown, but not ranked
}

TEST(Run, ComputedGroupsCanBeSwitchedOff) {
  AssessOptions options = on(september_2013);
  options.computed_groups = false;
  const AssessmentRun run = assess_sample(four_countries(), {with_births(binding("b", 1, {feeds("S", "4.1")}))}, options);
  EXPECT_EQ(run.rows.size(), 4U);
}

TEST(Run, HeadlinePrefersTheJudgedThenTheRuleThenExactThenThePriority) {
  Panel panel;
  add(panel, "NEAR", "AAA", {{1990, 40}, {2012, 30}});
  add(panel, "EXACT", "AAA", {{1990, 40}, {2012, 31}});
  add(panel, "OTHER", "AAA", {{1990, 40}, {2012, 32}});
  add(panel, "NEAR", "BBB", {{1990, 40}, {2012, 30}});
  add(panel, "EXACT", "BBB", {{2012, 31}});  // one point: not judged
  add(panel, "SECOND", "CCC", {{1990, 40}, {2012, 30}});
  SeriesBinding near = feeds("NEAR", "4.1");
  near.exact = false;
  const std::vector<Binding> bindings{binding("first", 1, {near}),
                                      binding("second", 2, {feeds("EXACT", "4.1"), feeds("SECOND", "4.2")}),
                                      binding("third", 3, {feeds("OTHER", "4.1")})};
  const AssessmentRun run =
      assess_sample(std::move(panel), bindings, on(september_2013), {halve("4.1", true), halve("4.2", false)});
  EXPECT_DOUBLE_EQ(find(run, "AAA")->facts.latest, 31);     // exact, of the better priority
  EXPECT_DOUBLE_EQ(find(run, "BBB")->facts.latest, 30);     // near, but judged
  EXPECT_EQ(run.rule(*find(run, "CCC")).indicator, "4.2");  // nothing for the headline rule
  EXPECT_EQ(std::count_if(run.rows.begin(), run.rows.end(), [](const Assessment& row) { return row.headline; }), 3);
}

TEST(Run, BreakdownsAreJudgedButNeverTheHeadline) {
  const auto panel = [] {
    Panel made;
    add(made, "S", "AAA", {{1990, 40}, {2012, 30}}, "SEX=F");
    add(made, "S", "AAA", {{1990, 50}, {2012, 20}});
    add(made, "S", "BBB", {{1990, 50}, {2012, 20}}, "SEX=M");
    return made;
  };
  SeriesBinding women = feeds("S", "4.1");
  women.filter = {{"AGE", "_T"}, {"SEX", "F"}};
  const AssessmentRun run = assess_sample(panel(), {binding("b", 1, {women})}, on(september_2013));
  ASSERT_EQ(run.rows.size(), 3U);
  EXPECT_DOUBLE_EQ(find(run, "AAA")->facts.base, 40);
  EXPECT_EQ(find(run, "BBB"), nullptr);
  AssessOptions options = on(september_2013);
  options.disaggregations = false;
  EXPECT_EQ(assess_sample(panel(), {binding("b", 1, {women})}, options).rows.size(), 1U);
}

TEST(Run, UnitsAreScaledOnceForEachFactor) {
  Panel panel;
  add(panel, "S", "AAA", {{1990, 4}, {2012, 3}});
  SeriesBinding ten = feeds("S", "4.1"), hundred = feeds("S", "4.2");
  ten.multiply = 10;
  hundred.multiply = 100;
  const AssessmentRun run = assess_sample(std::move(panel), {binding("b", 1, {ten, hundred})}, on(september_2013),
                                          {halve("4.1", true), halve("4.2", false)});
  ASSERT_EQ(run.rows.size(), 2U);
  EXPECT_DOUBLE_EQ(run.rows[0].facts.base, 40);
  EXPECT_DOUBLE_EQ(run.rows[1].facts.base, 400);
}

// A country in thousands, one in ones and in millions, one in ones; the weights of one are in thousands only.
TEST(Run, FiguresInThousandsAreNeitherJudgedNorWeights) {
  Panel panel = four_countries();
  const auto add_in = [&](std::string_view unit, std::string_view series, std::string_view area, const sample::Figures& figures) {
    add(panel, series, area, figures);
    panel.series.back().unit = unit;
  };
  panel.series[0].unit = "PS x10^3";  // of AAA
  add_in("PS x(Thousands)", "S", "BBB", {{1990, 80}, {2012, 1}});
  panel.series[7].unit = "PS x10^6";  // the births of DDD
  const AssessmentRun run =
      assess_sample(std::move(panel), {with_births(binding("b", 1, {feeds("S", "4.1")}))}, on(september_2013));
  EXPECT_EQ(find(run, "AAA"), nullptr);
  ASSERT_NE(find(run, "BBB"), nullptr);
  EXPECT_EQ(find(run, "BBB")->facts.latest, 80);
  ASSERT_NE(find(run, "G"), nullptr);
  EXPECT_DOUBLE_EQ(find(run, "G")->facts.base, (80 + 100) / 2.0);  // no AAA, and DDD has no weight
}

TEST(Run, ContextSeriesAndUnknownAreasGiveNoRows) {
  Panel panel;
  add(panel, "S", "AAA", {{1990, 4}, {2012, 3}});
  add(panel, "T", "ZZZ", {{1990, 4}, {2012, 3}});
  SeriesBinding context = feeds("S", "4.1");
  context.judged = false;
  EXPECT_TRUE(assess_sample(std::move(panel), {binding("b", 1, {context, feeds("T", "4.1")})}, on(september_2013)).rows.empty());
}

TEST(Run, RulesApplyToListedAreasAndMembers) {
  TargetRule rule = halve("4.1", true);
  rule.applies_to = {"LDC", "DDD"};
  const AssessmentRun run =
      assess_sample(four_countries(), {with_births(binding("b", 1, {feeds("S", "4.1")}))}, on(september_2013), {rule});
  ASSERT_EQ(run.rows.size(), 4U);  // A and B as members, D as listed, LDC itself
  EXPECT_EQ(find(run, "CCC"), nullptr);
  EXPECT_EQ(find(run, "G"), nullptr);
}

TEST(Run, ConfinedToAreasAndTargets) {
  AssessOptions options = on(september_2013);
  options.areas = {"AAA", "G"};
  options.targets = {"4.A"};
  const AssessmentRun run = assess_sample(four_countries(), {with_births(binding("b", 1, {feeds("S", "4.1")}))}, options);
  EXPECT_EQ(run.rows.size(), 2U);
  EXPECT_DOUBLE_EQ(find(run, "G")->facts.base, 29);  // all members count, although only A is asked for
  options.areas = {"XYZ"};
  EXPECT_THROW(assess_sample(four_countries(), {}, options), Error);
  options.areas.clear();
  options.targets = {"9.Z"};
  EXPECT_THROW(assess_sample(four_countries(), {}, options), Error);
}

TEST(Run, NationalLayerUsesItsParentsBindingsForItsAreasOnly) {
  Framework layer = sample::framework({halve("4.1", true)});
  layer.id = "test-aaa";
  layer.extends = "test";
  layer.areas = {"AAA"};
  const AssessmentRun run = assess_panel(four_countries(), {}, layer, sample::registry(),
                                         {with_births(binding("b", 1, {feeds("S", "4.1")}))}, on(september_2013));
  ASSERT_EQ(run.rows.size(), 1U);
  EXPECT_EQ(run.areas.at(run.rows[0].area).code, "AAA");
}

// At least the other indicator: 30 - 20 = 10 short in 1990, 36 - 38 = -2 ahead in 2010 (the gap is value - other >= 0).
TEST(Run, RelativeRuleJudgesTheGap) {
  Panel panel;
  add(panel, "POOR", "AAA", {{1990, 20}, {2000, 25}, {2012, 38}});
  add(panel, "ALL", "AAA", {{1990, 30}, {2012, 36}});
  add(panel, "POOR", "BBB", {{1990, 20}, {2012, 22}});
  add(panel, "ALL", "BBB", {{1990, 30}, {2012, 40}});
  add(panel, "POOR", "CCC", {{1990, 20}, {2012, 22}});
  TargetRule rule;
  rule.indicator = "4.1";
  rule.type = RuleType::relative;
  rule.to = "4.2";
  rule.headline = true;
  const AssessmentRun run =
      assess_sample(std::move(panel), {binding("b", 1, {feeds("POOR", "4.1"), feeds("ALL", "4.2")})}, on(september_2013), {rule});
  ASSERT_EQ(run.rows.size(), 3U);
  EXPECT_DOUBLE_EQ(find(run, "AAA")->facts.base, -10);
  EXPECT_DOUBLE_EQ(find(run, "AAA")->facts.latest, 2);
  EXPECT_EQ(find(run, "AAA")->facts.points, 2);  // the common years
  EXPECT_EQ(find(run, "AAA")->mdg, Verdict::met);
  EXPECT_EQ(find(run, "BBB")->mdg, Verdict::deterioration);  // the gap grew from 10 to 18
  EXPECT_EQ(find(run, "CCC")->mdg, Verdict::insufficient_data);
}

// Target 10.1: the income of the poorest 40 per cent against everybody's, one indicator with a breakdown.
TEST(Run, ARelativeRuleWithinAnIndicatorComparesWithItsTotal) {
  Panel panel;
  add(panel, "INCOME", "AAA", {{1990, 2}, {2012, 3}}, "INCOME_WEALTH_QUANTILE=B40");
  add(panel, "INCOME", "AAA", {{1990, 1}, {2012, 4}});
  SeriesBinding income = feeds("INCOME", "4.1");
  income.filter = {{"INCOME_WEALTH_QUANTILE", "B40"}};
  TargetRule rule;
  rule.indicator = rule.to = "4.1";
  rule.type = RuleType::relative;
  rule.headline = true;
  const AssessmentRun run = assess_sample(std::move(panel), {binding("b", 1, {income})}, on(september_2013), {rule});
  EXPECT_DOUBLE_EQ(find(run, "AAA")->facts.base, 1);
  EXPECT_DOUBLE_EQ(find(run, "AAA")->facts.latest, -1);
  EXPECT_EQ(find(run, "AAA")->mdg, Verdict::deterioration);
  EXPECT_EQ(find(run, "AAA", false)->mdg, Verdict::insufficient_data);  // the total has nothing to be compared with
}

TEST(Run, SourceIsTheRowsOwnElseTheVintages) {
  Panel panel;
  add(panel, "S", "AAA", {{1990, 4}, {2012, 3}}, "", 7);
  add(panel, "S", "BBB", {{1990, 4}, {2012, 3}}, "", 7);
  panel.provenances.push_back({Nature::none, 0, "annex 2014", "table 5", 0, ""});
  panel.provenance[1] = 1;
  Vintage vintage;
  vintage.id = 7;
  vintage.source = "World Bank";
  vintage.edition = "2013";
  const AssessmentRun run = assess_panel(std::move(panel), {vintage}, sample::framework({halve("4.1", true)}), sample::registry(),
                                         {binding("b", 1, {feeds("S", "4.1")})}, on(september_2013));
  EXPECT_EQ(run.source_of(*find(run, "AAA")), "table 5, annex 2014");
  EXPECT_EQ(run.source_of(*find(run, "BBB")), "World Bank, 2013");
  ASSERT_EQ(run.manifest.vintages.size(), 1U);
  EXPECT_EQ(run.manifest.vintages[0].vintage, 7);
  EXPECT_EQ(run.manifest.parameters[0], (std::pair<std::string, std::string>("at", "2013-09-25")));
}

// An update added the figure of 2012: source and manifest must say so, though the series began with another vintage.
TEST(Run, AnUpdatesFigureHasItsOwnSourceAndIsInTheManifest) {
  Panel panel;
  add(panel, "S", "AAA", {{1990, 40}, {2012, 20}});
  panel.provenances.push_back({Nature::none, 0, "", "", 2, ""});
  panel.provenance.back() = 1;
  std::vector<Vintage> vintages(2);
  vintages[0].id = 1;
  vintages[0].source = "the first";
  vintages[1].id = 2;
  vintages[1].source = "the ministry";
  vintages[1].update = true;
  const AssessmentRun run = assess_panel(std::move(panel), vintages, sample::framework({halve("4.1", true)}), sample::registry(),
                                         {binding("b", 1, {feeds("S", "4.1")})}, on(september_2013));
  EXPECT_EQ(run.source_of(*find(run, "AAA")), "the ministry");
  ASSERT_EQ(run.manifest.vintages.size(), 2U);
  EXPECT_EQ(run.manifest.vintages[1].vintage, 2);
}

TEST(Run, SameTableFromAnyOrderOfThePanel) {
  const std::vector<Binding> bindings{with_births(binding("b", 1, {feeds("S", "4.1")}))};
  const auto table = [&bindings](Panel panel) {
    const AssessmentRun run = assess_sample(std::move(panel), bindings, on(september_2013));
    return to_csv(to_table(run, Language::en)) + to_json(run.manifest);
  };
  const std::string first = table(four_countries());
  EXPECT_EQ(first, table(four_countries()));
  Panel reversed;
  for (const char* area : {"DDD", "CCC", "BBB", "AAA"}) {
    add(reversed, "BIRTHS", area, {{1990, area[0] == 'D' ? 700 : 100}, {2012, area[0] == 'D' ? 700 : 100}});
  }
  add(reversed, "S", "DDD", {{1990, 10}, {2012, 10}});
  add(reversed, "S", "CCC", {{1990, 100}, {2012, 60}});
  add(reversed, "S", "BBB", {{1990, 80}, {2012, 80}});
  add(reversed, "S", "AAA", {{1990, 40}, {2012, 20}});
  EXPECT_EQ(first, table(std::move(reversed)));
  EXPECT_NE(first.find("4.A"), std::string::npos);
}

TEST(Run, MayBeMoved) {
  AssessmentRun run = assess_sample(four_countries(), {with_births(binding("b", 1, {feeds("S", "4.1")}))}, on(september_2013));
  const std::string before = to_csv(to_table(run, Language::en));
  const AssessmentRun moved = std::move(run);
  EXPECT_EQ(to_csv(to_table(moved, Language::en)), before);
}

TEST(Run, NothingToAssess) {
  const AssessmentRun run = assess_sample({}, {}, on(september_2013));
  EXPECT_TRUE(run.rows.empty());
  EXPECT_EQ(run.targets.size(), 1U);
  EXPECT_EQ(to_table(run, Language::zh).rows(), 0U);
}

}  // namespace
}  // namespace stocktake
