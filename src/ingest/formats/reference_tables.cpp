// Tables that hold no figures but say which areas and groups there are (reference/reference_tables.csv): recognised, so that the
// message can say what they are.
#include <algorithm>

#include "base/files.h"
#include "base/text.h"
#include "ingest/formats/formats.h"

namespace stocktake {

std::string reference_table(const std::vector<std::string>& columns) {
  static const SmallCsv tables = read_small_csv(data_home() + "/reference/reference_tables.csv", {"columns", "what"});
  for (const auto& row : tables.rows) {
    const std::vector<std::string> needed = list_items(row[0]);
    const bool all = std::all_of(needed.begin(), needed.end(), [&](const std::string& name) {
      return std::find(columns.begin(), columns.end(), name) != columns.end();
    });
    if (all) return row[1];
  }
  return {};
}

std::string reference_remedy() {
  return "Nothing is to be imported: areas and groups are reference data, see `stocktake groups` and reference/README.md";
}

}  // namespace stocktake
