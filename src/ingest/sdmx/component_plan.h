// What the components of a data set become in the store: which column holds the series, the area, the year ..., and which are
// dimensions or attributes of the figure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "framework/binding.h"
#include "ingest/importer.h"
#include "ingest/sdmx/concepts.h"
#include "ingest/sdmx/data.h"

namespace stocktake::sdmx {

struct ComponentPlan {
  struct Item {
    std::size_t column = SIZE_MAX;  // SIZE_MAX: the same for the whole data set
    std::string id, text;           // text: of the data set
    Part part = Part::attribute;
    std::string dimension;  // our name of it
  };
  std::vector<Item> items;
  std::string signature;  // the same for plans that read equal rows equally

  // The item of a part; null when there is none.
  const Item* find(Part part) const;
};

// By --column first, then reference/sdmx/concepts.csv, then the component's role: what a format does not tell of (SDMX-CSV
// without a structure) is a dimension where it stands before the time, an attribute behind it. Of two components for one part
// the first of the table is taken; the other is a dimension or an attribute as its role says. What describes a figure (nature,
// bounds, source) is a dimension where the structure says that it is one. Throws Error(usage) for an unknown role.
ComponentPlan plan_components(const std::vector<Column>& columns, const Dataset& dataset, const DataStructure* structure,
                              const ImportOptions& options, const DimensionCodes& codes);

}  // namespace stocktake::sdmx
