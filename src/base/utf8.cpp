#include "base/utf8.h"

#include <cstddef>

namespace stocktake {
namespace {

// The length of the well-formed character at the start of a text that is not empty; 0 when there is none.
std::size_t character_at_start(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  std::size_t length = 0;
  if (first < 0x80) {
    length = 1;
  } else if (first >= 0xC2 && first <= 0xDF) {
    length = 2;
  } else if ((first & 0xF0U) == 0xE0) {
    length = 3;
  } else if (first >= 0xF0 && first <= 0xF4) {
    length = 4;
  }
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return 0;
  }
  if (first == 0xE0 && byte(1) < 0xA0) return 0;
  if (first == 0xED && byte(1) > 0x9F) return 0;
  if (first == 0xF0 && byte(1) < 0x90) return 0;
  if (first == 0xF4 && byte(1) > 0x8F) return 0;
  return length;
}

}  // namespace

bool valid_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = character_at_start(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string readable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = character_at_start(text);
    out += length == 0 ? std::string_view("?") : text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

std::string printable(std::string_view text) {
  std::string rest = readable(text), out;
  out.reserve(rest.size());
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const auto byte = static_cast<unsigned char>(rest[i]);
    const bool c1 = byte == 0xC2 && static_cast<unsigned char>(rest[i + 1]) < 0xA0;  // U+0080 to U+009F: the text is well formed
    out += c1 || byte < 0x20 || byte == 0x7F ? ' ' : rest[i];
    if (c1) ++i;
  }
  return out;
}

}  // namespace stocktake
