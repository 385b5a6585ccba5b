// The head of a CSV table whose columns are found by their names: the header read, the roles of its columns, and which of them
// holds the areas. Shared by the importers of such tables.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/area_column.h"
#include "ingest/known_layouts.h"

namespace stocktake {

class TableHead {
 public:
  // `kind`: of the known layouts, the importer. Error(input) where there is no header, or the file is damaged before its end.
  TableHead(ByteSource& source, const ImportOptions& given, const DimensionCodes& codes, std::string_view kind);
  TableHead(const TableHead&) = delete;  // the layout points into it
  TableHead& operator=(const TableHead&) = delete;

  // Sets layout.area by what stands in the columns but those `taken` (find_area_column()).
  void find_area(const std::vector<bool>& taken, Sink& sink);
  // The same, unless one area was given for all rows.
  void find_area_unless_given(const std::vector<bool>& taken, Sink& sink);
  // Without a column or a code for the series, takes the sheet's or table's name, with a warning; false where there is none.
  bool name_series(Sink& sink);
  // Warns of columns that nothing was made of, and says who publishes such tables. Before the rows are read.
  void close(Sink& sink, Vintage& vintage) const;

 private:
  std::string head_;  // the first text of the source, which the reader takes away
  std::uint64_t header_line_;
  char delimiter_;
  AreaNames area_names_;
  bool roles_given_;

 public:
  CsvReader reader;  // behind the header
  const std::vector<std::string> names;
  const KnownLayout* const known;  // null: none
  const ImportOptions options;     // with the roles of the known layout
  const std::vector<std::vector<std::string>> sample;
  Layout layout;
};

}  // namespace stocktake
