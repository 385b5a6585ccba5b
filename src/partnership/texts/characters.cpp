#include "partnership/texts/characters.h"

#include <unicode/uchar.h>

namespace stocktake {

Ending text_ending(std::string_view text) {
  std::size_t end = text.size(), digits = 0;
  while (end > 0 && is_digit(text[end - 1]) && digits < 3) {
    --end;
    ++digits;
  }
  if (digits > 0) {  // a mark stands behind the stop; without a stop the digits belong to the text
    std::size_t before = end;
    while (before > 0 && text[before - 1] == ' ') --before;
    if (before == 0 || ending_of(character_before(text, before).value) == Ending::none) return Ending::none;
    end = before;
  }
  while (end > 0) {
    const Character c = character_before(text, end);
    const bool closing = c.value == ' ' || c.value == '"' || c.value == ')' || c.value == ']' || c.value == '*' || c.value == 0x201D ||
                         c.value == 0x2019 || c.value == 0xBB || c.value == 0x300B || c.value == 0xFF09 || superscript_digit(c.value) >= 0;
    if (!closing) return ending_of(c.value);
    end -= c.length;
  }
  return Ending::none;
}

bool begins_large(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const Character c = character_at(text, i);
    if (c.length == 0) break;
    if (c.value < 0x80 ? is_letter(static_cast<char>(c.value)) : u_isalpha(static_cast<UChar32>(c.value)) != 0) {
      return c.value < 0x80 ? is_upper(static_cast<char>(c.value)) : u_islower(static_cast<UChar32>(c.value)) == 0;
    }
    if (is_digit(static_cast<char>(c.value & 0x7FU)) && c.value < 0x80) return true;
    i += c.length;
  }
  return true;
}

std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0U) != 0x80) ++count;
    if (byte >= 0xE3 && byte <= 0xEF) ++count;  // Chinese: three bytes from U+3000 on
  }
  return count;
}

void append_spaced(std::string& text, std::string_view more) {
  if (more.empty()) return;
  if (!text.empty() && text.back() != ' ') {
    const bool wide = static_cast<unsigned char>(text.back()) >= 0x80 && static_cast<unsigned char>(more.front()) >= 0x80 &&
                      is_wide(character_before(text, text.size()).value) && is_wide(character_at(more, 0).value);
    if (!wide) text += ' ';
  }
  text += more;
}

}  // namespace stocktake
