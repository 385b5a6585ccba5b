// Forecasts, draws, the stability of ranks, people and gains at risk.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "assess/priorities/people.h"
#include "assess/priorities/risk.h"
#include "assess/priorities/units.h"
#include "assess/priorities_sample.h"
#include "assess/projection/combination.h"
#include "assess/projection/outlook.h"
#include "assess/simulation/random.h"
#include "framework/load.h"

namespace stocktake {
namespace {

using sample::add;
using sample::priority_run;

// On the identity scale, around the value of the linear path.
Forecaster around_the_line(double sd) {
  return [sd](const Assessment& row) { return std::optional(DeadlineForecast{{}, row.facts.expected_linear, sd}); };
}

// A unit that is drawn with sd 1: base 1000, target 0, so that its gap tells the draw.
double drawn(const Unit& unit, int draw) { return (1 - drawn_state(unit, static_cast<std::uint64_t>(draw)).gap) * -1000 + 500; }

TEST(Draws, StandardNormalAndReproducible) {
  Unit unit;
  unit.drawn = true;
  unit.forecast.mean = 500;
  unit.forecast.sd = 1;
  unit.base = 1000;
  unit.promise = {0, 0, -1};
  unit.line = 0;
  unit.key = stream_key(1, "priorities|4.A", "BGD");
  constexpr int n = 100000;
  double sum = 0, squares = 0, within = 0;
  for (int i = 0; i < n; ++i) {
    const double z = drawn(unit, i);
    sum += z;
    squares += z * z;
    within += std::abs(z) < 1.959964 ? 1 : 0;
  }
  EXPECT_NEAR(sum / n, 0, 4 / std::sqrt(n));
  EXPECT_NEAR(squares / n, 1, 4 * std::sqrt(2.0 / n));
  EXPECT_NEAR(within / n, 0.95, 4 * std::sqrt(0.95 * 0.05 / n));
  double stream = 0;  // the same numbers as those of the joint simulation: AS 241 on a keyed stream
  fill_normals(unit.key, 3, std::span(&stream, 1));
  EXPECT_NEAR(drawn(unit, 3), stream, 1e-12);
  EXPECT_EQ(drawn(unit, 3), drawn(unit, 3));
  EXPECT_NE(drawn(unit, 3), drawn(unit, 4));
}

// P(N(30, 4) <= 25) = 0.105650; on the logarithm Phi((ln 25 - ln 30)/0.1) = Phi(-1.823216) = 0.034135.
TEST(Draws, ProbabilityMet) {
  const RuleView rule = sample::reach(25, Direction::down);
  const Promise promise = promise_of(rule, 50, 40);
  EXPECT_NEAR(probability_met({{}, 30, 4}, rule, promise), 0.105650, 5e-7);
  ScaleView log;
  log.scale = Scale::log;
  EXPECT_NEAR(probability_met({log, std::log(30), 0.1}, rule, promise), 0.034135, 2e-6);
  ScaleView logit;
  logit.scale = Scale::logit;  // 25 of 100 is -1.098612 on it
  EXPECT_NEAR(probability_met({logit, -std::log(3), 0.5}, rule, promise), 0.5, 1e-8);
  EXPECT_DOUBLE_EQ(probability_met({{}, 25, 0}, rule, promise), 1);
  EXPECT_DOUBLE_EQ(probability_met({{}, 26, 0}, rule, promise), 0);
  const RuleView zero = sample::reach(0, Direction::down);
  // Zero on a logarithm is what the scale takes for it, 0.05: Phi(ln 0.05 - 1) = Phi(-3.995732) = 0.0000322.
  EXPECT_NEAR(probability_met({log, 1, 1}, zero, promise_of(zero, 50, 40)), 0.0000322, 5e-7);
  RuleView parity = sample::rule(RuleType::parity, Direction::none);
  EXPECT_NEAR(probability_met({{}, 1, 0.03}, parity, promise_of(parity, 0.9, 0.99)), 0.682689, 5e-7);
  RuleView none = sample::rule(RuleType::none_quantified);
  EXPECT_TRUE(std::isnan(probability_met({{}, 1, 1}, none, promise_of(none, 2, 1))));
}

// Without uncertainty every rank is one number, and the one of the list.
TEST(Stability, NoSpreadNoRange) {
  const AssessmentRun run = priority_run();
  const Priorities all = set_priorities(run, {}, around_the_line(0));
  EXPECT_EQ(all.targets[0].uncertain, 1);  // A; B and C have met 4.B
  EXPECT_EQ(all.targets[1].uncertain, 3);  // B, C, D
  const auto check = [](const auto& items) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      EXPECT_DOUBLE_EQ(items[i].rank.low, static_cast<double>(i + 1));
      EXPECT_DOUBLE_EQ(items[i].rank.high, static_cast<double>(i + 1));
      EXPECT_DOUBLE_EQ(items[i].rank.top3, i < 3 ? 1 : 0);
      EXPECT_DOUBLE_EQ(items[i].rank.top10, 1);
    }
    EXPECT_FALSE(items.empty());
  };
  check(all.targets);
  check(all.countries);
  check(all.behind);
}

// C and D must halve 100 and are both expected at 75 +- 5: each is as likely as the other to miss more.
TEST(Stability, TwoThatCannotBeToldApart) {
  Panel panel;
  add(panel, "S", "CCC", {{1990, 100}, {2012, 80}});
  add(panel, "S", "DDD", {{1990, 100}, {2012, 80}});
  AssessOptions at;
  at.at = {2013, 9, 25};
  const AssessmentRun run = assess_panel(std::move(panel), {}, sample::framework({sample::halve("4.1", true)}),
                                         sample::registry(), {sample::binding("b", 1, {sample::feeds("S", "4.1")})}, at);
  PriorityOptions options;
  options.draws = 4000;
  const Forecaster forecast = [](const Assessment&) { return std::optional(DeadlineForecast{{}, 75, 5}); };
  const Priorities all = set_priorities(run, options, forecast);
  ASSERT_EQ(all.behind.size(), 2U);
  for (const PriorityRow& one : all.behind) {
    EXPECT_DOUBLE_EQ(one.rank.low, 1);
    EXPECT_DOUBLE_EQ(one.rank.high, 2);
    EXPECT_DOUBLE_EQ(one.probability, least_chance);  // five standard deviations
  }
  const Priorities again = set_priorities(run, options, forecast);
  EXPECT_EQ(to_csv(behind_table(run, all, Language::en, false)), to_csv(behind_table(run, again, Language::en, false)));
}

// The list follows the straight line, by which A is the first to miss more; the forecasts say for certain that B is. The range
// holds the rank of the list as well as those of the draws.
TEST(Stability, TheRangeHoldsTheRank) {
  Panel panel;
  add(panel, "S", "AAA", {{1990, 100}, {2012, 90}});
  add(panel, "S", "BBB", {{1990, 100}, {2012, 80}});
  AssessOptions at;
  at.at = {2013, 9, 25};
  at.computed_groups = false;
  const AssessmentRun run = assess_panel(std::move(panel), {}, sample::framework({sample::halve("4.1", true)}),
                                         sample::registry(), {sample::binding("b", 1, {sample::feeds("S", "4.1")})}, at);
  const Forecaster forecast = [](const Assessment& row) {
    return std::optional(DeadlineForecast{{}, row.facts.latest == 90 ? 60.0 : 85.0, 1});
  };
  const Priorities all = set_priorities(run, {}, forecast);
  ASSERT_EQ(all.behind.size(), 2U);
  ASSERT_EQ(run.rows[all.behind[0].row].facts.latest, 90);
  for (const PriorityRow& one : all.behind) {
    EXPECT_DOUBLE_EQ(one.rank.low, 1);
    EXPECT_DOUBLE_EQ(one.rank.high, 2);
  }
  ASSERT_EQ(all.countries.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_LE(all.countries[i].rank.low, static_cast<double>(i + 1));
    EXPECT_GE(all.countries[i].rank.high, static_cast<double>(i + 1));
  }
}

// The draws of a row do not depend on the other rows.
TEST(Stability, DrawsBelongToARow) {
  const AssessmentRun run = priority_run();
  const AssessmentRun part = priority_run(true, 2013, {"4.A"});
  People people(run), people_of_part(part);
  const std::vector<Unit> all = find_units(run, {}, around_the_line(3), people);
  const std::vector<Unit> some = find_units(part, {}, around_the_line(3), people_of_part);
  int compared = 0;
  for (const Unit& one : some) {
    const auto same = std::find_if(all.begin(), all.end(), [&](const Unit& other) { return other.key == one.key; });
    ASSERT_NE(same, all.end());
    for (std::uint64_t draw = 0; draw < 20; ++draw) {
      if (!one.drawn) continue;
      EXPECT_EQ(drawn_state(one, draw).gap, drawn_state(*same, draw).gap);
      ++compared;
    }
  }
  EXPECT_EQ(compared, 60);
}

// By a model, the forecast is that of project_calibrated() at the deadline, three years after the last figure.
TEST(Stability, ForecastsOfAModel) {
  Panel panel;
  add(panel, "S", "AAA", {{1990, 40}, {2004, 30}, {2006, 29}, {2008, 27}, {2010, 26}, {2011, 24}, {2012, 23.5}});
  add(panel, "S", "BBB", {{2012, 23}});
  add(panel, "S", "CCC", {{1990, 40}, {2015, 23}});
  AssessOptions at;
  at.at = {2016, 9, 25};
  at.data_until = 2015;
  at.computed_groups = false;
  const AssessmentRun run = assess_panel(std::move(panel), {}, sample::framework({sample::halve("4.1", true)}),
                                         sample::registry(), {sample::binding("b", 1, {sample::feeds("S", "4.1")})}, at);
  const Forecaster forecast = model_forecaster(run, Model::linear);
  ASSERT_EQ(run.rows.size(), 3U);
  const auto a = forecast(run.rows[0]);
  ASSERT_TRUE(a);
  const std::int16_t years[] = {1990, 2004, 2006, 2008, 2010, 2011, 2012};
  const double values[] = {40, 30, 29, 27, 26, 24, 23.5};
  std::array<double, 3> mean{}, sd{};
  const SeriesView view{years, values, 7};
  ASSERT_TRUE(project_calibrated({view, {}, scale_of(&run.indicator(run.rows[0]), view)}, Model::linear, mean, sd));
  EXPECT_DOUBLE_EQ(a->mean, mean[2]);
  EXPECT_DOUBLE_EQ(a->sd, sd[2]);
  EXPECT_FALSE(forecast(run.rows[1]));  // one figure
  EXPECT_FALSE(forecast(run.rows[2]));  // no year is left
}

TEST(People, FigureOfAYear) {
  Panel panel;
  add(panel, "P", "AAA", {{2000, 10}, {2004, 18}});
  add(panel, "P", "BBB", {});
  EXPECT_DOUBLE_EQ(figure_at(panel, 0, 2000, 5), 10);
  EXPECT_DOUBLE_EQ(figure_at(panel, 0, 2001, 5), 12);
  EXPECT_DOUBLE_EQ(figure_at(panel, 0, 2009, 5), 18);
  EXPECT_TRUE(std::isnan(figure_at(panel, 0, 2010, 5)));
  EXPECT_DOUBLE_EQ(figure_at(panel, 0, 1995, 5), 10);
  EXPECT_TRUE(std::isnan(figure_at(panel, 0, 1994, 5)));
  EXPECT_TRUE(std::isnan(figure_at(panel, 1, 2000, 5)));
}

// Poverty 56.5 to 48.4, target 28.25: 20.15 % of 1,000 people too many.
TEST(People, Behind) {
  Panel panel;
  add(panel, "S", "AAA", {{1990, 56.5}, {2010, 48.4}});
  add(panel, "S", "BBB", {{1990, 40}, {2010, 10}});
  add(panel, "POP", "AAA", {{2010, 1000}});
  add(panel, "POP", "BBB", {{2010, 700}});
  TargetRule rule = sample::halve("1.1", true);
  Framework framework = sample::framework({rule});
  framework.id = "mdg";
  Indicator poverty = framework.indicators["4.1"];
  poverty.code = "1.1";
  poverty.unit = "PERCENT";
  poverty.bounds = {0, 100};
  poverty.weight = "population";
  framework.indicators["1.1"] = poverty;
  SeriesBinding entry;
  entry.series = "S";
  entry.indicators["mdg"] = {"1.1"};
  Binding bound = sample::binding("b", 1, {entry});
  bound.weights["population"] = {"POP", {}};
  AssessOptions at;
  at.at = {2013, 9, 25};
  at.computed_groups = false;
  const AssessmentRun run = assess_panel(std::move(panel), {}, framework, sample::registry(), {bound}, at);
  People people(run);
  ASSERT_EQ(run.rows.size(), 2U);
  EXPECT_NEAR(people_behind(run, run.rows[0], people), 201.5, 1e-9);
  EXPECT_DOUBLE_EQ(people_behind(run, run.rows[1], people), 0);
  const Priorities all = set_priorities(run, sample::certain(), no_forecast);
  EXPECT_NEAR(all.targets[0].behind, 201.5, 1e-9);
  EXPECT_EQ(all.targets[0].behind_known, 1);
  poverty.bounds = {};
  EXPECT_FALSE(counts_people(run.framework, poverty));
  poverty.bounds = {0, 100};
  poverty.weight = "births";
  EXPECT_FALSE(counts_people(run.framework, poverty));
  poverty.weight = "population";
  poverty.code = "1.2";
  EXPECT_FALSE(counts_people(run.framework, poverty));  // the poverty gap is no share of people
}

// Every indicator of the list is one of the frameworks, with the weight and the bounds that the list relies on.
TEST(People, TheListMatchesTheFrameworks) {
  const auto count = [](const char* name) {
    const Framework framework = load_framework(std::string(STOCKTAKE_SOURCE_DIR) + "/frameworks/" + name + ".yaml");
    return std::count_if(framework.indicators.begin(), framework.indicators.end(),
                         [&](const auto& one) { return counts_people(framework, one.second); });
  };
  EXPECT_EQ(count("mdg"), 13);
  EXPECT_EQ(count("sdg"), 23);
}

AssessmentRun risk_run(RuleType type) {
  Panel panel;
  // Met at 20, but rising by 1 a year: left after 2012.5.
  add(panel, "S", "AAA", {{1990, 40}, {2008, 15.5}, {2009, 16.5}, {2010, 17.5}, {2011, 18.5}, {2012, 19.5}});
  add(panel, "S", "BBB", {{1990, 40}, {2008, 25}, {2009, 24}, {2010, 23}, {2011, 22}, {2012, 21.5}});  // on track, falling
  add(panel, "S", "CCC", {{1990, 40}, {2000, 10}, {2012, 18}});              // met; two figures only, twelve years apart
  add(panel, "S", "DDD", {{1990, 40}, {2008, 36}, {2010, 38}, {2012, 39}});  // off track
  TargetRule rule = sample::halve("4.1", true);
  rule.type = type;
  AssessOptions at;
  at.at = {2013, 9, 25};
  at.computed_groups = false;
  return assess_panel(std::move(panel), {}, sample::framework({rule}), sample::registry(),
                      {sample::binding("b", 1, {sample::feeds("S", "4.1")})}, at);
}

TEST(Risk, WrongWayOrUnlikely) {
  const AssessmentRun run = risk_run(RuleType::reduce_by);
  const Priorities all = set_priorities(run, sample::certain(), no_forecast);
  ASSERT_EQ(all.risk.size(), 1U);
  EXPECT_EQ(run.areas.at(run.rows[all.risk[0].row].area).code, "AAA");
  EXPECT_TRUE(all.risk[0].wrong_way);
  EXPECT_FALSE(all.risk[0].unlikely);
  EXPECT_NEAR(all.risk[0].recent_pace, 1, 1e-12);
  EXPECT_NEAR(all.risk[0].leaves, 2012.5, 1e-9);
  ASSERT_EQ(all.sustain.size(), 2U);
  EXPECT_TRUE(std::isnan(all.sustain[1].recent_pace));

  // B is expected at 19 by the line; with 22 +- 4 the target of 20 is reached with a probability of 0.3085.
  const Forecaster forecast = [](const Assessment& row) {
    return row.facts.latest == 21.5 ? std::optional(DeadlineForecast{{}, 22, 4}) : std::nullopt;
  };
  const Priorities doubtful = set_priorities(run, sample::certain(), forecast);
  ASSERT_EQ(doubtful.risk.size(), 2U);
  EXPECT_EQ(run.areas.at(run.rows[doubtful.risk[0].row].area).code, "BBB");  // the least probable first
  EXPECT_TRUE(doubtful.risk[0].unlikely);
  EXPECT_FALSE(doubtful.risk[0].wrong_way);
  EXPECT_NEAR(doubtful.risk[0].probability, 0.308538, 5e-7);
  PriorityOptions lenient = sample::certain();
  lenient.risk_probability = 0.3;
  lenient.flat = 0.1;
  EXPECT_TRUE(set_priorities(run, lenient, forecast).risk.empty());
}

TEST(Risk, ParityMayMoveWithinItsBand) {
  Panel panel;
  add(panel, "S", "AAA", {{1990, 0.9}, {2008, 0.98}, {2010, 0.99}, {2012, 1.0}});  // out of 1.03 in 2018
  add(panel, "S", "BBB", {{1990, 0.9}, {2008, 1.0}, {2010, 1.01}, {2012, 1.02}});  // out in 2014
  TargetRule rule = sample::halve("4.1", true);
  rule.type = RuleType::parity;
  AssessOptions at;
  at.at = {2013, 9, 25};
  at.computed_groups = false;
  const AssessmentRun run = assess_panel(std::move(panel), {}, sample::framework({rule}), sample::registry(),
                                         {sample::binding("b", 1, {sample::feeds("S", "4.1")})}, at);
  const Priorities all = set_priorities(run, sample::certain(), no_forecast);
  ASSERT_EQ(all.risk.size(), 1U);
  EXPECT_EQ(run.areas.at(run.rows[all.risk[0].row].area).code, "BBB");
  EXPECT_NEAR(all.risk[0].leaves, 2014, 1e-6);
  EXPECT_EQ(all.sustain.size(), 1U);
}

}  // namespace
}  // namespace stocktake
