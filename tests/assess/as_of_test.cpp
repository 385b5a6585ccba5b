// What was known then: two vintages in a store compared, and a past that does not change.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "assess/compare/compare.h"
#include "assess/sample.h"
#include "framework/temporary_folder.h"

namespace stocktake {
namespace {

using sample::add;
using sample::binding;
using sample::feeds;
using sample::halve;

struct Given {
  const char* series;
  const char* area;
  int year;
  double value;
};

void import(Store& store, const std::vector<Given>& figures, Date published, bool update = false) {
  const auto transaction = store.begin_import();
  ObservationBlock block;
  for (const Given& one : figures) {
    block.key.push_back(transaction->key(one.series, one.area, "", ""));
    block.year.push_back(static_cast<std::int16_t>(one.year));
    block.value.push_back(one.value);
    block.provenance.push_back(transaction->provenance(Nature::none, 0, "", ""));
  }
  transaction->append(block);
  Vintage vintage;
  vintage.published = published;
  vintage.update = update;
  transaction->commit(vintage);
}

const ComparedRow* find(const Comparison& comparison, std::string_view area) {
  for (const ComparedRow& row : comparison.rows) {
    if (comparison.areas.at(row.area).code == area) return &row;
  }
  return nullptr;
}

TEST(CompareStore, TwoVintages) {
  const testing::TemporaryFolder folder;
  Store store = Store::create(folder.path("store.duckdb"));
  import(store, {{"S", "AAA", 1990, 40}, {"S", "AAA", 2004, 30}, {"S", "BBB", 1990, 40}, { "S", "BBB", 2004, 30 }}, {2006, 1, 1});
  import(store, {{"S", "AAA", 1990, 40}, {"S", "AAA", 2004, 28}, { "S", "AAA", 2005, 27 }}, {2007, 1, 1});
  const std::vector<Binding> bound{binding("b", 1, {feeds("S", "4.1")})};
  CompareState from;
  from.options.at = {2006, 9, 25};
  from.framework = sample::framework({halve("4.1", true)});
  CompareState to = from;
  from.options.as_of = Date{2006, 9, 25};
  to.options.as_of = Date{2007, 9, 25};
  const Comparison result = compare(store, sample::registry(), bound, from, to);
  const ComparedRow* const a = find(result, "AAA");
  const ComparedRow* const b = find(result, "BBB");
  ASSERT_TRUE(a != nullptr && b != nullptr);
  const ComparedRow& row = *a;
  const auto effects = effects_of(row.values(&Snapshot::latest));
  EXPECT_EQ(effects[static_cast<std::size_t>(ChangeStep::revisions)], -2);
  EXPECT_EQ(effects[static_cast<std::size_t>(ChangeStep::new_years)], -1);
  EXPECT_EQ(moving_steps(row.verdicts()), "revisions");
  EXPECT_FALSE(b->moved());
  // Nothing was known before the first vintage.
  from.options.as_of = Date{2005, 1, 1};
  const Comparison all = compare(store, sample::registry(), bound, from, to);
  ASSERT_EQ(all.rows.size(), 2U);
  for (const ComparedRow& one : all.rows) EXPECT_EQ(one.change(), VerdictChange::appeared);
}

// What is published after as_of, and what is of a year after data_until, changes not a byte: neither of weights nor of groups,
// gaps, base, latest or headlines.
TEST(CompareStore, ThePastDoesNotChange) {
  TargetRule gap;
  gap.indicator = "4.2";
  gap.type = RuleType::relative;
  gap.to = "4.1";
  const Framework framework = sample::framework({halve("4.1", true), halve("4.2", false), gap});
  std::vector<Binding> all{binding("b", 1, {feeds("S", "4.1"), feeds("R", "4.2")}), binding("late", 2, {feeds("T", "4.1")})};
  all[0].series[1].multiply = 0.5;
  all[0].weights["births"] = {"BIRTHS", {}};
  all[1].weights["births"] = {"OTHER", {}};
  std::mt19937 random(7);
  const auto number = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  const testing::TemporaryFolder folder;
  for (int round = 0; round < 4; ++round) {
    Store store = Store::create(folder.path("a" + std::to_string(round)));
    Store other = Store::create(folder.path("b" + std::to_string(round)));
    AssessOptions options;
    options.at = {2013, 9, 25};  // data until 2012
    options.as_of = Date{2014, 6, 30};
    Panel hand, hand_other;
    for (int vintage = 0; vintage < 2; ++vintage) {
      std::vector<Given> early, early_other;
      for (const char* series : {"S", "R", "T", "BIRTHS", "OTHER"}) {
        for (const char* area : {"AAA", "BBB", "CCC", "DDD", "G"}) {
          if (number(0, 2) == 0) continue;
          sample::Figures figures, figures_other;
          for (int year = number(1989, 2004); year <= 2018; year += number(1, 5)) {
            const double value = number(1, 160) / 8.0;
            const bool before = year <= 2012;
            if (before || number(0, 1) == 1) figures.emplace_back(year, value);
            if (before || number(0, 1) == 1) figures_other.emplace_back(year, before ? value : 100 + value);
          }
          for (const auto& [year, value] : figures) early.push_back({series, area, year, value});
          for (const auto& [year, value] : figures_other) early_other.push_back({series, area, year, value});
          if (vintage == 0) add(hand, series, area, figures);
          if (vintage == 0) add(hand_other, series, area, figures_other);
        }
      }
      import(store, early, {2012 + vintage, 1, 1}, vintage == 1);
      import(other, early_other, {2012 + vintage, 1, 1}, vintage == 1);
    }
    const auto text = [&](const Store& from) {
      return to_csv(to_table(assess(from, framework, sample::registry(), all, options), Language::en));
    };
    const std::string once = text(store);
    EXPECT_GT(std::count(once.begin(), once.end(), '\n'), 5);
    EXPECT_EQ(text(other), once);
    for (const bool update : {false, true}) {
      std::vector<Given> later;
      for (const char* series : {"S", "R", "T", "BIRTHS", "OTHER", "NEW"}) {
        for (const char* area : {"AAA", "BBB", "CCC", "DDD", "G", "LDC"})
          for (const int year : {1990, 2000, 2010, 2012, 2014}) later.push_back({series, area, year, number(1, 999) / 8.0});
      }
      import(other, later, {2014, 7, update ? 2 : 1}, update);
    }
    EXPECT_EQ(text(other), once);
    const auto by_hand = [&](Panel panel) {
      return to_csv(to_table(assess_panel(std::move(panel), {}, framework, sample::registry(), all, options), Language::en));
    };
    EXPECT_EQ(by_hand(std::move(hand)), by_hand(std::move(hand_other)));
    options.as_of = Date{2014, 7, 31};
    EXPECT_NE(text(other), once);  // the figures would have made a difference
  }
}

}  // namespace
}  // namespace stocktake
