// Which measure is the primary one, whose values a block keeps apart.
#pragma once

#include <string>

#include "ingest/sdmx/structure.h"

namespace stocktake::sdmx {

// The measure that the data structure has first, where `structures` (may be null) knows it; else OBS_VALUE. Other measures, and
// those of structures that are not known, are columns under their own names.
inline std::string primary_measure(const Structures* structures, const Reference& reference) {
  const DataStructure* const found = structures == nullptr ? nullptr : structures->structure_of(reference);
  return found == nullptr || found->measures.empty() ? "OBS_VALUE" : found->measures.front().id;
}

}  // namespace stocktake::sdmx
