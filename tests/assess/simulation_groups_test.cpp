// Joint draws of groups: analytic checks, groups that overlap, coverage, medians, and the same bytes on any number of threads.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "assess/simulation/quantiles.h"
#include "assess/simulation/run_jobs.h"
#include "assess/simulation_sample.h"

namespace stocktake {
namespace {

using sample::figure;
using sample::groups;
using sample::missing;
using sample::simulate;
using sample::table;

double correlation(std::span<const double> x, std::span<const double> y) {
  const double n = static_cast<double>(x.size());
  const double mx = std::accumulate(x.begin(), x.end(), 0.0) / n, my = std::accumulate(y.begin(), y.end(), 0.0) / n;
  double xx = 0, yy = 0, xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mx) * (x[i] - mx);
    yy += (y[i] - my) * (y[i] - my);
    xy += (x[i] - mx) * (y[i] - my);
  }
  return xy / std::sqrt(xx * yy);
}

TEST(SimulationDraws, NormalsAreStandardAndDoNotDependOnHowTheyAreAskedFor) {
  std::vector<double> all(100000);
  fill_normals(stream_key(1, "S", "AAA"), 0, all);
  double sum = 0, squares = 0, fourth = 0;
  for (const double z : all) {
    sum += z;
    squares += z * z;
    fourth += z * z * z * z;
  }
  EXPECT_NEAR(sum / 1e5, 0, 5 / std::sqrt(1e5));
  EXPECT_NEAR(squares / 1e5, 1, 5 * std::sqrt(2 / 1e5));
  EXPECT_NEAR(fourth / 1e5, 3, 5 * std::sqrt(96 / 1e5));
  std::vector<double> part(77);
  fill_normals(stream_key(1, "S", "AAA"), 1234, part);
  EXPECT_TRUE(std::equal(part.begin(), part.end(), all.begin() + 1234));
  std::vector<double> other(100000);
  fill_normals(stream_key(1, "S", "AAB"), 0, other);
  EXPECT_NEAR(correlation(all, other), 0, 5 / std::sqrt(1e5));
}

TEST(SimulationDraws, StreamsOfOtherNamesAndSeedsDiffer) {
  EXPECT_NE(stream_key(1, "S", "AB"), stream_key(1, "SA", "B"));
  EXPECT_NE(stream_key(1, "S", "A"), stream_key(2, "S", "A"));
  EXPECT_NE(stream_key(1, "S", "*"), stream_key(1, "S", "A"));
}

TEST(SimulationDraws, QuantileOutsideIsNoNumber) {
  EXPECT_TRUE(std::isnan(normal_quantile(-0.1)) && std::isnan(normal_quantile(NAN)));
  EXPECT_TRUE(std::isinf(normal_quantile(0)) && std::isinf(normal_quantile(1)));
}

// The group of both is the weighted mean of the two groups, draw by draw; the difference of groups that share a country is surer
// than independent groups would make it.
TEST(SimulationGroups, GroupsThatOverlapAgreeDrawByDraw) {
  const GroupMap map = groups(4, {{0, 1}, {2, 3}, {0, 1, 2, 3}, {1, 2}});
  const auto out =
      simulate(map, table({{figure(10, 1, 1), figure(20, 2, 2), figure(30, 3, 3), figure(40, 4, 4)}}), GroupKind::mean);
  for (std::size_t s = 0; s < out.draws.draws; ++s) {
    const double both = (3 * out.draws.row(0, 0)[s] + 7 * out.draws.row(0, 1)[s]) / 10;
    ASSERT_NEAR(out.draws.row(0, 2)[s], both, 1e-12);
  }
  // Share country 1: covariance 2/3 * 2/5 * 4.
  const double expected = (2.0 / 3 * 2 / 5 * 4) / (std::sqrt(1 + 16) / 3 * std::sqrt(16 + 81) / 5);
  EXPECT_NEAR(correlation(out.draws.row(0, 0), out.draws.row(0, 3)), expected, 0.03);
  EXPECT_NEAR(correlation(out.draws.row(0, 0), out.draws.row(0, 1)), 0, 0.03);
}

TEST(SimulationGroups, PathsAreCorrelatedInTime) {
  const auto out = simulate(groups(1, {{0}}), table({{figure(10, 1, 1)}, {figure(12, 3, 1)}}), GroupKind::mean, 1000);
  for (std::size_t s = 0; s < 1000; ++s) {
    ASSERT_NEAR(out.draws.row(1, 0)[s] - 12, 3 * (out.draws.row(0, 0)[s] - 10), 1e-12);
  }
}

TEST(SimulationGroups, ACommonShockCorrelatesCountries) {
  const GroupMap map = groups(2, {{0}, {1}, {0, 1}});
  const FigureTable figures = table({{figure(0, 1, 1), figure(0, 1, 1)}});
  const auto out = simulate(map, figures, GroupKind::mean, 40000, 0.6);
  EXPECT_NEAR(correlation(out.draws.row(0, 0), out.draws.row(0, 1)), 0.6, 0.02);
  EXPECT_NEAR(out.estimates[2].sd, std::sqrt((1 + 0.6) / 2), 0.02);
  const auto one = simulate(map, figures, GroupKind::mean, 500, 1);
  EXPECT_NEAR(one.estimates[0].sd, one.estimates[2].sd, 1e-12);
}

TEST(SimulationGroups, SumsAddWithoutWeights) {
  const auto out = simulate(groups(2, {{0, 1}}), table({{figure(10, 3, 5), figure(20, 4, 7)}}), GroupKind::sum, 40000);
  EXPECT_DOUBLE_EQ(out.estimates[0].value, 30);
  EXPECT_NEAR(out.estimates[0].sd, 5, 5 * 5 / std::sqrt(80000.0));
}

TEST(SimulationGroups, MediansAreThoseOfEachDraw) {
  const GroupMap map = groups(3, {{0, 1, 2}});
  const FigureTable figures = table({{figure(10, 4, 1), figure(12, 4, 5), figure(14, 4, 1)}});
  const auto plain = simulate(map, figures, GroupKind::median, 500),
             weighted = simulate(map, figures, GroupKind::weighted_median, 500);
  const auto alone = simulate(groups(3, {{0}, {1}, {2}}), figures, GroupKind::mean, 500);
  for (std::size_t s = 0; s < 500; ++s) {
    std::vector<double> y{alone.draws.row(0, 0)[s], alone.draws.row(0, 1)[s], alone.draws.row(0, 2)[s]};
    EXPECT_NEAR(weighted.draws.row(0, 0)[s], y[1], 1e-12);  // country 1 has more than half of the weight
    std::sort(y.begin(), y.end());
    EXPECT_NEAR(plain.draws.row(0, 0)[s], y[1], 1e-12);
  }
}

TEST(SimulationGroups, WithoutUncertaintyEveryDrawIsTheValue) {
  const auto out = simulate(groups(2, {{0, 1}}), table({{figure(10, 0, 60), figure(40, 0, 40)}}), GroupKind::mean, 3);
  const GroupEstimate& one = out.estimates[0];
  EXPECT_DOUBLE_EQ(one.value, 22);
  EXPECT_DOUBLE_EQ(one.mean, 22);
  EXPECT_EQ(one.sd, 0);
  for (const double q : one.quantiles) EXPECT_DOUBLE_EQ(q, 22);
  EXPECT_EQ(one.nature(), Nature::none);
}

TEST(SimulationGroups, OneDrawHasNoSpread) {
  const auto out = simulate(groups(1, {{0}}), table({{figure(10, 1, 1)}}), GroupKind::mean, 1);
  EXPECT_TRUE(std::isnan(out.estimates[0].sd));
  EXPECT_EQ(out.estimates[0].quantiles[0], out.estimates[0].mean);
}

TEST(SimulationGroups, CoverageCountsFiguresOfTheirOwn) {
  const GroupMap map = groups(3, {{0, 1, 2}, {2}});
  auto imputed = figure(50, 5, 100, FigureSource::imputed), projected = figure(20, 2, 60, FigureSource::projected);
  const auto out = simulate(map, table({{projected, figure(40, 0, 40), missing(100)}, {projected, figure(40, 0, 40), imputed}}),
                            GroupKind::mean, 100);
  const GroupEstimate &half = out.estimates[0], &nobody = out.estimates[1], &full = out.estimates[2], &made_up = out.estimates[3];
  EXPECT_DOUBLE_EQ(half.observed, 0.2);
  EXPECT_DOUBLE_EQ(half.projected, 0.3);
  EXPECT_TRUE(half.published());
  EXPECT_DOUBLE_EQ(half.value, (20 * 60 + 40 * 40) / 100.0);
  EXPECT_EQ(half.nature(), Nature::M);
  EXPECT_FALSE(nobody.published());
  EXPECT_EQ(nobody.figures, 0);
  EXPECT_DOUBLE_EQ(full.imputed, 0.5);
  EXPECT_DOUBLE_EQ(full.value, (20 * 60 + 40 * 40 + 50 * 100) / 200.0);
  EXPECT_EQ(full.nature(), Nature::E);
  EXPECT_FALSE(made_up.published());  // nothing but imputation, even where the least coverage were 0
  EXPECT_FALSE(
      simulate(map, table({{missing(60), figure(40, 0, 40), imputed}}), GroupKind::mean, 10, 0, 0).estimates[1].published());
  EXPECT_FALSE(
      simulate(map, table({{missing(60), figure(40, 0, 39), missing(1)}}), GroupKind::mean, 10).estimates[0].published());
}

TEST(SimulationGroups, MembersWithoutWeightDoNotCountInMeans) {
  const auto out = simulate(groups(2, {{0, 1}}), table({{figure(10, 1, 0), figure(40, 0, 40)}}), GroupKind::mean, 10);
  EXPECT_DOUBLE_EQ(out.estimates[0].value, 40);
  EXPECT_EQ(out.estimates[0].figures, 1);
  EXPECT_FALSE(simulate(groups(1, {{0}}), table({{figure(10, 1, 0)}}), GroupKind::mean, 10).estimates[0].published());
  EXPECT_DOUBLE_EQ(simulate(groups(1, {{0}}), table({{figure(10, 0, 0)}}), GroupKind::median, 10).estimates[0].value, 10);
}

TEST(SimulationGroups, DrawsAreCutToNaturalBounds) {
  CountryFigure high = figure(99, 10, 1);
  high.scale.ceiling = 100;
  const auto out = simulate(groups(1, {{0}}), table({{high}}), GroupKind::mean, 1000);
  EXPECT_EQ(out.estimates[0].quantiles.back(), 100);
}

TEST(Quantiles, AsBySortingForAnyShape) {
  std::vector<double> room, out(quantile_levels.size());
  for (const std::size_t size : {1U, 2U, 7U, 1000U, 4097U}) {
    std::vector<double> z(size);
    fill_normals(size, 0, z);
    for (const int shape : {0, 1, 2, 3}) {  // normal, heavy tail, few distinct, all alike
      std::vector<double> x;
      for (const double one : z)
        x.push_back(shape == 0 ? one : shape == 1 ? std::exp(9 * one) : shape == 2 ? std::round(one) : 5);
      quantiles_of(x, quantile_levels, room, out);
      std::sort(x.begin(), x.end());
      for (std::size_t q = 0; q < out.size(); ++q) {
        const double at = quantile_levels[q] * static_cast<double>(size - 1);
        const auto rank = static_cast<std::size_t>(at);
        const double next = x[std::min(rank + 1, size - 1)];
        EXPECT_DOUBLE_EQ(out[q], x[rank] + (at - static_cast<double>(rank)) * (next - x[rank])) << size << " " << shape;
      }
    }
  }
  quantiles_of({}, quantile_levels, room, out);
  EXPECT_TRUE(std::isnan(out[0]));
}

// The whole way on many series: one thread and two give the same bytes, and the draws of a country do not depend on the groups
// that are asked for.
TEST(SimulationGroups, SameBytesOnAnyNumberOfThreads) {
  const AreaRegistry areas = sample::registry();
  Panel panel;
  static const std::vector<std::string> names = [] {
    std::vector<std::string> made;
    for (int i = 0; i < 40; ++i) made.push_back("S" + std::to_string(i));
    return made;
  }();
  for (int i = 0; i < 40; ++i) {
    for (const char* area : {"AAA", "BBB", "CCC"}) {
      sample::add(panel, names[static_cast<std::size_t>(i)], area,
                  {{2000, 5.0 + i}, {2003, 6.5}, {2004, 9}, {2008, 8.0 + i % 7}});
    }
  }
  const auto run = [&](unsigned threads, const std::vector<AreaId>& wanted) {
    const GroupMap map = map_groups(areas, wanted, {2013, 1, 1});
    std::vector<SimulationJob> jobs;
    for (std::uint32_t i = 0; i < 40; ++i) {
      SimulationJob job;
      job.name = names[i];
      job.series = SeriesOfArea(areas.all().size(), no_series);
      for (std::uint32_t c = 0; c < 3; ++c) job.series[c] = 3 * i + c;
      job.years = {2006, 2012};
      jobs.push_back(std::move(job));
    }
    SimulationSettings settings;
    settings.draws.draws = 300;
    settings.threads = threads;
    std::vector<std::vector<double>> rows(jobs.size());
    run_jobs(panel, areas, map, {}, jobs, settings,
             [&](std::size_t j, const FigureTable&, const GroupDraws& draws, const std::vector<GroupEstimate>&) {
               for (std::size_t y = 0; y < 2; ++y) {
                 const auto row = draws.row(y, draws.groups - 1);
                 rows[j].insert(rows[j].end(), row.begin(), row.end());
               }
             });
    return rows;
  };
  const AreaId g = *areas.find("G"), ldc = *areas.find("LDC");
  const auto one = run(1, {g, ldc});
  EXPECT_EQ(one, run(2, {g, ldc}));
  EXPECT_EQ(one, run(3, {ldc}));
  EXPECT_NE(one[0], one[1]);
}

}  // namespace
}  // namespace stocktake
