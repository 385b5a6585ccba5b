#include "base/chain_log.h"

#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "base/calendar.h"
#include "base/chain_log_check.h"
#include "base/chain_log_file.h"
#include "base/chain_log_line.h"
#include "base/error.h"
#include "base/signing_key.h"

namespace stocktake {
namespace {

using nlohmann::json;
constexpr const char* receipt_format = "stocktake-receipt-1";

json receipt_body(const LogReceipt& receipt) {
  return {{"format", receipt_format}, {"entries", receipt.head.entries}, {"hash", receipt.head.hash}, {"time", receipt.time},
          {"name", receipt.name},     {"public_key", receipt.public_key}};
}

}  // namespace

struct ChainLog::State {
  LogFile file;
  std::string_view bytes;
};

ChainLog::ChainLog(std::unique_ptr<State> state) : state_(std::move(state)) {}
ChainLog::ChainLog(ChainLog&&) noexcept = default;
ChainLog& ChainLog::operator=(ChainLog&&) noexcept = default;
ChainLog::~ChainLog() = default;

ChainLog ChainLog::open(const std::string& path) {
  auto state = std::make_unique<State>();
  state->file = LogFile::open(path, LogFile::Access::read, 10'000);
  state->bytes = state->file.map();
  return ChainLog(std::move(state));
}

ChainLog ChainLog::of_bytes(std::string_view bytes) {
  auto state = std::make_unique<State>();
  state->bytes = bytes;
  return ChainLog(std::move(state));
}

LogCheck ChainLog::check(const LogCheckOptions& options, const LogReceipt* receipt) const {
  return examine_log(state_->bytes, options, receipt).check;
}

LogCheck ChainLog::each(const std::function<void(const LogEntry&, std::string_view)>& take) const {
  ExaminedLog log = examine_log(state_->bytes, {}, nullptr);
  replay_log(state_->bytes, state_->file.path(), log, take);
  return std::move(log.check);
}

void replay_log(std::string_view bytes, const std::string& path, const ExaminedLog& log,
                const std::function<void(const LogEntry&, std::string_view)>& take) {
  require_sound(log.check, path);
  LogEntry entry;
  std::size_t at = 0;
  LogLine line;
  std::uint64_t number = 0;
  for (const SealAt& seal : log.seals) {
    const std::string_view signer = log.keys.at(seal.key).name;
    while (number < seal.line) {
      const std::size_t end = bytes.find('\n', at);
      scan_line(bytes.substr(at, end - at), line);
      entry.number = ++number;
      entry.time = line.time;
      entry.kind = line.kind;
      entry.payload = line.payload;
      take(entry, signer);
      at = end + 1;
    }
  }
}

void require_sound(const LogCheck& check, const std::string& path) {
  if (!check.fault || check.fault->unfinished) return;
  throw Error(ErrorKind::check_failed, fmt::format("entry {}: {}", check.fault->entry, check.fault->problem),
              "The register is not read beyond doubt: see `stocktake audit verify`, and take the log from a copy",
              {path, check.fault->line, 0, {}});
}

LogReceipt make_receipt(const LogHead& head, const std::string& time, const SigningKey& key) {
  LogReceipt receipt{head, time, key.name, key.public_key, {}};
  receipt.signature = sign(key, receipt_body(receipt).dump());
  return receipt;
}

std::string to_json(const LogReceipt& receipt) {
  json object = receipt_body(receipt);
  object["signature"] = receipt.signature;
  return object.dump() + "\n";
}

LogReceipt parse_receipt(std::string_view text, const std::string& file) {
  const json object = json::parse(text, nullptr, false);
  const auto field = [&](const char* name) {
    if (!object.is_object() || !object.contains(name) || !object[name].is_string()) {
      throw Error(ErrorKind::input, "the file is no receipt", "`stocktake audit head` prints one", {file, 0, 0, name});
    }
    return object[name].get<std::string>();
  };
  if (field("format") != receipt_format || !object.contains("entries") || !object["entries"].is_number_unsigned()) {
    throw Error(ErrorKind::input, "the file is no receipt of this version", "`stocktake audit head` prints one",
                {file, 0, 0, "entries"});
  }
  LogReceipt receipt{{object["entries"].get<std::uint64_t>(), field("hash")},
                     field("time"),
                     field("name"),
                     field("public_key"),
                     field("signature")};
  if (receipt.head.hash.size() != 64 || !is_lower_hex(receipt.head.hash) || receipt.public_key.size() != 64) {
    throw Error(ErrorKind::input, "expected 64 hexadecimal digits", "", {file, 0, 0, "hash"});
  }
  if (!verify_signature(receipt.public_key, receipt_body(receipt).dump(-1, ' ', false, json::error_handler_t::replace),
                        receipt.signature)) {
    throw Error(ErrorKind::check_failed, "the receipt's own signature is wrong: it was altered", "Take it from where it was kept",
                {file, 0, 0, "signature"});
  }
  return receipt;
}

std::string log_time() {
  using namespace std::chrono;
  const long long now = source_date_epoch().value_or(duration_cast<seconds>(system_clock::now().time_since_epoch()).count());
  const long long day = now >= 0 ? now / 86400 : (now - 86399) / 86400, rest = now - day * 86400;
  const year_month_day date{sys_days{days{day}}};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()), rest / 3600, rest / 60 % 60, rest % 60);
}

}  // namespace stocktake
