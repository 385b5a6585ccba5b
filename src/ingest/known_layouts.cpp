#include "ingest/known_layouts.h"

#include <algorithm>

#include "base/files.h"
#include "base/text.h"

namespace stocktake {
namespace {

std::vector<KnownLayout> read_layouts() {
  const SmallCsv table =
      read_small_csv(data_home() + "/reference/table_layouts.csv", {"id", "kind", "needed", "without", "roles", "source"});
  std::vector<KnownLayout> layouts;
  for (const auto& row : table.rows) {
    KnownLayout layout{row[0], row[1], row[5], list_items(row[2]), list_items(row[3]), {}};
    for (const std::string& item : list_items(row[4])) {
      const std::size_t equals = item.rfind('=');
      if (equals != std::string::npos) layout.roles.emplace_back(item.substr(0, equals), item.substr(equals + 1));
    }
    layouts.push_back(std::move(layout));
  }
  return layouts;
}

}  // namespace

const KnownLayout* known_layout(const std::vector<std::string>& columns, std::string_view kind) {
  static const std::vector<KnownLayout> all = read_layouts();
  const auto has = [&](const std::string& name) { return std::find(columns.begin(), columns.end(), name) != columns.end(); };
  for (const KnownLayout& layout : all) {
    if (layout.kind == kind && std::all_of(layout.needed.begin(), layout.needed.end(), has) &&
        std::none_of(layout.without.begin(), layout.without.end(), has))
      return &layout;
  }
  return nullptr;
}

ImportOptions with_layout(const ImportOptions& options, const KnownLayout* layout, const std::vector<std::string>& columns) {
  ImportOptions filled = options;
  if (layout == nullptr) return filled;
  for (const auto& [name, role] : layout->roles) {
    if (std::find(columns.begin(), columns.end(), name) == columns.end()) continue;
    // A role that the user gave to another column is taken: two columns would have it.
    const bool given = std::any_of(options.columns.begin(), options.columns.end(), [&](const auto& asked) {
      return asked.second == role && role != "ignore" && role != "attribute";
    });
    filled.columns.try_emplace(name, given ? "ignore" : role);
  }
  return filled;
}

}  // namespace stocktake
