#include "base/chain_log_check.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "base/chain_log_line.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "base/signing_key.h"

namespace stocktake {
namespace {

using nlohmann::json;

// The first entry and the line of the append that a seal closes.
std::uint64_t first_of(const std::vector<SealAt>& seals, std::size_t seal) { return seal == 0 ? 1 : seals[seal - 1].line + 1; }

std::string entries_text(std::uint64_t first, std::uint64_t last) {
  return first == last ? "entry " + std::to_string(last) : "entries " + std::to_string(first) + " to " + std::to_string(last);
}

// The keys that the log introduces. Empty, or the fault of the first bad one.
std::optional<LogFault> read_keys(std::string_view bytes, const LogChain& chain, ExaminedLog& out) {
  for (const LineAt& at : chain.keys) {
    const auto fault = [&](const std::string& problem) { return LogFault{at.line, at.line, problem, false}; };
    LogLine line;
    scan_line(bytes.substr(at.begin, at.size), line);
    const json payload = json::parse(line.payload, nullptr, false);
    const auto text = [&](const char* field) {
      const bool there = payload.is_object() && payload.contains(field) && payload[field].is_string();
      return there ? payload[field].get<std::string>() : std::string();
    };
    const std::string name = text("name"), public_key = text("public_key");
    if (name.empty() || public_key.size() != 64 || !is_lower_hex(public_key))
      return fault("an entry of a key without its name or key");
    const auto seal = std::lower_bound(out.seals.begin(), out.seals.end(), at.line,
                                       [](const SealAt& a, std::uint64_t line_number) { return a.line < line_number; });
    if (seal == out.seals.end()) return std::nullopt;  // the append was not finished
    if (seal->key != key_number(public_key)) return fault("signature: a key's first entry is not sealed by that key");
    if (!out.keys.emplace(seal->key, LogKey{name, public_key, at.line}).second) return fault("a key is introduced a second time");
    out.check.signers.push_back(name + " " + public_key.substr(0, 16));
  }
  return std::nullopt;
}

// Which keys were revoked, and by which entries. Empty, or the fault of the first bad entry.
std::optional<LogFault> read_revocations(std::string_view bytes, const LogChain& chain, ExaminedLog& out) {
  const std::uint64_t sealed = out.seals.empty() ? 0 : out.seals.back().line;
  for (const LineAt& at : chain.revocations) {
    if (at.line > sealed) break;  // the append was not finished
    const auto fault = [&](const std::string& problem) { return LogFault{at.line, at.line, problem, false}; };
    LogLine line;
    scan_line(bytes.substr(at.begin, at.size), line);
    const json payload = json::parse(line.payload, nullptr, false);
    const bool there = payload.is_object() && payload.contains("public_key") && payload["public_key"].is_string();
    const std::string public_key = there ? payload["public_key"].get<std::string>() : std::string();
    if (public_key.size() != 64 || !is_lower_hex(public_key)) return fault("an entry that revokes a key without the key");
    const auto key = out.keys.find(key_number(public_key));
    if (key == out.keys.end() || key->second.public_key != public_key || key->second.line > at.line)
      return fault("an entry that revokes a key that the log does not know");
    if (key->second.revoked != 0) continue;  // the first one counts
    key->second.revoked = at.line;
    out.check.revoked.push_back({key->second.name, public_key.substr(0, 16), at.line});
  }
  return std::nullopt;
}

// The first seal of a key after the append that revoked it.
std::optional<LogFault> revoked_seal(const ExaminedLog& log) {
  if (log.check.revoked.empty()) return std::nullopt;
  for (std::size_t i = 0; i < log.seals.size(); ++i) {
    const auto key = log.keys.find(log.seals[i].key);
    // Its own revocation a key may seal.
    const std::uint64_t first = first_of(log.seals, i);
    if (key == log.keys.end() || key->second.revoked == 0 || key->second.revoked >= first) continue;
    return LogFault{first, log.seals[i].line,
                    "signature: " + entries_text(first, log.seals[i].line) + " sealed by the key " +
                        key->second.public_key.substr(0, 16) + " of " + key->second.name + ", which entry " +
                        std::to_string(key->second.revoked) + " revoked",
                    false};
  }
  return std::nullopt;
}

// What is wrong with a seal, or nothing.
std::optional<LogFault> seal_fault(std::string_view bytes, const ExaminedLog& log, std::size_t index) {
  const SealAt& seal = log.seals[index];
  const std::uint64_t first = first_of(log.seals, index);
  LogLine line;
  scan_line(bytes.substr(seal.begin, seal.size), line);
  const auto key = log.keys.find(seal.key);
  if (key == log.keys.end() || key->second.line > seal.line) {
    return LogFault{first, seal.line,
                    "signature: " + entries_text(first, seal.line) + " sealed by a key that the log does not know", false};
  }
  if (verify_signature(key->second.public_key, seal_message(line.body), line.signature)) return std::nullopt;
  return LogFault{first, seal.line,
                  "signature: the seal over " + entries_text(first, seal.line) + " is not that of " + key->second.name, false};
}

// Checks some of the seals, on all cores; the first fault of them.
std::optional<LogFault> check_seals(std::string_view bytes, const ExaminedLog& log, const std::vector<std::size_t>& which,
                                    unsigned threads) {
  constexpr std::size_t batch = 64;
  const std::size_t batches = (which.size() + batch - 1) / batch;
  std::vector<std::optional<LogFault>> faults(batches);
  in_tasks(batches, threads, [&](std::size_t b) {
    for (std::size_t i = b * batch; i < std::min(which.size(), (b + 1) * batch) && !faults[b]; ++i) {
      faults[b] = seal_fault(bytes, log, which[i]);
    }
  });
  for (auto& fault : faults) {
    if (fault) return std::move(fault);
  }
  return std::nullopt;
}

std::vector<std::size_t> all_seals(const ExaminedLog& log) {
  std::vector<std::size_t> which(log.seals.size());
  for (std::size_t i = 0; i < which.size(); ++i) which[i] = i;
  return which;
}

// The last seal of each signer: by the chain it is over all that the signer sealed before.
std::vector<std::size_t> last_seals(const ExaminedLog& log) {
  std::map<std::uint64_t, std::size_t> last;
  for (std::size_t i = 0; i < log.seals.size(); ++i) last[log.seals[i].key] = i;
  std::vector<std::size_t> which;
  for (const auto& [key, seal] : last) which.push_back(seal);
  std::sort(which.begin(), which.end());
  return which;
}

std::optional<LogFault> tail_fault(std::string_view bytes, const LogChain& chain, std::uint64_t sealed_lines) {
  if (chain.bytes < bytes.size()) {
    return LogFault{chain.lines + 1, chain.lines + 1, "unfinished: the last line has no end; the append was cut off", true};
  }
  if (chain.lines > sealed_lines) {
    return LogFault{chain.lines, chain.lines, "unfinished: no seal follows " + entries_text(sealed_lines + 1, chain.lines), true};
  }
  return std::nullopt;
}

std::string_view line_number(std::string_view bytes, std::uint64_t number) {
  std::size_t at = 0;
  for (std::uint64_t line = 1; line < number; ++line) at = bytes.find('\n', at) + 1;
  return bytes.substr(at, bytes.find('\n', at) - at);
}

std::optional<LogFault> receipt_fault(std::string_view bytes, const ExaminedLog& log, const LogReceipt& receipt) {
  const std::uint64_t told = receipt.head.entries, found = log.check.head.entries;
  if (told > found) {
    return LogFault{found + 1, found + 1,
                    "dropped: the log ends with entry " + std::to_string(found) + ", the receipt of " + receipt.time +
                        " tells of " + std::to_string(told),
                    false};
  }
  const std::string hash = told == 0 ? std::string(no_hash) : hash_hex(line_number(bytes, told));
  if (hash != receipt.head.hash) {
    return LogFault{
        0, told,
        "written anew: entry " + std::to_string(told) + " is not the one that the receipt of " + receipt.time + " tells of",
        false};
  }
  const auto key = log.keys.find(key_number(receipt.public_key));
  if (key != log.keys.end() && key->second.revoked != 0 && told >= key->second.revoked) {
    return LogFault{0, told,
                    "the receipt was signed by the key of " + receipt.name + " after entry " +
                        std::to_string(key->second.revoked) + " had revoked it",
                    false};
  }
  if (told > 0 && (key == log.keys.end() || key->second.public_key != receipt.public_key)) {
    return LogFault{0, told, "the receipt was signed by a key that the log does not know: " + receipt.name, false};
  }
  return std::nullopt;
}

}  // namespace

std::uint64_t key_number(std::string_view public_key) {
  std::uint64_t number = 0;
  std::from_chars(public_key.data(), public_key.data() + 16, number, 16);
  return number;
}

ExaminedLog examine_log(std::string_view bytes, const LogCheckOptions& options, const LogReceipt* receipt) {
  const LogChain chain = read_chain(bytes, options.threads);
  ExaminedLog log;
  log.seals = chain.seals;
  // Of a broken chain, the seals before the bad entry still count.
  const auto cut = [&](std::uint64_t entry) {
    while (!log.seals.empty() && log.seals.back().line >= entry) log.seals.pop_back();
  };
  if (chain.fault) cut(chain.fault->entry);
  log.check.fault = chain.fault;
  log.check.seals = log.seals.size();
  // Of several faults the one of the first entry.
  const auto earlier = [&](const std::optional<LogFault>& found) {
    if (found && (!log.check.fault || found->entry < log.check.fault->entry)) log.check.fault = found;
  };
  earlier(read_keys(bytes, chain, log));
  earlier(read_revocations(bytes, chain, log));
  earlier(revoked_seal(log));

  const bool all = options.every_seal || log.seals.size() <= options.seal_limit;
  const std::vector<std::size_t> which = all ? all_seals(log) : last_seals(log);
  log.check.seals_checked = which.size();
  auto fault = check_seals(bytes, log, which, options.threads);
  if (fault && !all) {  // only now is it worth the time to look for the first one
    fault = check_seals(bytes, log, all_seals(log), options.threads);
    log.check.seals_checked = log.seals.size();
  }
  earlier(fault);
  if (log.check.fault) cut(log.check.fault->entry);

  const std::uint64_t sealed_lines = log.seals.empty() ? 0 : log.seals.back().line;
  log.sealed_bytes = log.seals.empty() ? 0 : log.seals.back().begin + log.seals.back().size + 1;
  log.check.head.entries = sealed_lines;
  log.check.head.hash =
      sealed_lines == 0 ? std::string(no_hash) : hash_hex(bytes.substr(log.seals.back().begin, log.seals.back().size));
  if (!log.check.fault) log.check.fault = tail_fault(bytes, chain, sealed_lines);
  if (receipt != nullptr && (!log.check.fault || log.check.fault->unfinished)) {
    if (const auto missed = receipt_fault(bytes, log, *receipt)) log.check.fault = missed;
  }
  return log;
}

}  // namespace stocktake
