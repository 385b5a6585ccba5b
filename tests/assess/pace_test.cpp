// Required paces against episodes, by hand: four countries, five-year figures.
#include "assess/pace/pace.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "assess/pace/episodes.h"
#include "assess/sample.h"

namespace stocktake {
namespace {

using sample::add;
using sample::binding;
using sample::feeds;
using sample::halve;

// ln of the latest figures 50, 30, 36, 18: standard deviation 0.426938; a quarter of it is 0.106735, so that levels from
// 50/1.11264 = 44.94 to 55.63 are similar to 50.
Panel figures(bool with_d = true) {
  Panel panel;
  add(panel, "S", "AAA", {{1990, 80}, {2005, 60}, {2010, 50}});
  add(panel, "S", "BBB", {{1990, 100}, {1995, 50}, {2000, 40}, {2005, 36}, {2010, 30}});
  add(panel, "S", "CCC", {{1990, 52}, {1995, 48}, {2000, 45}, {2005, 48}, {2010, 36}});
  if (with_d) add(panel, "S", "DDD", {{1990, 20}, {2010, 18}});
  return panel;
}

AssessmentRun run_of(Panel panel, std::vector<SeriesBinding> entries, Scale scale = Scale::log,
                     TargetRule rule = halve("4.1", true), int year = 2011) {
  Framework framework = sample::framework({std::move(rule)});
  framework.indicators["4.1"].scale = scale;
  if (scale == Scale::logit) framework.indicators["4.1"].bounds = {0, 100};
  AssessOptions options;
  options.at = {static_cast<std::int16_t>(year), 9, 25};
  options.computed_groups = false;
  return assess_panel(std::move(panel), {}, std::move(framework), sample::registry(), {binding("b", 1, std::move(entries))},
                      options);
}

const Pace& of(const AssessmentRun& run, const std::vector<Pace>& paces, std::string_view area) {
  for (const Pace& one : paces) {
    if (run.areas.at(run.rows[one.row].area).code == area) return one;
  }
  throw std::runtime_error("no pace for " + std::string(area));
}

PaceOptions few() {
  PaceOptions options;
  options.min_episodes = 1;
  return options;
}

// A must go from 50 to 40 in 5 years: ln(50/40)/5 = 0.044629 a year, a rate of -4.3648 %. Episodes of 5 years from 44.94
// to 55.63: B 1995 (50 to 40: exactly that), C 1990 (52 to 48: 0.016009), 1995 (48 to 45: 0.012908), 2000 (45 to 48: -0.012908),
// 2005 (48 to 36: 0.057536). Two of five are fast enough; three are slower and one is equal: percentile 70. Type 7 quantiles: the
// median is 0.016009, the 90th percentile 0.044629 + 0.6 (0.057536 - 0.044629) = 0.052373.
TEST(Pace, WorkedExample) {
  const AssessmentRun run = run_of(figures(), {feeds("S", "4.1")});
  const std::vector<Pace> paces = required_paces(run, few());
  const Pace& a = of(run, paces, "AAA");
  EXPECT_EQ(a.status, PaceStatus::compared);
  EXPECT_TRUE(a.geometric);
  EXPECT_EQ(a.years_left, 5);
  EXPECT_EQ(a.length, 5);
  EXPECT_NEAR(a.level_from, 44.94, 5e-3);
  EXPECT_NEAR(a.level_to, 55.63, 5e-3);
  EXPECT_NEAR(a.rate.needed, -0.043648, 5e-7);
  EXPECT_EQ(a.rate.episodes, 5);
  EXPECT_EQ(a.rate.achieved, 2);
  EXPECT_DOUBLE_EQ(a.rate.percentile, 70);
  EXPECT_NEAR(a.rate.median, std::expm1(-0.016009), 5e-7);
  EXPECT_NEAR(a.rate.top, std::expm1(-0.052373), 5e-7);
  EXPECT_EQ(a.rate.countries, 2);
  EXPECT_EQ(a.rate.achieved_by, 2);
  // Linear: -2 a year against 2, 0.8, 0.6, -0.6, 2.4.
  EXPECT_DOUBLE_EQ(a.linear.needed, -2);
  EXPECT_EQ(a.linear.episodes, 5);
  EXPECT_EQ(a.linear.achieved, 2);
  EXPECT_DOUBLE_EQ(a.linear.percentile, 70);
  EXPECT_NEAR(a.linear.median, -0.8, 1e-12);
  ASSERT_EQ(a.best.size(), 2U);
  EXPECT_EQ(run.areas.at(a.best[0].area).code, "CCC");
  EXPECT_EQ(a.best[0].from, 2005);
  EXPECT_EQ(a.best[0].to, 2010);
  EXPECT_NEAR(a.best[0].pace, std::pow(0.75, 0.2) - 1, 1e-12);
  EXPECT_EQ(run.areas.at(a.best[1].area).code, "BBB");
  // 30 in 20 years: 1.5 a year; 10 are left: 2016.67.
  EXPECT_NEAR(a.years_late, 1.666667, 5e-7);
  EXPECT_EQ(of(run, paces, "BBB").status, PaceStatus::met);
  EXPECT_TRUE(std::isnan(of(run, paces, "BBB").years_late));
}

TEST(Pace, TooFewEpisodesGiveCountsButNoPercentile) {
  const AssessmentRun run = run_of(figures(), {feeds("S", "4.1")});
  const std::vector<Pace> paces = required_paces(run, {});
  const Pace& a = of(run, paces, "AAA");
  EXPECT_EQ(a.status, PaceStatus::compared);
  EXPECT_EQ(a.rate.achieved, 2);
  EXPECT_TRUE(std::isnan(a.rate.percentile));
  EXPECT_TRUE(std::isnan(a.rate.median));
}

// Nothing began from 16.2 to 20 except D in 1990, which has no figure five years later.
TEST(Pace, NoEpisodesSaysSo) {
  const AssessmentRun run = run_of(figures(), {feeds("S", "4.1")});
  const std::vector<Pace> paces = required_paces(run, few());
  const Pace& d = of(run, paces, "DDD");
  EXPECT_EQ(d.status, PaceStatus::no_episodes);
  EXPECT_EQ(d.rate.episodes, 0);
  EXPECT_TRUE(std::isnan(d.rate.percentile));
  EXPECT_TRUE(std::isnan(d.linear.percentile));
  EXPECT_TRUE(d.best.empty());
  EXPECT_NEAR(d.rate.needed, std::pow(10.0 / 18, 0.2) - 1, 1e-12);  // what is needed is said all the same
}

// Windows 2000-2005, 2001-2006, 2002-2007 overlap: one episode, the first. The best window is looked for among all of them.
TEST(Pace, WindowsOfACountryDoNotOverlap) {
  Panel panel = figures(false);
  add(panel, "S", "DDD", {{1990, 90}, {2000, 50}, {2001, 50}, {2002, 49}, {2005, 45}, {2006, 35}, {2007, 40}});
  const AssessmentRun run = run_of(std::move(panel), {feeds("S", "4.1")});
  PaceOptions options = few();
  options.slack = 0;
  const std::vector<Pace> paces = required_paces(run, options);
  const Pace& a = of(run, paces, "AAA");
  int of_d = 0;
  for (const BestPerformer& one : a.best) {
    if (run.areas.at(one.area).code != "DDD") continue;
    ++of_d;
    EXPECT_EQ(one.from, 2001);  // 50 to 35
  }
  EXPECT_EQ(of_d, 1);
  // B 1995; C 1990, 1995, 2005 (52, 48, 48); D 2000: its later windows begin before 2005.
  EXPECT_EQ(a.linear.countries, 3);
  EXPECT_EQ(a.linear.episodes, 5);
  EXPECT_EQ(a.linear.achieved, 2);     // B and C 2005, not D 2000 (1 a year)
  EXPECT_EQ(a.linear.achieved_by, 3);  // D by its window of 2001 (3 a year)
}

// C fell from 52 to 40 between 2000 and 2005, but had stood at 45 in 1995: that is better than 52 by 7, more than half of the
// gain of
// 12. It comes after B, which was slower. At 47 in 1995 (5 of 12) it is no recovery.
TEST(Pace, RecoveriesComeLast) {
  for (const double before : {45.0, 47.0}) {
    Panel panel;
    add(panel, "S", "AAA", {{1990, 80}, {2005, 60}, {2010, 50}});
    add(panel, "S", "BBB", {{1990, 60}, {1995, 50}, {2000, 47}, {2010, 30}});
    add(panel, "S", "CCC", {{1995, before}, {2000, 52}, {2005, 40}, {2010, 39}});
    add(panel, "S", "DDD", {{1990, 20}, {2010, 18}});
    const AssessmentRun run = run_of(std::move(panel), {feeds("S", "4.1")});
    const std::vector<Pace> paces = required_paces(run, few());
    const Pace& a = of(run, paces, "AAA");
    ASSERT_EQ(a.best.size(), 2U);
    EXPECT_EQ(run.areas.at(a.best[0].area).code, before == 45 ? "BBB" : "CCC");
    EXPECT_FALSE(a.best[0].recovery);
    EXPECT_EQ(a.best[1].recovery, before == 45);
  }
}

TEST(Pace, TheNearestLengthWithinTheSlack) {
  Panel panel;
  add(panel, "S", "AAA", {{1990, 80}, {2010, 50}});
  add(panel, "S", "BBB", {{1990, 50}, {1994, 46}, {1996, 44}, {2010, 40}});
  const AssessmentRun run = run_of(std::move(panel), {feeds("S", "4.1")});
  const CountrySeries countries = country_series(run, run.rows[0]);
  const Indicator& indicator = run.indicator(run.rows[0]);
  const Windows windows = find_windows(run, countries, indicator, 5, 1);
  ASSERT_EQ(windows.size(), 1U);  // 1994 and 1996 are equally near: the later
  EXPECT_EQ(windows.from[0], 1990);
  EXPECT_EQ(windows.to[0], 1996);
  EXPECT_EQ(find_windows(run, countries, indicator, 5, 0).size(), 0U);
  EXPECT_EQ(find_windows(run, countries, indicator, 4, 1).to[0], 1994);
}

TEST(Pace, OnlyFiguresThatTheRunMayLookAt) {
  Panel panel = figures();
  add(panel, "S", "LDC", {{1990, 50}, {1995, 20}, {2000, 10}});  // a group's own figures are no country's history
  const AssessmentRun run = run_of(std::move(panel), {feeds("S", "4.1")}, Scale::log, halve("4.1", true), 2006);  // to 2005
  const std::vector<Pace> paces = required_paces(run, few());
  const Pace& c = of(run, paces, "CCC");  // 48 in 2005; 10 years are left: B 1995 (50 to 36 in 2005), C 1990, 1995
  EXPECT_EQ(c.length, 10);
  EXPECT_EQ(c.rate.episodes, 2);
  EXPECT_EQ(c.rate.countries, 2);
  ASSERT_FALSE(c.best.empty());
  for (const BestPerformer& one : c.best) EXPECT_LE(one.to, 2005);
}

TEST(Pace, ShortTimesAreComparedWithFiveYears) {
  Panel panel = figures();
  const AssessmentRun run = run_of(std::move(panel), {feeds("S", "4.1")}, Scale::log, halve("4.1", true), 2014);
  const std::vector<Pace> paces = required_paces(run, few());  // figures to 2013; the latest are of 2010
  EXPECT_EQ(of(run, paces, "AAA").length, 5);
  PaceOptions longer = few();
  longer.min_years = 8;
  longer.slack = 2;
  EXPECT_EQ(of(run, required_paces(run, longer), "AAA").length, 8);
  EXPECT_EQ(of(run, required_paces(run, longer), "AAA").years_left, 5);
}

TEST(Pace, FiguresPublishedForGroupsUseTheCountriesOfAnotherEntry) {
  Panel panel = figures();
  add(panel, "R", "LDC", {{1990, 80}, {2010, 50}});
  SeriesBinding regions = feeds("R", "4.1");
  regions.group_figures = true;
  const AssessmentRun run = run_of(std::move(panel), {regions, feeds("S", "4.1")});
  const std::vector<Pace> paces = required_paces(run, few());
  EXPECT_EQ(of(run, paces, "LDC").rate.episodes, 5);
  EXPECT_EQ(of(run, paces, "LDC").rate.achieved, 2);
}

// The same series feeds two entries, the second in thousandths: paces and levels are those of the row's unit.
TEST(Pace, EntriesWithAFactor) {
  SeriesBinding scaled = feeds("S", "4.1");
  scaled.multiply = 0.001;
  for (const bool first : {false, true}) {
    SeriesBinding other = feeds("S", "4.2");
    const AssessmentRun run = run_of(figures(), first ? std::vector{scaled, other} : std::vector{other, scaled});
    const std::vector<Pace> paces = required_paces(run, few());
    const Pace& a = of(run, paces, "AAA");
    EXPECT_NEAR(a.linear.needed, -0.002, 1e-15);
    EXPECT_EQ(a.linear.episodes, 5);
    EXPECT_NEAR(a.linear.median, -0.0008, 1e-12);
    EXPECT_NEAR(a.best[0].start, 0.048, 1e-12);
  }
}

TEST(Pace, IdentityAndLogitDecideByLinearPaces) {
  const AssessmentRun run = run_of(figures(), {feeds("S", "4.1")}, Scale::identity);
  PaceOptions options = few();
  options.band = 0.5;  // of 13.30, the standard deviation of 50, 30, 36, 18: 43.35 to 56.65
  const std::vector<Pace> paces = required_paces(run, options);
  EXPECT_FALSE(of(run, paces, "AAA").geometric);
  EXPECT_EQ(of(run, paces, "AAA").deciding().episodes, 5);
  EXPECT_NEAR(of(run, paces, "AAA").level_from, 43.35, 5e-3);

  const AssessmentRun shares = run_of(figures(), {feeds("S", "4.1")}, Scale::logit);
  const std::vector<Pace> of_shares = required_paces(shares, few());
  EXPECT_FALSE(of(shares, of_shares, "AAA").geometric);
  EXPECT_GT(of(shares, of_shares, "AAA").level_from, 0);
  EXPECT_LT(of(shares, of_shares, "AAA").level_to, 100);
}

TEST(Pace, PositionOnTheScale) {
  Indicator indicator;
  indicator.scale = Scale::log;
  EXPECT_DOUBLE_EQ(position_on_scale(indicator, std::exp(2.0)), 2);
  EXPECT_TRUE(std::isnan(position_on_scale(indicator, 0)));
  EXPECT_TRUE(std::isnan(position_on_scale(indicator, -1)));
  EXPECT_TRUE(std::isnan(position_on_scale(indicator, no_figure)));
  indicator.scale = Scale::logit;
  indicator.bounds = {0, 100};
  EXPECT_DOUBLE_EQ(position_on_scale(indicator, 50), 0);
  EXPECT_NEAR(position_on_scale(indicator, 100), std::log(0.995 / 0.005), 1e-12);  // inside the bound
  EXPECT_NEAR(position_on_scale(indicator, 0), -std::log(0.995 / 0.005), 1e-12);
  indicator.bounds = {};
  EXPECT_DOUBLE_EQ(position_on_scale(indicator, 7), 7);  // no bounds: as it is
  indicator.scale = Scale::identity;
  EXPECT_DOUBLE_EQ(position_on_scale(indicator, -7), -7);
}

TEST(Pace, DegenerateRows) {
  Panel panel = figures();
  add(panel, "T", "AAA", {{1990, 40}, {2015, 30}});  // the deadline is past
  add(panel, "T", "BBB", {{2010, 30}});              // one figure
  add(panel, "T", "CCC", {{1990, 40}, {2012, 0}});   // met, at zero
  add(panel, "T", "DDD", {{1990, -5}, {2012, -4}});  // no half of a negative figure
  const AssessmentRun run = run_of(std::move(panel), {feeds("T", "4.1")}, Scale::log, halve("4.1", true), 2017);
  PaceOptions options = few();
  options.all = true;
  const std::vector<Pace> paces = required_paces(run, options);
  EXPECT_EQ(of(run, paces, "AAA").status, PaceStatus::deadline_past);
  EXPECT_EQ(of(run, paces, "AAA").years_left, 0);
  EXPECT_EQ(of(run, paces, "BBB").status, PaceStatus::insufficient_data);
  EXPECT_EQ(of(run, paces, "CCC").status, PaceStatus::met);
  EXPECT_EQ(of(run, paces, "DDD").status, PaceStatus::insufficient_data);
  for (const Pace& one : paces) EXPECT_TRUE(std::isnan(one.deciding().percentile));
}

// From zero upwards on a logarithmic scale there is no level to be similar to; the linear need is still said.
TEST(Pace, ZeroOnALogarithmicScale) {
  Panel panel;
  add(panel, "S", "AAA", {{1990, 0}, {2010, 0}});
  add(panel, "S", "BBB", {{1990, 0}, {1995, 5}, {2010, 9}});
  TargetRule rule;
  rule.indicator = "4.1";
  rule.type = RuleType::reach;
  rule.value = 10;
  rule.headline = true;
  Framework framework = sample::framework({rule});
  framework.indicators["4.1"].scale = Scale::log;
  framework.indicators["4.1"].direction = Direction::up;
  AssessOptions at;
  at.at = {2011, 9, 25};
  const AssessmentRun run =
      assess_panel(std::move(panel), {}, std::move(framework), sample::registry(), {binding("b", 1, {feeds("S", "4.1")})}, at);
  const std::vector<Pace> paces = required_paces(run, few());
  const Pace& a = of(run, paces, "AAA");
  EXPECT_EQ(a.status, PaceStatus::no_episodes);
  EXPECT_DOUBLE_EQ(a.linear.needed, 2);
  EXPECT_TRUE(std::isnan(a.rate.needed));
  EXPECT_TRUE(std::isnan(a.years_late));  // it does not move: never
}

TEST(Pace, RulesWithoutANumber) {
  TargetRule none = halve("4.1", true);
  none.type = RuleType::halt_and_reverse;
  const AssessmentRun run = run_of(figures(), {feeds("S", "4.1")}, Scale::log, none);
  ASSERT_EQ(required_paces(run, few()).size(), 4U);
  for (const Pace& one : required_paces(run, few())) EXPECT_EQ(one.status, PaceStatus::no_number);
  TargetRule relative = halve("4.1", true);
  relative.type = RuleType::relative;
  relative.to = "4.2";
  const AssessmentRun gap = run_of(figures(), {feeds("S", "4.1"), feeds("S", "4.2")}, Scale::log, relative);
  ASSERT_EQ(required_paces(gap, few()).size(), 4U);
  for (const Pace& one : required_paces(gap, few())) EXPECT_EQ(one.status, PaceStatus::not_defined);
}

TEST(Pace, Tables) {
  const AssessmentRun run = run_of(figures(), {feeds("S", "4.1")});
  const std::vector<Pace> paces = required_paces(run, few());
  const Table brief = pace_table(run, paces, Language::en, true);
  EXPECT_EQ(brief.rows(), paces.size());
  EXPECT_NE(to_text(brief).find("2 of 5"), std::string::npos);
  EXPECT_NE(to_text(brief).find("CCC 2005-2010: -5.6 %"), std::string::npos);
  EXPECT_EQ(pace_table(run, paces, Language::en, false).rows(), paces.size());
  EXPECT_EQ(performer_table(run, paces, Language::en).rows(),
            of(run, paces, "AAA").best.size() + of(run, paces, "CCC").best.size());
  EXPECT_EQ(pace_table(run, {}, Language::en, false).rows(), 0U);
}

}  // namespace
}  // namespace stocktake
