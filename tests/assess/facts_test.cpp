// Facts worked by hand from published figures; the sums are in the comments.
#include <gtest/gtest.h>

#include <cmath>

#include "assess/sample.h"

namespace stocktake {
namespace {

using sample::judge;
using sample::reduce_by;

// MDG indicator 1.1, per cent below 1.25 dollars a day: United Nations, annex to A/69/1 (2014), statistical tables.
const sample::Figures sub_saharan_africa{{1990, 56.5}, {1999, 57.9}, {2005, 52.3}, {2010, 48.4}};
const sample::Figures eastern_asia{{1990, 60.2}, {1999, 35.6}, {2005, 16.3}, {2010, 11.6}};
const sample::Figures southern_asia{{1990, 51.5}, {1999, 43.1}, {2005, 37.7}, {2010, 29.7}};

// Target 56.5/2 = 28.25. Observed (48.4 - 56.5)/20 = -0.405 a year; required (28.25 - 56.5)/25 = -1.13.
// 48.4 - 0.405 x 5 = 46.375. Needed (28.25 - 48.4)/5 = -4.03. Met at this pace in 2010 + 20.15/0.405 = 2059.75.
TEST(Facts, SubSaharanAfricaPoverty) {
  const Facts facts = judge(sub_saharan_africa, reduce_by(0.5)).facts;
  EXPECT_EQ(facts.base_year, 1990);
  EXPECT_EQ(facts.latest_year, 2010);
  EXPECT_EQ(facts.deadline_year, 2015);
  EXPECT_EQ(facts.points, 4);
  EXPECT_DOUBLE_EQ(facts.base, 56.5);
  EXPECT_DOUBLE_EQ(facts.latest, 48.4);
  EXPECT_DOUBLE_EQ(facts.target, 28.25);
  EXPECT_NEAR(facts.observed_linear, -0.405, 1e-12);
  EXPECT_NEAR(facts.required_linear, -1.13, 1e-12);
  EXPECT_NEAR(facts.ratio_linear, 0.3584, 5e-5);  // 35.84 %
  EXPECT_NEAR(facts.expected_linear, 46.375, 1e-9);
  EXPECT_NEAR(facts.expected_rate, 46.563, 5e-4);
  EXPECT_NEAR(facts.needed_linear, -4.03, 1e-12);
  EXPECT_NEAR(facts.year_met, 2059.753, 5e-4);
  const double observed = -std::log1p(facts.observed_rate), required = -std::log1p(facts.required_rate);
  EXPECT_NEAR(100 * observed, 0.7737, 5e-5);         // continuous rate of reduction, per cent a year
  EXPECT_NEAR(observed / required, 0.2791, 5e-5);    // 27.91 % on the logarithmic path
  EXPECT_NEAR(facts.ratio_rate, 0.28184943, 1e-8);   // the same with yearly growth rates
  EXPECT_NEAR(facts.acceleration, 13.245592, 1e-6);  // -10.2086 % a year needed, -0.7707 % observed
  EXPECT_FALSE(facts.target_met);
}

TEST(Facts, EasternAsiaHasHalvedPoverty) {
  const sample::Judged one = judge(eastern_asia, reduce_by(0.5));
  EXPECT_DOUBLE_EQ(one.facts.target, 30.1);
  EXPECT_TRUE(one.facts.target_met);
  EXPECT_EQ(one.facts.year_met, 2005);  // 35.6 in 1999, 16.3 in 2005
  EXPECT_TRUE(std::isnan(one.facts.acceleration));
  EXPECT_TRUE(std::isnan(one.facts.needed_linear));
  EXPECT_EQ(one.mdg, Verdict::met);
  EXPECT_EQ(one.sdg, Verdict::met);
}

// 29.7 + 5 (29.7 - 51.5)/20 = 24.25 <= 25.75; on the geometric path it would be 25.88, just short.
TEST(Facts, SouthernAsiaIsExpectedToHalvePoverty) {
  const sample::Judged one = judge(southern_asia, reduce_by(0.5));
  EXPECT_DOUBLE_EQ(one.facts.target, 25.75);
  EXPECT_NEAR(one.facts.expected_linear, 24.25, 1e-9);
  EXPECT_NEAR(one.facts.expected_rate, 25.8818, 5e-5);
  EXPECT_NEAR(one.facts.year_met, 2013.624, 5e-4);
  EXPECT_EQ(one.mdg, Verdict::on_track);
  EXPECT_EQ(judge(sub_saharan_africa, reduce_by(0.5)).mdg, Verdict::insufficient);
}

// ln 2/25, ln 3/25 and ln 4/25: what halving, two thirds and three quarters ask for from 1990 to 2015.
TEST(Facts, RequiredRatesOfTheMillenniumTargets) {
  const sample::Figures figures{{1990, 100}, {2010, 90}};
  const auto required = [&figures](double fraction) {
    return -100 * std::log1p(judge(figures, reduce_by(fraction)).facts.required_rate);
  };
  EXPECT_NEAR(required(1.0 / 2), 2.7726, 5e-5);
  EXPECT_NEAR(required(2.0 / 3), 4.3944, 5e-5);
  EXPECT_NEAR(required(3.0 / 4), 5.5452, 5e-5);
}

// Infant mortality, deaths per 1,000 live births (Gapminder, in data/starter/observations.csv.gz, series SP_DYN_IMRT),
// reduction by two thirds, figures to 2012.
// China: 42.1/3 = 14.0333; 14.6 in 2009, 13.5 in 2010, 11.5 in 2012: met since 2010.
TEST(Facts, ChinaInfantMortality) {
  const sample::Figures figures{{1990, 42.1}, {2000, 30.2}, {2009, 14.6}, {2010, 13.5}, {2011, 12.5}, {2012, 11.5}, {2013, 10.6}};
  const sample::Judged one = judge(figures, reduce_by(2.0 / 3), {.data_until = 2012});
  EXPECT_NEAR(one.facts.target, 14.0333, 5e-5);
  EXPECT_EQ(one.facts.latest_year, 2012);
  EXPECT_EQ(one.facts.points, 6);
  EXPECT_EQ(one.facts.year_met, 2010);
  EXPECT_EQ(one.mdg, Verdict::met);
}

// Bangladesh: 99.7/3 = 33.2333; (35.3 - 99.7)/22 = -2.92727 a year; 35.3 - 3 x 2.92727 = 26.518 <= 33.2333: on track.
// Required (33.2333 - 99.7)/25 = -2.65867, ratio 1.1010. Geometric: -4.60983 % and -4.29929 % a year, ratio 1.07223.
// Still needed: (33.2333 - 35.3)/3 = -0.68889; geometric -1.99090 %, that is 0.43188 of the pace so far.
TEST(Facts, BangladeshInfantMortality) {
  const sample::Figures figures{{1990, 99.7}, {2000, 64.4}, {2010, 39.2}, {2011, 37.2}, {2012, 35.3}, {2013, 33.5}};
  const sample::Judged one = judge(figures, reduce_by(2.0 / 3), {.data_until = 2012});
  EXPECT_NEAR(one.facts.observed_linear, -2.92727, 5e-6);
  EXPECT_NEAR(one.facts.required_linear, -2.65867, 5e-6);
  EXPECT_NEAR(one.facts.expected_linear, 26.518, 5e-4);
  EXPECT_NEAR(one.facts.ratio_linear, 1.1010, 5e-5);
  EXPECT_NEAR(one.facts.observed_rate, -0.0460983, 5e-8);
  EXPECT_NEAR(one.facts.required_rate, -0.0429929, 5e-8);
  EXPECT_NEAR(one.facts.ratio_rate, 1.07223, 5e-6);
  EXPECT_NEAR(one.facts.needed_linear, -0.68889, 5e-6);
  EXPECT_NEAR(one.facts.acceleration, 0.43188, 5e-6);
  EXPECT_NEAR(one.facts.year_met, 2012.706, 5e-4);
  EXPECT_EQ(one.mdg, Verdict::on_track);
  EXPECT_EQ(one.sdg, Verdict::on_track);
}

// "Halve the proportion without": 100 - (100 - 76)/2 = 88.
TEST(Facts, ComplementHalvesThoseWithout) {
  RuleView rule = reduce_by(0.5);
  rule.has_complement = true;
  rule.complement = 100;
  const sample::Judged one = judge({{1990, 76}, {2010, 83}}, rule);
  EXPECT_DOUBLE_EQ(one.facts.target, 88);
  EXPECT_NEAR(one.facts.observed_linear, 0.35, 1e-12);
  EXPECT_NEAR(one.facts.required_linear, 0.48, 1e-12);
  EXPECT_NEAR(one.facts.expected_linear, 84.75, 1e-9);
  EXPECT_EQ(one.mdg, Verdict::insufficient);
  EXPECT_EQ(judge({{1990, 76}, {2010, 86}}, rule).mdg, Verdict::on_track);  // 86 + 5 x 0.5 = 88.5
  EXPECT_EQ(judge({{1990, 76}, {2010, 88}}, rule).mdg, Verdict::met);
}

TEST(Facts, BaseIsTheBaselineYearElseLaterElseEarlier) {
  const auto base = [](const sample::Figures& figures) { return judge(figures, reduce_by(0.5)).facts.base_year; };
  EXPECT_EQ(base({{1988, 9}, {1990, 8}, {1991, 7}, {2010, 6}}), 1990);
  EXPECT_EQ(base({{1988, 9}, {1993, 7}, {2010, 6}}), 1993);
  EXPECT_EQ(base({{1985, 9}, {1988, 9}, {2001, 7}, {2010, 6}}), 1988);  // 2001 lies outside the ten years
  EXPECT_EQ(base({{1985, 9}, {1992, 7}}), 1985);                        // 1992 would leave no later figure
  EXPECT_EQ(base({{1979, 9}, {2001, 7}, {2010, 6}}), 0);
  EXPECT_EQ(base({{2000, 7}, {2010, 6}}), 2000);  // exactly ten years
}

TEST(Facts, FiguresAfterTheLastCompleteYearDoNotCount) {
  const Facts facts = judge({{1990, 10}, {2010, 8}, {2013, 4}}, reduce_by(0.5), {.data_until = 2012}).facts;
  EXPECT_EQ(facts.latest_year, 2010);
  EXPECT_FALSE(facts.target_met);
}

TEST(Facts, NothingIsProjectedAfterTheDeadline) {
  const Facts facts = judge({{1990, 10}, {2018, 8}}, reduce_by(0.5)).facts;
  EXPECT_DOUBLE_EQ(facts.expected_linear, 8);
  EXPECT_DOUBLE_EQ(facts.expected_rate, 8);
  EXPECT_TRUE(std::isnan(facts.needed_linear));
  EXPECT_TRUE(std::isnan(facts.acceleration));
}

TEST(Facts, SameWithOneThreadAndMany) {
  Panel panel;
  for (int i = 0; i < 10000; ++i) sample::add(panel, "S", "A", {{1990, 10.0 + i}, {2000, 9.0 + i % 7}, {2010, 5.0 + i % 11}});
  std::vector<Facts> one(panel.size()), many(panel.size());
  std::vector<Verdict> mdg(panel.size()), sdg(panel.size()), mdg_many(panel.size()), sdg_many(panel.size());
  assess_uniform(panel, reduce_by(0.5), {.threads = 1}, one, mdg, sdg);
  assess_uniform(panel, reduce_by(0.5), {.threads = 4}, many, mdg_many, sdg_many);
  EXPECT_EQ(mdg, mdg_many);
  EXPECT_EQ(sdg, sdg_many);
  for (std::size_t i = 0; i < one.size(); ++i) ASSERT_EQ(one[i].expected_rate, many[i].expected_rate);
}

}  // namespace
}  // namespace stocktake
