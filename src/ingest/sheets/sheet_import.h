// Workbooks as tables: the sheets that hold figures and the row their header is in are found by what is in them, and each sheet
// is read by the importer that knows its columns, as if it were a CSV file.
#pragma once

#include <string>

#include "ingest/importer.h"

namespace stocktake::sheets {

// Whether the first bytes are of a ZIP, or of the older OLE2 container (.xls, or a workbook with a password).
bool is_container(std::string_view head);

// Reads every sheet of the importer that knows one best (options.sheet: that sheet alone). Lines of rejects are rows of the
// sheet, their columns begin with its name. Gives the format for the vintage, "unsd (xlsx)". Throws Error(input) for a file that
// is no workbook, for one without a table of figures (with what its sheets are), and above 256 MiB packed or 1 GiB of text in a
// sheet.
std::string import_workbook(ByteSource& source, const ImportOptions& options, const DimensionCodes& codes, Sink& sink,
                            Vintage& vintage);

// One sheet as CSV from its header on, of any columns (`stocktake map`): the named one, else that which an importer knows best,
// else the first; then the header is the first of its widest rows. Throws Error(usage) where there is no such sheet.
std::string sheet_table(ByteSource& source, const std::string& sheet);

}  // namespace stocktake::sheets
