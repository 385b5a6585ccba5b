// Milestones: judged by money, by the figure of their year, or by a person's word. The example of docs/commitments.md,
// "Milestones", is SeriesByTheFigureOfItsYear. Figures and sentences are made up for the test.
#include <cmath>

#include "partnership/register/delivery.h"
#include "partnership/register/milestones.h"
#include "partnership/register_sample.h"
#include "store/sample_store.h"

namespace stocktake {
namespace {

using testing::change;
using testing::Desk;
using testing::sample_commitment;

class MilestonesTest : public testing::SampleStore {
 protected:
  static Commitment measured(std::optional<double> value, Direction direction, std::optional<TargetRule> rule = {}) {
    Commitment commitment = sample_commitment();
    commitment.made = Date{2010, 1, 1};
    commitment.measure = {};
    commitment.measure.series = "S";
    commitment.measure.direction = direction;
    commitment.measure.rule = std::move(rule);
    commitment.milestones = {{{2012, 12, 31}, "on the way", value, 0}};
    return commitment;
  }
  static TargetRule rule(RuleType type, double value) {
    TargetRule rule;
    rule.type = type;
    rule.value = value;
    return rule;
  }
  void figures(std::initializer_list<std::pair<int, double>> years) {
    std::vector<testing::Figure> all;
    for (const auto& [year, value] : years) all.push_back({"S", "FRA", year, value});
    add(all);
  }
  // Pledged first, so that the commitment is open.
  MilestoneStanding at(const Commitment& commitment, Date day) {
    Desk desk;
    desk.add(commitment, change(CommitmentStatus::pledged, {2010, 1, 1}));
    return deliver(desk["C-1"], &store_, day, {}).milestones.at(0);
  }
};

TEST_F(MilestonesTest, SeriesByTheFigureOfItsYear) {
  figures({{2010, 0.30}, {2011, 0.36}, {2012, 0.45}, {2013, 0.55}});
  const TargetRule reach = rule(RuleType::reach, 0.7);
  const auto state = [&](double value, Date day) { return at(measured(value, Direction::up, reach), day).state; };
  EXPECT_EQ(state(0.5, {2012, 12, 31}), DueState::coming);  // its day is not past
  EXPECT_EQ(state(0.5, {2013, 1, 1}), DueState::missed);
  EXPECT_EQ(state(0.45, {2013, 1, 1}), DueState::kept);
  EXPECT_EQ(state(0.36 + 0.09, {2013, 1, 1}), DueState::kept);  // 0.44999999999999996 and its like
  const MilestoneStanding missed = at(measured(0.5, Direction::up, reach), {2013, 1, 1});
  EXPECT_EQ(missed.year, 2012);
  EXPECT_EQ(missed.figure, 0.45);
  EXPECT_TRUE(missed.waits);
  EXPECT_FALSE(at(measured(0.5, Direction::up, reach), {2014, 1, 1}).waits);  // reached in 2013: late, and no more waited for
  EXPECT_EQ(state(0.5, {2014, 1, 1}), DueState::missed);                      // and missed all the same
}

TEST_F(MilestonesTest, ADayWithinAYearIsJudgedByTheYearBefore) {
  figures({{2011, 0.36}, {2012, 0.45}});
  Commitment promise = measured(0.4, Direction::up, rule(RuleType::reach, 0.7));
  promise.milestones[0].due = {2012, 6, 30};
  const MilestoneStanding standing = at(promise, {2013, 1, 1});
  EXPECT_EQ(standing.year, 2011);
  EXPECT_EQ(standing.state, DueState::missed);
}

TEST_F(MilestonesTest, WithoutAFigureOfThatYear) {
  figures({{2010, 0.30}, {2011, 0.36}, {2013, 0.55}});
  const Commitment promise = measured(0.3, Direction::up, rule(RuleType::reach, 0.7));
  const MilestoneStanding standing = at(promise, {2014, 1, 1});
  EXPECT_EQ(standing.state, DueState::no_figures);  // neither 2011 nor 2013 stands in for it
  EXPECT_TRUE(std::isnan(standing.figure));
  EXPECT_TRUE(standing.waits);
  Commitment elsewhere = promise;
  elsewhere.measure.area = "KEN";
  EXPECT_EQ(at(elsewhere, {2014, 1, 1}).state, DueState::no_figures);
  Desk desk;
  desk.add(promise, change(CommitmentStatus::pledged, {2010, 1, 1}));
  EXPECT_EQ(deliver(desk["C-1"], nullptr, {2014, 1, 1}, {}).milestones.at(0).state, DueState::no_figures);  // no store
  EXPECT_EQ(deliver(desk["C-1"], nullptr, {2011, 1, 1}, {}).milestones.at(0).state, DueState::coming);
}

TEST_F(MilestonesTest, TheDirectionIsTheCommitmentsOwnOrTheRules) {
  figures({{2010, 80}, {2012, 60}, {2015, 40}});
  const Date day{2013, 1, 1};
  TargetRule half;
  half.type = RuleType::reduce_by;
  half.fraction = 0.5;
  EXPECT_EQ(at(measured(60, Direction::none, half), day).state, DueState::kept);  // fewer is better
  EXPECT_EQ(at(measured(55, Direction::none, half), day).state, DueState::missed);
  EXPECT_EQ(at(measured(55, Direction::up, half), day).state, DueState::kept);
  // reach and parity without a direction: from the first figure to the level
  EXPECT_EQ(at(measured(55, Direction::none, rule(RuleType::reach, 40)), day).state, DueState::missed);
  EXPECT_EQ(at(measured(55, Direction::none, rule(RuleType::reach, 90)), day).state, DueState::kept);
  TargetRule parity = rule(RuleType::parity, 0);
  parity.lower = 38;
  parity.centre = 40;
  parity.upper = 42;
  EXPECT_EQ(at(measured(55, Direction::none, parity), day).state, DueState::missed);
  EXPECT_EQ(at(measured(65, Direction::none, parity), day).state, DueState::kept);
  // without a rule, the commitment's direction alone
  EXPECT_EQ(at(measured(65, Direction::down), day).state, DueState::kept);
  // nobody says which way is better: a person must tell
  EXPECT_EQ(at(measured(65, Direction::none), day).state, DueState::overdue);
}

TEST_F(MilestonesTest, APersonTellsOfWordsWithEvidence) {
  Commitment promise = sample_commitment();
  promise.milestones = {{{2014, 12, 31}, "a law", {}, 0}, {{2015, 6, 30}, "half", 500.0, 0}};
  Desk desk;
  desk.add(promise, change(CommitmentStatus::pledged, {2013, 10, 9}));
  const auto standing = [&](Date day) { return deliver(desk["C-1"], nullptr, day, {}).milestones.at(0); };
  EXPECT_EQ(standing({2015, 1, 1}).state, DueState::overdue);
  MilestoneWord met{true, {2014, 11, 1}, "url", "https://example.org/law", "", ""};
  EXPECT_EQ(desk.take(milestone_met_entry("C-1", 1, met, testing::sample_time)), 2U);
  EXPECT_EQ(standing({2014, 10, 31}).state, DueState::coming);  // not told yet on that day
  EXPECT_EQ(standing({2014, 11, 1}).state, DueState::kept);
  EXPECT_EQ(standing({2015, 1, 1}).state, DueState::kept);
  EXPECT_FALSE(standing({2015, 1, 1}).waits);
  EXPECT_EQ(desk["C-1"].milestones[0].told.at(0).by, "Desk");
  // Not met after all: both words are kept, the later one counts.
  desk.take(milestone_met_entry("C-1", 1, {false, {2015, 2, 1}, "", "", "the law was struck down", ""}, testing::sample_time));
  EXPECT_EQ(standing({2015, 1, 31}).state, DueState::kept);
  EXPECT_EQ(standing({2015, 2, 1}).state, DueState::overdue);
  met.on = {2015, 3, 1};
  desk.take(milestone_met_entry("C-1", 1, met, testing::sample_time));
  EXPECT_EQ(standing({2015, 4, 1}).state, DueState::missed);  // met after its day
  EXPECT_FALSE(standing({2015, 4, 1}).waits);
  EXPECT_EQ(desk["C-1"].milestones[0].told.size(), 3U);
  // A word does not stand against money that can be counted.
  desk.take(milestone_met_entry("C-1", 2, met, testing::sample_time));
  EXPECT_EQ(deliver(desk["C-1"], nullptr, {2015, 7, 1}, {}).milestones.at(1).state, DueState::missed);
  // A correction of other fields keeps what was told.
  desk.take(correction_entry("C-1", R"({"text":"wells"})", "", testing::sample_time));
  EXPECT_EQ(desk["C-1"].milestones[0].told.size(), 3U);
  EXPECT_EQ(desk["C-1"].milestones[1].told.size(), 1U);
}

TEST_F(MilestonesTest, AWordStandsInForFiguresThatAreNotThere) {
  const Commitment promise = measured(0.5, Direction::up, rule(RuleType::reach, 0.7));
  Desk desk;
  desk.add(promise, change(CommitmentStatus::pledged, {2010, 1, 1}));
  desk.take(milestone_met_entry("C-1", 1, {true, {2012, 12, 1}, "document", "report 7", "", ""}, testing::sample_time));
  const auto state = [&] { return deliver(desk["C-1"], &store_, {2014, 1, 1}, {}).milestones.at(0).state; };
  EXPECT_EQ(state(), DueState::kept);
  figures({{2012, 0.45}});
  EXPECT_EQ(state(), DueState::missed);  // the figure decides once it is there
}

TEST_F(MilestonesTest, OfWhatIsClosed) {
  Commitment promise = sample_commitment();
  promise.milestones = {{{2014, 12, 31}, "a law", {}, 0}};
  Desk desk;
  desk.add(promise, change(CommitmentStatus::pledged, {2013, 10, 9}));
  desk.status(change(CommitmentStatus::withdrawn, {2014, 1, 1}));
  const MilestoneStanding standing = deliver(desk["C-1"], nullptr, {2016, 1, 1}, {}).milestones.at(0);
  EXPECT_EQ(standing.state, DueState::closed);
  EXPECT_FALSE(standing.waits);
}

TEST(MilestoneWords, AreRefusedWithTheirField) {
  Desk desk;
  Commitment promise = sample_commitment();
  promise.milestones = {{{2014, 12, 31}, "a law", {}, 0}};
  desk.add(promise, change(CommitmentStatus::pledged, {2013, 10, 9}));
  const auto refused = [&](const char* payload) {
    return desk.refused(LogEntry{0, testing::sample_time, "milestone_met", payload});
  };
  EXPECT_EQ(refused(R"({"id":"C-2","milestone":1,"met":true,"kind":"url","link":"x"})"), "id");
  EXPECT_EQ(refused(R"({"id":"C-1","met":true,"kind":"url","link":"x"})"), "milestone");
  EXPECT_EQ(refused(R"({"id":"C-1","milestone":2,"met":true,"kind":"url","link":"x"})"), "milestone");
  EXPECT_EQ(refused(R"({"id":"C-1","milestone":1,"kind":"url","link":"x"})"), "met");
  EXPECT_EQ(refused(R"({"id":"C-1","milestone":1,"met":true})"), "kind");
  EXPECT_EQ(refused(R"({"id":"C-1","milestone":1,"met":true,"kind":"url"})"), "link");
  EXPECT_EQ(refused(R"({"id":"C-1","milestone":1,"met":false,"link":"x"})"), "link");
  EXPECT_EQ(refused(R"({"id":"C-1","milestone":1,"met":true,"kind":"url","link":"x","on":"2014-02-30"})"), "on");
  EXPECT_EQ(refused(R"({"id":"C-1","milestone":1,"met":true,"kind":"url","link":"x","until":"now"})"), "until");
  EXPECT_TRUE(desk["C-1"].milestones[0].told.empty());
}

}  // namespace
}  // namespace stocktake
