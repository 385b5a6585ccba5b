// Tables that many offices have and whose columns say nothing by their names alone: which column is what, from
// reference/table_layouts.csv. A layout is what a user would give with --column, written down once.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/importer.h"

namespace stocktake {

struct KnownLayout {
  std::string id, kind, source;              // kind: the importer that reads it; source: who publishes such tables
  std::vector<std::string> needed, without;  // columns that tell it, and that it has not
  std::vector<std::pair<std::string, std::string>> roles;
};

// The layout of these columns for an importer; null when none is known.
const KnownLayout* known_layout(const std::vector<std::string>& columns, std::string_view kind);
// The options with the roles of the layout for the columns there are; what the user gave stays. `layout` may be null.
ImportOptions with_layout(const ImportOptions& options, const KnownLayout* layout, const std::vector<std::string>& columns);

}  // namespace stocktake
