// Accounts, league table and gap waterfall. The sums are worked out by hand in the comments.
#include <gtest/gtest.h>

#include <cmath>

#include "partnership/views/league.h"
#include "partnership/views/waterfall.h"
#include "partnership/views_sample.h"

namespace stocktake {
namespace {

using testing::RegisterMaker;
constexpr Date day{2014, 1, 1}, after{2016, 1, 1};

TEST(Views, StagesAreNestedWithinThePromise) {
  MoneyTold told;
  told.promised = 100;
  told.committed = 80;
  told.disbursed = 50;
  MoneyStages stages = stages_of(told);  // nothing told as delivered: what was disbursed counts
  EXPECT_EQ(stages.committed, 80);
  EXPECT_EQ(stages.disbursed, 50);
  EXPECT_EQ(stages.delivered, 50);
  EXPECT_EQ(stages.gap(), 50);
  told.delivered = 30;
  EXPECT_EQ(stages_of(told).delivered, 30);
  told.delivered = 130;  // more than promised: a later stage implies the earlier ones, what is beyond is told apart
  stages = stages_of(told);
  EXPECT_EQ(stages.committed, 100);
  EXPECT_EQ(stages.gap(), 0);
  EXPECT_EQ(stages.beyond, 30);
  EXPECT_EQ(stages_of({}).gap(), 0);
}

TEST(Views, AccountLeavesOutProposalsAndWhatIsMadeLater) {
  RegisterMaker maker;
  maker.add(maker.commitment("a", "X", 10));
  maker.add(maker.commitment("b", "X", 10), CommitmentStatus::proposed);
  Commitment late = maker.commitment("c", "X", 10);
  late.made = Date{2014, 6, 1};
  maker.add(late);
  const Accounts accounts = maker.on(day);
  ASSERT_EQ(accounts.rows.size(), 1U);
  EXPECT_EQ(accounts.rows[0].commitment->id, "a");
  EXPECT_EQ(accounts.proposed, 1U);
  EXPECT_EQ(accounts.later, 1U);
  EXPECT_EQ(maker.on(after).rows.size(), 2U);
}

// X: 100 promised, 40 delivered (.4); 100 promised, 100 delivered (1): mean .7. Y: 50 promised, 35 delivered: .7. Z: no amount
// and overdue: 0. W: no measure and not due: cannot be said.
RegisterMaker league_sample() {
  RegisterMaker maker;
  maker.add(maker.commitment("x1", "X", 100));
  maker.status("x1", CommitmentStatus::disbursed, {2012, 1, 1}, 40);
  maker.add(maker.commitment("x2", "X", 100));
  maker.status("x2", CommitmentStatus::delivered, {2013, 1, 1}, 100);
  maker.add(maker.commitment("y1", "Y", 50));
  maker.status("y1", CommitmentStatus::disbursed, {2012, 1, 1}, 35);
  Commitment z = maker.commitment("z1", "Z");
  z.due = Date{2013, 1, 1};
  maker.add(z);
  maker.add(maker.commitment("w1", "W"));
  return maker;
}

TEST(Views, LeagueRanksByMeanFulfilmentThenOverdue) {
  const RegisterMaker maker = league_sample();
  const std::vector<LeagueRow> league = league_table(maker.on(day));
  ASSERT_EQ(league.size(), 4U);
  EXPECT_EQ(league[0].actor.id, "X");
  EXPECT_NEAR(league[0].fulfilled, 0.7, 1e-12);
  EXPECT_EQ(league[0].rank, 1);
  EXPECT_EQ(league[1].actor.id, "Y");
  EXPECT_EQ(league[1].rank, 1);  // the same mean (to rounding) and no overdue: a tie
  EXPECT_EQ(league[2].actor.id, "Z");
  EXPECT_EQ(league[2].rank, 3);  // 1, 1, 3
  EXPECT_EQ(league[2].overdue, 1);
  EXPECT_EQ(league[2].broken, 1);
  EXPECT_EQ(league[3].actor.id, "W");
  EXPECT_FALSE(league[3].rank);
  EXPECT_TRUE(std::isnan(league[3].fulfilled));
  EXPECT_EQ(league[0].kept, 1);
  ASSERT_EQ(league[0].money.size(), 1U);
  EXPECT_EQ(league[0].money[0].promised, 200);
  EXPECT_EQ(league[0].money[0].delivered, 140);
  EXPECT_EQ(league[0].money[0].gap, 60);
  EXPECT_NEAR(league[0].money[0].share, 0.7, 1e-12);
}

TEST(Views, OverdueBreaksATie) {
  const RegisterMaker maker = league_sample();
  const std::vector<LeagueRow> league = league_table(maker.on(after));  // x1 and y1 are overdue; x2 is delivered
  EXPECT_EQ(league[0].rank, 1);
  EXPECT_EQ(league[1].rank, 1);  // one overdue each
  RegisterMaker more = league_sample();
  more.status("y1", CommitmentStatus::withdrawn, {2015, 6, 1});
  const std::vector<LeagueRow> other = league_table(more.on(after));
  EXPECT_EQ(other[0].actor.id, "Y");  // withdrawn, so not overdue any more: the delivered part stays
  EXPECT_EQ(other[0].rank, 1);
  EXPECT_EQ(other[0].withdrawn, 1);
  EXPECT_EQ(other[0].broken, 1);
  EXPECT_EQ(other[1].actor.id, "X");
  EXPECT_EQ(other[1].rank, 2);
}

TEST(Views, CurrenciesAreNeverAdded) {
  RegisterMaker maker;
  maker.add(maker.commitment("a", "X", 100, "USD"));
  maker.add(maker.commitment("b", "X", 10, "EUR"));
  Commitment constant = maker.commitment("c", "X", 7, "USD");
  constant.measure.price_base = "constant 2022";
  maker.add(constant);
  const std::vector<Waterfall> all = waterfalls(maker.on(day));
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].unit, "EUR");
  EXPECT_EQ(all[1].unit, "USD");
  EXPECT_EQ(all[2].unit, "USD, constant 2022");
  EXPECT_EQ(league_table(maker.on(day))[0].money.size(), 3U);
}

TEST(Views, WaterfallSumsStagesAndTellsWhereItWasLost) {
  RegisterMaker maker;
  maker.add(maker.commitment("a", "X", 100));
  maker.status("a", CommitmentStatus::committed, {2010, 1, 1}, 80);
  maker.status("a", CommitmentStatus::disbursed, {2011, 1, 1}, 50);
  maker.add(maker.commitment("b", "Y", 60));
  maker.status("b", CommitmentStatus::withdrawn, {2012, 1, 1});
  const std::vector<Waterfall> all = waterfalls(maker.on(after));
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].stages.promised, 160);
  EXPECT_EQ(all[0].stages.committed, 80);
  EXPECT_EQ(all[0].stages.disbursed, 50);
  EXPECT_EQ(all[0].stages.gap(), 110);
  EXPECT_EQ(all[0].withdrawn, 60);
  EXPECT_EQ(all[0].overdue, 50);  // a, past 2015-01-01
  const std::vector<WaterfallBar> bars = bars_of(all[0]);
  EXPECT_EQ(bars[1].lost, 80);
  EXPECT_EQ(bars[2].lost, 30);
  EXPECT_EQ(bars[4].from, 50);
  EXPECT_EQ(bars[4].to, 160);
  // Nothing is lost twice: the losses make the gap.
  EXPECT_EQ(bars[1].lost + bars[2].lost + bars[3].lost, all[0].stages.gap());
  EXPECT_EQ(to_text(all, 60, true),
            "USD (2 commitments)\n"
            "promised  160  100.0%  " +
                std::string(36, '#') +
                "\n"
                "committed  80   50.0%  " +
                std::string(18, '#') +
                "\n"
                "disbursed  50   31.2%  " +
                std::string(11, '#') +
                "\n"
                "delivered  50   31.2%  " +
                std::string(11, '#') +
                "\n"
                "gap       110   68.8%             " +
                std::string(25, '-') +
                "\n"
                "of the gap, overdue: 50\n"
                "of the gap, withdrawn: 60\n");
}

TEST(Views, GoalsAndActorsNarrowAWaterfall) {
  RegisterMaker maker;
  Commitment a = maker.commitment("a", "X", 100);
  a.goals = {"mdg:8.B"};
  maker.add(a);
  Commitment b = maker.commitment("b", "Y", 10);
  b.goals = {"mdg:81"};
  maker.add(b);
  EXPECT_EQ(waterfalls(maker.on(day), {"", "mdg:8"})[0].stages.promised, 100);
  EXPECT_EQ(waterfalls(maker.on(day), {"Y", ""})[0].stages.promised, 10);
  EXPECT_TRUE(waterfalls(maker.on(day), {"Y", "mdg:8"}).empty());
}

TEST(Views, NothingIsNothing) {
  const RegisterMaker maker;
  const Accounts accounts = maker.on(day);
  EXPECT_TRUE(accounts.rows.empty());
  EXPECT_TRUE(league_table(accounts).empty());
  EXPECT_TRUE(waterfalls(accounts).empty());
  EXPECT_EQ(to_text(waterfalls(accounts), 80, false), "");
  EXPECT_EQ(to_table(league_table(accounts), true).rows(), 0U);
}

}  // namespace
}  // namespace stocktake
