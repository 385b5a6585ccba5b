// What may stand in XML 1.0 (fifth edition, sections 2.2 and 4.6), for text in UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace stocktake::xml {

// Whether the text is well-formed UTF-8; quick where it is mostly ASCII.
bool utf8(std::string_view text);

// Where the first character is that may not stand in XML: a control character, U+FFFE or U+FFFF, a byte that is no UTF-8; npos
// when all may. A character that is cut off at the end counts as bad unless `more` follows: then `text.size()` minus its begun
// bytes is where to go on (given in `checked`).
std::size_t first_bad(std::string_view text, bool more, std::size_t& checked);

// A reference, "&lt;" or "&#x41;": what stands behind the '&'. Nothing when it is none of XML's own.
struct CharacterReference {
  std::size_t length;      // with the ';', without the '&'
  std::uint32_t code = 0;  // of the character
};
std::optional<CharacterReference> reference(std::string_view behind_ampersand);

// Writes a character in UTF-8; how many bytes (1 to 4). `to` has room for 4.
std::size_t encode(std::uint32_t code, char* to);

}  // namespace stocktake::xml
