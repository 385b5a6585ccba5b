// The check of a log's bytes: the chain on all cores, then the seals. What ChainLog and LogWriter share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/chain_log.h"

namespace stocktake {

// A line with a seal: the last of an append.
struct SealAt {
  std::uint64_t line = 0;  // from 1
  std::size_t begin = 0, size = 0;
  std::uint64_t key = 0;  // its id as a number
};

struct LogKey {
  std::string name, public_key;
  std::uint64_t line = 0;
  std::uint64_t revoked = 0;  // line of the entry that revokes it; 0: it is valid
};

struct ExaminedLog {
  LogCheck check;
  std::vector<SealAt> seals;             // those before the first fault, in their order
  std::map<std::uint64_t, LogKey> keys;  // by id
  std::size_t sealed_bytes = 0;          // up to the LF behind the last seal
};

// The id of a key (the first 16 digits of its public key) as a number.
std::uint64_t key_number(std::string_view public_key);

ExaminedLog examine_log(std::string_view bytes, const LogCheckOptions& options, const LogReceipt* receipt);

// The chain alone: lines, seals and entries about keys, up to the first fault.
struct LineAt {
  std::uint64_t line = 0;
  std::size_t begin = 0, size = 0;
};
struct LogChain {
  std::uint64_t lines = 0;  // complete ones, before the fault
  std::size_t bytes = 0;    // that they take
  std::vector<SealAt> seals;
  std::vector<LineAt> keys, revocations;
  std::optional<LogFault> fault;
};
LogChain read_chain(std::string_view bytes, unsigned threads);

}  // namespace stocktake
