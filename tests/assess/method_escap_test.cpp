// ESCAP's two indices: worked examples, R's weighted regression (tests/golden/escap_regression.R) and every degenerate case.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <sstream>

#include "assess/methods/escap.h"
#include "assess/trying_rollup.h"
#include "base/files.h"

namespace stocktake {
namespace {

using sample::class_id;
using sample::Figures;
using sample::sdg_reach;
using sample::try_method;

const Figures example{{2005, 48}, {2010, 55}, {2015, 60}, {2020, 66}, {2023, 70}};
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(EscapCsi, WorkedExample) {
  const Judgement one = try_method(escap_csi(), example, sdg_reach(95, Direction::up));
  EXPECT_NEAR(one.score, 2.857142857, 1e-9);  // of 5.333 expected
  EXPECT_EQ(class_id(escap_csi(), one), "behind");
  EXPECT_EQ(one.verdict, Verdict::insufficient);
}

TEST(EscapCsi, FallingIndicator) {
  const Judgement one = try_method(escap_csi(), {{2015, 50}, {2023, 30}}, sdg_reach(25, Direction::down));
  EXPECT_NEAR(one.score, 8, 1e-12);
  EXPECT_EQ(class_id(escap_csi(), one), "as_expected");
}

TEST(EscapCsi, ExpectedIsMetExactlyOnThePath) {  // 8 of 15 years, 8/15 of the way
  const Judgement one = try_method(escap_csi(), {{2015, 80}, {2023, 88}}, sdg_reach(95, Direction::up));
  EXPECT_EQ(class_id(escap_csi(), one), "as_expected");
}

TEST(EscapCsi, Parity) {
  const RuleView rule = sample::rule(RuleType::parity, Direction::none, 2015, 2030);
  const Judgement half = try_method(escap_csi(), {{2015, 0.8}, {2023, 0.9}}, rule);
  EXPECT_NEAR(half.score, 5, 1e-12);
  EXPECT_EQ(class_id(escap_csi(), half), "behind");
  EXPECT_NEAR(try_method(escap_csi(), {{2015, 1.2}, {2023, 1.3}}, rule).score, -5, 1e-9);
  EXPECT_EQ(class_id(escap_csi(), try_method(escap_csi(), {{2015, 0.8}, {2023, 0.98}}, rule)), "met");
  EXPECT_EQ(class_id(escap_csi(), try_method(escap_csi(), {{2015, 1.0}, {2023, 0.9}}, rule)), "regressed");
}

TEST(EscapCsi, MetLostAndNothingToDo) {
  const RuleView rule = sdg_reach(95, Direction::up);
  EXPECT_EQ(try_method(escap_csi(), {{2015, 90}, {2023, 99}}, rule).score, 10);
  EXPECT_EQ(try_method(escap_csi(), {{2015, 95}, {2023, 95}}, rule).score, 10);  // no way to go, no division
  const Judgement regressed = try_method(escap_csi(), {{2015, 60}, {2023, 53}}, rule);
  EXPECT_NEAR(regressed.score, -2, 1e-12);
  EXPECT_EQ(regressed.verdict, Verdict::deterioration);
  for (const double base : {95.0, 95.5}) {  // met once: a ratio would be taken of next to nothing
    const Judgement lost = try_method(escap_csi(), {{2015, base}, {2023, 90}}, rule);
    EXPECT_EQ(lost.verdict, Verdict::deterioration);
    EXPECT_TRUE(std::isnan(lost.score));
  }
  EXPECT_EQ(class_id(escap_csi(), try_method(escap_csi(), {{2015, 60}, {2023, 60}}, rule)), "behind");
}

TEST(EscapCsi, ZeroAndNegativeFigures) {
  EXPECT_NEAR(try_method(escap_csi(), {{2015, 0}, {2023, 5}}, sdg_reach(10, Direction::up)).score, 5, 1e-12);
  EXPECT_NEAR(try_method(escap_csi(), {{2015, -8}, {2023, -4}}, sdg_reach(0, Direction::up)).score, 5, 1e-12);
}

TEST(Escap, Refusals) {
  for (const Method* method : {&escap_csi(), &escap_api()}) {
    const RuleView rule = sdg_reach(95, Direction::up);
    EXPECT_EQ(try_method(*method, {}, rule).verdict, Verdict::insufficient_data);
    EXPECT_EQ(try_method(*method, {{2020, 60}}, rule).verdict, Verdict::insufficient_data);
    EXPECT_EQ(try_method(*method, {{2015, nan}, {2020, 60}}, rule).verdict, Verdict::insufficient_data);
    EXPECT_EQ(try_method(*method, {{2012, 60}, {2015, 61}, {2019, 63}}, rule).verdict, Verdict::data_too_old);
    EXPECT_EQ(try_method(*method, example, sample::rule(RuleType::none_quantified, Direction::up, 2015, 2030)).verdict,
              Verdict::not_quantified);
    EXPECT_EQ(try_method(*method, example, sample::rule(RuleType::halt_and_reverse, Direction::up, 2015, 2030)).verdict,
              Verdict::not_quantified);
    EXPECT_EQ(try_method(*method, example, sample::reach(95, Direction::up, 2015, 2015)).verdict, Verdict::not_applicable);
    RuleView doubled = sample::rule(RuleType::multiply_by, Direction::up, 2015, 2030);
    doubled.factor = 2;
    EXPECT_EQ(try_method(*method, {{2015, 0}, {2023, 5}}, doubled).verdict, Verdict::not_applicable);
  }
}

TEST(EscapCsi, AfterTheDeadlineAllIsExpected) {
  const Judgement one = try_method(escap_csi(), {{1990, 10}, {2018, 6}}, sample::reach(5, Direction::down));
  EXPECT_NEAR(one.score, 8, 1e-12);
  EXPECT_EQ(class_id(escap_csi(), one), "behind");  // expected is 10, not 11.2
}

TEST(EscapApi, WorkedExample) {
  const Judgement one = try_method(escap_api(), example, sdg_reach(95, Direction::up));
  EXPECT_NEAR(one.score, 48.3512, 5e-5);  // 48.0273 without the weights
  EXPECT_EQ(class_id(escap_api(), one), "accelerate");
  EXPECT_EQ(one.verdict, Verdict::fair);
}

TEST(EscapApi, RegressionAgreesWithR) {
  const SmallCsv csv = read_small_csv(STOCKTAKE_SOURCE_DIR "/tests/golden/escap_regression.csv",
                                      {"series", "years", "values", "slope", "at_2030"});
  ASSERT_EQ(csv.rows.size(), 4U);
  for (const auto& row : csv.rows) {
    std::istringstream years(row[1]), values(row[2]);
    std::vector<std::int16_t> year;
    std::vector<double> value;
    for (int t = 0; years >> t;) year.push_back(static_cast<std::int16_t>(t));
    for (double y = 0; values >> y;) value.push_back(y);
    Facts facts;
    facts.base_year = 2015;
    facts.latest_year = year.back();
    facts.deadline_year = 2030;
    facts.points = 2;
    facts.base = 0;
    facts.latest = value.back();
    facts.target = 1000;
    const RuleView rule = sdg_reach(1000, Direction::up);
    const EscapParts parts = escap_parts({{year.data(), value.data(), year.size()}, &facts, &rule, nullptr}, 2000);
    EXPECT_NEAR(parts.closing, std::stod(row[3]), 1e-9) << row[0];
    EXPECT_NEAR(1000 - parts.deadline, std::stod(row[4]), 1e-8) << row[0];
  }
}

TEST(EscapApi, OvershootIsNotPunished) {
  const Judgement one = try_method(escap_api(), {{2015, 60}, {2023, 90}}, sdg_reach(95, Direction::up));
  EXPECT_EQ(one.score, 0);  // 116 in 2030: the absolute value would give 61
  EXPECT_EQ(class_id(escap_api(), one), "maintain");
}

TEST(EscapApi, CutsAreParameters) {
  const RuleView rule = sdg_reach(95, Direction::up);
  EXPECT_EQ(class_id(escap_api(), try_method(escap_api(), example, rule, nullptr, {49, 100, 15})), "maintain");
  EXPECT_EQ(class_id(escap_api(), try_method(escap_api(), example, rule, nullptr, {10, 48, 15})), "reverse");
  // From 2015 on only: 60, 66, 70 at 2015, 2020, 2023.
  const double later = try_method(escap_api(), example, rule, nullptr, {10, 100, 0}).score;
  EXPECT_GT(std::abs(later - 48.3512), 1);
}

TEST(EscapApi, WrongWay) {
  const Judgement worse = try_method(escap_api(), {{2015, 60}, {2023, 55}}, sdg_reach(95, Direction::up));
  EXPECT_GT(worse.score, 100);
  EXPECT_EQ(worse.verdict, Verdict::deterioration);
  // Falling since 2000, but in 2030 still better than in the one bad year 2015: P is below 100, the trend is wrong all the same.
  const Judgement falling =
      try_method(escap_api(), {{2000, 94}, {2010, 93}, {2014, 92}, {2015, 60}, {2016, 88}, {2018, 85}, {2020, 82}, {2023, 76}},
                 sdg_reach(95, Direction::up));
  EXPECT_NEAR(falling.score, 67.503772, 1e-6);
  EXPECT_EQ(class_id(escap_api(), falling), "reverse");
}

TEST(EscapApi, StandingStill) {  // all of the way will be missing, but the trend is not wrong
  for (const double level : {60.0, 0.1, -7.3, 0.0}) {
    const Judgement one = try_method(escap_api(), {{2003, level}, {2011, level}, {2015, level}, {2016, level}, {2022, level}},
                                     sdg_reach(95, Direction::up));
    EXPECT_NEAR(one.score, 100, 1e-9);
    EXPECT_EQ(class_id(escap_api(), one), "accelerate");
  }
}

TEST(EscapApi, MetAtTheBase) {
  const RuleView rule = sdg_reach(95, Direction::up);
  EXPECT_EQ(class_id(escap_api(), try_method(escap_api(), {{2015, 95}, {2023, 96}}, rule)), "maintain");
  const Judgement lost = try_method(escap_api(), {{2015, 95}, {2023, 90}}, rule);
  EXPECT_EQ(class_id(escap_api(), lost), "reverse");
  EXPECT_TRUE(std::isnan(lost.score));
}

TEST(EscapApi, Parity) {
  const RuleView rule = sample::rule(RuleType::parity, Direction::none, 2015, 2030);
  EXPECT_EQ(class_id(escap_api(), try_method(escap_api(), {{2015, 0.80}, {2023, 0.95}}, rule)), "maintain");  // 1.08 in 2030
  EXPECT_NEAR(try_method(escap_api(), {{2015, 0.80}, {2023, 0.84}}, rule).score, 100 * 0.125 / 0.2, 1e-9);    // 0.875
  EXPECT_EQ(class_id(escap_api(), try_method(escap_api(), {{2015, 1.10}, {2023, 1.20}}, rule)), "reverse");
}

}  // namespace
}  // namespace stocktake
