// Groups from countries: weights, interpolation, coverage.
#include "assess/aggregate.h"

#include <gtest/gtest.h>

#include "assess/sample.h"

namespace stocktake {
namespace {

constexpr AreaId a = 0, b = 1, c = 2;
const std::vector<AreaId> members{a, b, c};

// A: 10 in 2000, 20 in 2010; B: 40 in 2000 only; C has no figures. Weights 60, 40, 100 in 2000 (C alone grows).
struct Fixture {
  Panel panel;
  SeriesOfArea series{0, 1, no_series};
  SeriesOfArea weights{2, 3, 4};
  explicit Fixture(double weight_of_c = 100) {
    sample::add(panel, "S", "AAA", {{2000, 10}, {2010, 20}});
    sample::add(panel, "S", "BBB", {{2000, 40}, {2006, 70}});
    sample::add(panel, "W", "AAA", {{2000, 60}, {2010, 60}});
    sample::add(panel, "W", "BBB", {{2000, 40}, {2010, 40}});
    sample::add(panel, "W", "CCC", {{2000, weight_of_c}, {2010, weight_of_c}});
  }
  GroupFigures mean(double min_coverage, int last_year = 2012) const {
    return aggregate_group(panel, members, series, &weights, Aggregate::weighted_mean, min_coverage, last_year);
  }
};

TEST(Aggregate, WeightedMeanOfInterpolatedFigures) {
  const GroupFigures group = Fixture().mean(0.5);
  ASSERT_EQ(group.year.front(), 2000);
  ASSERT_EQ(group.year.back(), 2006);  // B is not carried beyond 2006; A alone has 30 % of the weight
  ASSERT_EQ(group.year.size(), 7U);
  EXPECT_DOUBLE_EQ(group.value[0], (60 * 10 + 40 * 40) / 100.0);
  EXPECT_DOUBLE_EQ(group.value[3], (60 * 13 + 40 * 55) / 100.0);  // 2003: 10 + 3 of 10; 40 + 3/6 of 30
  EXPECT_FLOAT_EQ(group.share[0], 0.5F);
}

TEST(Aggregate, CoverageJustBelowAndAtTheThreshold) {
  EXPECT_FALSE(Fixture(100).mean(0.5).year.empty());  // 100 of 200
  EXPECT_TRUE(Fixture(100.001).mean(0.5).year.empty());
  const GroupFigures low = Fixture(100).mean(0.3);  // A alone: 60 of 200
  EXPECT_EQ(low.year.back(), 2006);  // with A alone the value would jump: less than nine tenths of 0.5 is no end of a trend
  EXPECT_FLOAT_EQ(low.share.back(), 0.5F);
}

TEST(Aggregate, YearsAfterTheLastCompleteYearAreLeftOut) { EXPECT_EQ(Fixture().mean(0.5, 2004).year.back(), 2004); }

TEST(Aggregate, WeightsReachFiveYearsBeyondTheirEnds) {
  Panel panel;
  sample::add(panel, "S", "AAA", {{1990, 1}, {2012, 1}});
  sample::add(panel, "W", "AAA", {{2000, 5}, {2002, 9}});
  const SeriesOfArea series{0}, weights{1};
  const std::vector<AreaId> one{a};
  const GroupFigures group = aggregate_group(panel, one, series, &weights, Aggregate::weighted_mean, 0.5, 2012);
  EXPECT_EQ(group.year.front(), 1995);
  EXPECT_EQ(group.year.back(), 2007);
}

TEST(Aggregate, SumIsCoveredByWeightOrByCount) {
  const Fixture fixture;
  const GroupFigures by_weight =
      aggregate_group(fixture.panel, members, fixture.series, &fixture.weights, Aggregate::sum, 0.5, 2012);
  EXPECT_DOUBLE_EQ(by_weight.value[0], 50);
  EXPECT_FLOAT_EQ(by_weight.share[0], 0.5F);
  const GroupFigures by_count = aggregate_group(fixture.panel, members, fixture.series, nullptr, Aggregate::sum, 0.5, 2012);
  EXPECT_DOUBLE_EQ(by_count.value[0], 50);
  EXPECT_FLOAT_EQ(by_count.share[0], 2.0F / 3);
}

TEST(Aggregate, WithoutWeightsThereIsNoWeightedMean) {
  const Fixture fixture;
  EXPECT_TRUE(aggregate_group(fixture.panel, members, fixture.series, nullptr, Aggregate::weighted_mean, 0.5, 2012).year.empty());
  EXPECT_TRUE(aggregate_group(fixture.panel, members, fixture.series, nullptr, Aggregate::none, 0.5, 2012).year.empty());
  const SeriesOfArea nobody(3, no_series);
  EXPECT_TRUE(aggregate_group(fixture.panel, members, nobody, &fixture.weights, Aggregate::sum, 0.5, 2012).year.empty());
}

TEST(Aggregate, FilterTextLeavesTotalsOut) {
  EXPECT_EQ(filter_text({{"AGE", "_T"}, {"SEX", "F"}}), "SEX=F");
  EXPECT_EQ(filter_text({}), "");
}

TEST(Aggregate, WeightsComeFromTheFirstBindingThatHasAny) {
  const AreaRegistry areas = sample::registry();
  Panel panel;
  sample::add(panel, "POP", "AAA", {{2000, 1}});
  sample::add(panel, "POP", "G", {{2000, 3}});
  sample::add(panel, "POP", "AAA", {{2000, 0.5}}, "SEX=F");
  Binding empty = sample::binding("first", 1, {}), full = sample::binding("second", 2, {});
  empty.weights["population"] = {"NOT_THERE", {}};
  full.weights["population"] = {"POP", {}};
  const auto found = find_weights(panel, areas, {empty, full}, "population");
  ASSERT_TRUE(found);
  EXPECT_EQ((*found)[*areas.find("AAA")], 0U);
  EXPECT_EQ((*found)[*areas.find("G")], no_series);
  EXPECT_FALSE(find_weights(panel, areas, {empty, full}, "births"));
}

}  // namespace
}  // namespace stocktake
