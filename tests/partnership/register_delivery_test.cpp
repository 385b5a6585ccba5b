// What was delivered: by the store's figures under a rule, and by the money told. Every degenerate case has its outcome.
#include <cmath>

#include "partnership/register/delivery.h"
#include "partnership/register_sample.h"
#include "store/sample_store.h"

namespace stocktake {
namespace {

using testing::change;
using testing::Desk;
using testing::sample_commitment;

class DeliveryTest : public testing::SampleStore {
 protected:
  static Commitment measured(const TargetRule& rule, Direction direction = Direction::up) {
    Commitment commitment = sample_commitment();
    commitment.measure = {};
    commitment.measure.series = "S";
    commitment.measure.rule = rule;
    commitment.measure.direction = direction;
    return commitment;
  }
  static TargetRule reach(double value) {
    TargetRule rule;
    rule.type = RuleType::reach;
    rule.value = value;
    return rule;
  }
  Delivery at(const Commitment& commitment, Date day) { return deliver(commitment, &store_, day, {}); }
  void figures(std::initializer_list<std::pair<int, double>> years, const std::string& series = "S",
               const std::string& area = "FRA") {
    std::vector<testing::Figure> all;
    for (const auto& [year, value] : years) all.push_back({series, area, year, value});
    add(all);
  }
};

TEST_F(DeliveryTest, AValueToReach) {
  figures({{2012, 0.40}, {2013, 0.45}, {2014, 0.50}, {2015, 0.60}, {2016, 0.75}});
  const Commitment promise = measured(reach(0.7));  // made in 2013, due at the end of 2015
  Delivery found = at(promise, {2014, 6, 1});       // figures of 2013 are complete
  EXPECT_EQ(found.state, DeliveryState::not_yet);
  EXPECT_EQ(found.series, "S");
  EXPECT_EQ(found.area, "FRA");
  EXPECT_EQ(found.facts.latest_year, 2013);
  EXPECT_EQ(found.facts.latest, 0.45);
  EXPECT_EQ(found.facts.target, 0.7);
  EXPECT_NEAR(found.gap, 0.25, 1e-12);
  EXPECT_EQ(found.at_due_year, 0);
  found = at(promise, {2016, 6, 1});
  EXPECT_EQ(found.state, DeliveryState::broken);
  EXPECT_EQ(found.at_due_year, 2015);
  EXPECT_EQ(found.at_due, 0.60);
  EXPECT_NEAR(found.gap, 0.10, 1e-12);
  found = at(promise, {2017, 6, 1});
  EXPECT_EQ(found.state, DeliveryState::kept);
  EXPECT_FALSE(found.kept_at_due);
  EXPECT_EQ(found.note, "kept after the due date");
  EXPECT_EQ(found.gap, 0);
}

TEST_F(DeliveryTest, TheFigureOfTheDueYearIsWaitedFor) {
  figures({{2013, 0.45}, {2014, 0.50}});
  const Delivery found = at(measured(reach(0.7)), {2016, 6, 1});
  EXPECT_EQ(found.state, DeliveryState::not_yet);
  EXPECT_EQ(found.note, "no figure of 2015 yet");
  EXPECT_EQ(found.at_due_year, 2014);
}

TEST_F(DeliveryTest, OneFigureIsEnoughForAFixedNumber) {
  figures({{2010, 0.9}});
  EXPECT_EQ(at(measured(reach(0.7)), {2014, 1, 1}).state, DeliveryState::kept);
  EXPECT_EQ(at(measured(reach(0.7), Direction::down), {2014, 1, 1}).state, DeliveryState::not_yet);
  TargetRule half;
  half.type = RuleType::reduce_by;
  half.fraction = 0.5;
  Commitment promise = measured(half, Direction::none);
  promise.made = Date{2013, 1, 1};
  promise.measure.rule->baseline = 1990;
  const Delivery found = at(promise, {2014, 1, 1});  // a share of a base that there is not
  EXPECT_EQ(found.state, DeliveryState::no_rule);
  EXPECT_FALSE(found.note.empty());
}

TEST_F(DeliveryTest, RulesOfEveryType) {
  figures({{2000, 80}, {2010, 60}, {2015, 40}});
  TargetRule rule;
  rule.baseline = 2000;
  const auto state = [&](Date day) { return at(measured(rule, Direction::none), day).state; };
  rule.type = RuleType::reduce_by;
  rule.fraction = 0.5;  // to 40
  EXPECT_EQ(state({2014, 1, 1}), DeliveryState::not_yet);
  EXPECT_EQ(state({2016, 1, 1}), DeliveryState::kept);
  rule.fraction = 0.75;  // to 20
  EXPECT_EQ(state({2016, 1, 1}), DeliveryState::broken);
  rule.type = RuleType::multiply_by;
  rule.factor = 0.5;
  EXPECT_EQ(state({2016, 1, 1}), DeliveryState::kept);
  rule.type = RuleType::universal;
  rule.value = 0;
  rule.tolerance = 41;
  EXPECT_EQ(state({2016, 1, 1}), DeliveryState::kept);
  rule.tolerance = 5;
  EXPECT_EQ(state({2016, 1, 1}), DeliveryState::broken);
  rule.type = RuleType::halt_and_reverse;  // needs to know which way is better
  EXPECT_EQ(state({2016, 1, 1}), DeliveryState::no_rule);
  EXPECT_EQ(at(measured(rule, Direction::down), {2016, 1, 1}).state, DeliveryState::kept);
  EXPECT_EQ(at(measured(rule, Direction::up), {2016, 1, 1}).state, DeliveryState::broken);
  rule.type = RuleType::parity;
  rule.lower = 38;
  rule.centre = 40;
  rule.upper = 42;
  EXPECT_EQ(state({2016, 1, 1}), DeliveryState::kept);
  EXPECT_EQ(state({2014, 1, 1}), DeliveryState::not_yet);
  rule.type = RuleType::none_quantified;
  const Delivery open = at(measured(rule), {2016, 1, 1});
  EXPECT_EQ(open.state, DeliveryState::no_rule);
  EXPECT_EQ(open.facts.latest, 40);
}

TEST_F(DeliveryTest, AgainstAnotherSeries) {
  figures({{2013, 10}, {2014, 10}, {2015, 30}});
  TargetRule rule;
  rule.type = RuleType::relative;
  rule.to = "T";
  rule.factor = 0.5;
  EXPECT_EQ(at(measured(rule, Direction::none), {2016, 1, 1}).state, DeliveryState::no_figures);
  figures({{2014, 40}, {2015, 50}}, "T");
  const Delivery found = at(measured(rule, Direction::none), {2015, 1, 1});  // 10 - 20
  EXPECT_EQ(found.state, DeliveryState::not_yet);
  EXPECT_EQ(found.facts.latest, -10);
  EXPECT_EQ(at(measured(rule, Direction::none), {2016, 1, 1}).state, DeliveryState::kept);  // 30 - 25
}

TEST_F(DeliveryTest, FiguresThatAreNone) {
  EXPECT_EQ(at(measured(reach(1)), {2016, 1, 1}).state, DeliveryState::no_figures);
  EXPECT_EQ(deliver(measured(reach(1)), nullptr, {2016, 1, 1}, {}).state, DeliveryState::no_figures);
  figures({{2014, std::nan("")}});
  EXPECT_EQ(at(measured(reach(1)), {2016, 1, 1}).state, DeliveryState::no_figures);
  figures({{2014, 5}}, "S", "DEU");
  EXPECT_EQ(at(measured(reach(1)), {2016, 1, 1}).state, DeliveryState::no_figures);
  Commitment of_germany = measured(reach(1));
  of_germany.measure.area = "DEU";
  EXPECT_EQ(at(of_germany, {2016, 1, 1}).state, DeliveryState::kept);
  EXPECT_EQ(at(of_germany, {2014, 6, 1}).state, DeliveryState::no_figures);  // 2014 is not complete
  Commitment nothing = sample_commitment();
  nothing.measure = {};
  EXPECT_EQ(at(nothing, {2016, 1, 1}).state, DeliveryState::not_measured);
}

TEST_F(DeliveryTest, ByIndicator) {
  figures({{2014, 5}}, "FEED");
  add({{"FEED", "FRA", 2014, 7, "SEX=F"}}, true);
  Binding binding;
  binding.series.emplace_back();
  binding.series[0].series = "FEED";
  binding.series[0].indicators["mdg"] = {"8.2"};
  binding.series[0].multiply = 0.1;
  binding.series[0].filter = {{"SEX", "_T"}};
  const std::vector<Binding> bindings{binding};
  Framework framework;
  framework.id = "mdg";
  framework.indicators["8.2"].direction = Direction::up;
  const std::vector<Framework> frameworks{framework};
  Commitment promise = measured(reach(0.4), Direction::none);
  promise.measure.series.clear();
  promise.measure.indicator = "mdg:8.2";
  const Delivery found = deliver(promise, &store_, {2016, 1, 1}, {nullptr, &frameworks, &bindings});
  EXPECT_EQ(found.state, DeliveryState::kept);
  EXPECT_EQ(found.series, "FEED");
  EXPECT_NEAR(found.facts.latest, 0.5, 1e-12);
  promise.measure.indicator = "mdg:8.3";
  EXPECT_EQ(deliver(promise, &store_, {2016, 1, 1}, {nullptr, &frameworks, &bindings}).state, DeliveryState::no_figures);
}

TEST_F(DeliveryTest, Money) {
  Desk desk;
  desk.add(sample_commitment(), change(CommitmentStatus::pledged, {2013, 10, 9}));  // 1000 EUR until 2015-12-31
  Delivery found = at(desk["C-1"], {2014, 1, 1});
  EXPECT_EQ(found.state, DeliveryState::not_yet);
  EXPECT_EQ(found.money_gap, 1000);
  EXPECT_EQ(found.money_share, 0);
  desk.status(change(CommitmentStatus::disbursed, {2014, 5, 1}, 600));
  found = at(desk["C-1"], {2016, 1, 1});
  EXPECT_EQ(found.state, DeliveryState::broken);
  EXPECT_EQ(found.money_gap, 400);
  EXPECT_EQ(found.money_share, 0.6);
  desk.status(change(CommitmentStatus::disbursed, {2016, 5, 1}, 500));
  found = at(desk["C-1"], {2016, 6, 1});
  EXPECT_EQ(found.state, DeliveryState::kept);
  EXPECT_EQ(found.money_gap, 0);
  EXPECT_EQ(found.money_share, 1.1);
  Desk zero;
  Commitment none = sample_commitment();
  none.measure.amount = 0;
  zero.add(none, change(CommitmentStatus::pledged, {2013, 10, 9}));
  found = at(zero["C-1"], {2016, 6, 1});
  EXPECT_EQ(found.state, DeliveryState::kept);
  EXPECT_FALSE(found.money_share);
}

}  // namespace
}  // namespace stocktake
