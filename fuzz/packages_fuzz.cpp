// Packages in memory: the first byte says what the rest is. 'D' datapackage.json, 'W' CSVW metadata, both as descriptors; 'Z' a
// ZIP (workbooks, ODS and packages, whole imports); 'X' the XML of a sheet and 'O' that of an ODS, each packed first; 'F' a DDF
// file of datapoints with its concepts before a NUL byte; 'M' the metadata of an Open SDG platform. Faults are Errors of the
// input.
#include <zip.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "base/error.h"
#include "framework/yaml_tree.h"
#include "ingest/importer.h"
#include "ingest/packages/table_schema.h"
#include "ingest/sheets/workbook.h"

namespace {

using namespace stocktake;
using Parts = std::vector<std::pair<std::string, std::string>>;

void require(bool condition) {
  if (!condition) std::abort();
}

std::string zipped(const Parts& parts) {
  zip_source_t* const target = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  zip_source_keep(target);
  zip_t* const archive = zip_open_from_source(target, ZIP_TRUNCATE, nullptr);
  require(archive != nullptr);
  for (const auto& [name, text] : parts)
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), ZIP_FL_ENC_UTF_8);
  require(zip_close(archive) == 0);
  zip_source_open(target);
  zip_source_seek(target, 0, SEEK_END);
  std::string bytes(static_cast<std::size_t>(zip_source_tell(target)), '\0');
  zip_source_seek(target, 0, SEEK_SET);
  zip_source_read(target, bytes.data(), bytes.size());
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
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

void whole_import(const std::string& bytes) {
  static const World world;
  ImportOptions options;
  options.dry_run = true;
  options.quiet = true;
  const auto source = ByteSource::from_bytes(bytes, "fuzz");
  const Vintage vintage = import_source(*world.store, world.areas, world.codes, *source, options).vintage;
  require(vintage.rows_read == vintage.rows_accepted + vintage.rows_missing + vintage.rows_rejected);
}

void run(char kind, const std::string& text) {
  if (kind == 'D') {
    parse_data_package(text, "datapackage.json");
    whole_import(zipped({{"datapackage.json", text}, {"data.csv", "ref_area,year,value\nCHN,2000,1\n"}}));
  } else if (kind == 'W') {
    parse_csvw(text, "d.csv-metadata.json");
    whole_import(zipped({{"d.csv-metadata.json", text}, {"d.csv", "ref_area,year,value\nCHN,2000,1\n"}}));
  } else if (kind == 'Z') {
    whole_import(text);
  } else if (kind == 'X') {
    whole_import(zipped({{"xl/workbook.xml", "<workbook><sheets><sheet name=\"A\" id=\"a\"/></sheets></workbook>"},
                         {"xl/_rels/workbook.xml.rels", "<r><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"s.xml\"/></r>"},
                         {"xl/s.xml", text}}));
  } else if (kind == 'O') {
    whole_import(zipped({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", text}}));
  } else if (kind == 'F') {
    const std::size_t end = std::min(text.find('\0'), text.size());
    whole_import(zipped({{"ddf--concepts.csv", text.substr(0, end)},
                         {"ddf--entities--geo.csv", "geo,name\nchn,China\n"},
                         {"ddf--datapoints--x--by--geo--time.csv", text.substr(std::min(end + 1, text.size()))}}));
  } else if (kind == 'M') {
    std::vector<Diagnostic> faults;
    require(parse_yaml(text, "1-1-1.yml", faults).has_value() || !faults.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  try {
    run(static_cast<char>(data[0]), std::string(reinterpret_cast<const char*>(data) + 1, size - 1));
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::input);
  }
  return 0;
}
