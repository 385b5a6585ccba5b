// Packages in memory: the first byte says what the rest is. 'D' datapackage.json, 'W' CSVW metadata, both as descriptors; 'Z' a
// ZIP (workbooks, ODS and packages, whole imports); 'X' the XML of a sheet and 'O' that of an ODS, each packed first; 'F' a DDF
// file of datapoints with its concepts before a NUL byte; 'M' the metadata of an Open SDG platform. Faults are Errors of the
// input.
#include <string>

#include "base/error.h"
#include "framework/yaml_tree.h"
#include "import_world.h"
#include "ingest/packages/table_schema.h"
#include "ingest/sheets/workbook.h"
#include "zipped.h"

namespace {

using namespace stocktake;
using fuzzing::require;
using testing::zipped;

void whole_import(const std::string& bytes) { fuzzing::whole_import(bytes, {}); }

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
