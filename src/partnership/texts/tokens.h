// A clause as tokens: words, numbers, symbols, punctuation and the terms of the lexicon. The rules of reading work on these.
#pragma once

#include <string_view>
#include <vector>

#include "partnership/texts/lexicon.h"

namespace stocktake {

enum class TokenKind : std::uint8_t {
  word,    // nothing the lexicon knows; Chinese: a run of such characters
  term,    // a form of the lexicon
  number,  // "850", "0.7", "1 000": `value`
  pair,    // "70/1": `value` and `second`
  symbol,  // "A/57/304", "1/CP.21"
  sales,   // "E.02.II.A.7"
  dotted,  // "17.2.1", "4.A"
  mark,    // punctuation: `punct`
};

struct Token {
  std::uint32_t begin = 0, end = 0;
  TokenKind kind = TokenKind::word;
  char punct = 0;  // , ; . : ( ) " - / $ for marks of any script
  std::int16_t term = -1;
  bool integer = false;    // a number without a decimal part
  bool joined = false;     // nothing stands between it and the token before
  std::uint64_t bits = 0;  // the roles of its term and what else it is (lexicon.h)
  double value = 0, second = 0;
};

// Replaces `tokens` by those of the text; returns all of their bits.
std::uint64_t tokenise(std::string_view text, const Lexicon& lexicon, std::vector<Token>& tokens);

}  // namespace stocktake
