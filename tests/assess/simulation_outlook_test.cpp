// Verdicts for groups by joint draws, contributions to a group's change, and both on real figures.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <tuple>

#include "assess/projection/combination.h"
#include "assess/simulation/aggregation.h"
#include "assess/simulation_sample.h"
#include "base/files.h"
#include "ingest/importer.h"
#include "shared_data.h"
#include "store/sample_store.h"

namespace stocktake {
namespace {

using Draws = std::vector<double>;

GroupPaths paths(int base_year, std::span<const double> base, int latest_year, std::span<const double> latest,
                 std::span<const double> deadline) {
  GroupPaths made;
  made.base_year = base_year;
  made.latest_year = latest_year;
  made.base = base;
  made.latest = latest;
  made.deadline = deadline;
  return made;
}

TEST(GroupOutlook, SharesOfTheDraws) {
  // To be halved from 1990 by 2015: targets 50, 50, 40, 50. In 2010, 20 years on, a linear path needs 60 of 100.
  const Draws base{100, 100, 80, 100}, latest{55, 70, 81, 49}, deadline{49, 51, 39, 60};
  const GroupOutlook out = outlook(sample::reduce_by(0.5), paths(1990, base, 2010, latest, deadline));
  EXPECT_DOUBLE_EQ(out.met(), 0.5);
  EXPECT_DOUBLE_EQ(out.met_now, 0.25);
  EXPECT_DOUBLE_EQ(out.on_track, 0.5);       // 55 goes to 43.75; 49 is there
  EXPECT_DOUBLE_EQ(out.insufficient, 0.25);  // 70 goes to 62.5
  EXPECT_DOUBLE_EQ(out.deterioration, 0.25);
}

TEST(GroupOutlook, FixedTargetsNeedNoBase) {
  const Draws latest{80, 95}, deadline{91, 96};
  const GroupOutlook out = outlook(sample::reach(90, Direction::up), paths(0, {}, 2010, latest, deadline));
  EXPECT_DOUBLE_EQ(out.met(), greatest_chance);  // in every draw
  EXPECT_DOUBLE_EQ(out.met_now, 0.5);
  EXPECT_TRUE(std::isnan(out.on_track));
  EXPECT_TRUE(std::isnan(outlook(sample::reduce_by(0.5), paths(0, {}, 2010, latest, deadline)).met()));
}

TEST(GroupOutlook, EveryOtherCaseIsDefined) {
  const Draws one{10, 12}, two{8, 13};
  for (const RuleType type : {RuleType::halt_and_reverse, RuleType::relative, RuleType::none_quantified}) {
    const GroupOutlook out = outlook(sample::rule(type), paths(1990, one, 2010, two, two));
    EXPECT_TRUE(std::isnan(out.met()) && std::isnan(out.met_now) && std::isnan(out.on_track));
  }
  EXPECT_TRUE(std::isnan(outlook(sample::reduce_by(0.5), paths(1990, one, 2010, {}, two)).met()));
  const GroupOutlook open = outlook(sample::reduce_by(0.5), paths(1990, one, 2010, two, {}));  // no draws of the deadline
  EXPECT_TRUE(std::isnan(open.met()));
  EXPECT_DOUBLE_EQ(open.met_now, 0);
  const GroupOutlook same = outlook(sample::reduce_by(0.5), paths(2010, one, 2010, one, two));  // base and latest the same year
  EXPECT_TRUE(std::isnan(same.on_track));
  const Draws negative{-10, -12};  // halving a negative figure is not defined
  EXPECT_TRUE(std::isnan(outlook(sample::reduce_by(0.5), paths(1990, negative, 2010, negative, two)).met()));
  RuleView parity = sample::rule(RuleType::parity, Direction::none);
  const Draws unequal{0.8, 0.9}, equal{0.98, 1.02};
  EXPECT_DOUBLE_EQ(outlook(parity, paths(1990, unequal, 2010, unequal, equal)).met(), greatest_chance);
  const Draws half{0.9,
                   1.0};  // one of two draws meets the target: forecast, that is told by the line of parity; later it is counted
  EXPECT_DOUBLE_EQ(outlook(parity, paths(1990, unequal, 2010, unequal, half)).met(), recalibrated(parity_line(), 0.5));
  EXPECT_DOUBLE_EQ(outlook(parity, paths(1990, unequal, 2010, half, half)).met_now, 0.5);
  EXPECT_DOUBLE_EQ(outlook(parity, paths(1990, unequal, 2016, half, half)).met(), 0.5);
  EXPECT_DOUBLE_EQ(outlook(sample::reach(5, Direction::up), paths(1990, one, 2010, two, two)).met_now, 1);  // met at base
}

double total(const Decomposition& parts) {
  double sum = 0;
  for (const Contribution& one : parts.countries) sum += one.total();
  return sum;
}

// A: 10 to 20, weight 60 to 60; B: 40 to 30, weight 40 to 140; C enters with 50, weight 100. The example of docs/methods.md.
TEST(Contributions, PartsOfAMeanAddUp) {
  const std::vector<CountryFigure> from{sample::figure(10, 0, 60), sample::figure(40, 0, 40), sample::missing(100)};
  const std::vector<CountryFigure> to{sample::figure(20, 0, 60), sample::figure(30, 0, 140), sample::figure(50, 0, 100)};
  const std::vector<std::uint32_t> members{0, 1, 2};
  const Decomposition parts = decompose(members, from, to, GroupKind::mean);
  EXPECT_DOUBLE_EQ(parts.from, 22);
  EXPECT_NEAR(parts.to, 10400.0 / 300, 1e-12);
  ASSERT_EQ(parts.countries.size(), 3U);
  EXPECT_NEAR(parts.countries[0].figure, (0.6 + 0.2) / 2 * 10, 1e-12);
  EXPECT_NEAR(parts.countries[0].weight, (0.2 - 0.6) * (15 - (22 + 10400.0 / 300) / 2), 1e-12);
  EXPECT_NEAR(parts.countries[2].composition, (50 - (22 + 10400.0 / 300) / 2) / 3, 1e-12);
  EXPECT_EQ(parts.countries[2].figure, 0);
  EXPECT_NEAR(total(parts), parts.to - parts.from, 1e-12);
  EXPECT_NEAR(total(decompose(members, to, from, GroupKind::mean)), parts.from - parts.to, 1e-12);  // back again
}

TEST(Contributions, OfSumsAndOfNothing) {
  const std::vector<CountryFigure> from{sample::figure(10, 0, 1), sample::figure(40, 0, 1), sample::missing(1)};
  const std::vector<CountryFigure> to{sample::figure(20, 0, 1), sample::missing(1), sample::figure(7, 0, 1)};
  const std::vector<std::uint32_t> members{0, 1, 2};
  const Decomposition parts = decompose(members, from, to, GroupKind::sum);
  EXPECT_EQ(parts.countries[0].figure, 10);
  EXPECT_EQ(parts.countries[1].composition, -40);
  EXPECT_EQ(parts.countries[2].composition, 7);
  EXPECT_EQ(total(parts), 27 - 50);
  const std::vector<CountryFigure> nothing(3, sample::missing(1));
  EXPECT_TRUE(decompose(members, from, nothing, GroupKind::mean).countries.empty());
  EXPECT_THROW(decompose(members, from, to, GroupKind::median), Error);
  EXPECT_EQ(total(decompose(members, from, from, GroupKind::mean)), 0);
}

// Three countries that make the group G, two of them LDC, and what `stocktake aggregate` makes of them.
class AggregateStore : public testing::SampleStore {
 protected:
  void SetUp() override {
    for (const auto& [area, base, latest] : {std::tuple("AAA", 100.0, 60.0), {"BBB", 80.0, 30.0}, {"CCC", 90.0, 75.0}}) {
      for (int year = 1990; year <= 2010; ++year) {
        const double value = base + (latest - base) * (year - 1990) / 20.0 + ((year * 7) % 5 - 2) * 0.3;
        figures_.push_back({"S", area, year, value, "", "", value * 0.9, value * 1.1});
        figures_.push_back({"P", area, year, 10.0 + (area[0] - 'A')});
      }
    }
    add(figures_);
    Binding binding;
    binding.id = "test";
    binding.series.push_back(sample::feeds("S", "4.1"));
    binding.weights["births"] = {"P", {}};
    bindings_.push_back(std::move(binding));
    options_.at = {2013, 9, 25};
    options_.simulation.draws.draws = 200;
  }
  Aggregation run(std::vector<TargetRule> rules) {
    return aggregate_framework(store_, sample::framework(std::move(rules)), areas_, bindings_, options_);
  }
  const AggregateRow* find(const Aggregation& result, std::string_view group, int year) const {
    for (const AggregateRow& row : result.rows) {
      if (areas_.at(result.map.groups[row.estimate.group]).code == group && row.estimate.year == year) return &row;
    }
    return nullptr;
  }

  std::vector<testing::Figure> figures_;
  AreaRegistry areas_ = sample::registry();
  std::vector<Binding> bindings_;
  AggregationOptions options_;
};

TEST_F(AggregateStore, AFrameworksRulesGetBaseLatestAndDeadline) {
  const Aggregation result = run({sample::halve("4.1", true)});
  ASSERT_EQ(result.series.size(), 1U);
  EXPECT_EQ(result.series[0].weight, "births");
  ASSERT_EQ(result.rows.size(), 6U);  // two groups, three years
  const AggregateRow *base = find(result, "LDC", 1990), *deadline = find(result, "LDC", 2015);
  ASSERT_TRUE(base != nullptr && deadline != nullptr);
  const double first = 100 + ((1990 * 7) % 5 - 2) * 0.3, second = first - 20;
  EXPECT_NEAR(base->estimate.value, (10 * first + 11 * second) / 21, 1e-12);
  EXPECT_GT(base->estimate.sd, 0);
  EXPECT_TRUE(std::isnan(base->outlook.met()));
  EXPECT_GE(deadline->outlook.met(), 0);
  EXPECT_LE(deadline->outlook.met(), 1);
  const GroupOutlook& out = deadline->outlook;
  EXPECT_NEAR(out.on_track + out.insufficient + out.deterioration, 1, 1e-12);
  EXPECT_EQ(deadline->estimate.nature(), Nature::M);
}

TEST_F(AggregateStore, TheSameSeedGivesTheSameFigures) {
  const Table one = to_table(run({sample::halve("4.1", true)}), areas_, Language::en);
  options_.simulation.threads = 2;
  EXPECT_EQ(to_csv(one), to_csv(to_table(run({sample::halve("4.1", true)}), areas_, Language::en)));
  options_.groups = {"LDC"};
  const Aggregation alone = run({sample::halve("4.1", true)});
  options_.groups.clear();
  const Aggregation both = run({sample::halve("4.1", true)});
  EXPECT_EQ(find(alone, "LDC", 2015)->estimate.mean, find(both, "LDC", 2015)->estimate.mean);
  options_.simulation.seed = 2;
  EXPECT_NE(to_csv(one), to_csv(to_table(run({sample::halve("4.1", true)}), areas_, Language::en)));
}

TEST_F(AggregateStore, ADeadlineThatIsPastIsJudgedByItsOwnYear) {
  TargetRule rule = sample::halve("4.1", true);
  rule.deadline = Date{2005, 12, 31};
  const Aggregation result = run({rule});
  const AggregateRow* deadline = find(result, "LDC", 2005);
  ASSERT_NE(deadline, nullptr);
  EXPECT_EQ(deadline->estimate.nature(), Nature::none);
  EXPECT_EQ(deadline->outlook.met(), 0);    // about 90 at base, 56 in 2005, to be 45
  EXPECT_GT(deadline->outlook.met_now, 0);  // by 2010 some draws are there
}

TEST_F(AggregateStore, RulesThatDrawsCannotJudgeHaveFiguresOnly) {
  for (const RuleType type : {RuleType::halt_and_reverse, RuleType::none_quantified}) {
    TargetRule rule = sample::halve("4.1", true);
    rule.type = type;
    const Aggregation result = run({rule});
    const AggregateRow* deadline = find(result, "LDC", 2015);
    ASSERT_NE(deadline, nullptr);
    EXPECT_TRUE(deadline->estimate.published());
    EXPECT_TRUE(std::isnan(deadline->outlook.met()) && std::isnan(deadline->outlook.on_track));
  }
}

TEST_F(AggregateStore, YearsKindsAndMissingWeightsAsAsked) {
  options_.to = 2013;
  options_.kind = GroupKind::median;
  const Aggregation medians = aggregate_series(store_, "S", areas_, bindings_, options_);
  ASSERT_EQ(medians.rows.size(), 8U);  // two groups, 2010 to 2013
  EXPECT_EQ(medians.series[0].weight, "");
  EXPECT_GT(find(medians, "G", 2013)->estimate.sd, find(medians, "G", 2010)->estimate.sd);
  options_.kind = GroupKind::mean;  // of a series: by population, which nobody binds here
  EXPECT_TRUE(aggregate_series(store_, "S", areas_, bindings_, options_).rows.empty());
  options_.kind = GroupKind::sum;
  const Aggregation sums = aggregate_series(store_, "S", areas_, bindings_, options_);
  EXPECT_DOUBLE_EQ(find(sums, "G", 2010)->estimate.coverage(), 0.75);  // three of four countries: by their number
}

TEST_F(AggregateStore, AMissingCountryIsImputedOnRequestAndSaidToBe) {
  add({{"P", "DDD", 2010, 100}});
  options_.years = {2010};
  options_.weight = "P";
  options_.simulation.draws.min_coverage = 0.2;
  const AggregateRow without = *find(aggregate_series(store_, "S", areas_, bindings_, options_), "G", 2010);
  options_.impute = true;
  const AggregateRow with = *find(aggregate_series(store_, "S", areas_, bindings_, options_), "G", 2010);
  EXPECT_EQ(without.estimate.nature(), Nature::none);
  EXPECT_EQ(with.estimate.nature(), Nature::E);
  EXPECT_NEAR(with.estimate.imputed, 100.0 / 133, 1e-12);
  EXPECT_DOUBLE_EQ(with.estimate.coverage(), without.estimate.coverage());
  EXPECT_GT(with.estimate.sd, without.estimate.sd);
  options_.simulation.draws.min_coverage = 0.5;  // imputation does not make up for coverage
  EXPECT_FALSE(find(aggregate_series(store_, "S", areas_, bindings_, options_), "G", 2010)->estimate.published());
}

TEST_F(AggregateStore, RefusesWhatDoesNotFitTogether) {
  const auto refused = [&](const char* code) {
    try {
      aggregate_series(store_, code, areas_, bindings_, options_);
    } catch (const Error& error) {
      return exit_code(error.kind());
    }
    return 0;
  };
  EXPECT_EQ(refused("NONE"), 4);
  options_.weight = "NONE";
  EXPECT_EQ(refused("S"), 4);
  options_.weight = "P";
  EXPECT_EQ(refused("S"), 0);
  options_.groups = {"AAA"};  // no group
  EXPECT_EQ(refused("S"), 4);
  options_.groups.clear();
  options_.contributions = true;
  EXPECT_EQ(refused("S"), 2);  // no two years
  options_.years = {1990, 2010};
  EXPECT_EQ(refused("S"), 0);
  options_.kind = GroupKind::median;
  EXPECT_EQ(refused("S"), 2);
  options_.contributions = false;
  options_.simulation.draws.correlation = NAN;
  EXPECT_EQ(refused("S"), 2);
  options_.simulation.draws.correlation = 0;
  options_.interval = 1;
  EXPECT_EQ(refused("S"), 2);
  options_.interval = 0.9;
  options_.targets = {"9.Z"};
  EXPECT_THROW(run({sample::halve("4.1", true)}), Error);
}

// The bundled figures: 250 countries, all groups, two decades.
TEST(BundledAggregation, ContributionsAddUpToTheGroupsChange) {
  const std::string source = STOCKTAKE_SOURCE_DIR;
  const testing::TemporaryFolder folder;
  Store store = Store::create(folder.path("store.duckdb"));
  const AreaRegistry areas = AreaRegistry::load(source + "/reference");
  const DimensionCodes codes = DimensionCodes::load(source + "/reference/dimension_codes.csv");
  ImportOptions quiet;
  quiet.quiet = true;
  import_file(store, areas, codes, source + "/data/starter/observations.csv.gz", quiet);
  const auto bindings = load_bindings(source + "/frameworks/bindings", codes);
  AggregationOptions options;
  options.at = {2013, 9, 25};
  options.years = {1990, 2000, 2012};
  options.contributions = true;
  options.impute = true;
  options.simulation.draws.draws = 10;
  for (const GroupKind kind : {GroupKind::mean, GroupKind::sum}) {
    options.kind = kind;
    const Aggregation result = aggregate_series(store, "SP_DYN_IMRT", areas, bindings, options);
    std::map<std::uint32_t, double> sums;
    std::map<std::uint32_t, std::pair<double, double>> ends;
    for (const ContributionRow& row : result.contributions) {
      sums[row.group] += row.part.total();
      ends[row.group] = {row.group_from, row.group_to};
    }
    ASSERT_GT(sums.size(), 40U);
    for (const auto& [group, sum] : sums) {
      const auto [from, to] = ends[group];
      EXPECT_NEAR(sum, to - from, 1e-12 * std::max(1.0, std::abs(from) + std::abs(to)))
          << areas.at(result.map.groups[group]).code;
    }
    for (const AggregateRow& row : result.rows) {  // the two ways to the same figure
      if (row.estimate.year == 2012 && row.estimate.published() && sums.contains(row.estimate.group)) {
        EXPECT_NEAR(row.estimate.value, ends[row.estimate.group].second, 1e-9);
      }
    }
  }
}

// UN IGME publishes 90 % bounds: the regions are surer than their countries, and Southern Asia less sure than the world.
class RealAggregation : public testing::SharedData {};

TEST_F(RealAggregation, PublishedBoundsBecomeThoseOfGroups) {
  const std::string source = STOCKTAKE_SOURCE_DIR;
  const testing::TemporaryFolder folder;
  Store store = Store::create(folder.path("store.duckdb"));
  const AreaRegistry areas = AreaRegistry::load(source + "/reference");
  const DimensionCodes codes = DimensionCodes::load(source + "/reference/dimension_codes.csv");
  ImportOptions quiet;
  quiet.quiet = true;
  import_file(store, areas, codes, source + "/data/starter/observations.csv.gz", quiet);
  import_file(store, areas, codes, testing::shared_data("igme/child_mortality.csv.gz"), quiet);
  AggregationOptions options;
  options.at = {2013, 9, 25};
  options.years = {2010};
  options.groups = {"WLD", "M49_034", "LDC"};
  options.scale = Scale::log;
  const auto bindings = load_bindings(source + "/frameworks/bindings", codes);
  const Aggregation result = aggregate_series(store, "imr", areas, bindings, options);
  ASSERT_EQ(result.rows.size(), 3U);
  const GroupEstimate &world = result.rows[0].estimate, &south = result.rows[1].estimate;
  EXPECT_GT(world.observed, 0.95);
  EXPECT_GT(world.sd, 0);
  EXPECT_GT(south.sd, world.sd);
  EXPECT_LT(world.sd / world.value, 0.05);
  EXPECT_NEAR(world.mean, world.value, 3 * world.sd);
}

// Under-five mortality of the MDG regions as the UN published it (data/starter/regions.csv: IGME 2015 and the SDG database of
// 2020) against aggregates of IGME's countries (an edition with figures to 2016) by births: 50 figures of 19 groups in 1990, 2000
// and 2012.
TEST_F(RealAggregation, RegionsAreNearThePublishedOnes) {
  const std::string source = STOCKTAKE_SOURCE_DIR;
  const testing::TemporaryFolder folder;
  Store store = Store::create(folder.path("store.duckdb"));
  const AreaRegistry areas = AreaRegistry::load(source + "/reference");
  const DimensionCodes codes = DimensionCodes::load(source + "/reference/dimension_codes.csv");
  ImportOptions quiet;
  quiet.quiet = true;
  import_file(store, areas, codes, testing::shared_data("panel/observations.csv.gz"), quiet);
  import_file(store, areas, codes, testing::shared_data("igme/child_mortality.csv.gz"), quiet);
  AggregationOptions options;
  options.at = {2013, 9, 25};
  options.years = {1990, 2000, 2012};
  options.weight = "births";
  options.scale = Scale::log;
  options.impute = true;
  const auto bindings = load_bindings(source + "/frameworks/bindings", codes);
  const Aggregation result = aggregate_series(store, "u5mr", areas, bindings, options);
  std::vector<double> off;
  int inside = 0;
  for (const auto& row :
       read_small_csv(source + "/data/starter/regions.csv", {"series", "ref_area", "time_period", "obs_value"}).rows) {
    if (row[0] != "MDG_4_1") continue;
    for (const AggregateRow& ours : result.rows) {
      const GroupEstimate& one = ours.estimate;
      if (areas.at(result.map.groups[one.group]).code != row[1] || std::to_string(one.year) != row[2]) continue;
      const double published = std::stod(row[3]);
      off.push_back(std::abs(one.value / published - 1));
      inside += published >= one.quantiles.front() - 0.05 && published <= one.quantiles.back() + 0.05 ? 1 : 0;
    }
  }
  ASSERT_EQ(off.size(), 50U);
  std::sort(off.begin(), off.end());
  EXPECT_LT(off[24], 0.02);  // half of them within 2 %
  EXPECT_GE(inside, 40);     // of 50 in the 95 % interval; the others are explained in docs/methods.md
}

}  // namespace
}  // namespace stocktake
