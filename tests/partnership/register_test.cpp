// The rules of the register: which status may follow which, what a correction keeps, what is told on a day.
#include "partnership/register/register.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "partnership/register_sample.h"

namespace stocktake {
namespace {

using testing::change;
using testing::Desk;
using testing::sample_commitment;
using testing::sample_time;
using enum CommitmentStatus;

constexpr std::array all_statuses{proposed, pledged, committed, disbursed, delivered, overdue, withdrawn};

TEST(Statuses, WhichMayFollowWhich) {
  // Rows: before; columns: proposed, pledged, committed, disbursed, delivered, overdue, withdrawn. As docs/commitments.md prints
  // it.
  const std::array<std::string, 7> table{"-+----+",
                                         "-++++++",
                                         "--+++++",
                                         "---++++",
                                         "-------",
                                         "--++"
                                         "+-+",
                                         "-------"};
  for (const auto before : all_statuses) {
    for (const auto after : all_statuses) {
      EXPECT_EQ(may_follow(before, after), table[static_cast<std::size_t>(before)][static_cast<std::size_t>(after)] == '+')
          << to_string(before) << " then " << to_string(after);
    }
    EXPECT_EQ(parse_status(to_string(before)), before);
  }
  EXPECT_FALSE(parse_status("lost"));
}

TEST(Statuses, TheLifeOfOne) {
  Desk desk;
  desk.add(sample_commitment(), change(pledged, {2013, 10, 9}));
  desk.status(change(committed, {2014, 3, 1}, 800));
  desk.status(change(disbursed, {2014, 6, 1}, 300));
  desk.status(change(disbursed, {2015, 6, 1}, 200));
  const Commitment& one = desk["C-1"];
  EXPECT_EQ(one.status_on({2013, 1, 1}), pledged);  // before the first change: the first status
  EXPECT_EQ(one.status_on({2014, 2, 28}), pledged);
  EXPECT_EQ(one.status_on({2014, 3, 1}), committed);
  EXPECT_EQ(one.status_on({2015, 12, 31}), disbursed);
  EXPECT_EQ(one.status_on({2016, 1, 1}), overdue);
  EXPECT_EQ(days_late(one, {2016, 1, 31}), 31);
  EXPECT_EQ(days_late(one, {2015, 12, 1}), -30);
  EXPECT_FALSE(delivered_on(one, {2016, 1, 1}));
  desk.status(change(delivered, {2016, 2, 1}));
  EXPECT_EQ(desk["C-1"].status_on({2016, 1, 31}), overdue);
  EXPECT_EQ(desk["C-1"].status_on({2016, 2, 1}), delivered);
  EXPECT_FALSE(days_late(desk["C-1"], {2016, 2, 1}));
  EXPECT_EQ(delivered_on(desk["C-1"], {2017, 1, 1}), (Date{2016, 2, 1}));
}

TEST(Statuses, WithoutADueDateNothingIsOverdue) {
  Desk desk;
  Commitment commitment = sample_commitment();
  commitment.due.reset();
  desk.add(commitment, change(pledged, {2013, 10, 9}));
  EXPECT_EQ(desk["C-1"].status_on({2099, 1, 1}), pledged);
  EXPECT_FALSE(days_late(desk["C-1"], {2099, 1, 1}));
  EXPECT_EQ(Commitment{}.status_on({2020, 1, 1}), proposed);
}

TEST(Statuses, LateNewsTakeTheirPlaceByTheDay) {
  Desk desk;
  desk.add(sample_commitment(), change(pledged, {2013, 10, 9}));
  desk.status(change(disbursed, {2014, 6, 1}, 300));
  desk.status(change(committed, {2014, 3, 1}, 500));  // told later, of an earlier day
  EXPECT_EQ(desk["C-1"].status_on({2014, 4, 1}), committed);
  EXPECT_EQ(desk["C-1"].status_on({2014, 7, 1}), disbursed);
  // But not where it would stand between two that it may not.
  EXPECT_EQ(desk.refused(status_entry("C-1", change(delivered, {2014, 4, 1}), sample_time)), "status");
  EXPECT_EQ(desk.refused(status_entry("C-1", change(pledged, {2014, 4, 1}), sample_time)), "status");
  EXPECT_EQ(desk["C-1"].history.size(), 3U);
}

TEST(Statuses, ACorrectedOneIsKept) {
  Desk desk;
  desk.add(sample_commitment(), change(pledged, {2013, 10, 9}));
  const auto wrong = desk.status(change(delivered, {2014, 6, 1}, 1000));
  EXPECT_EQ(desk.refused(status_entry("C-1", change(disbursed, {2014, 7, 1}, 10), sample_time)), "status");
  EXPECT_EQ(desk.refused(status_entry("C-1", change(disbursed, {2014, 6, 1}, 10, 99), sample_time)), "corrects");
  desk.status(change(disbursed, {2014, 6, 1}, 100, wrong));
  const Commitment& one = desk["C-1"];
  ASSERT_EQ(one.history.size(), 3U);
  EXPECT_TRUE(one.history[1].struck);
  EXPECT_EQ(one.status_on({2014, 12, 31}), disbursed);
  const MoneyTold money = money_on(one, {2014, 12, 31});
  EXPECT_EQ(money.disbursed, 100);
  EXPECT_FALSE(money.delivered);
  EXPECT_EQ(desk.refused(status_entry("C-1", change(delivered, {2015, 1, 1}, {}, wrong), sample_time)), "corrects");  // twice
}

TEST(Money, WhatEachStatusTells) {
  Desk desk;
  desk.add(sample_commitment(), change(pledged, {2013, 10, 9}));
  desk.status(change(pledged, {2013, 12, 1}, 1200));  // a pledge raised
  desk.status(change(committed, {2014, 1, 1}, 900));
  desk.status(change(committed, {2014, 2, 1}, 1100));
  desk.status(change(disbursed, {2014, 3, 1}, 300));
  desk.status(change(disbursed, {2014, 4, 1}, 250));
  const Commitment& one = desk["C-1"];
  EXPECT_EQ(money_on(one, {2013, 11, 1}).promised, 1000);
  EXPECT_EQ(money_on(one, {2014, 1, 15}).promised, 1200);
  EXPECT_EQ(money_on(one, {2014, 1, 15}).committed, 900);
  EXPECT_EQ(money_on(one, {2014, 3, 15}).disbursed, 300);
  EXPECT_EQ(money_on(one, {2014, 5, 1}).committed, 1100);
  EXPECT_EQ(money_on(one, {2014, 5, 1}).disbursed, 550);
  EXPECT_FALSE(money_on(one, {2014, 5, 1}).delivered);
  desk.status(change(delivered, {2015, 1, 1}));
  EXPECT_EQ(money_on(desk["C-1"], {2015, 1, 1}).delivered, 550);  // no amount told: what was disbursed
  // Delivered at once and nothing disbursed: the promise.
  Desk other;
  other.add(sample_commitment(), change(pledged, {2013, 10, 9}));
  other.status(change(delivered, {2014, 1, 1}));
  EXPECT_EQ(money_on(other["C-1"], {2014, 1, 1}).delivered, 1000);
}

TEST(Entries, RefusedWithTheirField) {
  Desk desk;
  desk.add(sample_commitment(), change(pledged, {2013, 10, 9}));
  EXPECT_EQ(desk.refused(commitment_entry(sample_commitment(), change(pledged, {2013, 10, 9}), sample_time)), "id");
  EXPECT_EQ(desk.refused(status_entry("C-9", change(committed, {2014, 1, 1}), sample_time)), "id");
  EXPECT_EQ(desk.refused(status_entry("C-1", change(committed, {2014, 1, 1}, -1), sample_time)), "amount");
  EXPECT_EQ(desk.refused({0, sample_time, "status", R"({"id":"C-1","status":"lost","on":"2014-01-01"})"}), "status");
  EXPECT_EQ(desk.refused({0, sample_time, "status", R"({"id":"C-1","status":"committed"})"}), "on");
  EXPECT_EQ(desk.refused({0, sample_time, "status", R"({"id":"C-1","status":"committed","on":"2014-02-30"})"}), "on");
  EXPECT_EQ(desk.refused({0, sample_time, "status", R"({"id":"C-1","status":"withdrawn","on":"2014-01-01"})"}), "status");
  EXPECT_EQ(desk.refused({0, sample_time, "status", R"({"id":"C-1","status":"committed","on":"2014-01-01","x":1})"}), "x");
  EXPECT_EQ(desk.refused({0, sample_time, "evidence", R"({"id":"C-1","kind":"rumour","link":"x"})"}), "kind");
  EXPECT_EQ(desk.refused({0, sample_time, "evidence", R"({"id":"C-1","kind":"url"})"}), "link");
  EXPECT_EQ(desk.refused({0, sample_time, "milestone", R"({"id":"C-1","milestone":{"text":"x"}})"}), "milestone.due");
  EXPECT_EQ(desk.refused({0, sample_time, "commitment", "[]"}), "payload");
  EXPECT_EQ(desk.refused({0, sample_time, "key", "{}"}), "");        // not of the register
  EXPECT_EQ(desk.refused({0, sample_time, "signature", "{}"}), "");  // nor this
  EXPECT_EQ(desk["C-1"].history.size(), 1U);
  Commitment poor = sample_commitment("C-2");
  poor.measure = {};
  EXPECT_EQ(desk.refused(commitment_entry(poor, change(pledged, {2013, 10, 9}, 5), sample_time)), "amount");  // no currency
  EXPECT_EQ(desk.reg.find("C-2"), nullptr);
}

TEST(Proposals, ConfirmedAndCorrectedBothAreKept) {
  Desk desk;
  desk.add(sample_commitment(), change(proposed, {2013, 10, 9}));
  EXPECT_EQ(desk["C-1"].status_on({2020, 1, 1}), proposed);  // a proposal is never overdue
  EXPECT_FALSE(days_late(desk["C-1"], {2020, 1, 1}));
  desk.take(correction_entry("C-1",
                             R"({"text":"a hundred wells","measure":{"amount":100},"actor":{"id":"DEU","name":"Germany"}})",
                             "misread", sample_time));
  desk.status(change(pledged, {2013, 10, 9}));
  const Commitment& one = desk["C-1"];
  EXPECT_EQ(one.text, "a hundred wells");
  EXPECT_EQ(one.measure.amount, 100);
  EXPECT_EQ(one.measure.currency, "EUR");
  EXPECT_EQ(one.actor, (Party{"DEU", "Germany", PartyKind::government}));
  ASSERT_EQ(one.corrections.size(), 1U);
  EXPECT_EQ(one.corrections[0].note, "misread");
  EXPECT_EQ(one.corrections[0].by, "Desk");
  const Commitment proposal = commitment_of(nlohmann::json::parse(one.proposal));
  EXPECT_EQ(proposal.text, "a thousand wells");
  EXPECT_EQ(proposal.measure.amount, 1000);
  EXPECT_EQ(desk.refused(correction_entry("C-1", R"({"id":"C-2"})", "", sample_time)), "id");
  EXPECT_EQ(desk.refused(correction_entry("C-1", R"({"due":"2012"})", "", sample_time)), "due");
  EXPECT_EQ(desk.refused(correction_entry("C-1", R"({"text":null})", "", sample_time)), "text");
  EXPECT_EQ(desk["C-1"].text, "a hundred wells");
}

TEST(Registers, ReplayedFromTheLog) {
  const testing::TemporaryFolder folder;
  const std::string path = folder.path("x.register.jsonl");
  EXPECT_EQ(register_path(folder.path("x.duckdb")), path);
  EXPECT_EQ(register_path("data"), "data.register.jsonl");
  EXPECT_TRUE(Register::load_if_there(path).commitments().empty());
  EXPECT_THROW(Register::load(path), Error);
  {
    LogWriter writer = LogWriter::open(path);
    writer.append({commitment_entry(sample_commitment(), change(pledged, {2013, 10, 9}), sample_time),
                   evidence_entry("C-1", {"url", "https://example.org", "", {2014, 1, 1}, 0}, sample_time),
                   milestone_entry("C-1", {{2014, 12, 31}, "half", 500.0, 0}, sample_time)},
                  testing::planning_key());
    writer.append({status_entry("C-1", change(withdrawn, {2014, 5, 5}), sample_time)}, testing::audit_key());
    EXPECT_EQ(Register::of(writer).commitments().size(), 1U);
  }
  const Register reg = Register::load(path);
  const Commitment& one = *reg.find("C-1");
  EXPECT_EQ(one.entry, 2U);
  EXPECT_EQ(one.by, "Ministry of Planning");
  EXPECT_EQ(one.time, sample_time);
  EXPECT_EQ(one.evidence.at(0).entry, 3U);
  EXPECT_EQ(one.milestones.at(0).entry, 4U);
  EXPECT_EQ(one.milestones.at(0).value, 500);
  EXPECT_EQ(one.history.at(1).by, "审计署");
  EXPECT_EQ(one.status_on({2014, 5, 5}), withdrawn);
  // An entry that breaks the rules, well signed as it is, is named and not passed over.
  LogWriter::open(path).append({status_entry("C-1", change(delivered, {2014, 6, 6}), sample_time)}, testing::planning_key());
  try {
    Register::load(path);
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::check_failed);
    EXPECT_NE(error.problem().find("entry 7"), std::string::npos) << error.problem();
  }
  // A register is not read from a log that was altered.
  std::string bytes = read_file(path);
  bytes[bytes.find("thousand")] = 'T';
  folder.write("x.register.jsonl", bytes);
  EXPECT_THROW(Register::load(path), Error);
}

}  // namespace
}  // namespace stocktake
