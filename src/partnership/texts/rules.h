// The rules of reading, each over the tokens of one clause: instruments first, then dates, then quantities (each takes the
// numbers it has understood), verbs and actors. Internal to reading.cpp.
#pragma once

#include <string_view>
#include <vector>

#include "partnership/texts/tokens.h"

namespace stocktake {

// One text under the rules: a clause or a footnote.
struct Sentence {
  std::string_view text;
  const Lexicon& lexicon;
  const std::vector<Token>& tokens;
  std::vector<std::uint8_t>& used;  // a flag a token: another rule has taken it
  std::uint64_t all = 0;            // the bits of all tokens

  std::size_t size() const { return tokens.size(); }
  const Term* term(std::size_t i) const {
    return i < tokens.size() && tokens[i].kind == TokenKind::term ? &lexicon.term(tokens[i].term) : nullptr;
  }
  bool has(std::size_t i, std::uint64_t bits) const { return i < tokens.size() && (tokens[i].bits & bits) != 0; }
  bool mark(std::size_t i, char punct) const { return i < tokens.size() && tokens[i].punct == punct; }
  bool stop(std::size_t i) const { return has(i, bit_stop); }
  std::string_view words(std::size_t first, std::size_t last) const {  // from token to token, both included
    return text.substr(tokens[first].begin, tokens[last].end - tokens[first].begin);
  }
  TextSpan span(std::size_t first, std::size_t last) const { return {tokens[first].begin, tokens[last].end}; }
  void take(std::size_t first, std::size_t last) const {
    for (std::size_t i = first; i <= last; ++i) used[i] = 1;
  }
};

// A number in digits, in words or both ("1.5 million", "六十九", "1000 亿").
struct NumberFound {
  double value = 0;
  std::size_t end = 0;  // the token after it
  bool integer = true;
  bool words = false;  // without digits
  bool plain = false;  // one token of four digits, as a year is written
};
std::optional<NumberFound> number_at(const Sentence& s, std::size_t at);
// The same with ordinals ("seventy-ninth", "第六十九"), for sessions.
std::optional<NumberFound> ordinal_at(const Sentence& s, std::size_t at);

// What the rules need to know of the document.
struct Occasion {
  std::optional<Date> adopted;
  std::optional<int> session;
  std::optional<Date> opened;  // of the session, where the day of adoption is not told: earlier days are past
  bool preambular = false;
  bool bare = false;  // the plain form of a verb may open it: "17. Recognize that ...", as in declarations
};

// `speaker`: the prefix of the resolutions of the body that speaks; "its resolution 16/21" is one of them.
void find_instruments(const Sentence& s, int note, std::string_view speaker, std::vector<InstrumentFound>& out);
void find_deadlines(const Sentence& s, const Occasion& occasion, std::vector<DeadlineFound>& out);
void find_quantities(const Sentence& s, std::vector<QuantityFound>& out);
void find_verbs(const Sentence& s, const Occasion& occasion, ClauseReading& out);
void find_goals(const Sentence& s, const Occasion& occasion, std::vector<GoalFound>& out);

}  // namespace stocktake
