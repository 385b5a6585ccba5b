// The bytes of a source as UTF-8, whatever they were.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "partnership/texts/document.h"

namespace stocktake {

struct DecodedText {
  std::string own;          // holds the text where it had to be converted or mended
  std::string_view text;    // valid UTF-8 without a byte order mark; of the source's bytes where nothing had to be changed
  std::size_t skipped = 0;  // bytes of the source before `text` (the mark)
  std::vector<TextFault> faults;
};

// UTF-8, UTF-16 with or without a mark, an encoding that the text names itself (XML declaration, HTML meta), else what ICU's
// detector finds. A text that is UTF-8 but for some bytes is mended: each bad byte becomes U+FFFD and a fault with its place.
// Marks of the direction of writing are taken out.
DecodedText decode(std::string_view bytes, std::optional<Language> language);

// Line and column of a byte, both from 1.
void place_of(std::string_view text, std::size_t at, std::uint64_t& line, std::uint64_t& column);

}  // namespace stocktake
