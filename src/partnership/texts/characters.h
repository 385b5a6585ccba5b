// Characters of UTF-8 text by their bytes, for the readers of texts: no tables, no locale.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace stocktake {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_letter(char c) { return is_lower(c) || is_upper(c); }
constexpr bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v'; }

// Eight bytes of a text in one number, the first lowest, to look at them all at once.
inline std::uint64_t eight_bytes(const char* text) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, text, 8);
  return std::endian::native == std::endian::little ? bytes : __builtin_bswap64(bytes);
}
constexpr std::uint64_t each_byte(unsigned value) { return value * 0x0101010101010101ULL; }
// One of the eight is no ASCII character.
constexpr bool any_high(std::uint64_t bytes) { return (bytes & each_byte(0x80)) != 0; }
// One of the eight is less than the limit (at most 128).
constexpr bool any_below(std::uint64_t bytes, unsigned limit) {
  return ((bytes - each_byte(limit)) & ~bytes & each_byte(0x80)) != 0;
}
constexpr bool any_digit(std::uint64_t bytes) { return any_below(bytes ^ each_byte('0'), 10); }
// How many ASCII letters the eight begin with.
constexpr unsigned letters_of(std::uint64_t bytes) {
  const std::uint64_t low = (bytes | each_byte(0x20)) & each_byte(0x7F);
  const std::uint64_t letters = (low + each_byte(0x80 - 'a')) & ~(low + each_byte(0x7F - 'z')) & ~bytes & each_byte(0x80);
  return static_cast<unsigned>(std::countr_zero(letters ^ each_byte(0x80))) / 8;
}

struct Character {
  char32_t value = 0;
  std::size_t length = 0;  // bytes
};

// The character at a place of valid UTF-8; length 0 at the end.
constexpr Character character_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U; };
  const unsigned first = byte(0);
  if (first < 0x80) return {first, 1};
  if (first < 0xE0) return {((first & 0x1FU) << 6U) | (byte(1) & 0x3FU), 2};
  if (first < 0xF0) return {((first & 0x0FU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU), 3};
  return {((first & 0x07U) << 18U) | ((byte(1) & 0x3FU) << 12U) | ((byte(2) & 0x3FU) << 6U) | (byte(3) & 0x3FU), 4};
}

// The last character before a place.
constexpr Character character_before(std::string_view text, std::size_t at) {
  if (at == 0) return {};
  std::size_t begin = at - 1;
  while (begin > 0 && at - begin < 4 && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80) --begin;
  return character_at(text, begin);
}

// Written without blanks between words: Chinese and its punctuation.
constexpr bool is_wide(char32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0x20000 && c <= 0x3FFFF);
}

// Where a heading, a clause or an item may end. Strong: nothing of the clause follows. Weak: a comma.
enum class Ending : std::uint8_t { none, weak, strong };
constexpr Ending ending_of(char32_t c) {
  switch (c) {
    case ',':
    case 0xFF0C:
    case 0x3001:
    case 0x060C: return Ending::weak;
    case '.':
    case ';':
    case ':':
    case '!':
    case '?':
    case 0x3002:
    case 0xFF1B:
    case 0xFF1A:
    case 0xFF0E:
    case 0xFF01:
    case 0xFF1F:
    case 0x061B:
    case 0x061F:
    case 0x06D4:
    case 0x2026: return Ending::strong;
    default: return Ending::none;
  }
}

// A superscript digit; -1 for any other character.
constexpr int superscript_digit(char32_t c) {
  if (c == 0xB9) return 1;
  if (c == 0xB2 || c == 0xB3) return static_cast<int>(c - 0xB0);
  if (c == 0x2070) return 0;
  return c >= 0x2074 && c <= 0x2079 ? static_cast<int>(c - 0x2070) : -1;
}

// Marks of the direction of writing, which pdftotext puts around each Arabic line: U+200E, U+200F, U+061C, U+202A to U+202E,
// U+2066 to U+2069. They are no part of the text.
constexpr bool is_direction_mark(char32_t c) {
  return c == 0x200E || c == 0x200F || c == 0x061C || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

// How a text ends, looking past closing quotes, brackets and a footnote mark ("forum, 5").
Ending text_ending(std::string_view text);
// The first letter is no small letter: a sentence may begin here. True for scripts without case.
bool begins_large(std::string_view text);
// Columns on a page: two for a wide character.
std::size_t columns(std::string_view text);
// Appends with one blank between words, none where two Chinese characters meet.
void append_spaced(std::string& text, std::string_view more);

}  // namespace stocktake
