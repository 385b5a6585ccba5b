// What whole imports need: a store in a folder of its own, the areas and the codes; made once for a run. No import is committed.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "ingest/importer.h"

namespace stocktake::fuzzing {

inline void require(bool condition) {
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

// One import; every row must be accounted for. Throws what the import throws.
inline Vintage whole_import(const std::string& bytes, ImportOptions options) {
  static const World world;
  options.dry_run = true;  // everything but the commit; the transaction is rolled back
  options.quiet = true;
  const auto source = ByteSource::from_bytes(bytes, "fuzz");
  Vintage vintage = import_source(*world.store, world.areas, world.codes, *source, options).vintage;
  require(vintage.rows_read == vintage.rows_accepted + vintage.rows_missing + vintage.rows_rejected);
  return vintage;
}

}  // namespace stocktake::fuzzing
