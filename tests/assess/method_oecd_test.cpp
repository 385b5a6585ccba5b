// OECD's distance to target: the worked example, cases judged by each other, and every degenerate case.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "assess/trying_rollup.h"

namespace stocktake {
namespace {

using sample::class_id;
using sample::try_method;

Judgement alone(const sample::Figures& figures, const RuleView& rule, double sd) {
  return try_method(oecd_distance(), figures, rule, nullptr, {0.5, 1.5, sd});
}

struct Latest {
  double value = 0;
  const RuleView* rule = nullptr;
};

std::vector<Judgement> together(const std::vector<Latest>& figures) {
  std::vector<Facts> facts(figures.size());
  std::vector<Case> cases;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    facts[i].latest_year = 2022;
    facts[i].latest = figures[i].value;
    cases.push_back({{}, &facts[i], figures[i].rule, nullptr});
  }
  std::vector<Judgement> out(cases.size());
  oecd_distance().judge(cases, default_parameters(oecd_distance()), out);
  return out;
}

TEST(OecdDistance, WorkedExample) {
  const Judgement one = alone({{2022, 12}}, sample::sdg_reach(0, Direction::down), 4);
  EXPECT_NEAR(one.score, 3, 1e-12);
  EXPECT_EQ(class_id(oecd_distance(), one), "far");
}

TEST(OecdDistance, DeviationOfTheAreasJudgedTogether) {
  const RuleView rule = sample::sdg_reach(0, Direction::down), other = sample::sdg_reach(3, Direction::down);
  const auto out = together({{4, &rule}, {100, &other}, {8, &rule}, {12, &rule}, {2, &other}});
  EXPECT_NEAR(out[0].score, 1, 1e-12);  // sd of 4, 8, 12 is 4
  EXPECT_NEAR(out[2].score, 2, 1e-12);
  EXPECT_NEAR(out[3].score, 3, 1e-12);
  EXPECT_NEAR(out[1].score, 97 / (98 / std::sqrt(2.0)), 1e-12);
  EXPECT_EQ(out[4].score, 0);
  EXPECT_EQ(out[4].verdict, Verdict::met);
  EXPECT_EQ(class_id(oecd_distance(), out[0]), "some_way");
}

TEST(OecdDistance, WithoutADeviation) {
  const RuleView rule = sample::sdg_reach(5, Direction::down);
  EXPECT_EQ(together({{8, &rule}})[0].verdict, Verdict::not_applicable);
  EXPECT_EQ(together({{8, &rule}, {8, &rule}})[1].verdict, Verdict::not_applicable);
  EXPECT_EQ(together({{4, &rule}})[0].verdict, Verdict::met);
  EXPECT_TRUE(together({}).empty());
}

TEST(OecdDistance, RulesOfEachKind) {
  RuleView parity = sample::rule(RuleType::parity, Direction::none, 2015, 2030);
  EXPECT_NEAR(alone({{2022, 0.87}}, parity, 0.1).score, 1, 1e-9);
  EXPECT_NEAR(alone({{2022, 1.13}}, parity, 0.1).score, 1, 1e-9);
  EXPECT_EQ(alone({{2022, 1}}, parity, 0.1).score, 0);
  RuleView half = sample::rule(RuleType::reduce_by, Direction::down, 2015, 2030);
  half.fraction = 0.5;
  EXPECT_NEAR(alone({{2015, 40}, {2022, 30}}, half, 5).score, 2, 1e-12);
  EXPECT_NEAR(alone({{2022, -8}}, sample::sdg_reach(-2, Direction::up), 4).score, 1.5, 1e-12);
  RuleView all = sample::rule(RuleType::universal, Direction::up, 2015, 2030);
  all.value = 100;
  all.tolerance = 5;
  EXPECT_EQ(alone({{2022, 96}}, all, 4).score, 0);
  EXPECT_NEAR(alone({{2022, 90}}, all, 4).score, 2.5, 1e-12);
}

TEST(OecdDistance, Refusals) {
  const RuleView rule = sample::sdg_reach(5, Direction::down);
  EXPECT_EQ(alone({}, rule, 1).verdict, Verdict::insufficient_data);
  EXPECT_EQ(alone({{2022, std::numeric_limits<double>::quiet_NaN()}}, rule, 1).verdict, Verdict::insufficient_data);
  EXPECT_EQ(alone({{2015, 9}, {2019, 8}}, rule, 1).verdict, Verdict::data_too_old);
  EXPECT_EQ(alone({{2022, 8}}, sample::rule(RuleType::none_quantified, Direction::up, 2015, 2030), 1).verdict,
            Verdict::not_quantified);
  EXPECT_EQ(alone({{2022, 8}}, sample::rule(RuleType::halt_and_reverse, Direction::up, 2015, 2030), 1).verdict,
            Verdict::not_quantified);
}

}  // namespace
}  // namespace stocktake
