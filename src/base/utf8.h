// Whether bytes are UTF-8, and what to show of bytes that are not.
#pragma once

#include <string>
#include <string_view>

namespace stocktake {

// Well-formed UTF-8 of Unicode 15, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF.
bool valid_utf8(std::string_view text);
// The same text with a question mark for each byte that is no part of a character.
std::string readable(std::string_view text);
// Readable, with a blank for each control character (C0, DEL, C1): what a terminal may be given.
std::string printable(std::string_view text);

}  // namespace stocktake
