// The header line of an SDMX-CSV message, 1.0 or 2.0: what each column holds. After the field guide to SDMX-CSV data messages
// (sdmx-twg/sdmx-csv, docs/data_message_field_guide.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/sdmx/data.h"
#include "ingest/sdmx/structure.h"

namespace stocktake::sdmx {

struct CsvColumn {
  enum class What : std::uint8_t { passed_over, structure, structure_id, dataflow, action, component };
  What what = What::passed_over;
  std::string id;          // of the component, without brackets and label
  bool several = false;    // "ATTR[]"
  bool languages = false;  // "ATTR[en;fr]"
  bool labelled = false;   // labels=both: cells are "A: Value A"
};

struct CsvHeader {
  char delimiter = ',';
  char sub_field = ';';  // "STRUCTURE[|]"
  std::vector<CsvColumn> columns;
  bool has(CsvColumn::What what) const;
};

// The character between the cells: behind "DATAFLOW" or "STRUCTURE[;]", else the one that gives the most equal lines.
char csv_delimiter(std::string_view head);

// `names`: the cells of the first line. Columns with labels (labels=name) are passed over: those behind a component whose name
// is no identifier, is the component's identifier written otherwise, or, where the structure is known, is none of its
// components. Throws nothing; says in `faults` what was left out. A table without "DATAFLOW" and "STRUCTURE" is read too.
CsvHeader csv_header(const std::vector<std::string>& names, char delimiter, const Structures* structures,
                     std::vector<Fault>& faults);

// Whether text may be such a table, though it names no structure: it has columns TIME_PERIOD and OBS_VALUE.
bool csv_without_structure(std::string_view head);

}  // namespace stocktake::sdmx
