// An append-only log of signed entries in which nothing can be altered or dropped unnoticed: each line holds the hash of the line
// before it, and the last line of each append is signed (Ed25519; libsodium). The format is docs/audit-log.md.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stocktake {

// A key pair of a person or an office. The secret stays in its file (mode 0600), the public key stands in the log.
struct SigningKey {
  std::string name;        // "Ministry of Planning"
  std::string public_key;  // 64 hex digits; its first 16 are the key's id
  std::string secret;      // 64 bytes; wiped by forget()
};

struct LogEntry {
  std::uint64_t number = 0;  // from 1
  std::string time;          // "2013-10-09T00:00:00Z"
  std::string kind;          // "key", "commitment", "status", "evidence", "correction", ...
  std::string payload;       // canonical JSON: keys sorted, no blanks, UTF-8
};

struct LogHead {
  std::uint64_t entries = 0;
  std::string hash;  // of the last line; 64 zeros for an empty log
};

struct LogFault {
  std::uint64_t entry = 0;  // the first bad one; 0 for the head
  std::uint64_t line = 0;
  std::string problem;  // "altered", "dropped", "signature", ... in words
};

struct LogCheck {
  LogHead head;
  std::uint64_t seals = 0, seals_checked = 0;
  std::vector<std::string> signers;  // names with the ids of their keys
  std::optional<LogFault> fault;
};

}  // namespace stocktake
