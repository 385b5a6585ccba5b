// Each kind of finding: a panel that has it, and one just like it that has not.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "check_panel.h"
#include "framework/framework.h"

namespace stocktake {
namespace {

using testing::check;
using testing::Key;
using testing::make_panel;
using testing::of_kind;
using testing::one_series;

const std::string root = STOCKTAKE_SOURCE_DIR;

std::vector<int> years(int from, int to) {
  std::vector<int> all;
  for (int year = from; year <= to; ++year) all.push_back(year);
  return all;
}
std::vector<double> line(std::size_t count, double from = 10, double step = 1) {
  std::vector<double> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(from + step * static_cast<double>(i));
  return all;
}

const Framework& sdg() {
  static const Framework framework = load_framework(root + "/frameworks/sdg.yaml");
  return framework;
}
SeriesBinding entry(const std::string& series, const std::string& indicator, const std::string& unit) {
  SeriesBinding one;
  one.series = series;
  one.indicators["sdg"] = {indicator};
  one.unit = unit;
  return one;
}
Binding binding(const std::string& id, std::vector<SeriesBinding> series) {
  Binding one;
  one.id = id;
  one.series = std::move(series);
  return one;
}
CheckOptions in_2010() {
  CheckOptions options;
  options.at = {2010, 12, 31};
  return options;
}

// 6.1.1 is a share with the bounds 0 and 100; 17.10.1 a tariff, a share without an upper bound.
TEST(CheckKinds, BoundsOfTheIndicator) {
  const auto panel = [] { return make_panel({{"W", "FRA", "", "PERCENT", {2005, 2006}, {99, 104}}}); };
  const auto found =
      of_kind(check(panel(), in_2010(), {binding("a", {entry("W", "6.1.1", "PERCENT")})}, &sdg()), CheckKind::out_of_bounds);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].indicator, "6.1.1");
  EXPECT_EQ(found[0].value, 104);
  EXPECT_EQ(found[0].expected, 100);
  EXPECT_TRUE(
      of_kind(check(panel(), in_2010(), {binding("a", {entry("W", "17.10.1", "PERCENT")})}, &sdg()), CheckKind::out_of_bounds)
          .empty());
  SeriesBinding context = entry("W", "6.1.1", "PERCENT");  // shown beside the indicator, not judged by it
  context.judged = false;
  EXPECT_TRUE(of_kind(check(panel(), in_2010(), {binding("a", {context})}, &sdg()), CheckKind::out_of_bounds).empty());
}

TEST(CheckKinds, AShareAboveAHundredWhereThatIsTheException) {
  std::vector<double> values(120, 50.5);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] += 0.1 * static_cast<double>(i % 7);
  values[60] = 101;
  const auto of = [&](const std::string& unit) {
    return of_kind(check(make_panel({{"W", "FRA", "", unit, years(1900, 2019), values}})), CheckKind::out_of_bounds);
  };
  ASSERT_EQ(of("PERCENT").size(), 1U);
  EXPECT_EQ(of("PERCENT")[0].first_year, 1960);
  EXPECT_TRUE(of("NUMBER").empty());
  values[10] = values[20] = 130;  // no exception: 3 of 120
  EXPECT_TRUE(of("PERCENT").empty());
}

TEST(CheckKinds, AnIntervalThatHoldsTheFigureIsNone) {
  Panel panel = one_series({2000, 2001}, {5, 6});
  panel.lower = {5, std::numeric_limits<double>::quiet_NaN()};
  panel.upper = {5, 6};
  EXPECT_TRUE(check(panel).findings.empty());
  panel.lower = {4, 7};  // above its upper bound
  panel.upper = {6, 6.5};
  EXPECT_EQ(of_kind(check(panel), CheckKind::interval).size(), 1U);
}

TEST(CheckKinds, ANegativeFigureAndAZeroWhereTheyAreTheException) {
  std::vector<double> values = line(120, 50);
  const auto result = [&] { return check(one_series(years(1900, 2019), values)); };
  EXPECT_TRUE(result().findings.empty());
  values[0] = -99;
  EXPECT_EQ(of_kind(result(), CheckKind::negative).size(), 1U);
  values[0] = 50;
  values[60] = 0;
  EXPECT_EQ(of_kind(result(), CheckKind::zero).size(), 1U);
  values[0] = -1;  // a series of both signs passes through zero
  EXPECT_TRUE(of_kind(result(), CheckKind::zero).empty());
  values[1] = -1;  // 2 of 120 are no exception
  EXPECT_TRUE(of_kind(result(), CheckKind::negative).empty());
}

TEST(CheckKinds, RowsThatStandTwice) {
  const auto found = of_kind(check(one_series({2000}, {1}), {}, {}, nullptr, {}, {{3, 2, 14}}), CheckKind::duplicate_row);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].figures, 2);
  EXPECT_EQ(found[0].evidence, "vintage 3: 2; line 14");
}

TEST(CheckKinds, VintagesThatSayTheSameOrOtherwise) {
  VintageOverlap overlap;
  overlap.series = "X";
  overlap.earlier = 1;
  overlap.later = 2;
  overlap.same = 4;
  const auto same = check(one_series({2000}, {1}), {}, {}, nullptr, {overlap});
  EXPECT_EQ(of_kind(same, CheckKind::repeated_vintage).size(), 1U);
  EXPECT_TRUE(of_kind(same, CheckKind::revised).empty());
  overlap.same = 0;
  overlap.revised = 1;
  overlap.area = "FRA";
  overlap.year = 2000;
  overlap.before = 8;
  overlap.after = 10;
  const auto revised = check(one_series({2000}, {1}), {}, {}, nullptr, {overlap});
  EXPECT_TRUE(of_kind(revised, CheckKind::repeated_vintage).empty());
  ASSERT_EQ(of_kind(revised, CheckKind::revised).size(), 1U);
  EXPECT_DOUBLE_EQ(of_kind(revised, CheckKind::revised)[0].score, 0.2);
}

TEST(CheckKinds, UnitsOfASeries) {
  const auto two = check(make_panel({{"X", "DEU", "", "KMSQ", {2000}, {1}}, {"X", "FRA", "", "HA_TH", {2000}, {1}}}));
  ASSERT_EQ(of_kind(two, CheckKind::unit_mixed).size(), 1U);
  EXPECT_EQ(two.findings[0].score, 2);
  const auto one = check(make_panel({{"X", "DEU", "", "KMSQ", {2000}, {1}}, {"X", "FRA", "", "KMSQ", {2000}, {1}}}));
  EXPECT_TRUE(one.findings.empty());
}

TEST(CheckKinds, AnotherUnitThanTheBindingSays) {
  const std::vector<Binding> bindings{binding("a", {entry("X", "6.1.1", "PERCENT")})};
  const auto of = [&](const std::string& unit) {
    return of_kind(check(make_panel({{"X", "DEU", "", unit, {2000}, {1}}}), in_2010(), bindings, &sdg()),
                   CheckKind::unit_binding);
  };
  ASSERT_EQ(of("NUMBER").size(), 1U);
  EXPECT_EQ(of("NUMBER")[0].evidence, "NUMBER x 1 <> PERCENT");
  EXPECT_EQ(of("no such unit").size(), 1U);
  for (const char* same : {"PERCENT", "percent", ""}) EXPECT_TRUE(of(same).empty()) << same;
  EXPECT_TRUE(of_kind(check(make_panel({{"Y", "DEU", "", "NUMBER", {2000}, {1}}}), in_2010(), bindings, &sdg()),
                      CheckKind::unit_binding)
                  .empty());  // a series that no binding has
}

class Disagreement : public ::testing::Test {
 protected:
  std::vector<Finding> found(const std::vector<Key>& keys) const {
    return of_kind(check(make_panel(keys), options, bindings, &sdg()), CheckKind::disagreement);
  }
  CheckOptions options = in_2010();
  std::vector<Binding> bindings{binding("a", {entry("A", "6.1.1", "PERCENT")}), binding("b", {entry("B", "6.1.1", "PERCENT")})};
};

TEST_F(Disagreement, OfTwoSourcesForTheSameAreaAndYear) {
  const auto two =
      found({{"A", "FRA", "", "", {2000, 2001, 2002}, {50, 51, 52}}, {"B", "FRA", "", "", {2001, 2002}, {51.5, 70}}});
  ASSERT_EQ(two.size(), 1U);
  EXPECT_EQ(two[0].indicator, "6.1.1");
  EXPECT_EQ(two[0].series, "A | B");
  EXPECT_EQ(two[0].area, "FRA");
  EXPECT_EQ(two[0].first_year, 2002);
  EXPECT_EQ(two[0].figures, 1);
  EXPECT_DOUBLE_EQ(two[0].score, 18.0 / 70);
  EXPECT_EQ(two[0].evidence, "2002 A 52; B 70; 1 / 2");
}

TEST_F(Disagreement, NotOfOtherAreasYearsKeysOrSmallDifferences) {
  const Key a{"A", "FRA", "", "", {2000}, {50}};
  EXPECT_TRUE(found({a, {"B", "DEU", "", "", {2000}, {90}}}).empty());
  EXPECT_TRUE(found({a, {"B", "FRA", "", "", {2001}, {90}}}).empty());
  EXPECT_TRUE(found({a, {"B", "FRA", "SEX=F", "", {2000}, {90}}}).empty());  // no headline
  EXPECT_TRUE(found({a, {"B", "FRA", "", "", {2000}, {54}}}).empty());       // less than a tenth
  EXPECT_TRUE(found({{"A", "FRA", "", "", {2000}, {0}}, {"B", "FRA", "", "", {2000}, {0}}}).empty());
  // Small shares differ by much of themselves: at least two points are asked for.
  EXPECT_TRUE(found({{"A", "FRA", "", "", {2000}, {1}}, {"B", "FRA", "", "", {2000}, {2.5}}}).empty());
  EXPECT_EQ(found({{"A", "FRA", "", "", {2000}, {1}}, {"B", "FRA", "", "", {2000}, {3}}}).size(), 1U);
  EXPECT_TRUE(found({{"A", "FRA", "", "", {2000}, {std::nan("")}}, {"B", "FRA", "", "", {2000}, {3}}}).empty());
}

TEST_F(Disagreement, OnlyOfExactEntriesOfTheSameUnit) {
  const std::vector<Key> keys{{"A", "FRA", "", "", {2000}, {50}}, {"B", "FRA", "", "", {2000}, {90}}};
  EXPECT_EQ(found(keys).size(), 1U);
  bindings[1].series[0].exact = false;
  EXPECT_TRUE(found(keys).empty());
  bindings[1].series[0].exact = true;
  bindings[1].series[0].unit = "NUMBER";
  EXPECT_TRUE(found(keys).empty());
  bindings[1].series[0].unit = "PERCENT";
  bindings[1].series[0].multiply = 0.5;  // 45 of 50: exactly a tenth, not more
  EXPECT_TRUE(found(keys).empty());
  options.disagreement = 0.05;
  EXPECT_EQ(found(keys).size(), 1U);
}

TEST(CheckKinds, ASeriesOfAnAreaThatStopped) {
  std::vector<Key> keys;
  for (const char* area : {"AUT", "BEL", "CHE", "DEU", "ESP"}) keys.push_back({"X", area, "", "", years(2000, 2015), line(16)});
  keys.push_back({"X", "FRA", "", "", years(2000, 2008), line(9)});
  const auto found = of_kind(check(make_panel(keys)), CheckKind::stopped);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].area, "FRA");
  EXPECT_EQ(found[0].score, 7);
  keys.back().years = {2007, 2008};  // two figures are no series
  keys.back().values = {1, 2};
  EXPECT_TRUE(of_kind(check(make_panel(keys)), CheckKind::stopped).empty());
  keys.back().years = {2000, 2004, 2008};  // a survey every fourth year may come in the eighth
  keys.back().values = {1, 2, 3};
  EXPECT_TRUE(of_kind(check(make_panel(keys)), CheckKind::stopped).empty());
}

TEST(CheckKinds, AHoleIsOfAnAreaNotOfABenchmarkYear) {
  const std::vector<int> sparse{1990, 2000, 2010, 2015, 2016, 2017, 2018, 2019, 2020};
  std::vector<Key> keys;
  for (const char* area : {"AUT", "BEL", "CHE", "DEU", "ESP", "FRA"}) keys.push_back({"X", area, "", "", sparse, line(9)});
  EXPECT_TRUE(of_kind(check(make_panel(keys)), CheckKind::hole).empty());
  for (std::size_t k = 0; k < 5; ++k) {
    keys[k].years = years(1990, 2020);
    keys[k].values = line(31);
  }
  const auto found = of_kind(check(make_panel(keys)), CheckKind::hole);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].area, "FRA");
  EXPECT_EQ(found[0].evidence, "1991-1999 2001-2009 2011-2014");
  EXPECT_EQ(found[0].score, 9);
  EXPECT_TRUE(
      check(one_series({2000, 2001, 2002, 2006, 2007, 2008, 2009, 2010}, line(8))).findings.empty());  // three are left out
}

TEST(CheckKinds, RoundFiguresAndAFullShareMayRepeat) {
  EXPECT_TRUE(check(one_series(years(2000, 2007), {7, 7, 7, 7, 7, 7, 7, 7})).findings.empty());
  EXPECT_TRUE(check(make_panel({{"X", "FRA", "", "PERCENT", years(2000, 2007), std::vector<double>(8, 100)}})).findings.empty());
  EXPECT_EQ(check(one_series(years(2000, 2007), std::vector<double>(8, 12.75))).findings.size(), 1U);
}

TEST(CheckKinds, OneNatureIsNoMixture) {
  Panel panel = one_series({2000, 2001}, {5, 6});
  panel.provenances[0].nature = Nature::C;
  EXPECT_TRUE(check(panel).findings.empty());
}

TEST(CheckKinds, IndicatorsAndAreasWithoutFigures) {
  const std::vector<Binding> bindings{binding("a", {entry("A", "6.1.1", "PERCENT")})};
  const auto result =
      check(make_panel({{"A", "FRA", "", "", {2010}, {50}}, {"Z", "DEU", "", "", {2010}, {1}}}), in_2010(), bindings, &sdg());
  EXPECT_TRUE(of_kind(result, CheckKind::missing_indicator).empty());
  const auto areas = of_kind(result, CheckKind::missing_areas);
  EXPECT_TRUE(areas.empty());  // the years counted begin with the framework's baseline, 2015
  CheckOptions later = in_2010();
  later.first_year = 2005;
  const auto counted =
      check(make_panel({{"A", "FRA", "", "", {2008}, {50}}, {"Z", "DEU", "", "", {2008}, {1}}}), later, bindings, &sdg());
  EXPECT_GT(of_kind(counted, CheckKind::missing_indicator).size(), 100U);
  ASSERT_EQ(of_kind(counted, CheckKind::missing_areas).size(), 1U);
  EXPECT_EQ(of_kind(counted, CheckKind::missing_areas)[0].evidence, "1 / 2: DEU");
}

TEST(CheckDegenerate, WithoutAChangeWithoutASpreadOrWithoutANumber) {
  const double nan = std::nan(""), infinite = std::numeric_limits<double>::infinity();
  EXPECT_TRUE(check(one_series({2000}, {5})).findings.empty());
  EXPECT_TRUE(check(one_series(years(2000, 2009), std::vector<double>(10, 0))).findings.empty());
  EXPECT_TRUE(check(one_series(years(2000, 2009), std::vector<double>(10, -4))).findings.empty());
  // A spread of zero is taken as half a per cent a year: a change far beyond is a jump, a small one is none.
  const auto jump = check(one_series(years(2000, 2009), {2, 2, 2, 2, 2, 5, 5, 5, 5, 5.1}));
  ASSERT_EQ(of_kind(jump, CheckKind::jump).size(), 1U);
  EXPECT_NEAR(of_kind(jump, CheckKind::jump)[0].score, std::log(2.5) / 0.005, 1e-9);
  // Of a single change it is not known how large a step of the series is: it is none.
  EXPECT_TRUE(check(one_series(years(2000, 2009), {2, 2, 2, 2, 2, 3, 3, 3, 3, 3})).findings.empty());
  // Figures of both signs are judged by their middle size; what is no number leaves its series unjudged.
  EXPECT_EQ(of_kind(check(one_series(years(2000, 2009), {-3, 2, 3, -1, 1, 90, 2, 3, -2, 1})), CheckKind::outlier).size(), 1U);
  for (const double bad : {nan, infinite, -infinite})
    EXPECT_TRUE(check(one_series(years(2000, 2009), {10, 11, 12, 13, bad, 15, 16, 17, 18, 90})).findings.empty()) << bad;
}

}  // namespace
}  // namespace stocktake
