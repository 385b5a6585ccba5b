// The joint simulation's parts against R (tests/golden/aggregate.R and its output aggregate.csv).
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "assess/simulation/quantiles.h"
#include "assess/simulation_sample.h"
#include "base/files.h"

namespace stocktake {
namespace {

std::map<std::string, std::vector<double>> golden() {
  std::map<std::string, std::vector<double>> values;
  const SmallCsv csv =
      read_small_csv(std::string(STOCKTAKE_SOURCE_DIR) + "/tests/golden/aggregate.csv", {"what", "index", "value"});
  for (const auto& row : csv.rows) values[row[0]].push_back(std::stod(row[2]));
  return values;
}

void expect_near(double ours, double theirs, double relative) {
  EXPECT_NEAR(ours, theirs, relative * std::max(1.0, std::abs(theirs)));
}

TEST(SimulationGolden, NormalQuantileIsThatOfR) {
  const auto r = golden();
  const auto& p = r.at("p");
  ASSERT_EQ(p.size(), 15U);
  for (std::size_t i = 0; i < p.size(); ++i) expect_near(normal_quantile(p[i]), r.at("qnorm")[i], 4e-16);
}

TEST(SimulationGolden, RandomWalkWithDriftIsThatOfForecast) {
  const auto r = golden();
  const std::vector<std::int16_t> year{2000, 2001, 2002, 2003, 2004, 2005, 2006, 2007};
  const std::vector<double> value{10, 11, 13, 12.5, 15, 17, 16, 18.2};
  std::vector<double> mean(6), sd(6);
  ASSERT_TRUE(random_walk({{year.data(), value.data(), year.size()}, {}, {}}, mean, sd));
  for (std::size_t h = 0; h < 6; ++h) {
    expect_near(mean[h], r.at("drift_mean")[h], 1e-13);
    expect_near(sd[h], r.at("drift_sd")[h], 1e-13);
  }
}

TEST(SimulationGolden, QuantilesAreThoseOfType7) {
  const auto r = golden();
  const std::vector<double> draws{3.5, -1, 2, 8, 8, 0.25, 7.5, 11, -4, 6};
  std::vector<double> room, out(quantile_levels.size());
  quantiles_of(draws, quantile_levels, room, out);
  for (std::size_t i = 0; i < out.size(); ++i) expect_near(out[i], r.at("quantile")[i], 1e-14);
}

// Five countries in one group; the last row of aggregate.R's sample.
struct Five {
  std::vector<double> y{12, 55, 31, 8, 40}, w{60, 40, 25, 5, 30}, s{2, 5, 3, 1, 4};
  GroupEstimate estimate(GroupKind kind, std::vector<std::uint32_t> members = {0, 1, 2, 3, 4}) const {
    std::vector<CountryFigure> row;
    for (std::size_t c = 0; c < y.size(); ++c) row.push_back(sample::figure(y[c], s[c], w[c]));
    return sample::simulate(sample::groups(5, {std::move(members)}), sample::table({row}), kind, 40000).estimates[0];
  }
};

TEST(SimulationGolden, AggregatesAreThoseOfSurvey) {
  const auto r = golden();
  expect_near(Five().estimate(GroupKind::mean).value, r.at("svymean")[0], 1e-14);
  expect_near(Five().estimate(GroupKind::mean).value, r.at("weighted_mean")[0], 1e-14);
  expect_near(Five().estimate(GroupKind::sum).value, r.at("sum")[0], 1e-14);
  expect_near(Five().estimate(GroupKind::median).value, r.at("median")[0], 1e-14);
  expect_near(Five().estimate(GroupKind::median, {0, 1, 2, 3}).value, r.at("median_even")[0], 1e-14);
  expect_near(Five().estimate(GroupKind::weighted_median).value, r.at("svyquantile_median")[0], 1e-14);
  Five half;
  half.w = {75, 40, 25, 5, 15};
  expect_near(half.estimate(GroupKind::weighted_median).value, r.at("svyquantile_half")[0], 1e-14);
}

TEST(SimulationGolden, SpreadOfAWeightedMeanOfIndependentFigures) {
  const double sd = golden().at("sd_of_mean")[0];
  const GroupEstimate group = Five().estimate(GroupKind::mean);
  EXPECT_NEAR(group.sd, sd, 5 * sd / std::sqrt(2 * 40000.0));
  EXPECT_NEAR(group.mean, group.value, 5 * sd / std::sqrt(40000.0));
  EXPECT_NEAR(group.quantiles[5] - group.quantiles[1], 2 * normal_quantile(0.9) * sd, 0.05 * sd);
}

}  // namespace
}  // namespace stocktake
