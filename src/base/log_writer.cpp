#include <nlohmann/json.hpp>

#include "base/chain_log_check.h"
#include "base/chain_log_file.h"
#include "base/chain_log_line.h"
#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/signing_key.h"

namespace stocktake {

struct LogWriter::State {
  LogFile file;
  std::string_view bytes;
  ExaminedLog log;
  LogCheck found;  // when it was opened
  std::string set_aside;

  void examine() {
    bytes = file.map();
    log = examine_log(bytes, {}, nullptr);
    require_sound(log.check, file.path());
  }
};

namespace {

// What a line can hold. A caller that breaks this is wrong, not the user.
void require_entry(const LogEntry& entry) {
  const nlohmann::json payload = nlohmann::json::parse(entry.payload, nullptr, false);
  LogLine line;
  LogEntry numbered = entry;
  numbered.number = 1;
  const bool canonical = payload.is_object() && payload.dump() == entry.payload;
  if (!canonical || !scan_line(line_without_seal(line_body(numbered, no_hash)), line).empty()) {
    throw Error(ErrorKind::internal, "an entry of kind '" + entry.kind + "' cannot stand in the log");
  }
}

// The torn end is kept beside the log: it is no part of it, and not ours to throw away.
std::string keep_torn_end(const std::string& path, std::string_view torn) {
  const std::string beside = path + ".unfinished-" + hash_hex(torn).substr(0, 12);
  write_file(beside, torn);
  return beside;
}

}  // namespace

LogWriter::LogWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
LogWriter::LogWriter(LogWriter&&) noexcept = default;
LogWriter& LogWriter::operator=(LogWriter&&) noexcept = default;
LogWriter::~LogWriter() = default;

LogWriter LogWriter::open(const std::string& path, int wait_ms) {
  auto state = std::make_unique<State>();
  state->file = LogFile::open(path, LogFile::Access::append, wait_ms);
  state->examine();
  state->found = state->log.check;
  return LogWriter(std::move(state));
}

const std::string& LogWriter::path() const { return state_->file.path(); }
const LogCheck& LogWriter::check() const { return state_->found; }
LogHead LogWriter::head() const { return state_->log.check.head; }
const std::string& LogWriter::set_aside() const { return state_->set_aside; }

void LogWriter::each(const std::function<void(const LogEntry&, std::string_view)>& take) const {
  replay_log(state_->bytes, state_->file.path(), state_->log, take);
}

std::pair<std::uint64_t, std::uint64_t> LogWriter::append(const std::vector<LogEntry>& entries, const SigningKey& key) {
  if (entries.empty()) throw Error(ErrorKind::internal, "an append without entries");
  State& state = *state_;
  const LogHead head = state.log.check.head;
  std::vector<LogEntry> all;
  bool known = false;
  for (const auto& [id, logged] : state.log.keys) {
    if (logged.public_key == key.public_key) {
      known = true;
      if (logged.revoked != 0) {
        throw Error(ErrorKind::input,
                    "the key " + key.id() + " of " + key.name + " was revoked by entry " + std::to_string(logged.revoked),
                    "Sign with another one; `stocktake audit key new NAME` makes one", {state.file.path(), 0, 0, {}});
      }
    } else if (logged.public_key.starts_with(key.id())) {
      throw Error(ErrorKind::input, "another key of the log has the same id", "Make a new key");
    }
  }
  if (!known) {
    all.push_back({0, entries.front().time, "key", nlohmann::json{{"name", key.name}, {"public_key", key.public_key}}.dump()});
  }
  const std::size_t before = all.size();
  all.insert(all.end(), entries.begin(), entries.end());
  std::string text, prev = head.hash, line;
  std::size_t line_begin = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    require_entry(all[i]);
    all[i].number = head.entries + i + 1;
    const std::string body = line_body(all[i], prev);
    line = i + 1 < all.size() ? line_without_seal(body) : line_with_seal(body, key.id(), sign(key, seal_message(body)));
    prev = hash_hex(line);
    line_begin = text.size();
    text += line;
    text += '\n';
  }
  const std::size_t keep = state.log.sealed_bytes;
  if (keep < state.bytes.size()) state.set_aside = keep_torn_end(state.file.path(), state.bytes.substr(keep));
  state.bytes = {};
  try {
    state.file.append(keep, text);
  } catch (...) {
    state.examine();
    throw;
  }
  // What was written is known to be sound: no need to read it again.
  const std::uint64_t last = head.entries + all.size(), id = key_number(key.public_key);
  if (!known) {
    state.log.keys.emplace(id, LogKey{key.name, key.public_key, head.entries + 1});
    state.log.check.signers.push_back(key.name + " " + key.id());
  }
  state.log.seals.push_back({last, keep + line_begin, line.size(), id});
  state.log.sealed_bytes = keep + text.size();
  state.log.check.head = {last, prev};
  state.log.check.fault.reset();
  state.bytes = state.file.map();
  return {head.entries + before + 1, last};
}

std::uint64_t LogWriter::revoke(const std::string& wanted, const std::string& note, const std::string& time,
                                const SigningKey& key) {
  std::vector<const LogKey*> meant;
  for (const auto& [id, logged] : state_->log.keys) {
    const bool by_id = wanted.size() >= 4 && logged.public_key.starts_with(wanted);
    if (by_id || (!wanted.empty() && logged.name == wanted)) meant.push_back(&logged);
  }
  const std::string& path = state_->file.path();
  if (meant.empty()) {
    throw Error(ErrorKind::not_found, "the log knows no key '" + wanted + "'", "`stocktake audit verify` lists those it knows",
                {path, 0, 0, {}});
  }
  if (meant.size() > 1) {
    std::string ids;
    for (const LogKey* one : meant) ids += "\n    " + one->public_key.substr(0, 16) + "  " + one->name;
    throw Error(ErrorKind::usage, "several keys of the log are meant by '" + wanted + "'", "Name one by its id:" + ids,
                {path, 0, 0, {}});
  }
  const LogKey revoked = *meant.front();
  if (revoked.revoked != 0) {
    throw Error(ErrorKind::input,
                "the key " + revoked.public_key.substr(0, 16) + " of " + revoked.name + " was revoked by entry " +
                    std::to_string(revoked.revoked) + " already",
                "", {path, 0, 0, {}});
  }
  nlohmann::json payload{{"name", revoked.name}, {"public_key", revoked.public_key}};
  if (!note.empty()) payload["note"] = note;
  return append({{0, time, std::string(revocation_kind), payload.dump()}}, key).second;
}

}  // namespace stocktake
