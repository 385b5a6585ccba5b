// Rules that unseen resolutions asked for: lists of resolutions, who stands behind "that", sessions that bind nothing, days
// counted from an event. docs/commitments.md, "How well".
#include <gtest/gtest.h>

#include "partnership/texts/lexicon.h"
#include "partnership/texts/reading.h"

namespace stocktake {
namespace {

const Lexicon& words(Language language) {
  static const Lexicon english = Lexicon::load(Language::en), chinese = Lexicon::load(Language::zh);
  return language == Language::zh ? chinese : english;
}

struct Said {
  std::string verbs, actor, instruments, deadlines;
};

// A clause of a resolution of 1 December 2025, eightieth session; of the Human Rights Council where `body` says so.
Said read(const std::string& clause, ClauseKind kind = ClauseKind::operative, Language language = Language::en,
          const std::string& body = {}, const std::string& note = {}) {
  ResolutionText text;
  text.language = language;
  text.adopted = Date{2025, 12, 1};
  text.session = 80;
  text.body = body;
  Clause one;
  one.kind = kind;
  one.text = clause;
  if (!note.empty()) {
    text.footnotes.push_back({"1", note, 1});
    one.notes = {0};
  }
  text.clauses.push_back(one);
  const ClauseReading found = read_clauses(text, words(language)).front();
  Said said;
  if (found.verb) said.verbs = found.verb->lemma;
  for (const VerbFound& verb : found.further_verbs) said.verbs += ", " + verb.lemma;
  if (found.actor) said.actor = found.actor->id.empty() ? found.actor->name : found.actor->id;
  for (const InstrumentFound& instrument : found.instruments)
    said.instruments += (said.instruments.empty() ? "" : "; ") + instrument.id;
  for (const DeadlineFound& deadline : found.deadlines) {
    if (!deadline.binding) continue;
    if (!said.deadlines.empty()) said.deadlines += "; ";
    said.deadlines += deadline.session ? "session " + std::to_string(*deadline.session)
                      : deadline.date  ? to_string(*deadline.date)
                      : deadline.from  ? "from " + to_string(*deadline.from)
                                       : "'" + deadline.text + "'";
  }
  return said;
}

TEST(UnseenLists, KeepTheirOrganAndTheirParts) {
  EXPECT_EQ(read("Recalling Human Rights Council resolutions 5/1, on its institutions, and 5/2").instruments,
            "A/HRC/RES/5/1; A/HRC/RES/5/2");
  EXPECT_EQ(read("Recalling its resolutions 31/5 C and D and 53/77 AA of 4 December 1998").instruments,
            "A/RES/31/5C; A/RES/31/5D; A/RES/53/77AA");
  EXPECT_EQ(read("Recalling resolutions 377 A (V) and 3211 B (XXIX)").instruments, "A/RES/377A(V); A/RES/3211B(XXIX)");
  EXPECT_EQ(read("Recalling its resolutions 70/1 and its decisions 75/519 A and 76/518").instruments,
            "A/RES/70/1; A/DEC/75/519A; A/DEC/76/518");
  EXPECT_EQ(read("Takes note of resolutions GC(69)/RES/7 and S\xE2\x80\x91"
                 "10/2")
                .instruments,
            "GC(69)/RES/7; A/RES/S-10/2");
}

TEST(UnseenLists, TheSpeakingBodysOwnNumbers) {
  EXPECT_EQ(read("Recalling its resolution 16/21", ClauseKind::preambular, Language::en, "Human Rights Council").instruments,
            "A/HRC/RES/16/21");
  EXPECT_EQ(read("Recalling General Assembly resolution 60/251", ClauseKind::preambular, Language::en, "Human Rights Council")
                .instruments,
            "A/RES/60/251");
  EXPECT_EQ(read("Recalling its resolution 16/21").instruments, "A/RES/16/21");
}

TEST(UnseenLists, FootnotesThatGoOn) {
  const auto cited = [](const std::string& note) {
    return read("Notes it,", ClauseKind::preambular, Language::en, "", note).instruments;
  };
  EXPECT_EQ(cited("Ibid., vol. 402, No. 5778."), "UNTS 402:5778");
  EXPECT_EQ(cited("Ibid., 2017, Supplement No. 3 (E/2017/23)."), "E/2017/23");
  EXPECT_EQ(cited("Document CBD/COP/15/17, decision 15/4, annex."), "CBD/COP/15/17; CBD/COP/DEC/15/4");
}

TEST(UnseenActors, StandBehindThat) {
  EXPECT_EQ(read("Demands that the Russian Federation immediately cease its use of force;").actor, "Russian Federation");
  EXPECT_EQ(read("Demands that all parties fully comply with their obligations;").actor, "member_states");
  EXPECT_EQ(read("Recommends to the General Assembly the approval of the draft;").actor, "general_assembly");
  EXPECT_EQ(read("Demands that Kisangani be demilitarized, in accordance with Security Council resolution 1304 (2000);").actor,
            "");
  EXPECT_EQ(read("Calls on the Congolese parties to work together;").actor, "member_states");
  EXPECT_EQ(read("Encourages relevant international bodies and regional organizations to promote transparency;").actor,
            "relevant international bodies");
  EXPECT_EQ(read("Requests the Emergency Relief Coordinator to provide a report;").actor, "Emergency Relief Coordinator");
  EXPECT_EQ(read("Urges the continued efforts by the Secretary-General to support peace;").actor, "");
  EXPECT_EQ(read("We underscore that development partners must be consulted.").actor, "self");
  EXPECT_EQ(read("敦促苏丹政府和南苏丹政府履行其责任；", ClauseKind::operative, Language::zh).actor, "member_states");
}

TEST(UnseenVerbs, LongerForms) {
  EXPECT_EQ(read("Expresses its profound gratitude to the Government;").verbs, "express appreciation");
  EXPECT_EQ(read("Welcomes the ceasefire, expresses nonetheless its concern at the hostilities;").verbs,
            "welcome, express concern");
  EXPECT_EQ(read("We express our deepest appreciation to the people.").verbs, "express appreciation");
  EXPECT_EQ(read("For this purpose it is hereby decided to meet again.").verbs, "decide");
  EXPECT_EQ(read("回顾第64/106号决议，其中大会确认需要采取措施，并重申决心，", ClauseKind::preambular, Language::zh).verbs,
            "回顾");
}

TEST(UnseenDeadlines, SessionsAndYearsThatBindNothing) {
  EXPECT_EQ(read("Having considered the report of the Committee on its eighty-fifth session,", ClauseKind::preambular).deadlines,
            "");
  EXPECT_EQ(read("Requests the Secretary-General to transmit the records of the eightieth session;").deadlines, "");
  EXPECT_EQ(read("Takes note of the report on its 2026 session;").deadlines, "");
  EXPECT_EQ(read("Taking note of the activities during 2025,", ClauseKind::preambular).deadlines, "");
}

TEST(UnseenDeadlines, SessionsAndYearsThatBind) {
  EXPECT_EQ(read("Decides that it may vote until the end of its eightieth session;").deadlines, "session 80");
  EXPECT_EQ(read("Requests a report by the end of its eighty-first session;").deadlines, "session 81");
  EXPECT_EQ(read("Recommends that the Commission consider it at its substantive session of 2026;").deadlines, "2026-12-31");
  EXPECT_EQ(read("Proclaims the period beginning on 1 January 2027;").deadlines, "from 2027-01-01");
}

TEST(UnseenDeadlines, DaysFromAnEvent) {
  EXPECT_EQ(read("Requests a report 30 days after the adoption of the present resolution;").deadlines, "2025-12-31");
  EXPECT_EQ(read("Requests a report within 45 days of the adoption of this resolution;").deadlines, "2026-01-15");
  EXPECT_EQ(read("Requests a report within 45 days of the end of the mission;").deadlines, "'within 45 days'");
  EXPECT_EQ(read("Decides to tell them thirty days before the termination;").deadlines, "'thirty days before the termination'");
  EXPECT_EQ(read("Notes that, ten years after the adoption of the Agenda, little was done;").deadlines, "");
}

TEST(UnseenQuantities, MeetingsAreCountedByOrdinals) {
  ResolutionText text;
  Clause one;
  one.kind = ClauseKind::operative;
  one.text = "Notes that, at its 397th meeting, it heard 12 representatives;";
  text.clauses.push_back(one);
  const auto found = read_clauses(text, words(Language::en)).front().quantities;
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].low, 12);
}

}  // namespace
}  // namespace stocktake
