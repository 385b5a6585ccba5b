// Whole imports of any bytes, as far as the commit: detection, every importer, the sink and the database. The first byte
// chooses the format and options. What must hold: every row is accounted for, and faults are Errors of the input.
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "base/error.h"
#include "ingest/importer.h"

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
  if (size == 0) return 0;
  ImportOptions options;
  options.dry_run = true;  // everything but the commit; the transaction is rolled back
  options.quiet = true;
  options.allow_future = (data[0] & 0x10U) != 0;
  const std::size_t choice = data[0] & 0x0FU;
  if (choice < importers().size()) options.format = importers()[choice]->id();
  if ((data[0] & 0x20U) != 0) options.series = "S";
  try {
    const auto source = ByteSource::from_bytes(std::string(reinterpret_cast<const char*>(data) + 1, size - 1), "fuzz");
    const Vintage vintage = import_source(*world.store, world.areas, world.codes, *source, options).vintage;
    require(vintage.rows_accepted > 0);
    require(vintage.rows_read == vintage.rows_accepted + vintage.rows_missing + vintage.rows_rejected);
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::input);
  }
  return 0;
}
