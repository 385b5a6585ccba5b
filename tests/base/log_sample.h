// Keys and logs to try things on. The keys are those of RFC 8032, section 7.1, tests 1 and 2: public, so they protect nothing.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/chain_log.h"
#include "base/files.h"
#include "base/signing_key.h"
#include "framework/temporary_folder.h"

namespace stocktake::testing {

inline std::string bytes_of_hex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return bytes;
}

inline SigningKey planning_key() {
  return key_of_seed("Ministry of Planning", bytes_of_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
}
inline SigningKey audit_key() {
  return key_of_seed("审计署", bytes_of_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
}

inline LogEntry note(const std::string& text) { return {0, "2013-10-09T00:00:00Z", "note", R"({"text":")" + text + "\"}"}; }

inline std::vector<std::string> lines_of(const std::string& bytes) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = bytes.find('\n', at);
    lines.push_back(bytes.substr(at, end - at));
    at = end == std::string::npos ? bytes.size() : end + 1;
  }
  return lines;
}

inline std::string text_of(const std::vector<std::string>& lines) {
  std::string bytes;
  for (const auto& line : lines) bytes += line + "\n";
  return bytes;
}

// Ten entries: key and 2 notes | note | key and note | 3 notes | note. By two signers.
inline std::string sample_log(const TemporaryFolder& folder) {
  const std::string path = folder.path("log.jsonl");
  LogWriter writer = LogWriter::open(path);
  writer.append({note("one"), note("two {[\\\"]}")}, planning_key());
  writer.append({note("three")}, planning_key());
  writer.append({note("四")}, audit_key());
  writer.append({note("five"), note("six"), note("seven")}, planning_key());
  writer.append({note("eight")}, audit_key());
  return path;
}

}  // namespace stocktake::testing
