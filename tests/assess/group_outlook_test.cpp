// One probability for a group and a target: the rows of an assessment and the aggregates say the same.
#include <gtest/gtest.h>

#include <cmath>
#include <tuple>
#include <utility>

#include "assess/outlooks.h"
#include "assess/projection/combination.h"
#include "assess/sample.h"
#include "assess/simulation/aggregation.h"
#include "base/files.h"
#include "framework/load.h"
#include "ingest/importer.h"
#include "shared_data.h"
#include "store/sample_store.h"

namespace stocktake {
namespace {

std::string printed(double value) { return std::isnan(value) ? "" : number_text(value, 3); }

// Compares every computed headline row with the aggregate of the same target, series and group. A target may have several rules
// for one series: one of them must agree.
struct Compared {
  int rows = 0, probabilities = 0;
};
Compared compare_rows(const AssessmentRun& run, const std::vector<RowOutlook>& outlooks, const Aggregation& groups) {
  Compared compared;
  for (std::size_t i = 0; i < run.rows.size(); ++i) {
    const Assessment& row = run.rows[i];
    if (!row.headline || row.origin != Origin::computed_group) continue;
    ++compared.rows;
    const RowOutlook& ours = outlooks[i];
    const PanelSeries& series = run.panel.series[row.series];
    const std::string& target = run.targets[row.target].target->code;
    bool any = false, same = false;
    for (const AggregateRow& one : groups.rows) {
      const AggregatedSeries& label = groups.series[one.series];
      if (label.target != target || label.indicator != run.rule(row).indicator || label.series != series.series ||
          label.dimensions != series.dimensions || groups.map.groups[one.estimate.group] != row.area ||
          one.estimate.year != ours.deadline.deadline) {
        continue;
      }
      any = true;
      const GroupOutlook& theirs = one.outlook;
      same = same ||
             (printed(ours.met()) == printed(theirs.met()) && printed(ours.met_now) == printed(theirs.met_now) &&
              printed(ours.on_track) == printed(theirs.on_track) && printed(ours.insufficient) == printed(theirs.insufficient) &&
              printed(ours.deterioration) == printed(theirs.deterioration) &&
              printed(ours.deadline.shortfall) == printed(theirs.deadline.shortfall) &&
              ours.deadline.state == theirs.deadline.state);
      if (ours.deadline.state == OutlookState::forecast) {
        for (std::size_t q = 0; q < ours.deadline.fan.size(); ++q) {
          EXPECT_EQ(ours.deadline.fan[q], one.estimate.quantiles[q]);
        }
        EXPECT_EQ(ours.deadline.mean, one.estimate.mean);
      }
    }
    const std::string where = target + " " + std::string(series.series) + " " + run.areas.at(row.area).code;
    EXPECT_TRUE(same || !any) << where << ": " << printed(ours.met());
    EXPECT_TRUE(any || std::isnan(ours.met())) << where;  // the aggregate has no row where nothing is known
    compared.probabilities += any && same && !std::isnan(ours.met()) ? 1 : 0;
  }
  return compared;
}

// Two groups of three countries, with gaps in the figures of one.
class GroupRows : public testing::SampleStore {
 protected:
  void SetUp() override {
    std::vector<testing::Figure> figures;
    for (const auto& [area, base, latest] : {std::tuple("AAA", 100.0, 60.0), {"BBB", 80.0, 30.0}, {"CCC", 90.0, 75.0}}) {
      for (int year = 1990; year <= 2010; ++year) {
        const double value = base + (latest - base) * (year - 1990) / 20.0 + ((year * 7) % 5 - 2) * 0.3;
        if (area[0] != 'B' || year % 5 == 0) figures.push_back({"S", area, year, value, "", "", value * 0.9, value * 1.1});
        figures.push_back({"P", area, year, 10.0 + (area[0] - 'A')});
      }
    }
    add(figures);
    Binding binding;
    binding.id = "test";
    binding.series.push_back(sample::feeds("S", "4.1"));
    binding.weights["births"] = {"P", {}};
    bindings_.push_back(std::move(binding));
    options_.at = {2013, 9, 25};
  }
  AssessmentRun run(std::vector<TargetRule> rules) {
    return assess(store_, sample::framework(std::move(rules)), areas_, bindings_, options_);
  }
  Aggregation aggregate(std::vector<TargetRule> rules) {
    AggregationOptions options;
    options.at = options_.at;
    options.data_until = options_.data_until;
    return aggregate_framework(store_, sample::framework(std::move(rules)), areas_, bindings_, options);
  }
  static std::size_t group_row(const AssessmentRun& run, std::string_view code) {
    for (std::size_t i = 0; i < run.rows.size(); ++i) {
      if (run.areas.at(run.rows[i].area).code == code) return i;
    }
    return run.rows.size();
  }

  AreaRegistry areas_ = sample::registry();
  std::vector<Binding> bindings_;
  AssessOptions options_;
};

TEST_F(GroupRows, EveryKindOfRuleSaysTheSameInBothCommands) {
  for (const RuleType type : {RuleType::reduce_by, RuleType::reach, RuleType::universal, RuleType::parity, RuleType::multiply_by,
                              RuleType::halt_and_reverse, RuleType::none_quantified, RuleType::relative}) {
    TargetRule rule = sample::halve("4.1", true);
    rule.type = type;
    rule.value = 50;
    rule.factor = 0.5;
    if (type == RuleType::relative) rule.to = "4.1";
    const AssessmentRun judged = run({rule});
    const auto outlooks = outlooks_of(judged, {.model = default_model()});
    const Compared compared = compare_rows(judged, outlooks, aggregate({rule}));
    EXPECT_TRUE(compared.rows == 2 || type == RuleType::relative) << static_cast<int>(type);
    const bool has_chance = type != RuleType::halt_and_reverse && type != RuleType::none_quantified && type != RuleType::relative;
    EXPECT_EQ(compared.probabilities, has_chance ? 2 : 0) << static_cast<int>(type);
  }
}

TEST_F(GroupRows, YearsAreThoseInWhichTheDrawsGetThere) {
  const AssessmentRun judged = run({sample::halve("4.1", true)});
  const std::size_t i = group_row(judged, "G");
  ASSERT_LT(i, judged.rows.size());
  const RowOutlook wide = outlooks_of(judged, {.model = default_model()})[i];
  EXPECT_EQ(wide.deadline.state, OutlookState::forecast);
  EXPECT_FALSE(wide.deadline.met_now);
  EXPECT_EQ(wide.deadline.last_year, 2045);
  EXPECT_GT(wide.deadline.shortfall, 0);
  const auto& years = wide.deadline.year_met;  // 0: not by 2045
  EXPECT_GT(years[0], 2010);
  EXPECT_TRUE(years[1] == 0 || years[1] >= years[0]);
  EXPECT_TRUE(years[2] == 0 || (years[1] != 0 && years[2] >= years[1]));
  // The chance of the year itself: a deadline moved there has it, the year before has not.
  for (const int shift : {0, -1}) {
    TargetRule rule = sample::halve("4.1", true);
    rule.deadline = Date{years[0] + shift, 12, 31};
    const AssessmentRun moved = run({rule});
    const double chance = outlooks_of(moved, {.model = default_model()})[group_row(moved, "G")].met();
    EXPECT_EQ(chance >= 0.1, shift == 0) << chance;
  }
}

TEST_F(GroupRows, HasChancesOfItsVerdictAndASpread) {
  const AssessmentRun judged = run({sample::halve("4.1", true)});
  const RowOutlook joint = outlooks_of(judged, {.model = default_model()})[group_row(judged, "LDC")];
  EXPECT_GT(joint.deadline.fan[5] - joint.deadline.fan[1], 0);
  EXPECT_NEAR(joint.on_track + joint.insufficient + joint.deterioration, 1, 1e-12);
  for (std::size_t i = 0; i < judged.rows.size(); ++i) {  // a country's row has no chances of a verdict
    if (judged.rows[i].origin == Origin::country) {
      EXPECT_TRUE(std::isnan(outlooks_of(judged, {.model = default_model()})[i].on_track));
    }
  }
}

TEST_F(GroupRows, TheSameBytesOnAnyNumberOfThreadsAndForAnyRowsWanted) {
  const AssessmentRun judged = run({sample::halve("4.1", true)});
  const auto text = [](const std::vector<RowOutlook>& all) {
    Table table;
    add_outlooks(all, false, table);
    return to_csv(table);
  };
  const auto all = outlooks_of(judged, {.model = default_model(), .threads = 1});
  EXPECT_EQ(text(all), text(outlooks_of(judged, {.model = default_model(), .threads = 3})));
  std::vector<bool> one(judged.rows.size(), false);
  const std::size_t i = group_row(judged, "LDC");
  one[i] = true;
  const auto alone = outlooks_of(judged, {.model = default_model()}, one);
  EXPECT_EQ(text({alone[i]}), text({all[i]}));
  EXPECT_EQ(alone[group_row(judged, "G")].deadline.state, OutlookState::out_of_reach);
}

TEST_F(GroupRows, PastDeadlinesAndOldFigures) {
  TargetRule rule = sample::halve("4.1", true);
  rule.deadline = Date{2005, 12, 31};
  const AssessmentRun past = run({rule});
  const auto decided = outlooks_of(past, {.model = default_model()});
  const RowOutlook& ldc = decided[group_row(past, "LDC")];
  EXPECT_EQ(ldc.deadline.state, OutlookState::decided);
  EXPECT_EQ(ldc.met(), 0);  // a share that is not told between the ends of a forecast's
  EXPECT_TRUE(std::isnan(ldc.deadline.mean));
  EXPECT_EQ(compare_rows(past, decided, aggregate({rule})).probabilities, 2);

  options_.at = {2020, 9, 25};  // the last figures are nine years old
  const AssessmentRun old = run({sample::halve("4.1", true)});
  const auto none = outlooks_of(old, {.model = default_model()});
  const std::size_t i = group_row(old, "LDC");
  ASSERT_LT(i, old.rows.size());
  EXPECT_EQ(old.rows[i].mdg, Verdict::data_too_old);
  EXPECT_EQ(none[i].deadline.state, OutlookState::out_of_reach);
  EXPECT_TRUE(std::isnan(none[i].met()) && std::isnan(none[i].on_track));
  EXPECT_EQ(compare_rows(old, none, aggregate({sample::halve("4.1", true)})).rows, 2);
}

// Of a group with one country the joint simulation says what the country's own projection says, but for the draws; also at a
// bound, where half of the draws of a country that is always at 100 % are at 100 %.
class GroupOfOne : public ::testing::Test {
 protected:
  // Of the country AAA and of LDC, of which it is the only member with figures.
  static std::pair<RowOutlook, RowOutlook> both(const sample::Figures& figures, const Framework& framework) {
    Panel panel;
    sample::add(panel, "S", "AAA", figures);
    sample::add(panel, "P", "AAA", {{2000, 10}, {2012, 10}});
    Binding bound = sample::binding("b", 1, {sample::feeds("S", "4.1")});
    bound.weights["births"] = {"P", {}};
    AssessOptions options;
    options.at = {2013, 9, 25};
    const AssessmentRun run = assess_panel(std::move(panel), {}, framework, sample::registry(), {bound}, options);
    std::pair<RowOutlook, RowOutlook> found;
    const auto outlooks = outlooks_of(run, {.model = default_model()});
    for (std::size_t i = 0; i < run.rows.size(); ++i) {
      if (run.areas.at(run.rows[i].area).code == "AAA") found.first = outlooks[i];
      if (run.areas.at(run.rows[i].area).code == "LDC") found.second = outlooks[i];
    }
    return found;
  }
  static std::pair<double, double> reaching(const sample::Figures& figures, double target) {
    TargetRule rule = sample::halve("4.1", true);
    rule.type = RuleType::reach;
    rule.value = target;
    Framework framework = sample::framework({rule});
    framework.indicators["4.1"].direction = Direction::up;
    framework.indicators["4.1"].scale = Scale::logit;
    framework.indicators["4.1"].bounds = {0, 100};
    const auto [country, group] = both(figures, framework);
    return {country.met(), group.met()};
  }
  static constexpr double error = 4 * 0.016;  // of 1,000 draws
};

TEST_F(GroupOfOne, SaysWhatTheCountrySays) {
  const sample::Figures rising{{2000, 60}, {2002, 66}, {2004, 65}, {2006, 72}, {2008, 71}, {2010, 78}, {2012, 80}};
  for (const double target : {78.0, 82.0, 85.0}) {
    const auto [country, group] = reaching(rising, target);
    EXPECT_NEAR(group, country, error) << target;
    EXPECT_GT(country, least_chance);
  }
  const auto [country, group] = reaching({{2000, 100}, {2003, 100}, {2006, 100}, {2009, 100}, {2012, 100}}, 100);
  EXPECT_NEAR(country, 0.5, 1e-6);
  EXPECT_NEAR(group, country, error);
}

// Both are told by the line of parity, which is far from the bare share of draws; so are the years of achievement.
TEST_F(GroupOfOne, AndUnderParity) {
  TargetRule rule = sample::halve("4.1", true);
  rule.type = RuleType::parity;
  rule.lower = 0.97;
  rule.upper = 1.03;
  const sample::Figures ratio{{2000, 0.82}, {2002, 0.86}, {2004, 0.85}, {2006, 0.90}, {2008, 0.89}, {2010, 0.93}, {2012, 0.94}};
  const auto [country, group] = both(ratio, sample::framework({rule}));
  EXPECT_NEAR(group.met(), country.met(), error);  // the bare share of draws would be near 0.24
  EXPECT_GT(country.met(), 0.24 + 2 * error);
  EXPECT_LT(country.met(), greatest_chance);
  for (const std::size_t k : {0, 1}) {
    EXPECT_GT(country.deadline.year_met[k], 2012);
    EXPECT_NEAR(group.deadline.year_met[k], country.deadline.year_met[k], 1);
  }
}

// Weights that end years before the figures: the group's latest year is the last for which they stand, and there is an outlook.
TEST(GroupLatestYear, EndsWithItsWeights) {
  Panel panel;
  for (const char* area : {"AAA", "BBB"}) {
    sample::add(panel, "S", area, {{1990, 100}, {1995, 92}, {2000, 80}, {2005, 74}, {2010, 62}, {2012, 58}});
    sample::add(panel, "P", area, {{1990, 10}, {2005, 12}});
  }
  Binding bound = sample::binding("b", 1, {sample::feeds("S", "4.1")});
  bound.weights["births"] = {"P", {}};
  AssessOptions options;
  options.at = {2013, 9, 25};
  const AssessmentRun run =
      assess_panel(std::move(panel), {}, sample::framework({sample::halve("4.1", true)}), sample::registry(), {bound}, options);
  const auto outlooks = outlooks_of(run, {.model = default_model()});
  int groups = 0;
  for (std::size_t i = 0; i < run.rows.size(); ++i) {
    if (run.rows[i].origin != Origin::computed_group) continue;
    ++groups;
    EXPECT_EQ(run.rows[i].facts.latest_year, 2010);
    EXPECT_EQ(outlooks[i].deadline.state, OutlookState::forecast);
    EXPECT_FALSE(std::isnan(outlooks[i].met()));
  }
  EXPECT_GT(groups, 0);
}

class RealGroupRows : public testing::SharedData {};

TEST_F(RealGroupRows, EveryHeadlineRowSaysWhatTheAggregateSays) {
  const std::string source = STOCKTAKE_SOURCE_DIR;
  const testing::TemporaryFolder folder;
  Store store = Store::create(folder.path("store.duckdb"));
  const AreaRegistry areas = AreaRegistry::load(source + "/reference");
  const DimensionCodes codes = DimensionCodes::load(source + "/reference/dimension_codes.csv");
  ImportOptions quiet;
  quiet.quiet = true;
  import_file(store, areas, codes, testing::shared_data("panel/observations.csv.gz"), quiet);
  const auto bindings = load_bindings(source + "/frameworks/bindings", codes);
  for (const auto& [name, at, least] : {std::tuple("mdg", Date{2013, 9, 25}, 300), {"sdg", Date{2020, 9, 25}, 100}}) {
    const std::string path = source + "/frameworks/" + name + ".yaml";
    AssessOptions options;
    options.at = at;
    options.disaggregations = false;
    const AssessmentRun run = assess(store, load_framework(path), areas, bindings, options);
    AggregationOptions same;
    same.at = at;
    std::vector<bool> headlines;
    for (const Assessment& row : run.rows) headlines.push_back(row.headline && row.origin == Origin::computed_group);
    const auto outlooks = outlooks_of(run, {.model = default_model()}, headlines);
    const Compared compared =
        compare_rows(run, outlooks, aggregate_framework(store, load_framework(path), areas, bindings, same));
    EXPECT_GE(compared.probabilities, least) << name << ": of " << compared.rows << " rows";
  }
}

}  // namespace
}  // namespace stocktake
