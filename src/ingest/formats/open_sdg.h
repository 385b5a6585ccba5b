// A data repository of an Open SDG platform: a folder with data/indicator_*.csv, meta/ and translations/.
#pragma once

#include <string>

#include "ingest/importer.h"

namespace stocktake {

// A folder with data/indicator_*.csv, or data/*-*.csv in it.
bool is_open_sdg(const std::string& folder);

// Imports the folder as one vintage in one transaction. `area`: of the platform, whose country its files do not name.
// Series: the number of the file's name, "1.1.1"; a cell of "Series" that is a code (SI_POV_DAY1, SP.POP.TOTL) is the series
// itself. Units: the column, else computation_units of the metadata. Every other column is a dimension, by its name in capitals
// and its cell, both without the "data." of translation keys; blank is the total. A period that is no year counts for its last
// year, and is kept as TIME_DETAIL. Metadata are stored as they are (kind "OpenSdgMetadata", id "1-1-1", version: the language).
// Throws Error as import_source does.
ImportResult import_open_sdg(Store& store, const AreaRegistry& areas, const DimensionCodes& codes, const std::string& folder,
                             const std::string& area, const ImportOptions& options);

// "2005-2007", "2014/2015", "2017-18", "2015 Q4" → the last year; 0 for what is none of these.
int last_year_of(std::string_view period);
// Whether a cell of "Series" is a code: capitals, digits, points and underscores, a letter and one of the latter two at least.
bool is_open_sdg_series(std::string_view text);
// "data.Age group" → "AGE_GROUP".
std::string open_sdg_dimension(std::string_view header);

}  // namespace stocktake
