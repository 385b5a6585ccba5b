// SDMX-CSV data messages 1.0 and 2.0, and the tables that services give out as such without a DATAFLOW column.
#pragma once

#include "ingest/byte_source.h"
#include "ingest/sdmx/data.h"
#include "ingest/sdmx/structure.h"

namespace stocktake::sdmx {

// Rows of one structure that follow each other are one data set. A row with too few or too many cells, an unknown action or a
// structure that is no reference is a fault with its line and text; the rest is read. Throws Error(input) for a text without
// a header line and as CsvReader does.
//
// Labels are taken off ("A: Value A" is A; columns of labels are passed over). Where ';' is between the cells, a decimal comma
// of a measure becomes a point. Values of ATTR[] and ATTR[en;fr] are as value_text.h writes them. With `structures` columns get
// their roles; without, TIME_PERIOD and OBS_VALUE alone.
void read_csv_data(ByteSource& source, const Structures* structures, DataHandler& handler);

// "ESTAT:NA_MAIN(1.6.0)", "ESTAT:NA_MAIN(1.6.0): A name", "AGENCY:ID" to a reference of that class; without an id: none.
std::optional<Reference> csv_reference(std::string_view text, std::string_view kind);

}  // namespace stocktake::sdmx
