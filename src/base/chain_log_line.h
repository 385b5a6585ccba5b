// One line of the log: how it is written, and a strict reading without a tree. docs/audit-log.md is the format.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/chain_log.h"

namespace stocktake {

inline constexpr std::string_view no_hash = "0000000000000000000000000000000000000000000000000000000000000000";

// Parts of a line; they point into it. Those behind a fault are empty.
struct LogLine {
  std::uint64_t number = 0;
  std::string_view prev, time, kind, payload;
  std::string_view body;                 // all before `,"seal":`: what a seal is over
  std::string_view seal_key, signature;  // empty: the line has no seal of its own
};

// Reads a line without its LF. The order of the fields, the absence of blanks and lower-case hexadecimal digits are part of the
// format, so that a text has one form only. Returns "" or what is wrong. The payload is read as far as its braces and strings go.
std::string_view scan_line(std::string_view text, LogLine& line);

std::string line_body(const LogEntry& entry, std::string_view prev);
std::string line_without_seal(std::string_view body);
std::string line_with_seal(std::string_view body, std::string_view key_id, std::string_view signature);
// What is signed for a body.
std::string seal_message(std::string_view body);

bool is_lower_hex(std::string_view text);

}  // namespace stocktake
