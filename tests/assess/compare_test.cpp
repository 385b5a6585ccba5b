// Two stocktakings side by side: panels where exactly one cause acts, and several at once.
#include "assess/compare/compare.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "assess/sample.h"
#include "base/error.h"

namespace stocktake {
namespace {

using sample::add;
using sample::binding;
using sample::feeds;
using sample::halve;

std::vector<Binding> bindings() {
  std::vector<Binding> all{binding("b", 1, {feeds("S", "4.1")}), binding("late", 2, {feeds("T", "4.1")})};
  all[0].weights["births"] = {"BIRTHS", {}};
  return all;
}

CompareState on(Date date) {
  CompareState state;
  state.options.at = date;
  state.framework = sample::framework({halve("4.1", true)});
  return state;
}

// By 2004 A went from 40 to 30 on the way to 20: 26.07 in 2015 at that pace.
Panel known_2005() {
  Panel panel;
  add(panel, "S", "AAA", {{1990, 40}, {2004, 30}});
  return panel;
}

Comparison compared(const Panel& before, const Panel& after, const CompareState& from, const CompareState& to) {
  return compare_panels(before, after, {}, sample::registry(), bindings(), from, to);
}

const ComparedRow& row_of(const Comparison& comparison, std::string_view area) {
  for (const ComparedRow& row : comparison.rows) {
    if (comparison.areas.at(row.area).code == area) return row;
  }
  throw Error(ErrorKind::internal, "no row of " + std::string(area));
}

// All effects of a row: zero but for one step; and they add up.
void expect_only(const ComparedRow& row, double Snapshot::*figure, ChangeStep step, double effect) {
  const auto effects = effects_of(row.values(figure));
  for (std::size_t k = 0; k < step_count; ++k)
    EXPECT_NEAR(effects[k], k == static_cast<std::size_t>(step) ? effect : 0, 1e-12) << k;
  EXPECT_NEAR(row.before().*figure + effect, row.after().*figure, 1e-12);
}

TEST(Compare, NothingChanged) {
  const Comparison same = compared(known_2005(), known_2005(), on({2005, 9, 25}), on({2005, 9, 25}));
  for (const ComparedRow& row : same.rows) {
    EXPECT_EQ(row.change(), VerdictChange::same);
    EXPECT_FALSE(row.moved());
    EXPECT_EQ(moving_steps(row.verdicts()), "");
  }
  EXPECT_FALSE(same.rows.empty());
}

TEST(Compare, OnlyARevisionOfTheLatestFigure) {
  Panel after;
  add(after, "S", "AAA", {{1990, 40}, {2004, 28}});
  const Comparison result = compared(known_2005(), after, on({2005, 9, 25}), on({2005, 9, 25}));
  const ComparedRow& row = row_of(result, "AAA");
  EXPECT_EQ(row.before().verdict, Verdict::insufficient);
  EXPECT_EQ(row.after().verdict, Verdict::on_track);  // 28 - 11 x 12/14 = 18.57
  EXPECT_EQ(moving_steps(row.verdicts()), "revisions");
  expect_only(row, &Snapshot::latest, ChangeStep::revisions, -2);
  expect_only(row, &Snapshot::base, ChangeStep::revisions, 0);
  expect_only(row, &Snapshot::expected, ChangeStep::revisions, (28 - 11 * 12 / 14.0) - (30 - 11 * 10 / 14.0));
}

TEST(Compare, OnlyARevisionOfTheBase) {
  Panel after;
  add(after, "S", "AAA", {{1990, 60}, {2004, 30}});
  const Comparison result = compared(known_2005(), after, on({2005, 9, 25}), on({2005, 9, 25}));
  const ComparedRow& row = row_of(result, "AAA");
  EXPECT_EQ(row.after().verdict, Verdict::met);  // half of 60
  EXPECT_EQ(moving_causes(row.verdicts()), "revisions");
  expect_only(row, &Snapshot::base, ChangeStep::revisions, 20);
  expect_only(row, &Snapshot::latest, ChangeStep::revisions, 0);
}

TEST(Compare, OnlyANewYear) {
  Panel after;
  add(after, "S", "AAA", {{1990, 40}, {2004, 30}, {2012, 20}});
  const Comparison result = compared(known_2005(), after, on({2005, 9, 25}), on({2013, 9, 25}));
  const ComparedRow& row = row_of(result, "AAA");
  EXPECT_EQ(row.change(), VerdictChange::up);
  EXPECT_EQ(row.after().verdict, Verdict::met);
  EXPECT_EQ(row.before().latest_year, 2004);
  EXPECT_EQ(row.after().latest_year, 2012);
  EXPECT_EQ(moving_steps(row.verdicts()), "new_years");
  expect_only(row, &Snapshot::latest, ChangeStep::new_years, -10);
  expect_only(row, &Snapshot::ratio, ChangeStep::new_years, (20 / 22.0) / 0.8 - (10 / 14.0) / 0.8);
}

TEST(Compare, AYearThatWasWithdrawnIsNoRevision) {
  Panel before = known_2005(), after;
  add(after, "S", "AAA", {{1990, 40}});
  const Comparison result = compared(before, after, on({2005, 9, 25}), on({2005, 9, 25}));
  const ComparedRow& row = row_of(result, "AAA");
  EXPECT_EQ(row.change(), VerdictChange::not_judged);
  EXPECT_EQ(moving_steps(row.verdicts()), "new_years");
}

TEST(Compare, OnlyASeriesMore) {
  Panel after = known_2005();
  add(after, "S", "BBB", {{1990, 40}, {2004, 10}});
  const Comparison result = compared(known_2005(), after, on({2005, 9, 25}), on({2005, 9, 25}));
  const ComparedRow& row = row_of(result, "BBB");
  EXPECT_EQ(row.change(), VerdictChange::appeared);
  EXPECT_EQ(moving_steps(row.verdicts()), "series");
  for (const double one : effects_of(row.values(&Snapshot::latest))) EXPECT_TRUE(std::isnan(one));
  const Table coming = coming_and_going_table(result, Language::en);
  ASSERT_EQ(coming.rows(), 1U);
  EXPECT_EQ(coming.cell(0, 1, false), "BBB");
  EXPECT_EQ(coming.cell(0, 3, false), "appeared");
  const Comparison back = compared(after, known_2005(), on({2005, 9, 25}), on({2005, 9, 25}));
  EXPECT_EQ(row_of(back, "BBB").change(), VerdictChange::vanished);
}

// Eight years later and no new figure: too old, and that is neither new data nor a method.
TEST(Compare, OnlyTime) {
  const Comparison result = compared(known_2005(), known_2005(), on({2005, 9, 25}), on({2013, 9, 25}));
  const ComparedRow& row = row_of(result, "AAA");
  EXPECT_EQ(row.change(), VerdictChange::not_judged);
  EXPECT_EQ(row.after().verdict, Verdict::data_too_old);
  EXPECT_EQ(moving_steps(row.verdicts()), "ageing");
  EXPECT_EQ(moving_causes(row.verdicts()), "ageing");
}

// D joins the group G in 2010 and B leaves it in 2014.
TEST(Compare, OnlyTheMembersOfAGroup) {
  Panel panel;
  for (const auto& [area, last] : {std::pair{"AAA", 10.0}, {"BBB", 10.0}, {"CCC", 10.0}, {"DDD", 40.0}}) {
    add(panel, "S", area, {{1990, 40}, {2004, last}});
    add(panel, "BIRTHS", area, {{1990, 100}, {2004, 100}});
  }
  CompareState from = on({2009, 1, 1}), to = on({2013, 1, 1});
  from.options.data_until = to.options.data_until = 2004;
  const Comparison result = compared(panel, panel, from, to);
  const ComparedRow& row = row_of(result, "G");
  EXPECT_EQ(moving_steps(row.verdicts()), "");  // met before and after
  expect_only(row, &Snapshot::latest, ChangeStep::membership, 17.5 - 10);
  EXPECT_FALSE(row_of(result, "AAA").moved());
}

TEST(Compare, OnlyAParameter) {
  CompareState from = on({2013, 9, 25}), to = from;
  to.options.max_age = 8;
  const Comparison result = compared(known_2005(), known_2005(), from, to);
  const ComparedRow& row = row_of(result, "AAA");
  EXPECT_EQ(row.change(), VerdictChange::judged);
  EXPECT_EQ(moving_steps(row.verdicts()), "parameters");
  EXPECT_EQ(moving_causes(row.verdicts()), "method");
}

TEST(Compare, OnlyTheFramework) {
  CompareState from = on({2005, 9, 25}), to = from;
  to.framework.goals[0].targets[0].rules[0].fraction = 0.25;
  const Comparison result = compared(known_2005(), known_2005(), from, to);
  const ComparedRow& row = row_of(result, "AAA");
  EXPECT_EQ(row.after().verdict, Verdict::met);
  EXPECT_EQ(moving_steps(row.verdicts()), "framework");
  expect_only(row, &Snapshot::latest, ChangeStep::framework, 0);
  expect_only(row, &Snapshot::ratio, ChangeStep::framework, (10 / 14.0) / 0.4 - (10 / 14.0) / 0.8);
}

TEST(Compare, OnlyTheMethod) {
  CompareState from = on({2005, 9, 25}), to = from;
  to.method = "un_sdg_chart";
  const Comparison result = compared(known_2005(), known_2005(), from, to);
  const ComparedRow& row = row_of(result, "AAA");
  EXPECT_NE(row.before().verdict, row.after().verdict);
  EXPECT_EQ(moving_steps(row.verdicts()), "method");
  for (double Snapshot::*figure : {&Snapshot::base, &Snapshot::latest, &Snapshot::expected, &Snapshot::ratio})
    expect_only(row, figure, ChangeStep::method, 0);
}

TEST(Compare, ATargetThatOnlyOneFrameworkHas) {
  CompareState from = on({2005, 9, 25}), to = from;
  to.framework.goals[0].targets[0].code = "4.B";
  from.options.targets = to.options.targets = {"4.A"};
  const Comparison result = compared(known_2005(), known_2005(), from, to);
  ASSERT_EQ(result.rows.size(), 1U);  // 4.B was not asked for
  EXPECT_EQ(result.rows[0].change(), VerdictChange::vanished);
  EXPECT_EQ(moving_steps(result.rows[0].verdicts()), "framework");
  from.options.targets = to.options.targets = {"9.Z"};
  EXPECT_THROW(compared(known_2005(), known_2005(), from, to), Error);
}

TEST(Compare, WhatMakesNoSense) {
  CompareState from = on({2005, 9, 25}), to = from;
  to.method = "none";
  EXPECT_THROW(compared({}, {}, from, to), Error);
  to = from;
  to.options.areas = {"AAA"};
  EXPECT_THROW(compared({}, {}, from, to), Error);
  to = from;
  to.changes[{"un_sdg_chart", "x"}] = 1;
  EXPECT_THROW(compared({}, {}, from, to), Error);
  EXPECT_TRUE(compared({}, {}, from, from).rows.empty());
}

// The worked example of docs/methods.md: everything at once.
TEST(Compare, WorkedExample) {
  Panel after;
  add(after, "S", "AAA", {{1990, 44}, {2004, 32}, {2012, 24}});
  CompareState to = on({2013, 9, 25});
  to.framework.goals[0].targets[0].rules[0].fraction = 0.4;
  const Comparison result = compared(known_2005(), after, on({2005, 9, 25}), to);
  const ComparedRow& row = row_of(result, "AAA");
  const StepValues expected = row.values(&Snapshot::expected);
  EXPECT_NEAR(expected[0], 22.1429, 5e-5);
  EXPECT_NEAR(expected[1], 22.5714, 5e-5);
  EXPECT_NEAR(expected[2], 21.2727, 5e-5);
  EXPECT_NEAR(expected.back(), 21.2727, 5e-5);
  const StepValues ratio = row.values(&Snapshot::ratio);
  EXPECT_NEAR(ratio[0], 0.8929, 5e-5);
  EXPECT_NEAR(ratio[1], 0.9740, 5e-5);
  EXPECT_NEAR(ratio[2], 1.0331, 5e-5);
  EXPECT_NEAR(ratio.back(), 1.2913, 5e-5);
  EXPECT_EQ(effects_of(row.values(&Snapshot::latest)), (std::array<double, step_count>{2, -8, 0, 0, 0, 0, 0, 0}));
  EXPECT_EQ(row.before().verdict, Verdict::insufficient);
  EXPECT_EQ(row.state[1].verdict, Verdict::insufficient);
  EXPECT_EQ(row.state[2].verdict, Verdict::on_track);
  EXPECT_EQ(row.after().verdict, Verdict::met);
  EXPECT_EQ(moving_steps(row.verdicts()), "new_years+framework");
}

// Random figures, both states at random: the ends are the plain assessments, effects add up, the summary counts every row once.
TEST(Compare, EndsAreThePlainAssessmentsAndEffectsAddUp) {
  std::mt19937 random(20130925);
  const auto number = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  for (int i = 0; i < 60; ++i) {
    Panel before, after;
    for (Panel* panel : {&before, &after}) {
      for (const char* area : {"AAA", "BBB", "CCC", "DDD"}) {
        for (const char* series : {"S", "T", "BIRTHS"}) {
          if (number(0, 3) == 0) continue;
          sample::Figures figures;
          for (int year = number(1988, 1993); year <= 2016; year += number(1, 9))
            figures.emplace_back(year, number(1, 160) / 8.0);
          add(*panel, series, area, figures);
        }
      }
    }
    CompareState from = on({number(2000, 2015), 6, 1}), to = on({number(2000, 2015), 6, 1});
    to.options.max_age = number(0, 8);
    to.options.min_coverage = number(0, 4) / 4.0;
    to.framework.goals[0].targets[0].rules[0].fraction = number(1, 3) / 4.0;
    if (number(0, 1) == 1) to.method = "un_sdg_chart";
    const Comparison result = compared(before, after, from, to);
    for (const bool last : {false, true}) {
      const CompareState& state = last ? to : from;
      Panel copy;
      const Panel& panel = last ? after : before;
      copy.series = panel.series;
      copy.begin = panel.begin;
      copy.year = panel.year;
      copy.value = panel.value;
      copy.provenance = panel.provenance;
      copy.provenances = panel.provenances;
      const AssessmentRun run = assess_panel(std::move(copy), {}, state.framework, sample::registry(), bindings(), state.options);
      std::size_t headlines = 0;
      for (const Assessment& row : run.rows) {
        if (!row.headline) continue;
        ++headlines;
        const ComparedRow& other = row_of(result, run.areas.at(row.area).code);
        const Snapshot& one = last ? other.after() : other.before();
        ASSERT_TRUE(one.present);
        ASSERT_EQ(one.verdict, last && to.method == "un_sdg_chart" ? row.sdg : row.mdg);
        ASSERT_EQ(one.latest_year, row.facts.latest_year);
        ASSERT_TRUE(one.expected == row.facts.expected_linear || std::isnan(one.expected));
      }
      std::size_t present = 0;
      for (const ComparedRow& row : result.rows) present += (last ? row.after() : row.before()).present ? 1 : 0;
      ASSERT_EQ(present, headlines);
    }
    for (const ComparedRow& row : result.rows) {
      for (double Snapshot::*figure : {&Snapshot::base, &Snapshot::latest, &Snapshot::expected, &Snapshot::ratio}) {
        const auto effects = effects_of(row.values(figure));
        const double total = row.after().*figure - row.before().*figure;
        const double sum = std::accumulate(effects.begin(), effects.end(), 0.0);
        ASSERT_TRUE(std::isnan(total) ? std::isnan(sum) : std::abs(sum - total) < 1e-9);
      }
    }
    const Table summary = summary_table(result);
    const auto& rows = std::get<Table::Integers>(summary.columns()[1].cells);
    ASSERT_EQ(rows.back(), static_cast<std::int64_t>(result.rows.size()));
    ASSERT_EQ(std::accumulate(rows.begin(), rows.end() - 1, std::int64_t{0}), rows.back());
    ASSERT_EQ(to_table(result, Language::en).rows(), result.rows.size());
  }
}

}  // namespace
}  // namespace stocktake
