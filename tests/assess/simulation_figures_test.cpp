// What is known of a country in a year: observed, interpolated, projected, imputed or missing, and how sure.
#include <gtest/gtest.h>

#include <cmath>

#include "assess/simulation/impute.h"
#include "assess/simulation_sample.h"

namespace stocktake {
namespace {

constexpr AreaId a = 0, b = 1, c = 2;

// Three countries in one group, with bounds added by hand.
struct Fixture {
  Panel panel;
  GroupMap map = sample::groups(3, {{0, 1, 2}});
  SeriesOfArea series{no_series, no_series, no_series}, weights{no_series, no_series, no_series};
  FigureOptions options;
  Indicator indicator;
  bool weighted = false;

  void add(AreaId country, const sample::Figures& figures) {
    series[country] = static_cast<std::uint32_t>(panel.size());
    sample::add(panel, "S", "X", figures);
  }
  void weigh(AreaId country, const sample::Figures& figures) {
    weights[country] = static_cast<std::uint32_t>(panel.size());
    sample::add(panel, "W", "X", figures);
    weighted = true;
  }
  void bounds(std::size_t at, double lower, double upper) {
    panel.lower.resize(panel.value.size(), missing_value);
    panel.upper.resize(panel.value.size(), missing_value);
    panel.lower[at] = lower;
    panel.upper[at] = upper;
  }
  FigureTable at(const std::vector<std::int16_t>& years, const std::vector<std::uint8_t>& regions = {}) {
    panel.lower.resize(panel.lower.empty() ? 0 : panel.value.size(), missing_value);
    panel.upper.resize(panel.upper.empty() ? 0 : panel.value.size(), missing_value);
    return country_figures(panel, map, series, weighted ? &weights : nullptr, years, regions, options);
  }
};

TEST(SimulationFigures, PublishedBoundsGiveTheSpread) {
  Fixture f;
  f.add(a, {{2000, 50}, {2001, 60}, {2002, 70}, {2003, 75}});
  f.bounds(0, 40, 60);
  f.bounds(1, missing_value, 66);
  f.bounds(2, 80, 90);  // the figure lies outside its bounds: the upper one alone counts
  const double z95 = normal_quantile(0.95);
  const FigureTable table = f.at({2000, 2001, 2002, 2003});
  EXPECT_NEAR(table.year(0)[a].sd, 20 / (2 * z95), 1e-12);
  EXPECT_NEAR(table.year(1)[a].sd, 6 / z95, 1e-12);
  EXPECT_NEAR(table.year(2)[a].sd, 20 / z95, 1e-12);
  EXPECT_EQ(table.year(3)[a].sd, 0);
  EXPECT_EQ(table.year(0)[a].source, FigureSource::observed);
  f.options.interval = 0.95;
  EXPECT_NEAR(f.at({2000}).year(0)[a].sd, 20 / (2 * normal_quantile(0.975)), 1e-12);
}

TEST(SimulationFigures, OnALogarithmicScale) {
  Fixture f;
  f.indicator.scale = Scale::log;
  f.options.indicator = &f.indicator;
  f.add(a, {{2000, 50}, {2001, 50}});
  f.bounds(0, 40, 62.5);
  f.bounds(1, 0, 62.5);  // a bound at 0 is infinitely far on this scale: the upper one alone counts
  const FigureTable table = f.at({2000, 2001});
  EXPECT_NEAR(table.year(0)[a].centre, std::log(50), 1e-12);
  EXPECT_NEAR(table.year(0)[a].sd, std::log(62.5 / 40) / (2 * normal_quantile(0.95)), 1e-12);
  EXPECT_NEAR(table.year(1)[a].sd, std::log(1.25) / normal_quantile(0.95), 1e-12);
  EXPECT_EQ(table.year(0)[a].value, 50);  // as published, not by way of the logarithm
}

// 10, 14 and 15 with a gap of four years: the line, and a Brownian bridge of variance v (t - a)(b - t)/(b - a).
TEST(SimulationFigures, GapsAreBridged) {
  Fixture f;
  f.add(a, {{2000, 10}, {2004, 14}, {2005, 16}});
  const double drift = 6.0 / 5, v = std::pow(4 - 4 * drift, 2) / 4 + std::pow(2 - drift, 2);
  const FigureTable table = f.at({2001, 2002, 2004});
  EXPECT_DOUBLE_EQ(table.year(0)[a].value, 11);
  EXPECT_NEAR(table.year(0)[a].sd, std::sqrt(v * 1 * 3 / 4), 1e-12);
  EXPECT_NEAR(table.year(1)[a].sd, std::sqrt(v * 2 * 2 / 4), 1e-12);
  EXPECT_EQ(table.year(1)[a].source, FigureSource::interpolated);
  EXPECT_EQ(table.year(2)[a].source, FigureSource::observed);
  EXPECT_EQ(table.year(2)[a].sd, 0);
}

TEST(SimulationFigures, TwoFiguresBorrowTheSpreadOfTheOthers) {
  Fixture f;
  f.add(a, {{2000, 10}, {2004, 18}});
  f.add(b, {{2000, 0}, {2001, 3}, {2002, 4}, {2003, 9}, {2004, 12}});  // drift 3: residuals 0, -2, 2, 0: v = 8/3
  const FigureTable table = f.at({2002, 2006});
  EXPECT_NEAR(table.year(0)[a].sd, std::sqrt(8.0 / 3 * 2 * 2 / 4), 1e-12);
  EXPECT_DOUBLE_EQ(table.year(1)[a].value, 18);  // too few for a drift of its own
  EXPECT_NEAR(table.year(1)[a].sd, std::sqrt(8.0 / 3 * 2), 1e-12);
  EXPECT_EQ(table.year(1)[a].source, FigureSource::projected);
}

TEST(SimulationFigures, NobodyWithThreeFiguresMeansNoProjection) {
  Fixture f;
  f.add(a, {{2000, 10}, {2004, 18}});
  const FigureTable table = f.at({2002, 2005});
  EXPECT_EQ(table.year(0)[a].sd, 0);
  EXPECT_EQ(table.year(1)[a].source, FigureSource::missing);
}

TEST(SimulationFigures, ProjectionsAreThoseOfTheProjector) {
  Fixture f;
  f.add(a, {{2000, 10}, {2001, 12}, {2002, 11}});
  f.options.projector = [](const ProjectionInput& input, std::span<double> mean, std::span<double> sd) {
    for (std::size_t h = 0; h < mean.size(); ++h) {
      mean[h] = input.series.value[input.series.size - 1] + static_cast<double>(h + 1);
      sd[h] = 0.5 * static_cast<double>(h + 1);
    }
    return true;
  };
  const FigureTable table = f.at({2005});
  EXPECT_DOUBLE_EQ(table.year(0)[a].value, 14);
  EXPECT_DOUBLE_EQ(table.year(0)[a].sd, 1.5);
  f.options.projector = [](const ProjectionInput&, std::span<double> mean, std::span<double>) {
    mean[0] = NAN;  // what is not finite is not believed
    return true;
  };
  EXPECT_DOUBLE_EQ(f.at({2005}).year(0)[a].value, 11);  // the random walk without drift instead
  f.options.projector = [](const ProjectionInput& input, std::span<double> mean, std::span<double> sd) {
    return project(input, Model::local_trend, mean, sd);
  };
  std::vector<double> mean(3), sd(3);
  const std::vector<std::int16_t> year{2000, 2001, 2002};
  const std::vector<double> value{10, 12, 11};
  ASSERT_TRUE(project({{year.data(), value.data(), 3}, {}, {}}, Model::local_trend, mean, sd));
  EXPECT_DOUBLE_EQ(f.at({2005}).year(0)[a].centre, mean[2]);
  EXPECT_DOUBLE_EQ(f.at({2005}).year(0)[a].sd, sd[2]);
}

TEST(SimulationFigures, OldFiguresAreNotProjected) {
  Fixture f;
  f.add(a, {{1990, 1}, {1991, 2}, {1992, 4}});
  f.add(b, {{1990, 1}, {1991, 2}, {1998, 4}});
  f.add(c, {{1990, 1}, {1991, 2}, {2000, 4}});
  EXPECT_EQ(latest_year(f.panel, f.map, f.series, 2010), 1998);  // two of three
  EXPECT_EQ(latest_year(f.panel, f.map, f.series, 1997), 1991);  // those of b and c in 1998 and 2000 are not known
  const FigureTable table = f.at({1989, 1996, 2005});
  EXPECT_EQ(table.year(0)[a].source, FigureSource::missing);    // before the first figure
  EXPECT_EQ(table.year(1)[a].source, FigureSource::projected);  // four years old in 1996
  EXPECT_EQ(table.year(2)[a].source, FigureSource::missing);    // six years old at the latest year
  EXPECT_EQ(table.year(2)[b].source, FigureSource::projected);
  f.options.max_age = 6;
  EXPECT_EQ(f.at({2005}).year(0)[a].source, FigureSource::projected);
}

TEST(SimulationFigures, NoFiguresAndFiguresThatAreNone) {
  Fixture f;
  f.add(a, {{2000, NAN}, {2001, INFINITY}});
  f.add(b, {});
  EXPECT_EQ(latest_year(f.panel, f.map, f.series, 2010), 0);
  for (const CountryFigure& one : f.at({2000}).figures) EXPECT_EQ(one.source, FigureSource::missing);
  EXPECT_TRUE(f.at({}).figures.empty());
}

TEST(SimulationFigures, WeightsAreInterpolatedAndGoOn) {
  Fixture f;
  f.add(a, {{2000, 1}, {2001, 2}, {2012, 4}});
  f.weigh(a, {{2000, 10}, {2010, 20}});
  f.weigh(b, {{2000, -5}, {2006, 7}});
  const FigureTable table = f.at({1995, 1994, 2005, 2012, 2030});
  EXPECT_EQ(table.year(0)[a].weight, 10);
  EXPECT_EQ(table.year(1)[a].weight, 0);
  EXPECT_EQ(table.year(2)[a].weight, 15);
  EXPECT_EQ(table.year(3)[a].weight, 20);
  EXPECT_EQ(table.year(4)[a].weight, 20);  // beyond the latest year the last weight stands
  EXPECT_EQ(table.year(0)[b].weight, 0);   // negative
  EXPECT_EQ(table.year(4)[b].weight, 0);   // six years old at the latest year
  EXPECT_EQ(table.year(4)[c].weight, 0);
}

// The value at the centre is what aggregate_group computes, where nothing is projected.
TEST(SimulationFigures, CentresAreThoseOfTheAggregation) {
  Fixture f;
  f.add(a, {{2000, 10}, {2010, 20}});
  f.add(b, {{2000, 40}, {2006, 70}});
  f.weigh(a, {{2000, 60}, {2010, 61}});
  f.weigh(b, {{2000, 40}, {2010, 49}});
  f.weigh(c, {{2000, 90}, {2010, 90}});
  const std::vector<AreaId> members{a, b, c};
  const GroupFigures group = aggregate_group(f.panel, members, f.series, &f.weights, Aggregate::weighted_mean, 0.5, 2010);
  ASSERT_EQ(group.year.size(), 7U);
  const auto out = sample::simulate(f.map, f.at(group.year), GroupKind::mean, 10);
  for (std::size_t y = 0; y < group.year.size(); ++y) {
    EXPECT_EQ(out.estimates[y].value, group.value[y]);
    EXPECT_FLOAT_EQ(static_cast<float>(out.estimates[y].observed), group.share[y]);
  }
}

// Four donors 10, 20, 30, 40 of one sub-region: mean 25, B = 500/3, predictive variance B (1 + 1/4).
struct Imputation : ::testing::Test {
  std::vector<CountryFigure> row{sample::figure(10, 0, 1), sample::figure(20, 0, 2), sample::figure(30, 0, 3),
                                 sample::figure(40, 0, 4), sample::missing(5),       sample::missing(6),
                                 sample::missing(0)};
  std::vector<std::uint8_t> regions{0, 0, 0, 0, 0, no_region, 0};
  FigureOptions options;
};

TEST_F(Imputation, FromTheSubRegion) {
  row.push_back(sample::figure(1000, 0, 1));  // another sub-region, with a single country
  row.push_back(sample::missing(1));
  regions.insert(regions.end(), {1, 1});
  impute_missing(row, regions, options);
  EXPECT_DOUBLE_EQ(row[4].value, 25);
  EXPECT_NEAR(row[4].sd, std::sqrt(500.0 / 3 * 1.25), 1e-12);
  EXPECT_EQ(row[4].source, FigureSource::imputed);
  EXPECT_DOUBLE_EQ(row[5].value, 220);              // in no sub-region: the world's
  EXPECT_DOUBLE_EQ(row[8].value, 220);              // too few donors in its own: the world's
  EXPECT_EQ(row[6].source, FigureSource::missing);  // without a weight it counts nowhere
  EXPECT_EQ(row[0].source, FigureSource::observed);
}

TEST_F(Imputation, OnTheIndicatorsScale) {
  Indicator indicator;
  indicator.scale = Scale::log;
  options.indicator = &indicator;
  impute_missing(row, regions, options);
  EXPECT_NEAR(row[4].value, std::pow(10.0 * 20 * 30 * 40, 0.25), 1e-12);
}

TEST_F(Imputation, OfCountsByWeight) {
  options.kind = GroupKind::sum;
  impute_missing(row, regions, options);  // every donor has 10 a head
  EXPECT_NEAR(row[4].value, 50, 1e-9);
  EXPECT_NEAR(row[4].sd, 0, 1e-12);
  row[0] = sample::figure(0, 0, 1);  // no logarithm: 0, 10, 10, 10 a head on the identity scale
  row[4] = sample::missing(5);
  impute_missing(row, regions, options);
  EXPECT_NEAR(row[4].value, 37.5, 1e-12);
  EXPECT_NEAR(row[4].sd, 5 * std::sqrt(25 * 1.25), 1e-12);
}

TEST_F(Imputation, NeedsThreeDonors) {
  row[0] = row[1] = sample::missing(1);
  impute_missing(row, regions, options);
  EXPECT_EQ(row[4].source, FigureSource::missing);
}

// The list of sub-regions is that of the reference: children of the five regions of the world, and no country in two.
TEST(SubRegions, ArePartsOfTheRegionsAndDoNotOverlap) {
  const AreaRegistry areas = AreaRegistry::load(std::string(STOCKTAKE_SOURCE_DIR) + "/reference");
  std::vector<int> times(areas.all().size(), 0);
  std::vector<std::vector<AreaId>> regions;
  for (const char* code : {"M49_002", "M49_019", "M49_142", "M49_150", "M49_009"}) {
    regions.push_back(areas.members(*areas.find(code), {2020, 1, 1}));
  }
  for (const std::string_view code : sub_regions()) {
    ASSERT_TRUE(areas.find(code)) << code;
    for (const AreaId member : areas.members(*areas.find(code), {2020, 1, 1})) ++times[member];
  }
  std::size_t countries = 0;
  for (const auto& region : regions) {
    for (const AreaId member : region) EXPECT_EQ(times[member], 1) << areas.at(member).code;
    countries += region.size();
  }
  EXPECT_GT(countries, 200U);
}

}  // namespace
}  // namespace stocktake
