// The store's figures as data of the global SDG data structure definition (reference/sdmx/), or of another that has its key
// dimensions.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "framework/areas.h"
#include "ingest/sdmx/data.h"
#include "ingest/sdmx/structure.h"
#include "store/observation.h"

namespace stocktake::sdmx {

// The bundled data structure, from the CSV tables of a folder. Throws Error(input) with file and line.
Structures sdg_structures(const std::string& folder);

struct SdgUnit {
  std::string code, mult;  // UNIT_MEASURE and UNIT_MULT: "HA" and "3" for thousands of hectares
};
struct SdgExport {
  const Structures* structures = nullptr;
  Reference reference;                   // of what the data are: a data structure or a dataflow of it
  std::string reporting_type = "G";      // global figures; "N" national ones
  std::map<std::string, SdgUnit> units;  // our unit to the data structure's, where they differ
};
std::map<std::string, SdgUnit> sdg_units(const std::string& folder);

// What became of the figures that are not in the message or not in the code lists: by reason, how many and the first.
struct SdgReport {
  std::map<std::string, std::pair<std::uint64_t, std::string>> left_out, unknown;
  std::uint64_t written = 0;
  std::map<std::string, std::set<std::string>> used;  // codes of lists that are not known, by the list's URN
};
// Adds the lists that a message uses and that are not known as partial ones, of the codes that it has: clients want every list.
void add_used_lists(Structures& structures, const SdgReport& report);

// Figures by series, area, dimensions and year. Dimensions that are not given are totals (_T); FREQ is A, OBS_STATUS "A" and
// UNIT_MULT "0" where the figure's attributes say nothing else. A figure with a dimension that the data structure does not have,
// or of an area without M49 code, is left out. Codes that are not in a code list (where its codes are known) are counted as
// unknown and kept. Attributes that the data structure does not have are not written. Throws Error(input) where the data
// structure has no SERIES, REF_AREA or TIME_PERIOD, or is not known.
void play_figures(const Panel& panel, const AreaRegistry& areas, const SdgExport& options, DataHandler& handler,
                  SdgReport& report);

}  // namespace stocktake::sdmx
