// Of the reader: attributes that are given twice, and references in values and texts.
#include <algorithm>
#include <bit>
#include <cstring>

#include "base/utf8.h"
#include "ingest/xml/characters.h"
#include "ingest/xml/reader.h"

namespace stocktake::xml {

// A bit for each name; only where two meet are the names compared.
void Reader::check_twice() {
  if (attributes_.size() < 2) return;
  std::uint64_t seen = 0;
  bool met = false;
  for (const Attribute& attribute : attributes_) {
    std::uint64_t first = 0, last = 0;
    // The buffer has 64 bytes behind its end and a '<' before every name, which makes both reads good.
    const std::size_t size = std::min<std::size_t>(attribute.name.size(), 8);
    std::memcpy(&first, attribute.name.data(), 8);
    if (size < 8) first &= (std::uint64_t{1} << (8 * size)) - 1;
    std::memcpy(&last, attribute.name.data() + attribute.name.size() - size, 8);
    if (size < 8) last &= (std::uint64_t{1} << (8 * size)) - 1;
    const std::uint64_t bit = std::uint64_t{1}
                              << (((first ^ std::rotl(last, 29) ^ attribute.name.size()) * 0x9E3779B97F4A7C15ULL) >> 58);
    met = met || (seen & bit) != 0;
    seen |= bit;
  }
  if (!met) return;
  const auto twice = [&](std::string_view name) {
    refuse_at(token_, "attribute '" + printable(name) + "' is given twice", "Fetch the file again");
  };
  if (attributes_.size() <= 32) {
    for (std::size_t i = 1; i < attributes_.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (attributes_[i].name == attributes_[j].name) twice(attributes_[i].name);
      }
    }
    return;
  }
  std::vector<std::string_view> names;
  for (const Attribute& attribute : attributes_) names.push_back(attribute.name);
  std::sort(names.begin(), names.end());
  const auto found = std::adjacent_find(names.begin(), names.end());
  if (found != names.end()) twice(*found);
}

void Reader::decode_attributes() {
  line();
  // Decoding changes the line ends in the buffer: they are counted before, and the faults of references found before.
  for (const std::uint32_t at : coded_) attributes_[at].value = decode(attributes_[at].value, true);
  counted_ = std::max(counted_, at_);
}

// In place: what is decoded is never longer. Lines within are counted while they are still there.
std::string_view Reader::decode(std::string_view text, bool attribute) {
  char* const first = buffer_.data() + (text.data() - buffer_.data());
  char* to = first;
  const char* const end = text.data() + text.size();
  for (const char* from = text.data(); from < end;) {
    const char c = *from;
    if (c == '&') {
      const auto found = reference({from + 1, static_cast<std::size_t>(end - from - 1)});
      if (!found) {
        const std::string_view rest(from, std::min<std::size_t>(static_cast<std::size_t>(end - from), 20));
        const std::size_t stop = rest.find(';');
        refuse_at(from,
                  "'" + printable(rest.substr(0, stop == std::string_view::npos ? stop : stop + 1)) +
                      "' is no reference that XML knows",
                  "Write a '&' as '&amp;'");
      }
      line_at(from + 1 + found->length);
      to += encode(found->code, to);
      from += 1 + found->length;
      continue;
    }
    if (c == '\r' || c == '\n' || c == '\t') {
      line_at(from + 1);
      const bool pair = c == '\r' && from + 1 < end && from[1] == '\n';
      if (pair) line_at(from + 2);
      from += pair ? 2 : 1;
      *to++ = attribute ? ' ' : c == '\t' ? '\t' : '\n';
      continue;
    }
    *to++ = c;
    ++from;
  }
  counted_ = std::max(counted_, end);
  return {first, static_cast<std::size_t>(to - first)};
}

}  // namespace stocktake::xml
