// An append-only log of signed entries in which nothing can be altered or dropped unnoticed: each line holds the hash of the line
// before it, and the last line of each append is signed (Ed25519; libsodium). The format is docs/audit-log.md.
//
// A log is one file of lines. A ChainLog reads it (many processes may at once), a LogWriter adds to it (one at a time; flock).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stocktake {

// A key pair of a person or an office. The secret stays in its file (mode 0600), the public key stands in the log.
// How keys are made and kept: signing_key.h.
struct SigningKey {
  std::string name;        // "Ministry of Planning"
  std::string public_key;  // 64 hex digits; its first 16 are the key's id
  std::string secret;      // 64 bytes; wiped by forget()

  std::string id() const { return public_key.substr(0, 16); }
  void forget();
};

struct LogEntry {
  std::uint64_t number = 0;  // from 1
  std::string time;          // "2013-10-09T00:00:00Z"
  std::string kind;          // "key", "commitment", "status", "evidence", "correction", ...: a to z and _
  std::string payload;       // canonical JSON: an object, keys sorted, no blanks, UTF-8
};

struct LogHead {
  std::uint64_t entries = 0;
  std::string hash;  // of the last line; 64 zeros for an empty log
  bool operator==(const LogHead&) const = default;
};

struct LogFault {
  std::uint64_t entry = 0;  // the first bad one; 0 for the head
  std::uint64_t line = 0;
  std::string problem;      // "altered", "dropped", "signature", ... in words
  bool unfinished = false;  // only the end has no seal: an append that was cut off; what stands before is sound
};

// A key that counts no more from an entry on.
struct RevokedKey {
  std::string name, id;
  std::uint64_t entry = 0;
  bool operator==(const RevokedKey&) const = default;
};
inline constexpr std::string_view revocation_kind = "key_revoked";

struct LogCheck {
  LogHead head;  // of the sealed entries
  std::uint64_t seals = 0, seals_checked = 0;
  std::vector<std::string> signers;  // names with the ids of their keys, in the order in which they came
  std::vector<RevokedKey> revoked;   // in the order of their entries
  std::optional<LogFault> fault;
};

struct LogCheckOptions {
  bool every_seal = false;            // else at most `seal_limit` seals, and beyond that the last one of each signer
  std::uint64_t seal_limit = 20'000;  // docs/decisions/0012
  unsigned threads = 0;               // 0: all cores
};

// What a log looked like at a moment, signed: to be kept elsewhere or published. Only against it a tail that was cut off, or a
// log that was written anew, is noticed.
struct LogReceipt {
  LogHead head;
  std::string time;  // when it was made
  std::string name, public_key, signature;
};
LogReceipt make_receipt(const LogHead& head, const std::string& time, const SigningKey& key);
std::string to_json(const LogReceipt& receipt);  // one object, LF at the end
// Throws Error(input) for bytes that are no receipt, Error(check_failed) when its own signature is wrong.
LogReceipt parse_receipt(std::string_view json, const std::string& file);

// Reads a log. While it lives it holds a shared lock, so that no writer takes a torn tail away under it.
class ChainLog {
 public:
  // Throws Error(not_found) without a file, Error(input) when it cannot be read, Error(busy) when a writer keeps it for long.
  static ChainLog open(const std::string& path);
  // Of bytes in hand (tests, fuzzing), which must outlive it.
  static ChainLog of_bytes(std::string_view bytes);
  ChainLog(ChainLog&&) noexcept;
  ChainLog& operator=(ChainLog&&) noexcept;
  ~ChainLog();

  // Proves that nothing was altered or dropped, or names the first bad entry. Never throws for bad content. With a receipt, also
  // that the log still holds what it held then. Hashes on all cores.
  LogCheck check(const LogCheckOptions& options = {}, const LogReceipt* receipt = nullptr) const;

  // Calls each(entry, signer) for the sealed entries in their order; signer is the name of the key that sealed the append. Checks
  // first; throws Error(check_failed) naming the first bad entry, except for an unfinished end, which is left out.
  // Returns what the check found.
  LogCheck each(const std::function<void(const LogEntry&, std::string_view signer)>& take) const;

 private:
  struct State;
  explicit ChainLog(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Adds to a log. From open() to its end it has the log alone, so that what is decided on what was read still holds when it is
// written.
class LogWriter {
 public:
  // Makes the file where there is none. Waits for another writer at most `wait_ms`, then throws Error(busy). Throws Error(store)
  // where the folder or the disk refuses, Error(check_failed) for a log that is not sound (but for an unfinished end).
  static LogWriter open(const std::string& path, int wait_ms = 10'000);
  LogWriter(LogWriter&&) noexcept;
  LogWriter& operator=(LogWriter&&) noexcept;
  ~LogWriter();

  const std::string& path() const;
  const LogCheck& check() const;  // of the log as it was found
  LogHead head() const;
  // As ChainLog::each, of the log as it is now.
  void each(const std::function<void(const LogEntry&, std::string_view signer)>& take) const;

  // Writes the entries as one transaction, sealed by the key; all or nothing. Numbers are given here; time, kind and payload are
  // the caller's. A key that the log does not know yet gets its entry in front. An unfinished end of the log is set aside first,
  // in a file beside it. Returns the numbers of the first and the last entry. Throws Error(store) when the disk refuses (the log
  // is as before), Error(input) for a key that was revoked, Error(internal) for an entry that cannot stand in a log.
  std::pair<std::uint64_t, std::uint64_t> append(const std::vector<LogEntry>& entries, const SigningKey& key);
  // Revokes a key of the log, named by its id, the beginning of it (4 digits or more), its whole public key or its name: one
  // entry, sealed by `key`, which may be that key itself. What it sealed before stays good, what it seals afterwards is a fault.
  // Returns the entry's number. Throws Error(not_found) for a key that the log does not know, Error(usage) for a name that
  // several have, Error(input) for one that was revoked already, and as append().
  std::uint64_t revoke(const std::string& wanted, const std::string& note, const std::string& time, const SigningKey& key);
  // Where an unfinished end was put by append(); "" when there was none.
  const std::string& set_aside() const;

 private:
  struct State;
  explicit LogWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Now, or as SOURCE_DATE_EPOCH says: "2013-10-09T00:00:00Z".
std::string log_time();

}  // namespace stocktake
