// The forms of a language, found by their bytes: a trie as a double array (Aoe 1989: the child of a state for a byte is
// base + byte where check names the state), entered through a table of the first three bytes, which most words of a text miss.
// ASCII letters match in either case. Immutable after building.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

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
    std::size_t i = at;
    std::uint32_t state = root;
    if (left >= 3) {
      const std::size_t a = byte(at), b = byte(at + 1), c = byte(at + 2);
      if (alphabetic_ ? letter(a) && letter(b) && letter(c) : wide(a, b, c)) {
        const std::size_t key = alphabetic_ ? letters_key(a, b, c) : wide_key(a, b, c);
        if (((starts_[key / 64] >> (key % 64)) & 1U) == 0) return -1;
        // Three letters: a form of one or two of them would end inside the word.
        state = child(child(state, a), b);
        i = at + 2;
      }
    }
    int found = -1;
    for (; i < text.size(); ++i) {
      const std::uint32_t next = (states_[state] >> base_shift) + folded(byte(i));
      const std::uint32_t entry = states_[next];
      if ((entry & label_mask) != (folded(byte(i)) | taken)) break;
      state = next;
      if ((entry & ends_form) == 0 || !ends_word(text, i)) continue;
      const End end = ends_[state];
      if (end.cased && byte(at) - 'A' >= 26) continue;
      found = end.term;
      length = i + 1 - at;
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

  static constexpr bool letter(std::size_t c) { return (c | 0x20U) - 'a' < 26; }
  static constexpr std::uint32_t folded(std::size_t c) { return static_cast<std::uint32_t>(c - 'A' < 26 ? c + 32 : c); }
  static constexpr std::size_t letters_key(std::size_t a, std::size_t b, std::size_t c) {
    return ((a & 31U) << 10U) | ((b & 31U) << 5U) | (c & 31U);
  }
  static constexpr bool wide(std::size_t a, std::size_t b, std::size_t c) {  // a character of three bytes
    return (a & 0xF0U) == 0xE0 && (b & 0xC0U) == 0x80 && (c & 0xC0U) == 0x80;
  }
  static constexpr std::size_t wide_key(std::size_t a, std::size_t b, std::size_t c) {
    return ((a & 15U) << 12U) | ((b & 63U) << 6U) | (c & 63U);
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
  void enlarge();

  bool alphabetic_ = true;
  std::uint32_t end_ = 0;              // no place from it on is taken
  std::vector<bool> bases_;            // that are given away; only while building
  std::vector<std::uint32_t> states_;  // 256 free places at the end
  std::vector<End> ends_;              // beside the states
  std::vector<std::uint64_t> starts_;  // a bit for each three letters or wide character that a form begins with
};

}  // namespace stocktake
