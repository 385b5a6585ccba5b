// The words by which the frame of a document is known, of one language: reference/clauses/LANGUAGE.json, key "document", and the
// months and ordinal numbers of ICU. Read once, shared by all threads.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/calendar.h"
#include "base/language.h"

namespace stocktake {

struct DocumentWords {
  struct Body {
    std::string name;                  // "General Assembly"
    std::vector<std::string> openers;  // "The General Assembly"
    std::string symbol;                // what its resolutions' symbols begin with: "A/RES/"
  };
  struct Month {
    std::string name;  // lower case
    int number = 0;
  };
  Language language = Language::en;
  std::vector<std::string> publisher, distribution, original, session, agenda, adopted, resolution, opener_prefix, we, meeting,
      annex, notes, common, number_before, number_after, suspended, preamble_openers, preamble_endings, symbol_parts, furniture;
  std::vector<Body> bodies;
  bool space_before_punctuation = false;
  std::vector<Month> months;                      // longest first
  std::unordered_map<std::string, int> ordinals;  // "seventy-eighth": 78; only looked up

  // Throws Error(not_found | input) for a missing or broken file.
  static const DocumentWords& of(Language language);
};

// The first date in a text, as that language writes it: "22 December 2023", "2013 年 10 月 9 日", "le 1er janvier 2016".
std::optional<Date> find_date(std::string_view text, const DocumentWords& words);
// The text is a date and nothing else.
bool only_date(std::string_view text, const DocumentWords& words);
// The number of an ordinal in words or digits: "Seventy-eighth session" 78, "第六十八届会议" 68, "79th session" 79.
std::optional<int> find_ordinal(std::string_view text, const DocumentWords& words);
// Begins with one of the words (letters in their printed case), and the length of the longest that fits; 0 where none does.
std::size_t begins_with(std::string_view text, const std::vector<std::string>& words);
bool contains(std::string_view text, const std::vector<std::string>& words);
// Lower case of the whole text (ICU, root locale).
std::string lower(std::string_view text);

// The language a text is written in: by script, then by its commonest short words. English where nothing decides.
Language recognise_language(std::string_view text);

// A sorted word list as a table of hashes; empty for a language without a list (reference/words).
class WordList {
 public:
  static const WordList& of(Language language);
  bool has(std::uint64_t hash) const;  // a letters_hash
  bool empty() const { return table_.empty(); }

 private:
  std::vector<std::uint64_t> table_;  // open addressing, 0 is free
};
// The hash of letters in eights, in lower case and with zeros behind the last; never 0. Words of one eight cannot collide but for
// one bit.
constexpr std::uint64_t letters_hash_start = 0x9E3779B97F4A7C15ULL;
constexpr std::uint64_t letters_hash_step(std::uint64_t hash, std::uint64_t eight) {
  hash = (hash ^ eight) * 0xD6E8FEB86659FD93ULL;
  return hash ^ (hash >> 32U);
}
std::uint64_t letters_hash(std::string_view word);
// Of a word in lower case (FNV-1a, never 0).
constexpr std::uint64_t word_hash(std::string_view word) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash | 1U;
}

}  // namespace stocktake
