// A text within quotes as CSV has it (RFC 4180): quotes of its own are doubled.
#pragma once

#include <string>
#include <string_view>

namespace stocktake {

inline void append_csv_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace stocktake
