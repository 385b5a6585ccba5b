// What a clause says, proposed by rules that a person then confirms or corrects: who does what, how much, by when, under which
// instrument. The words are in reference/clauses/LANGUAGE.json with their sources; nothing of a particular text is in the code.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "partnership/texts/document.h"

namespace stocktake {

// What kind of act a verb is; the groups of the UN's drafting practice. Order and sources: docs/commitments.md.
enum class VerbClass : std::uint8_t {
  none,       // no known verb
  recall,     // recalls, notes: refers to what exists
  recognise,  // recognises, acknowledges, is concerned, stresses
  welcome,    // welcomes, appreciates, commends
  reaffirm,   // reaffirms, reiterates
  invite,     // invites, encourages
  call,       // calls upon, appeals
  urge,       // urges
  request,    // requests (the Secretary-General, a UN body)
  commit,     // we commit, we will, pledges, resolves
  decide,     // decides, adopts, establishes
};

struct VerbFound {
  std::string lemma;  // of the lexicon: "call upon", "促请"
  VerbClass kind = VerbClass::none;
  int strength = 0;  // 0 (none) to 10; see VerbClass
  TextSpan span;     // in Clause::text
};

enum class ActorKind : std::uint8_t {
  unknown,
  governments,
  un_body,
  secretary_general,
  business,
  civil_society,
  foundations,
  local_authorities,
  academia,
  parliaments,
  financial_institutions,
  other
};

struct ActorFound {
  std::string name;  // as the text says it: "developed countries", "秘书长"
  std::string id;    // of the lexicon: "developed_countries", "secretary_general", "self" for the body that speaks
  ActorKind kind = ActorKind::unknown;
  TextSpan span;  // empty where the body that speaks is meant and not named
};

enum class QuantityKind : std::uint8_t { percent, percent_range, money, duration, count, fraction, ordinal_session };

struct QuantityFound {
  QuantityKind kind = QuantityKind::percent;
  double low = 0, high = 0;  // equal where it is one number; percent in per cent, money in units of `unit`, duration in `unit`
  std::string unit;          // "PERCENT", "USD", "DAY", "YEAR", "COUNTRY", ...
  std::string of;            // what it is a share of or counts, as the text says: "gross national income"; "" unknown
  std::string comparison;    // "", "at_least", "at_most", "less_than", "more_than", "about"
  TextSpan span;
};

enum class DeadlineKind : std::uint8_t { by, before, end_of, at, during, from, session };

struct DeadlineFound {
  DeadlineKind kind = DeadlineKind::by;
  std::optional<Date>
      date;  // the last day that keeps it: "by 2015" 2015-12-31, "before September 2014" 2014-08-31; empty for sessions
  std::optional<Date> from;    // of a period: its first day
  std::string text;            // as printed
  std::optional<int> session;  // "at its seventy-ninth session"
  bool binding = true;         // false: the year only names something ("the 2030 Agenda", "post-2015 development agenda")
  TextSpan span;
};

struct InstrumentFound {
  std::string id;  // "A/RES/65/1", "A/57/304", "millennium_declaration"; "" where the text names it in words that we do not know
  std::string name;    // as the text or the footnote says
  std::string detail;  // "annex", "principle 7", "para. 12"
  int note = -1;       // index of the footnote that cites it; -1 where the clause itself does
  TextSpan span;       // in the clause's text, or in the footnote's
};

struct GoalFound {
  std::string framework, code;  // "mdg", "4" or "4.A"; "sdg", "3"
  std::string why;              // the words that touch it
  TextSpan span;
};

struct ClauseReading {
  int clause = 0;                 // index into ResolutionText::clauses
  std::optional<VerbFound> verb;  // the operative one: the first that acts; an item inherits its parent's
  std::vector<VerbFound> further_verbs;
  bool inherited_verb = false;
  std::optional<ActorFound> actor;     // who is to act
  std::vector<ActorFound> addressees;  // for whom, or to whom
  std::vector<QuantityFound> quantities;
  std::vector<DeadlineFound> deadlines;
  std::vector<InstrumentFound> instruments;
  std::vector<GoalFound> goals;
  bool commitment = false;  // proposes an entry of the register: an act of strength with an actor
};

class Lexicon;  // of one language; lexicon.h

// One reading a clause, in their order. Linear in the length of the text, no allocation besides the results.
std::vector<ClauseReading> read_clauses(const ResolutionText& text, const Lexicon& lexicon);

}  // namespace stocktake
