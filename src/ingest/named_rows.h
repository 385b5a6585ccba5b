// A small table that a person keeps in a spreadsheet, by the names of its columns: any usual delimiter, a byte order mark,
// columns in any order, blanks and capitals in their names.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stocktake {

class ByteSource;

struct NamedRow {
  std::uint64_t line = 0;
  std::vector<std::string> cells;  // in the order of the columns asked for; "" where the file has no such column
  std::string fault;               // what is wrong with the row as a whole, "" for none: too few or too many fields
};

struct NamedRows {
  std::vector<NamedRow> rows;
  std::vector<std::string> ignored;  // columns of the file that nothing asked for
};

struct WantedColumn {
  std::string_view name;
  bool required = false;
  std::vector<std::string_view> aliases = {};
};

// Reads the whole file; blanks at the ends of cells are taken off. Throws Error(not_found | input): no file, no header line, a
// required column that is missing or comes twice.
NamedRows read_named_rows(const std::string& path, const std::vector<WantedColumn>& wanted);
NamedRows read_named_rows(ByteSource& source, const std::vector<WantedColumn>& wanted);

}  // namespace stocktake
