// The check of a log on any bytes. What must hold: no exception; a fault names its place; what each() gives is what the head
// counts; and a log that was sound is not sound any more with one byte altered.
#include <cstdlib>
#include <string>

#include "base/chain_log.h"
#include "base/error.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto log = stocktake::ChainLog::of_bytes(bytes);
  const stocktake::LogCheck found = log.check();
  if (found.fault) {
    require(!found.fault->problem.empty() && found.fault->line > 0 && found.head.entries < found.fault->line);
  } else if (size > 0) {
    std::string altered = bytes;
    altered[size / 2] = static_cast<char>(altered[size / 2] ^ 1);
    require(stocktake::ChainLog::of_bytes(altered).check().fault.has_value());
  }
  std::uint64_t entries = 0;
  try {
    log.each([&](const stocktake::LogEntry& entry, std::string_view) { require(entry.number == ++entries); });
    require(entries == found.head.entries);
  } catch (const stocktake::Error&) {
    require(found.fault && !found.fault->unfinished);
  }
  try {
    stocktake::parse_receipt(bytes, "r");
  } catch (const stocktake::Error&) {
  }
  return 0;
}
