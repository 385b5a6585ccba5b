// Calendar, one year of delay, and the chain of a commitment. The examples of docs/commitments.md are recomputed here.
#include <gtest/gtest.h>

#include <cmath>

#include "partnership/views/calendar.h"
#include "partnership/views/chain.h"
#include "partnership/views/delay.h"
#include "partnership/views_sample.h"

namespace stocktake {
namespace {

using testing::RegisterMaker;

TEST(Calendar, TellsWhatIsOverdueComingKeptMissedAndClosed) {
  RegisterMaker maker;
  Commitment a = maker.commitment("a", "X", 100);
  a.milestones = {{{2010, 1, 1}, "a quarter", 25, 0}, {{2012, 1, 1}, "half", 50, 0}, {{2014, 6, 1}, "say how", {}, 0}};
  maker.add(a);
  maker.status("a", CommitmentStatus::disbursed, {2009, 6, 1}, 30);  // in time for 25, too little for 50
  maker.add(maker.commitment("b", "X"));
  maker.status("b", CommitmentStatus::delivered, {2015, 3, 1});  // after its due date
  maker.add(maker.commitment("c", "X"));
  maker.status("c", CommitmentStatus::withdrawn, {2014, 1, 1});
  maker.add(maker.commitment("d", "X"));
  maker.status("d", CommitmentStatus::delivered, {2014, 1, 1});
  const Accounts accounts = maker.on({2015, 7, 1});
  const std::vector<DueDay> calendar = due_calendar(accounts);
  ASSERT_EQ(calendar.size(), 7U);
  EXPECT_EQ(calendar[0].state, DueState::kept);
  EXPECT_EQ(calendar[1].state, DueState::missed);
  EXPECT_EQ(calendar[2].state, DueState::overdue);  // a milestone in words, past, of what is still open
  EXPECT_EQ(calendar[3].account->commitment->id, "a");
  EXPECT_EQ(calendar[3].state, DueState::overdue);
  EXPECT_EQ(calendar[3].days, -181);  // 1 January to 1 July 2015
  EXPECT_EQ(calendar[4].state, DueState::missed);
  EXPECT_EQ(calendar[5].state, DueState::closed);
  EXPECT_EQ(calendar[6].state, DueState::kept);
  const Accounts before = maker.on({2014, 12, 31});
  EXPECT_EQ(due_calendar(before)[3].state, DueState::coming);
  CalendarOptions near;
  near.months_back = 12;
  near.months_ahead = 0;
  EXPECT_EQ(due_calendar(accounts, near).size(), 4U);  // the due dates of 2015-01-01; not what is older than a year
}

// Worked example: 90 of 100 are missing three years (1095.7275 days) before the due date.
TEST(Delay, OfMoney) {
  RegisterMaker maker;
  Commitment a = maker.commitment("a", "X", 100);
  a.made = Date{2005, 1, 1};
  a.due = Date{2015, 1, 1};
  maker.add(a);
  maker.status("a", CommitmentStatus::disbursed, {2008, 1, 1}, 10);
  const Accounts accounts = maker.on({2012, 1, 1});
  const Delay delay = delays_of(accounts).at(0);
  EXPECT_EQ(delay.state, DelayState::counted);
  const double left = 1096 / 365.2425;  // 2012 is a leap year
  EXPECT_NEAR(delay.missing, 90, 1e-12);
  EXPECT_NEAR(delay.years, left, 1e-12);
  EXPECT_NEAR(delay.needed, 29.992541, 1e-5);
  EXPECT_NEAR(delay.after, 44.983218, 1e-4);
  EXPECT_NEAR(delay.added, delay.missing / (left * (left - 1)), 1e-9);
  EXPECT_NEAR(delay.undelivered, 10.001164, 1e-6);  // 100 over 3652 days
}

TEST(Delay, MoneyAtTheEdges) {
  RegisterMaker maker;
  maker.add(maker.commitment("a", "X", 100));
  Commitment open = maker.commitment("b", "X", 100);
  open.due.reset();
  maker.add(open);
  Commitment brief = maker.commitment("c", "X", 100);
  brief.made = Date{2014, 10, 1};
  maker.add(brief);
  maker.add(maker.commitment("d", "X", 100));
  maker.status("d", CommitmentStatus::delivered, {2013, 1, 1}, 100);
  maker.add(maker.commitment("e", "X"));
  maker.add(maker.commitment("f", "X", 100));
  maker.status("f", CommitmentStatus::withdrawn, {2013, 1, 1});
  {
    const Accounts accounts = maker.on({2014, 12, 1});
    const std::vector<Delay> delays = delays_of(accounts);
    ASSERT_EQ(delays.size(), 5U);  // the withdrawn one is not there
    EXPECT_EQ(delays[0].state, DelayState::last_chance);
    EXPECT_TRUE(std::isnan(delays[0].after));
    EXPECT_EQ(delays[1].state, DelayState::open_end);
    EXPECT_TRUE(std::isnan(delays[1].undelivered));
    EXPECT_NEAR(delays[2].undelivered, 100, 1e-12);  // less than a year long: all of it
    EXPECT_EQ(delays[3].state, DelayState::kept);
    EXPECT_EQ(delays[4].state, DelayState::no_figures);
  }
  const Accounts past = maker.on({2015, 1, 2});
  EXPECT_EQ(delays_of(past)[0].state, DelayState::past);
  const Accounts that_day = maker.on({2015, 1, 1});  // no time is left
  EXPECT_EQ(delays_of(that_day)[0].state, DelayState::past);
}

// Figures: 0.30 in 2012, 0.7 to be reached in 2015, 0.01 a year so far. n = 3: 0.4/3 = 0.1333 a year; after a year 0.2, that is
// 0.0667 more; 13.3 times the pace, then 20 times.
Accounts figures(double latest, int year, double target, int due, double pace, DeliveryState state) {
  static Commitment commitment;
  commitment = Commitment();
  commitment.id = "oda";
  commitment.due = Date{due, 12, 31};
  commitment.measure.series = "S";
  commitment.measure.rule = TargetRule();
  commitment.measure.rule->type = RuleType::reach;
  commitment.measure.rule->value = target;
  Accounts accounts;
  CommitmentAccount row;
  row.commitment = &commitment;
  row.status = CommitmentStatus::pledged;
  row.delivery.state = state;
  row.delivery.unit = "PERCENT";
  row.delivery.facts.latest = latest;
  row.delivery.facts.latest_year = static_cast<std::int16_t>(year);
  row.delivery.facts.target = target;
  row.delivery.facts.observed_linear = pace;
  row.delivery.gap = std::fabs(target - latest);
  accounts.rows.push_back(row);
  return accounts;
}

TEST(Delay, OfFigures) {
  const Accounts accounts = figures(0.30, 2012, 0.7, 2015, 0.01, DeliveryState::not_yet);
  const Delay delay = delays_of(accounts).at(0);
  EXPECT_EQ(delay.state, DelayState::counted);
  EXPECT_NEAR(delay.needed, 0.133333, 1e-6);
  EXPECT_NEAR(delay.after, 0.2, 1e-12);
  EXPECT_NEAR(delay.added, 0.066667, 1e-6);
  EXPECT_NEAR(delay.acceleration, 13.333333, 1e-6);
  EXPECT_NEAR(delay.acceleration_after, 20, 1e-9);
  // A level to be reached from above: the pace towards it counts as positive.
  const Accounts falling = figures(60, 2012, 30, 2015, -5, DeliveryState::not_yet);
  EXPECT_NEAR(delays_of(falling).at(0).acceleration, 2, 1e-12);
  const Accounts away = figures(60, 2012, 30, 2015, 5, DeliveryState::not_yet);
  EXPECT_TRUE(std::isnan(delays_of(away).at(0).acceleration));
  EXPECT_LT(delays_of(away).at(0).observed, 0);
}

TEST(Delay, FiguresAtTheEdges) {
  const auto state = [](const Accounts& accounts) { return delays_of(accounts).at(0).state; };
  EXPECT_EQ(state(figures(0.3, 2014, 0.7, 2015, 0.01, DeliveryState::not_yet)), DelayState::last_chance);
  EXPECT_EQ(state(figures(0.3, 2015, 0.7, 2015, 0.01, DeliveryState::not_yet)), DelayState::past);
  EXPECT_EQ(state(figures(0.3, 2012, 0.7, 2015, 0.01, DeliveryState::broken)), DelayState::past);
  EXPECT_EQ(state(figures(0.8, 2012, 0.7, 2015, 0.01, DeliveryState::kept)), DelayState::kept);
  EXPECT_EQ(state(figures(0.3, 2012, 0.7, 2015, 0.01, DeliveryState::no_figures)), DelayState::no_figures);
  EXPECT_EQ(state(figures(no_figure, 2012, 0.7, 2015, 0.01, DeliveryState::not_yet)), DelayState::no_figures);
}

TEST(Chain, CutsTheClauseAtItsPromisingWords) {
  RegisterMaker maker;
  Commitment a = maker.commitment("a", "X", 100);
  const std::string text = "نلتزم بتخصيص 0.7 في المائة بحلول عام 2015.", words = "بتخصيص 0.7 في المائة";
  a.source = {"A/RES/68/6", "", "14", "ar", text, 0, 0};
  a.source.begin = static_cast<std::uint32_t>(text.find(words));
  a.source.end = a.source.begin + static_cast<std::uint32_t>(words.size());
  maker.add(a);
  maker.status("a", CommitmentStatus::disbursed, {2013, 1, 1}, 25);
  maker.evidence("a", {"url", "https://example.org/report", "annual report", {2012, 6, 1}, 0});
  maker.status("a", CommitmentStatus::delivered, {2016, 1, 1}, 100);
  const Accounts accounts = maker.on({2014, 1, 1});
  const Chain chain = chain_of(accounts.rows.at(0), accounts.at);
  EXPECT_EQ(chain.language, "ar");
  EXPECT_EQ(chain.before + chain.words + chain.after, text);
  EXPECT_EQ(chain.words, words);
  std::string kinds;
  for (const ChainLink& link : chain.links) kinds += std::string(to_string(link.kind)) + " ";
  EXPECT_EQ(kinds, "clause promise status evidence status due status delivery gap ");
  EXPECT_TRUE(chain.links[6].later);
  EXPECT_EQ(chain.links[7].amount, 25);
  EXPECT_EQ(chain.links[8].amount, 75);
  const std::string shown = to_text(chain, "[[", "]]");
  EXPECT_NE(shown.find("[[" + words + "]]"), std::string::npos);
}

TEST(Chain, WithoutMarksOrSource) {
  RegisterMaker maker;
  maker.add(maker.commitment("a", "X"));
  Commitment b = maker.commitment("b", "X");
  b.source.document = "Speech";
  b.source.text = "We will.";
  maker.add(b);
  const Accounts accounts = maker.on({2014, 1, 1});
  EXPECT_EQ(chain_of(accounts.rows[0], accounts.at).links.front().kind, LinkKind::promise);
  const Chain chain = chain_of(accounts.rows[1], accounts.at);
  EXPECT_EQ(chain.before, "We will.");
  EXPECT_TRUE(chain.words.empty());
  EXPECT_EQ(chain.links.back().kind, LinkKind::delivery);  // nothing measured: no gap
}

}  // namespace
}  // namespace stocktake
