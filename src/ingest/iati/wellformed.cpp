#include "ingest/iati/wellformed.h"

#include <expat.h>

#include <cstring>
#include <memory>

#include "base/utf8.h"

namespace stocktake::iati {
namespace {

bool xml_reference(std::string_view rest) {  // behind '&'
  for (const std::string_view name : {"amp;", "lt;", "gt;", "quot;", "apos;"}) {
    if (rest.starts_with(name)) return true;
  }
  if (!rest.starts_with('#')) return false;
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
  if (at == first || at >= rest.size() || rest[at] != ';') return false;
  const bool character = code == 9 || code == 10 || code == 13 || (code >= 0x20 && code <= 0x10FFFF);
  return character && (code < 0xD800 || code > 0xDFFF) && code != 0xFFFE && code != 0xFFFF;
}

bool ascii8(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return (word & 0x8080808080808080ULL) == 0;
}

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

}  // namespace

bool suspicious(std::string_view text) {
  if (!utf8(text)) return true;
  const char* at = text.data();
  const char* const end = at + text.size();
  while ((at = static_cast<const char*>(std::memchr(at, '&', static_cast<std::size_t>(end - at)))) != nullptr) {
    ++at;
    if (!xml_reference({at, static_cast<std::size_t>(end - at)})) return true;
  }
  return std::memchr(text.data(), '\0', text.size()) != nullptr;
}

std::optional<Fault> wellformed_fault(std::string_view text, std::uint64_t line) {
  const std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)> parser(XML_ParserCreate("UTF-8"),
                                                                                             XML_ParserFree);
  constexpr std::size_t step = 1 << 20;
  for (std::size_t at = 0;; at += step) {
    const std::string_view part = text.substr(std::min(at, text.size()), step);
    const bool last = at + step >= text.size();
    if (XML_Parse(parser.get(), part.data(), static_cast<int>(part.size()), last ? 1 : 0) != XML_STATUS_OK) {
      const XML_Error code = XML_GetErrorCode(parser.get());
      return Fault{line + XML_GetCurrentLineNumber(parser.get()) - 1,
                   std::string("not well-formed XML: ") +
                       (code == XML_ERROR_INVALID_TOKEN && !utf8(text)
                            ? "it has bytes that are no UTF-8; the file's first line should name its encoding, as windows-1252"
                            : XML_ErrorString(code))};
    }
    if (last) return std::nullopt;
  }
}

}  // namespace stocktake::iati
