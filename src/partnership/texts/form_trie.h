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
    if (left >= 3) {
      if (alphabetic_) {
        // Three letters: a form of one or two of them would end inside the word.
        if (letter(byte(at)) && letter(byte(at + 1)) && letter(byte(at + 2))) {
          const std::uint32_t state = starts_[letters_key(byte(at), byte(at + 1), byte(at + 2))];
          return state == 0 ? -1 : walk(text, at, at + 2, state, length);
        }
      } else if (wide(byte(at), byte(at + 1), byte(at + 2))) {
        const std::uint32_t state = starts_[wide_key(byte(at), byte(at + 1), byte(at + 2))];
        return state == 0 ? -1 : walk(text, at, at + 2, state, length);
      }
    }
    const std::uint32_t state = left == 0 ? 0 : step(root, byte(at));
    return state == 0 ? -1 : walk(text, at, at, state, length);
  }

 private:
  struct State {
    std::uint32_t base = 0, check = 0;
    std::int16_t term = -1;  // of the form that ends here
    bool cased = false;
  };
  static constexpr std::uint32_t root = 1;

  static constexpr bool letter(std::size_t c) { return (c | 0x20U) - 'a' < 26; }
  static constexpr std::size_t letters_key(std::size_t a, std::size_t b, std::size_t c) {
    return ((a & 31U) << 10U) | ((b & 31U) << 5U) | (c & 31U);
  }
  static constexpr bool wide(std::size_t a, std::size_t b, std::size_t c) {  // a character of three bytes
    return (a & 0xF0U) == 0xE0 && (b & 0xC0U) == 0x80 && (c & 0xC0U) == 0x80;
  }
  static constexpr std::size_t wide_key(std::size_t a, std::size_t b, std::size_t c) {
    return ((a & 15U) << 12U) | ((b & 63U) << 6U) | (c & 63U);
  }

  // The child of a state for a byte in either case; 0 for none.
  std::uint32_t step(std::uint32_t state, std::size_t byte) const {
    const std::uint32_t next = states_[state].base + static_cast<std::uint32_t>(byte - 'A' < 26 ? byte + 32 : byte);
    return states_[next].check == state ? next : 0;
  }
  // The longest form from the state that byte `i` has led to.
  int walk(std::string_view text, std::size_t at, std::size_t i, std::uint32_t state, std::size_t& length) const;
  bool ends_word(std::string_view text, std::size_t i) const;
  void grow(const std::vector<Form>& forms, std::size_t first, std::size_t last, std::size_t depth, std::uint32_t state);
  std::uint32_t room_for(const std::vector<std::uint8_t>& bytes);

  bool alphabetic_ = true;
  std::uint32_t free_ = 0;             // no state before it is free
  std::vector<State> states_;          // 0 stands for none, a `check` of 0 for a free place; 256 free places at the end
  std::vector<std::uint32_t> starts_;  // the state of three letters or of a wide character; 0 for none
};

}  // namespace stocktake
