// Whether reliability_of() finds what was put in: probabilities that are right, too bold, and asked of the wrong year.
#include "assess/projection/reliability.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "assess/projection/backtest_scores.h"
#include "sample.h"

namespace stocktake {
namespace {

constexpr Model model = Model::combination;
constexpr auto combined = static_cast<std::size_t>(model);

// Two indicators in four areas, to be reached by 2015.
BacktestPlan plan_of_two() {
  BacktestPlan plan;
  plan.subjects = {{"S", "mdg 1"}, {"T", "mdg 2"}};
  for (std::uint32_t i = 0; i < 8; ++i)
    plan.entries.push_back({i, i / 4, static_cast<AreaId>(i % 4), nullptr, sample::reach(50, Direction::up)});
  return plan;
}

BacktestCase told(std::uint32_t entry, double chance, bool came, int origin = 2005, int horizon = 10) {
  BacktestCase one;
  one.entry = entry;
  one.origin = static_cast<std::int16_t>(origin);
  one.horizon = static_cast<std::int16_t>(horizon);
  one.met = came ? 1 : 0;
  one.models[combined].met = static_cast<float>(chance);
  return one;
}

TEST(Reliability, WilsonIntervals) {  // statsmodels 0.14, proportion_confint(method="wilson")
  EXPECT_NEAR(wilson(8, 10).low, 0.49016247153664183, 1e-12);
  EXPECT_NEAR(wilson(8, 10).high, 0.9433178485456247, 1e-12);
  EXPECT_NEAR(wilson(1, 3).low, 0.06149194472039626, 1e-12);
  EXPECT_EQ(wilson(0, 10).low, 0);
  EXPECT_NEAR(wilson(0, 10).high, 0.27753279986288926, 1e-12);
  EXPECT_EQ(wilson(10, 10).high, 1);
  EXPECT_TRUE(std::isnan(wilson(0, 0).value));
}

TEST(Reliability, ScoresWorkedByHand) {
  // S: 0.9 came, 0.2 did not; T: 0.5 came. Brier (0.01 + 0.04 + 0.25)/3. The climatology says 1/2, 1/2 and 1.
  const BacktestPlan plan = plan_of_two();
  const std::vector<Reliability> all =
      reliability_of(plan, {told(0, 0.9, true), told(1, 0.2, false), told(4, 0.5, true)}, model, true);
  ASSERT_EQ(all.size(), 3U);  // all, S and T: one horizon and origin
  const Reliability& one = all[0];
  EXPECT_EQ(one.asked, Asked::deadline);
  EXPECT_EQ(one.all.cases, 3);
  EXPECT_EQ(one.all.indicators, 2);
  EXPECT_EQ(one.all.areas, 2);  // area 0 twice
  EXPECT_EQ(one.all.origins, 1);
  EXPECT_NEAR(one.all.said, 1.6 / 3, 1e-7);
  EXPECT_NEAR(one.all.came.value, 2.0 / 3, 1e-12);
  EXPECT_NEAR(one.brier, 0.1, 1e-7);
  EXPECT_NEAR(one.brier_skill, 1 - 0.3 / 0.5, 1e-6);
  EXPECT_NEAR(one.log_score, -(std::log(0.9) + std::log(0.8) + std::log(0.5)) / 3, 1e-6);
  EXPECT_NEAR(one.log_skill, 1 - 3 * one.log_score / (2 * std::log(2.0)), 1e-6);
  EXPECT_EQ(one.bins[1].cases, 0);
  EXPECT_EQ(one.bins[2].cases, 1);  // 0.2 as a float lies just above 0.2
  EXPECT_EQ(one.bins[3].cases, 1);
  EXPECT_EQ(one.bins[5].cases, 1);
  EXPECT_EQ(all[1].subject, 0U);
  EXPECT_EQ(all[2].subject, 1U);
  EXPECT_TRUE(std::isnan(all[2].brier_skill));  // the climatology of T does not err
  EXPECT_TRUE(std::isnan(all[2].log_skill));
  const std::string csv = to_csv(to_table(plan, all));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 4 + 3 + 2);  // header; whole and bins of each
}

TEST(Reliability, CertaintiesAreToldBetweenTheirEnds) {
  const std::vector<Reliability> all = reliability_of(plan_of_two(), {told(0, 0, true), told(1, 1, true)}, model, false);
  EXPECT_NEAR(all[0].log_score, -(std::log(0.001) + std::log(0.999)) / 2, 1e-9);
  EXPECT_EQ(all[0].bins[0].cases, 1);
  EXPECT_EQ(all[0].bins[chance_bins - 1].cases, 1);
}

TEST(Reliability, SeveralHorizonsAndOriginsAreToldApart) {
  const std::vector<Reliability> all = reliability_of(
      plan_of_two(), {told(0, 0.5, true), told(1, 0.25, false, 2010, 5), told(2, 0.75, true, 2010, 5)}, model, false);
  ASSERT_EQ(all.size(), 5U);
  EXPECT_EQ(all[0].all.cases, 3);
  EXPECT_EQ(all[0].all.origins, 2);
  EXPECT_EQ(all[1].horizon, 5);
  EXPECT_EQ(all[1].all.cases, 2);
  EXPECT_EQ(all[2].horizon, 10);
  EXPECT_EQ(all[3].origin, 2005);
  EXPECT_EQ(all[4].origin, 2010);
  EXPECT_NEAR(all[4].brier, 0.0625, 1e-7);
}

TEST(Reliability, EveryQuestionTakesItsOwnYears) {
  std::vector<BacktestCase> cases{told(0, 0.5, true), told(0, 0.5, true, 2005, 5), told(0, 0.5, true, 2010, 10),
                                  told(0, 0.5, true)};
  cases[3].met = -1;                  // no target
  cases[1].met_pro_rata = 0;          // in 2010, not half of the way
  cases[1].pro_rata = {0, HUGE_VAL};  // N(0, 1) at or above 0
  cases[1].models[combined].mean = 0;
  cases[1].models[combined].sd = 1;
  const std::vector<Reliability> all = reliability_of(plan_of_two(), cases, model, false);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].asked, Asked::deadline);
  EXPECT_EQ(all[0].all.cases, 1);  // 2020 is beyond the deadline
  EXPECT_EQ(all[1].asked, Asked::early);
  EXPECT_EQ(all[1].all.cases, 1);
  EXPECT_EQ(all[2].asked, Asked::pro_rata);
  EXPECT_EQ(all[2].all.cases, 1);
  EXPECT_NEAR(all[2].all.said, 0.5, 1e-12);
  EXPECT_EQ(all[2].all.came.value, 0);
  EXPECT_TRUE(reliability_of(plan_of_two(), {}, model, true).empty());
}

// 40,000 targets that are met as often as `chance` says of them; `said` is what the forecast makes of it.
template <typename Said>
Reliability drawn(const Said& said) {
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> uniform(0, 1);
  std::vector<BacktestCase> cases;
  for (std::uint32_t i = 0; i < 40'000; ++i) {
    const double chance = uniform(random);
    cases.push_back(told(i % 8, said(chance), uniform(random) < chance));
  }
  return reliability_of(plan_of_two(), cases, model, false)[0];
}

TEST(Reliability, RightProbabilitiesComeTrueAsOftenAsTheySay) {
  const Reliability right = drawn([](double chance) { return chance; });
  for (const ChanceBin& bin : right.bins) {
    EXPECT_NEAR(bin.said, bin.came.value, 4 * std::sqrt(bin.said * (1 - bin.said) / static_cast<double>(bin.cases)));
    EXPECT_GT(bin.cases, 1800);
  }
  EXPECT_NEAR(right.brier, 1.0 / 6, 0.003);        // the integral of p (1 - p)
  EXPECT_NEAR(right.log_score, 0.5, 0.006);        // the integral of the entropy
  EXPECT_NEAR(right.brier_skill, 1.0 / 3, 0.012);  // against 1/4
}

TEST(Reliability, BoldProbabilitiesAreFoundOut) {
  const Reliability bold = drawn([](double chance) { return recalibrated({0, 2}, chance); });
  EXPECT_LT(bold.bins[1].said + 0.1, bold.bins[1].came.low);   // unlikely things come more often
  EXPECT_GT(bold.bins[5].said - 0.1, bold.bins[5].came.high);  // likely ones less often
  // The integrals of p (1 - p) + (p - q)^2 and of -p ln q - (1 - p) ln(1 - q), q = Phi(2 Phi^-1(p)) cut at 0.001 and 0.999, by
  // scipy's quad: 0.179631 and 0.595628.
  EXPECT_NEAR(bold.brier, 0.179631, 0.003);
  EXPECT_NEAR(bold.log_score, 0.595628, 0.015);
}

// The straight way from 20 in 1990 to 10 in 2015 passes 14 in 2005: the figure there is 13.
TEST(Reliability, ProRataIsTheStraightWayFromTheBase) {
  Panel panel;
  sample::add(panel, "S", "A",
              {{1990, 20}, {1995, 18}, {1996, 16}, {1997, 17}, {1998, 15}, {1999, 16}, {2000, 14.5}, {2005, 13}});
  sample::add(panel, "S", "B",
              {{1990, 20}, {1995, 18}, {1996, 16}, {1997, 17}, {1998, 15}, {1999, 16}, {2000, 14.5}, {2005, 15}});
  BacktestPlan plan;
  plan.subjects.push_back({"S", "mdg 1"});
  static const Indicator plain;
  for (std::uint32_t i = 0; i < 2; ++i) plan.entries.push_back({i, 0, static_cast<AreaId>(i), &plain, sample::reduce_by(0.5)});
  BacktestOptions options;
  options.origins = {2000};
  options.horizons = {5};
  Progress progress("backtest", true);
  const BacktestCases done = run_backtest(panel, plan, options, progress);
  ASSERT_EQ(done.cases.size(), 2U);
  EXPECT_EQ(done.cases[0].met, 0);
  EXPECT_EQ(done.cases[0].met_pro_rata, 1);
  EXPECT_EQ(done.cases[1].met_pro_rata, 0);
  EXPECT_NEAR(done.cases[0].pro_rata.high, 14, 1e-6);
  EXPECT_EQ(done.cases[0].pro_rata.low, -HUGE_VAL);
  EXPECT_NEAR(done.cases[0].range.high, 10, 1e-6);
  const std::vector<Reliability> all = reliability_of(plan, done.cases, model, false);
  ASSERT_EQ(all.size(), 2U);  // early and pro rata
  const ModelForecast& forecast = done.cases[0].models[combined];
  EXPECT_NEAR(all[1].all.said, normal_below((14 - forecast.mean) / forecast.sd), 1e-6);
  EXPECT_EQ(all[1].all.came.value, 0.5);
}

}  // namespace
}  // namespace stocktake
