// The ranking of priorities by hand, on the run of priorities_sample.h.
#include "assess/priorities/priorities.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "assess/priorities/stability.h"
#include "assess/priorities/units.h"
#include "assess/priorities_sample.h"
#include "base/error.h"

namespace stocktake {
namespace {

using sample::certain;
using sample::priority_run;

std::string code(const AssessmentRun& run, const PriorityTarget& one) { return run.targets[one.target].target->code; }
std::string code(const AssessmentRun& run, const PriorityCountry& one) { return run.areas.at(one.area).code; }

TEST(Priorities, CarefulShare) {
  EXPECT_DOUBLE_EQ(careful_share(0, 3), 0.125);
  EXPECT_DOUBLE_EQ(careful_share(1, 1), 0.75);
  EXPECT_DOUBLE_EQ(careful_share(0.5, 9), 0.5);
  EXPECT_TRUE(std::isnan(careful_share(0, 0)));
  EXPECT_TRUE(std::isnan(careful_share(no_figure, 3)));
}

TEST(Priorities, WeightedScore) {
  const std::array factors = {0.25, 0.5, no_figure};
  EXPECT_DOUBLE_EQ(weighted_score(factors, std::array{1.0, 1.0, 1.0}), std::sqrt(0.125));  // the unknown one is left out
  EXPECT_NEAR(weighted_score(factors, std::array{2.0, 1.0, 0.0}), std::cbrt(0.03125), 1e-15);
  EXPECT_TRUE(std::isnan(weighted_score(factors, std::array{0.0, 0.0, 1.0})));
}

// 4.A: 2 of 4 off track, 1 stalled, 10 of 40 people: factors 2.5/5, 1.5/5, (4 x 0.25 + 0.5)/5 = 0.3: cube root of 0.045.
// 4.B: 1 of 3, 1 of 3, 10 of 35 people: 0.375, 0.375, (3 x 0.285714 + 0.5)/4 = 0.339286: cube root of 0.0477121.
TEST(Priorities, TargetsByOffTrackStalledAndPeople) {
  const AssessmentRun run = priority_run();
  const Priorities all = set_priorities(run, certain(), no_forecast);
  ASSERT_EQ(all.targets.size(), 2U);
  const PriorityTarget& b = all.targets[0];
  const PriorityTarget& a = all.targets[1];
  EXPECT_EQ(code(run, b), "4.B");
  EXPECT_NEAR(b.score, std::cbrt(0.0477121), 1e-6);
  EXPECT_EQ(b.judged, 3);
  EXPECT_EQ(b.off_track, 1);
  EXPECT_EQ(b.stalled, 1);
  EXPECT_DOUBLE_EQ(b.people, 10);
  EXPECT_NEAR(b.people_share, 10.0 / 35, 1e-15);
  EXPECT_NEAR(b.population_covered, 35.0 / 40, 1e-15);
  EXPECT_EQ(code(run, a), "4.A");
  EXPECT_NEAR(a.score, std::cbrt(0.045), 1e-12);
  EXPECT_EQ(a.off_track, 2);
  EXPECT_EQ(a.stalled, 1);
  EXPECT_DOUBLE_EQ(a.people, 10);  // C, whose figure of 2009 stands for 2012, and D
  EXPECT_DOUBLE_EQ(a.population_covered, 1);
  EXPECT_TRUE(std::isnan(a.behind));  // deaths of children are no share of the people
  EXPECT_TRUE(std::isnan(a.rank.low));
}

// With off_track=2: 4.A (0.5^2 x 0.3 x 0.3)^(1/4) = 0.387298, 4.B (0.375^3 x 0.339286)^(1/4) = 0.365737.
TEST(Priorities, WeightsChangeTheOrder) {
  const AssessmentRun run = priority_run();
  PriorityOptions options = certain();
  options.weights = parse_weights("off_track=2");
  const Priorities all = set_priorities(run, options, no_forecast);
  EXPECT_EQ(code(run, all.targets[0]), "4.A");
  EXPECT_NEAR(all.targets[0].score, 0.387298, 5e-7);
  EXPECT_NEAR(all.targets[1].score, 0.365737, 5e-6);
}

TEST(Priorities, WithoutPopulationTheOtherFactorsDecide) {
  const AssessmentRun run = priority_run(false);
  const Priorities all = set_priorities(run, certain(), no_forecast);
  EXPECT_EQ(code(run, all.targets[0]), "4.A");  // (0.5 x 0.3)^(1/2) = 0.3873 against 0.375
  EXPECT_NEAR(all.targets[0].score, std::sqrt(0.15), 1e-12);
  EXPECT_TRUE(std::isnan(all.targets[0].people));
  EXPECT_TRUE(std::isnan(all.targets[0].people_share));
  EXPECT_TRUE(std::isnan(all.targets[0].population_covered));
}

// A: 1 of 2 off track and stalled, gaps 0 and (39 - 3/22 - 20)/20 = 0.943182: factors 0.5, 0.5, (2 x 0.471591 + 0.5)/3 =
// 0.481061. C: 1 of 2, none stalled, gaps 0.090909 and 0: 0.5, 1/6, 0.196970. B: 1/6 each. D was judged on one target only: last.
TEST(Priorities, Countries) {
  const AssessmentRun run = priority_run();
  const Priorities all = set_priorities(run, certain(), no_forecast);
  ASSERT_EQ(all.countries.size(), 4U);
  EXPECT_EQ(code(run, all.countries[0]), "AAA");
  EXPECT_NEAR(all.countries[0].score, std::cbrt(0.25 * 0.481061), 5e-7);
  EXPECT_NEAR(all.countries[0].gap, 0.471591, 5e-7);
  EXPECT_DOUBLE_EQ(all.countries[0].population, 10);
  ASSERT_EQ(all.countries[0].situations.size(), 1U);
  EXPECT_EQ(run.areas.at(all.countries[0].situations[0]).code, "LDC");
  EXPECT_EQ(code(run, all.countries[1]), "CCC");
  EXPECT_NEAR(all.countries[1].score, std::cbrt(0.5 / 6 * 0.196970), 5e-7);
  EXPECT_TRUE(all.countries[1].situations.empty());
  EXPECT_EQ(code(run, all.countries[2]), "BBB");
  EXPECT_NEAR(all.countries[2].score, 1.0 / 6, 1e-12);
  EXPECT_EQ(code(run, all.countries[3]), "DDD");
  EXPECT_NEAR(all.countries[3].score, 0.75, 1e-12);
  PriorityOptions one_is_enough = certain();
  one_is_enough.min_targets = 1;
  EXPECT_EQ(code(run, set_priorities(run, one_is_enough, no_forecast).countries[0]), "DDD");
}

// D makes nothing of its promise, A of 4.B misses 0.943182, C of 4.A 0.090909. Standard deviation of 20, 22, 60, 11: 21.701.
TEST(Priorities, FurthestBehind) {
  const AssessmentRun run = priority_run();
  const Priorities all = set_priorities(run, certain(), no_forecast);
  ASSERT_EQ(all.behind.size(), 3U);
  EXPECT_EQ(run.areas.at(run.rows[all.behind[0].row].area).code, "DDD");
  EXPECT_DOUBLE_EQ(all.behind[0].gap, 1);
  EXPECT_NEAR(all.behind[0].distance, 6 / 21.700614, 1e-6);
  EXPECT_EQ(run.areas.at(run.rows[all.behind[1].row].area).code, "AAA");
  EXPECT_NEAR(all.behind[1].gap, 0.943182, 5e-7);
  EXPECT_NEAR(all.behind[2].gap, 0.090909, 5e-7);
  EXPECT_TRUE(std::isnan(all.behind[0].probability));
}

// Ten countries are asked for, or half of those ranked where these are fewer than twenty.
TEST(Priorities, TargetsJudgedInFewCountriesComeLast) {
  const AssessmentRun run = priority_run();
  EXPECT_FALSE(set_priorities(run, certain(), no_forecast).targets[0].few);
  Tally tally;
  tally.judged = 4;
  EXPECT_TRUE(few_countries(tally, {}, 11));
  EXPECT_FALSE(few_countries(tally, {}, 8));
  tally.judged = 10;
  EXPECT_FALSE(few_countries(tally, {}, 200));
  tally.judged = 9;
  EXPECT_TRUE(few_countries(tally, {}, 200));
  tally.regions = true;
  EXPECT_FALSE(few_countries(tally, {}, 200));
  tally.judged = 2;
  EXPECT_TRUE(few_targets(tally, {}, 20));
  EXPECT_FALSE(few_targets(tally, {}, 2));
  EXPECT_DOUBLE_EQ(order_by(0.5, true), -0.5);
  const std::array scores = {order_by(0.9, true), 0.1, order_by(0.3, true), no_figure, 0.4};
  EXPECT_EQ(ranked(scores), (std::vector<std::uint32_t>{4, 1, 0, 2, 3}));
}

TEST(Priorities, OnlyTheMembersOfAGroup) {
  const AssessmentRun run = priority_run();
  PriorityOptions options = certain();
  options.groups = {"LDC"};  // A and B
  const Priorities all = set_priorities(run, options, no_forecast);
  ASSERT_EQ(all.countries.size(), 2U);
  EXPECT_EQ(all.targets[0].judged, 2);
  EXPECT_EQ(code(run, all.targets[0]), "4.B");
  EXPECT_EQ(all.targets[0].off_track, 1);
  EXPECT_EQ(all.targets[1].off_track, 0);
  EXPECT_NEAR(all.targets[0].people_share, 10.0 / 30, 1e-15);
  ASSERT_EQ(all.behind.size(), 1U);
  options.groups = {"NOBODY"};
  EXPECT_THROW(set_priorities(run, options, no_forecast), Error);
  options.groups = {"AAA"};  // a country
  EXPECT_THROW(set_priorities(run, options, no_forecast), Error);
}

// G: A and C always, D since 2010, B until the end of 2013.
TEST(Priorities, GroupsAreThoseOfTheDay) {
  const auto members = [](int year) {
    const AssessmentRun run = priority_run(true, year);
    std::string text;
    const std::vector<bool> member = members_of(run, {"G"});
    for (std::size_t i = 0; i < member.size(); ++i)
      text += member[i] ? run.areas.at(static_cast<AreaId>(i)).code.substr(0, 1) : "";
    return text;
  };
  EXPECT_EQ(members(2013), "ABCD");
  EXPECT_EQ(members(2009), "ABC");
  EXPECT_EQ(members(2014), "ACD");
  const AssessmentRun run = priority_run(true, 2014);
  EXPECT_TRUE(members_of(run, {}).empty());  // none asked for: everyone
}

TEST(Priorities, Situations) {
  const AssessmentRun run = priority_run();
  const Priorities all = set_priorities(run, certain(), no_forecast);
  ASSERT_EQ(all.situations.size(), 1U);  // the registry of the tests knows LDC only
  const Situation& ldc = all.situations[0];
  EXPECT_FALSE(ldc.dated);
  EXPECT_EQ(ldc.members, 2);
  EXPECT_EQ(ldc.countries, 2);
  EXPECT_EQ(ldc.judged, 4);
  EXPECT_EQ(ldc.off_track, 1);
  EXPECT_EQ(ldc.stalled, 1);
  EXPECT_NEAR(ldc.gap, 0.943182 / 4, 5e-7);  // B of 4.A: 0 on track
}

TEST(Priorities, Weights) {
  EXPECT_DOUBLE_EQ(parse_weights("").people, 1);
  const PriorityWeights weights = parse_weights("people=0,gap=2.5");
  EXPECT_DOUBLE_EQ(weights.people, 0);
  EXPECT_DOUBLE_EQ(weights.gap, 2.5);
  EXPECT_DOUBLE_EQ(weights.off_track, 1);
  for (const char* bad : {"person=1", "people", "people=", "people=x", "people=1x", "people=-1", "people=nan", "people=inf",
                          "off_track=0,stalled=0,people=0", "off_track=0,stalled=0,gap=0", "people=1,,gap=1"}) {
    EXPECT_THROW(parse_weights(bad), Error) << bad;
  }
}

TEST(Priorities, NothingToRank) {
  Framework framework = sample::framework({sample::halve("4.1", true)});
  AssessOptions options;
  options.at = {2013, 9, 25};
  const AssessmentRun run =
      assess_panel({}, {}, framework, sample::registry(), {sample::binding("b", 1, {sample::feeds("S", "4.1")})}, options);
  const Priorities all = set_priorities(run, {}, no_forecast);
  EXPECT_TRUE(all.targets.empty());
  EXPECT_TRUE(all.countries.empty());
  EXPECT_TRUE(all.behind.empty());
  EXPECT_TRUE(all.risk.empty());
  EXPECT_TRUE(all.sustain.empty());
  EXPECT_EQ(targets_table(run, all, Language::en, true).rows(), 0U);
  EXPECT_EQ(behind_table(run, all, Language::en, false).rows(), 0U);
}

TEST(Priorities, Tables) {
  const AssessmentRun run = priority_run();
  const Priorities all = set_priorities(run, {}, no_forecast);
  EXPECT_NE(to_csv(targets_table(run, all, Language::en, false)).find("1,4.B,a target,countries,3,1,1,10,"), std::string::npos);
  EXPECT_NE(to_csv(countries_table(run, all, Language::en, false)).find("1,AAA,Alpha,LDC,2,1,1,"), std::string::npos);
  EXPECT_NE(to_csv(behind_table(run, all, Language::en, false)).find("1,4.A,DDD,Delta,4.1,2012,11,5,"), std::string::npos);
  EXPECT_EQ(risk_table(run, all.sustain, Language::en, true).rows(), all.sustain.size());
  EXPECT_EQ(situations_table(run, all, Language::en).rows(), 1U);
}

}  // namespace
}  // namespace stocktake
