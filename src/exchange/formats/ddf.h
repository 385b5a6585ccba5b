// DDFcsv (Gapminder): a folder of concepts, entities and datapoints that read_ddf() and Gapminder's tools read.
#pragma once

#include <string>

#include "framework/areas.h"
#include "store/store.h"

namespace stocktake {

struct DdfReport {
  std::size_t files = 0, figures = 0;
};

// Writes below `folder`, which is made: ddf--concepts.csv, ddf--entities--geo.csv and one file for each dimension, a file of
// datapoints for each series and set of dimensions, datapackage.json. Ids are lower case with underscores, as DDF asks; the codes
// they stand for are in the column sdmx_code, and read back. A series with figures in several units has the unit as a dimension.
// Nature, bounds, qualifiers, sources and attributes have no place in it. Throws Error(store).
DdfReport write_ddf(const Panel& panel, const AreaRegistry& areas, const std::string& folder);

// "SP.POP.TOTL" → "sp_pop_totl".
std::string ddf_id(std::string_view code);

}  // namespace stocktake
