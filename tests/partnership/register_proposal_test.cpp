// Proposals from readings; the readings are made by hand, the sentences are made up.
#include <nlohmann/json.hpp>

#include "partnership/register/proposal.h"
#include "partnership/register_sample.h"

namespace stocktake {
namespace {

ResolutionText sample_text() {
  ResolutionText text;
  text.file = "folder/draft.txt";
  text.language = Language::en;
  text.symbol = "A/RES/99/1";
  text.body = "General Assembly";
  text.adopted = Date{2013, 10, 9};
  text.hash = std::string(64, 'a');
  for (const char* path : {"pp1", "14", "14(a)", "15"}) {
    Clause clause;
    clause.path = path;
    clause.text = "Urges developed countries to give 5 million dollars by 2015 or by 2020, and more";
    text.clauses.push_back(clause);
  }
  return text;
}

ClauseReading sample_reading(int clause) {
  ClauseReading reading;
  reading.clause = clause;
  reading.commitment = true;
  reading.verb = VerbFound{"urge", VerbClass::urge, 7, {0, 5}};
  reading.actor = ActorFound{"developed countries", "developed_countries", ActorKind::governments, {6, 25}};
  return reading;
}

DeadlineFound deadline(Date date, TextSpan span, bool binding = true) {
  DeadlineFound found;
  found.date = date;
  found.span = span;
  found.binding = binding;
  return found;
}

TEST(Proposing, WhatAClauseSays) {
  ClauseReading reading = sample_reading(1);
  reading.quantities.push_back({QuantityKind::money, 5e6, 5e6, "USD", "", "", {34, 51}});
  reading.deadlines = {deadline({2020, 12, 31}, {63, 70}), deadline({2015, 12, 31}, {52, 59}),
                       deadline({2014, 12, 31}, {0, 1}, false),
                       deadline({2012, 12, 31}, {0, 1})};  // the last one before it was made
  reading.goals = {{"mdg", "8.B", "", {}}, {"mdg", "8.B", "", {}}, {"mdg", "", "", {}}};
  const auto found = proposals_of(sample_text(), {reading});
  ASSERT_EQ(found.size(), 1U);
  const Commitment& one = found[0];
  EXPECT_EQ(one.id, "A-RES-99-1/14");
  EXPECT_EQ(one.actor, (Party{"developed_countries", "developed countries", PartyKind::government}));
  EXPECT_EQ(one.made, (Date{2013, 10, 9}));
  EXPECT_EQ(one.due, (Date{2015, 12, 31}));
  EXPECT_EQ(one.measure.amount, 5e6);
  EXPECT_EQ(one.measure.currency, "USD");
  EXPECT_EQ(one.goals, (std::vector<std::string>{"mdg:8.B"}));
  EXPECT_EQ(one.source.document, "A/RES/99/1");
  EXPECT_EQ(one.source.path, "14");
  EXPECT_EQ(one.source.text.substr(one.source.begin, one.source.end - one.source.begin),
            "Urges developed countries to give 5 million dollars by 2015 or by 2020");
  EXPECT_EQ(canonical(record_of(commitment_of(record_of(one)))), canonical(record_of(one)));  // it can be written
}

TEST(Proposing, WhatIsOpenStaysOpen) {
  ResolutionText text = sample_text();
  text.symbol.clear();
  text.adopted.reset();
  ClauseReading bare = sample_reading(2), self = sample_reading(3), no = sample_reading(0);
  bare.actor.reset();
  bare.inherited_verb = true;
  self.actor = ActorFound{"", "self", ActorKind::unknown, {}};
  self.quantities = {{QuantityKind::money, 1, 1, "USD", "", "", {34, 35}}, {QuantityKind::money, 2, 2, "EUR", "", "", {36, 37}}};
  no.commitment = false;
  const auto found = proposals_of(text, {no, bare, self, self});
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].id, "draft/14(a)");
  EXPECT_EQ(found[0].actor.id, "unknown");
  EXPECT_FALSE(found[0].due);
  EXPECT_FALSE(found[0].made);
  EXPECT_EQ(found[0].source.begin, 0U);
  EXPECT_EQ(found[0].source.end, found[0].source.text.size());
  EXPECT_EQ(found[0].source.document, "draft.txt");
  EXPECT_EQ(found[1].actor, (Party{"general_assembly", "General Assembly", PartyKind::un_body}));
  EXPECT_FALSE(found[1].measure.amount);  // which of the two?
  EXPECT_EQ(found[2].id, "draft/15.2");
  EXPECT_TRUE(proposals_of(text, {}).empty());
}

TEST(Proposing, LongSentencesAreCutBetweenCharacters) {
  ResolutionText text = sample_text();
  text.clauses[1].text.clear();
  for (int i = 0; i < 200; ++i) text.clauses[1].text += "发";
  ClauseReading reading = sample_reading(1);
  reading.verb->span = {0, 3};
  const auto found = proposals_of(text, {reading});
  EXPECT_EQ(found.at(0).text.size(), 240U + 3U);
  EXPECT_EQ(found.at(0).source.text.size(), 600U);
  EXPECT_NO_THROW(commitment_of(record_of(found[0])));
}

}  // namespace
}  // namespace stocktake
