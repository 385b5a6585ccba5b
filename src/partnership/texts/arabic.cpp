#include "partnership/texts/arabic.h"

namespace stocktake {
namespace {

bool digit_at(std::string_view text, std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; }

// What a letter of two bytes that begins with 0xD9 is.
enum class Kind : std::uint8_t { other, sign, digit, point };
Kind kind_at(std::string_view text, std::size_t at) {
  if (text[at] != '\xD9' || at + 1 >= text.size()) return Kind::other;
  const auto second = static_cast<unsigned char>(text[at + 1]);
  if (second >= 0xA0 && second <= 0xA9) return Kind::digit;
  if (second == 0xAB) return Kind::point;
  return second == 0x80 || (second >= 0x8B && second <= 0x92) ? Kind::sign : Kind::other;
}
char latin(std::string_view text, std::size_t at) {
  return static_cast<char>('0' + (static_cast<unsigned char>(text[at + 1]) - 0xA0));
}

}  // namespace

bool has_arabic_signs(std::string_view text) {
  for (std::size_t at = text.find('\xD9'); at != std::string_view::npos; at = text.find('\xD9', at + 1)) {
    if (kind_at(text, at) != Kind::other) return true;
  }
  return false;
}

BareText without_arabic_signs(std::string_view text) {
  BareText bare;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t at = i;
    const Kind kind = kind_at(text, i);
    if (kind != Kind::other) ++i;
    if (kind == Kind::sign) continue;
    bare.text += kind == Kind::digit ? latin(text, at) : kind == Kind::point ? '.' : text[at];
    bare.places.push_back(static_cast<std::uint32_t>(at));
  }
  bare.places.push_back(static_cast<std::uint32_t>(text.size()));
  return bare;
}

std::string latin_digits(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = kind_at(text, i) == Kind::digit;
    out += digit ? latin(text, i) : text[i];
    if (digit) ++i;
  }
  return out;
}

GroupedNumber reversed_groups(std::string_view text, std::size_t begin) {
  GroupedNumber found{begin, 0};
  double weight = 1;
  std::size_t at = begin;
  for (int groups = 0; groups < 5; ++groups) {  // beyond that no number is printed in groups
    double value = 0;
    std::size_t end = at;
    for (; digit_at(text, end) && end < at + 4; ++end) value = value * 10 + (text[end] - '0');
    const std::size_t size = end - at;
    if (size == 0 || size > 3 || (groups == 0 && size < 3) || (size < 3 && text[at] == '0')) break;
    found.value += value * weight;
    found.end = end;
    weight *= 1000;
    if (size < 3 || end >= text.size() || text[end] != ' ') break;
    at = end + 1;
  }
  if (weight < 1e6) return {begin, 0};  // one group is a number like any other
  return found;
}

}  // namespace stocktake
