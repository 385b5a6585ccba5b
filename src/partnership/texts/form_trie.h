// The forms of a language, found by their bytes: a trie as a double array (Aoe 1989: the child of a state for a byte is
// base + byte where check names the state), entered through a table of the first words, which most words of a text miss.
// ASCII letters match in either case. Immutable after building.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "partnership/texts/characters.h"

namespace stocktake {

class FormTrie {
 public:
  struct Form {
    std::string_view text;  // ASCII letters in lower case
    std::int16_t term = -1;
    bool cased = false;  // only with an ASCII capital at the start
  };
  // Forms in the order of their bytes, no two alike. `alphabetic`: a form ends where a word ends.
  void build(const std::vector<Form>& forms, bool alphabetic);

  // The term of the longest form that starts at `at`; -1 for none. `length` takes its bytes.
  int match(std::string_view text, std::size_t at, std::size_t& length) const {
    const auto byte = [&](std::size_t i) -> std::size_t { return static_cast<unsigned char>(text[i]); };
    const std::size_t left = text.size() - at;
    std::size_t i = at;  // the last byte that has been read
    std::uint32_t state = 0;
    int found = -1;
    const auto take = [&](End end) {
      if (end.term < 0 || !ends_word(text, i) || (end.cased && byte(at) - 'A' >= 26)) return;
      found = end.term;
      length = i + 1 - at;
    };
    const std::uint64_t eight = alphabetic_ && left >= 8 ? eight_bytes(text.data() + at) : 0;
    if (const unsigned letters = letters_of(eight); letters > 0) {
      // A form cannot end inside a word, so that its first word is the text's.
      const FirstWord& word = first_word(first_letters(eight, letters));
      i = at + letters - 1;
      take(word.end);
      state = word.goes_on(text, i + 1) ? word.state : 0;
    } else if (!alphabetic_ && left >= 3 && wide(byte(at), byte(at + 1), byte(at + 2))) {
      const std::size_t key = wide_key(byte(at), byte(at + 1), byte(at + 2));
      if (((wide_[key / 64] >> (key % 64)) & 1U) == 0) return -1;
      state = child(child(child(root, byte(at)), byte(at + 1)), byte(at + 2));
      i = at + 2;
      take(ends_[state]);
    } else {
      if (left > 0) state = step(root, byte(at));
      if (state != 0) take(ends_[state]);
    }
    while (state != 0 && ++i < text.size()) {
      state = step(state, byte(i));
      if ((states_[state] & ends_form) != 0) take(ends_[state]);
    }
    return found;
  }

 private:
  // A state in four bytes: the byte that leads to it, whether the place is taken, whether a form ends here, and its base. No two
  // states have the same base, so that the byte alone says whose child a place is.
  static constexpr std::uint32_t label_mask = 0x1FF, taken = 0x100, ends_form = 0x200, base_shift = 10;
  static constexpr std::uint32_t root = 256;  // behind the places that the children of a leaf (base 0) would have
  struct End {
    std::int16_t term = -1;
    bool cased = false;
  };

  struct FirstWord {
    std::uint64_t letters = 0;  // in lower case, at most eight
    std::uint32_t state = 0;    // 0 where nothing follows in any form
    End end;
    std::uint64_t next = 0;  // what may follow: bits of the characters behind a blank, and `unspaced`

    // A form may go on with what the text has at `i`. It saves the look at the states, which are far apart in memory.
    bool goes_on(std::string_view text, std::size_t i) const {
      if (i + 1 >= text.size() || text[i] != ' ') return (next & unspaced) != 0;
      return (next & bit_of(static_cast<unsigned char>(text[i + 1]))) != 0;
    }
  };
  static constexpr std::uint64_t unspaced = 1ULL << 63U;  // a form goes on with another character than a blank
  static constexpr std::uint64_t bit_of(std::size_t byte) {
    const std::uint32_t c = folded(byte);
    return 1ULL << (c - 'a' < 26 ? c - 'a' : c - '0' < 10 ? 26 + c - '0' : 36);
  }

  static constexpr std::uint32_t folded(std::size_t c) { return static_cast<std::uint32_t>(c - 'A' < 26 ? c + 32 : c); }
  static constexpr std::uint64_t first_letters(std::uint64_t eight, unsigned letters) {
    return (eight | each_byte(0x20)) & (~0ULL >> (64 - 8 * letters));
  }
  static constexpr bool wide(std::size_t a, std::size_t b, std::size_t c) {  // a character of three bytes
    return (a & 0xF0U) == 0xE0 && (b & 0xC0U) == 0x80 && (c & 0xC0U) == 0x80;
  }
  static constexpr std::size_t wide_key(std::size_t a, std::size_t b, std::size_t c) {
    return ((a & 15U) << 12U) | ((b & 63U) << 6U) | (c & 63U);
  }

  static constexpr std::size_t first_place(std::uint64_t letters) { return (letters * 0x9E3779B97F4A7C15ULL) >> 40U; }
  const FirstWord& first_word(std::uint64_t letters) const {  // of a form; an empty one where no form begins so
    const std::size_t mask = words_.size() - 1;
    for (std::size_t place = first_place(letters);; ++place) {
      const FirstWord& word = words_[place & mask];
      if (word.letters == letters || word.letters == 0) return word;
    }
  }
  std::uint32_t step(std::uint32_t state, std::size_t byte) const {  // 0 where there is no such child
    const std::uint32_t next = child(state, byte);
    return (states_[next] & label_mask) == (folded(byte) | taken) ? next : 0;
  }
  std::uint32_t child(std::uint32_t state, std::size_t byte) const {  // which must be there
    return (states_[state] >> base_shift) + folded(byte);
  }
  // In an alphabet a form ends where the word ends; `i` is the form's last byte.
  bool ends_word(std::string_view text, std::size_t i) const {
    if (!alphabetic_ || i + 1 >= text.size() || text[i + 1] == ' ') return true;
    return !within_word(text, i);
  }
  static bool within_word(std::string_view text, std::size_t i);
  void grow(const std::vector<Form>& forms, std::size_t first, std::size_t last, std::size_t depth, std::uint32_t state);
  std::uint32_t room_for(const std::vector<std::uint8_t>& bytes);
  std::uint64_t following(std::uint32_t state) const;  // FirstWord::next
  void enter_words(const std::vector<Form>& forms);
  void enlarge();

  bool alphabetic_ = true;
  std::uint32_t end_ = 0;                                     // no place from it on is taken
  std::vector<bool> bases_;                                   // that are given away; only while building
  std::vector<std::uint32_t> states_;                         // 256 free places at the end
  std::vector<End> ends_;                                     // beside the states
  std::vector<FirstWord> words_ = std::vector<FirstWord>(1);  // open addressing, no letters: free
  std::vector<std::uint64_t> wide_;  // a bit for each character of three bytes that a form begins with, without an alphabet
};

}  // namespace stocktake
