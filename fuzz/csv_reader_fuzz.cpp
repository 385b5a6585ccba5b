// The CSV reader on any bytes, plain or gzip. The first byte chooses the delimiter. What must hold: it ends, rows do not
// overlap and their lines only grow, fields lie within the row or hold no more than it, and faults are Errors of the input.
#include <cstdlib>
#include <string>
#include <vector>

#include "base/error.h"
#include "ingest/csv_reader.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void read(const std::string& text, char delimiter) {
  const auto source = stocktake::ByteSource::from_bytes(text, "fuzz");
  stocktake::CsvReader reader(*source, delimiter);
  std::vector<std::string_view> fields;
  std::uint64_t line = 0;
  while (reader.next(fields)) {
    const std::string_view row = reader.row_text();
    require(!row.empty() && !fields.empty());
    require(reader.line() > line);
    line = reader.line();
    std::size_t bytes = 0;
    for (const std::string_view field : fields) {
      const bool within = field.data() >= row.data() && field.data() + field.size() <= row.data() + row.size();
      require(within || field.find('"') != std::string_view::npos);  // only doubled quotes are copied
      bytes += field.size();
      for (const char c : field) require(c != delimiter || row.find('"') != std::string_view::npos);
    }
    require(bytes + fields.size() - 1 <= row.size());
  }
  std::vector<std::string_view> after;
  require(!reader.next(after));  // the end stays the end
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr std::string_view delimiters = ",;\t|: ";
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  stocktake::guess_delimiter(text);
  try {
    read(text, delimiters[data[0] % delimiters.size()]);
  } catch (const stocktake::Error& error) {
    require(error.kind() == stocktake::ErrorKind::input);
  }
  return 0;
}
