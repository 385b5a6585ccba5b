#include "partnership/texts/reading.h"

#include <algorithm>
#include <array>

#include "partnership/texts/rules.h"

namespace stocktake {
namespace {

// The day on which the Assembly adopted the SDGs (A/RES/70/1 of 25 September 2015): texts before it mean the MDGs.
constexpr Date sdg_adoption{2015, 9, 25};
constexpr int least_strength = 5;  // of a proposed commitment: invitations and what is stronger

void add_goal(std::string_view framework, const std::string& code, std::string_view why, TextSpan span,
              std::vector<GoalFound>& out) {
  for (const GoalFound& known : out) {
    if (known.framework == framework && known.code == code) return;
  }
  out.push_back({std::string(framework), code, std::string(why), span});
}

// Actors named in the clause that an item belongs to act in the item too.
void inherit(const ClauseReading& parent, ClauseReading& item) {
  if (item.verb) return;
  item.verb = parent.verb;
  item.inherited_verb = parent.verb.has_value();
  if (item.verb) item.verb->span = {};
  if (!item.actor && parent.actor) {
    item.actor = parent.actor;
    item.actor->span = {};
  }
}

// "A/HRC/RES/" where the Human Rights Council speaks. A number without an organ is the Assembly's in all texts but those of a
// body that numbers like it.
std::string speaker_prefix(const ResolutionText& text, const Lexicon& lexicon) {
  std::size_t length = 0;
  const int term = text.body.empty() ? -1 : lexicon.match(text.body, 0, length);
  if (term >= 0 && length == text.body.size() && lexicon.term(term).actor >= 0) {
    const std::string& own = lexicon.actors()[static_cast<std::size_t>(lexicon.term(term).actor)].resolutions;
    if (own.rfind("A/", 0) == 0) return own;
  }
  return "A/RES/";
}

int strength(const ClauseReading& reading) {
  int most = reading.verb ? reading.verb->strength : 0;
  for (const VerbFound& verb : reading.further_verbs) most = std::max(most, verb.strength);
  return most;
}

}  // namespace

void find_goals(const Sentence& s, const Occasion& occasion, std::vector<GoalFound>& out) {
  bool mdg = false, sdg = false;
  const auto goal = [&](std::size_t i) -> const LexiconGoal* {
    return s.has(i, bit_goal) ? &s.lexicon.goals()[static_cast<std::size_t>(s.term(i)->goal)] : nullptr;
  };
  if ((s.all & (bit_goal | role_goal | role_target)) == 0) return;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (const LexiconGoal* found = goal(i); found != nullptr) {
      mdg = mdg || found->mdg == "*";
      sdg = sdg || found->sdg == "*";
    }
  }
  if (mdg == sdg) {
    const bool old = occasion.adopted && *occasion.adopted < sdg_adoption;
    mdg = mdg || old;
    sdg = sdg || !old;
    if (old && !mdg) sdg = false;
  }
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (const LexiconGoal* found = goal(i); found != nullptr) {
      const std::string_view why = s.words(i, i);
      if (found->mdg == "*" || (mdg && !found->mdg.empty())) add_goal("mdg", found->mdg, why, s.span(i, i), out);
      if (found->sdg == "*" || (sdg && !found->sdg.empty())) add_goal("sdg", found->sdg, why, s.span(i, i), out);
    }
    if (i + 1 >= s.size() || !s.has(i, role_goal | role_target)) continue;
    const Token& number = s.tokens[i + 1];
    if (number.kind != TokenKind::number && number.kind != TokenKind::dotted) continue;
    if (number.value < 1 || number.value >= 18 || (s.has(i, role_goal) && !s.has(i, role_target) && !number.integer)) continue;
    const std::string code(s.words(i + 1, i + 1));
    add_goal(mdg && !sdg ? "mdg" : "sdg", code, s.words(i, i + 1), s.span(i, i + 1), out);
    s.take(i, i + 1);
  }
}

std::vector<ClauseReading> read_clauses(const ResolutionText& text, const Lexicon& lexicon) {
  std::vector<ClauseReading> readings(text.clauses.size());
  std::vector<Token> tokens;
  std::vector<std::uint8_t> used;
  const std::string speaker = speaker_prefix(text, lexicon);
  std::vector<std::vector<InstrumentFound>> notes(text.footnotes.size());
  for (std::size_t i = 0; i < text.footnotes.size(); ++i) {
    const FootnoteText& note = text.footnotes[i];
    const std::uint64_t all = tokenise(note.text, lexicon, tokens);
    used.assign(tokens.size(), 0);
    find_instruments({note.text, lexicon, tokens, used, all}, static_cast<int>(i), speaker, notes[i]);
    if (!notes[i].empty()) continue;
    InstrumentFound unknown;
    unknown.name = note.text;
    unknown.note = static_cast<int>(i);
    unknown.span = {0, static_cast<std::uint32_t>(note.text.size())};
    notes[i].push_back(std::move(unknown));
  }
  Occasion occasion;
  occasion.adopted = text.adopted ? text.adopted : text.issued;
  occasion.session = text.session;
  // Sessions of the Assembly open in September; the first was that of 1946 (its second part too: 55/2 is of 2000, 78/1 of 2023).
  if (!occasion.adopted && text.session) occasion.opened = Date{1945 + *text.session, 9, 1};
  for (std::size_t i = 0; i < text.clauses.size(); ++i) {
    const Clause& clause = text.clauses[i];
    ClauseReading& reading = readings[i];
    reading.clause = static_cast<int>(i);
    const std::uint64_t all = tokenise(clause.text, lexicon, tokens);
    used.assign(tokens.size(), 0);
    occasion.preambular = clause.kind == ClauseKind::preambular;
    occasion.bare = clause.kind == ClauseKind::operative || clause.number.find('(') != std::string::npos;
    const Sentence s{clause.text, lexicon, tokens, used, all};
    find_instruments(s, -1, speaker, reading.instruments);
    find_goals(s, occasion, reading.goals);
    find_deadlines(s, occasion, reading.deadlines);
    find_quantities(s, reading.quantities);
    find_verbs(s, occasion, reading);
    for (const int note : clause.notes) {
      if (note < 0 || static_cast<std::size_t>(note) >= notes.size()) continue;
      const auto& cited = notes[static_cast<std::size_t>(note)];
      reading.instruments.insert(reading.instruments.end(), cited.begin(), cited.end());
    }
    if (clause.parent >= 0 && static_cast<std::size_t>(clause.parent) < i)
      inherit(readings[static_cast<std::size_t>(clause.parent)], reading);
    reading.commitment = clause.kind != ClauseKind::preambular && reading.actor && strength(reading) >= least_strength;
  }
  return readings;
}

}  // namespace stocktake
