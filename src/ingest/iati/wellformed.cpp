#include "ingest/iati/wellformed.h"

#include <expat.h>

#include <cstring>
#include <memory>

#include "ingest/xml/characters.h"

namespace stocktake::iati {
bool suspicious(std::string_view text) {
  if (!xml::utf8(text)) return true;
  const char* at = text.data();
  const char* const end = at + text.size();
  while ((at = static_cast<const char*>(std::memchr(at, '&', static_cast<std::size_t>(end - at)))) != nullptr) {
    ++at;
    if (!xml::reference({at, static_cast<std::size_t>(end - at)})) return true;
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
                       (code == XML_ERROR_INVALID_TOKEN && !xml::utf8(text)
                            ? "it has bytes that are no UTF-8; the file's first line should name its encoding, as windows-1252"
                            : XML_ErrorString(code))};
    }
    if (last) return std::nullopt;
  }
}

}  // namespace stocktake::iati
