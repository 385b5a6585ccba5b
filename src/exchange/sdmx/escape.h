// Texts as they stand in XML and JSON; those of CSV are append_csv_field's.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace stocktake::sdmx {

// In an attribute value or text of XML. Line ends and tabs are written as references, so that they are read back as they are;
// other control characters, which XML does not allow, become U+FFFD.
inline void append_xml(std::string& to, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&': to += "&amp;"; break;
      case '<': to += "&lt;"; break;
      case '>': to += "&gt;"; break;
      case '"': to += "&quot;"; break;
      case '\n': to += "&#10;"; break;
      case '\r': to += "&#13;"; break;
      case '\t': to += "&#9;"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          to += "\xEF\xBF\xBD";
        } else {
          to += c;
        }
    }
  }
}

// With its quotes.
inline void append_json(std::string& to, std::string_view text) {
  to += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      to += '\\';
      to += c;
    } else if (c == '\n') {
      to += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char code[8];
      std::snprintf(code, sizeof code, "\\u%04x", static_cast<unsigned>(c));
      to += code;
    } else {
      to += c;
    }
  }
  to += '"';
}

// Whether the text is a number as JSON writes one ("-1.5e3"; not "+1", "01", ".5", "NaN").
inline bool is_json_number(std::string_view text) {
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t begin = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at - begin;
  };
  if (at < text.size() && text[at] == '-') ++at;
  const std::size_t whole = at;
  const std::size_t count = digits();
  if (count == 0 || (count > 1 && text[whole] == '0')) return false;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (digits() == 0) return false;
  }
  return at == text.size();
}

}  // namespace stocktake::sdmx
