// SDMX-ML structure messages, 2.1 and 3.0. JSON ones are written by to_json (ingest/sdmx/json_structure.h), which the store uses.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "ingest/sdmx/data.h"
#include "ingest/sdmx/structure.h"

namespace stocktake::sdmx {

enum class MlVersion : std::uint8_t { v21, v30 };

// What a version has no place for, or wants and is not given: how often, and the first artefact.
using MlLost = std::map<std::string, std::pair<std::uint64_t, std::string>>;

// A structure message that read_structures reads back equal, except for what `lost` then tells. Valid against the official
// schemas where the artefacts are: the schemas want identifiers, names and versions of certain forms. Names that are missing
// become the id. The same structures and header give the same bytes.
std::string to_ml(const Structures& structures, const Header& header, MlVersion version, MlLost& lost);

}  // namespace stocktake::sdmx
