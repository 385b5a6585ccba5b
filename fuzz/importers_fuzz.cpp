// Whole imports of any bytes, as far as the commit: detection, every importer, the sink and the database. The first line
// names the format ("detect" for none) and options: "tidy series future". What must hold: every row is accounted for, and faults
// are Errors of the input.
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "base/error.h"
#include "ingest/formats/formats.h"

namespace {

using namespace stocktake;

void require(bool condition) {
  if (!condition) std::abort();
}

struct World {
  World() {
    std::string pattern = (std::filesystem::temp_directory_path() / "stocktake-fuzz-XXXXXX").string();
    require(::mkdtemp(pattern.data()) != nullptr);
    folder = pattern;
    store = std::make_unique<Store>(Store::create(folder + "/store.duckdb"));
  }
  ~World() {
    store.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }
  const std::string reference = std::string(STOCKTAKE_SOURCE_DIR) + "/reference";
  const AreaRegistry areas = AreaRegistry::load(reference);
  const DimensionCodes codes = DimensionCodes::load(reference + "/dimension_codes.csv");
  std::string folder;
  std::unique_ptr<Store> store;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const World world;
  const std::string input(reinterpret_cast<const char*>(data), size);
  const std::size_t line = input.find('\n');
  if (line == std::string::npos || line > 64) return 0;
  const std::string head = input.substr(0, line), format = head.substr(0, head.find(' '));
  ImportOptions options;
  options.dry_run = true;  // everything but the commit; the transaction is rolled back
  options.quiet = true;
  options.allow_future = head.find(" future") != std::string::npos;
  if (find_importer(format) != nullptr) options.format = format;
  if (head.find(" series") != std::string::npos) options.series = "S";
  try {
    const auto source = ByteSource::from_bytes(input.substr(line + 1), "fuzz");
    const Vintage vintage = import_source(*world.store, world.areas, world.codes, *source, options).vintage;
    require(vintage.rows_accepted > 0);
    require(vintage.rows_read == vintage.rows_accepted + vintage.rows_missing + vintage.rows_rejected);
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::input);
  }
  return 0;
}
