#include "ingest/xml/characters.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/utf8.h"

namespace stocktake::xml {
namespace {

bool ascii8(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return (word & 0x8080808080808080ULL) == 0;
}

// Whether 16 bytes are all ASCII that may stand in XML.
bool plain16(const char* at) {
#ifdef __SSE2__
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  // Signed: bytes above ASCII are below the blank too.
  const __m128i below = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));
  const __m128i blank =
      _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t'))),
                   _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')));
  return _mm_movemask_epi8(_mm_andnot_si128(blank, below)) == 0;
#else
  for (int i = 0; i < 16; ++i) {
    const auto byte = static_cast<unsigned char>(at[i]);
    if (byte >= 0x80 || (byte < 0x20 && byte != '\n' && byte != '\t' && byte != '\r')) return false;
  }
  return true;
#endif
}

std::size_t length_by_first(unsigned char byte) {
  if (byte < 0x80) return 1;
  if (byte < 0xE0) return 2;
  return byte < 0xF0 ? 3 : 4;
}

}  // namespace

bool utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    while (at + 8 <= text.size() && ascii8(text.data() + at)) at += 8;
    std::size_t end = at;
    // A run that holds the characters above ASCII, ended by eight bytes of ASCII.
    while (end < text.size() && !(end + 8 <= text.size() && ascii8(text.data() + end)))
      end += std::min<std::size_t>(8, text.size() - end);
    if (end < text.size()) {
      while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0x80) != 0) ++end;
    }
    if (!valid_utf8(text.substr(at, end - at))) return false;
    if (end == at) break;
    at = end;
  }
  return true;
}

std::size_t first_bad(std::string_view text, bool more, std::size_t& checked) {
  std::size_t at = 0;
  while (at < text.size()) {
    while (at + 16 <= text.size() && plain16(text.data() + at)) at += 16;
    // A few characters one by one, then the quick way again.
    for (const std::size_t stop = at + 16; at < stop && at < text.size();) {
      const auto byte = static_cast<unsigned char>(text[at]);
      if (byte < 0x80) {
        if (byte < 0x20 && byte != '\n' && byte != '\t' && byte != '\r') return at;
        ++at;
        continue;
      }
      const std::size_t length = length_by_first(byte);
      const std::string_view character = text.substr(at, length);
      if (character.size() < length && more) {
        checked = at;
        return std::string_view::npos;
      }
      if (!valid_utf8(character) || character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF") return at;
      at += length;
    }
  }
  checked = at;
  return std::string_view::npos;
}

std::optional<CharacterReference> reference(std::string_view rest) {
  static constexpr std::array<std::pair<std::string_view, char>, 5> named{
      {{"amp;", '&'}, {"lt;", '<'}, {"gt;", '>'}, {"quot;", '"'}, {"apos;", '\''}}};
  for (const auto& [name, character] : named) {
    if (rest.starts_with(name)) return CharacterReference{name.size(), static_cast<std::uint32_t>(character)};
  }
  if (!rest.starts_with('#')) return std::nullopt;
  const bool hexadecimal = rest.size() > 1 && rest[1] == 'x';
  std::uint32_t code = 0;
  std::size_t at = hexadecimal ? 2 : 1;
  const std::size_t first = at;
  for (; at < rest.size() && at < first + 8; ++at) {
    const char c = rest[at];
    const int digit = c >= '0' && c <= '9'                                ? c - '0'
                      : hexadecimal && (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                                          : -1;
    if (digit < 0) break;
    code = code * (hexadecimal ? 16U : 10U) + static_cast<std::uint32_t>(digit);
  }
  if (at == first || at >= rest.size() || rest[at] != ';') return std::nullopt;
  const bool character = code == 9 || code == 10 || code == 13 || (code >= 0x20 && code <= 0x10FFFF);
  if (!character || (code >= 0xD800 && code <= 0xDFFF) || code == 0xFFFE || code == 0xFFFF) return std::nullopt;
  return CharacterReference{at + 1, code};
}

std::size_t encode(std::uint32_t code, char* to) {
  const auto tail = [&](int shift) { return static_cast<char>(0x80 | ((code >> shift) & 0x3F)); };
  if (code < 0x80) {
    to[0] = static_cast<char>(code);
    return 1;
  }
  if (code < 0x800) {
    to[0] = static_cast<char>(0xC0 | (code >> 6));
    to[1] = tail(0);
    return 2;
  }
  if (code < 0x10000) {
    to[0] = static_cast<char>(0xE0 | (code >> 12));
    to[1] = tail(6);
    to[2] = tail(0);
    return 3;
  }
  to[0] = static_cast<char>(0xF0 | (code >> 18));
  to[1] = tail(12);
  to[2] = tail(6);
  to[3] = tail(0);
  return 4;
}

}  // namespace stocktake::xml
