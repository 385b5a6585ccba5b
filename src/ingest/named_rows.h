// A table that a user brings for one question (loans, deflators, contributions): its columns by name, row by row. What goes into
// the store is read by importers instead.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/byte_source.h"

namespace stocktake {

// A column under any of its names, written in lower case with underscores ("face_value" finds "Face value").
struct NamedColumn {
  std::vector<std::string> names;
  bool needed = true;
};

struct NamedRow {
  std::vector<std::string_view> fields;  // as long as the columns asked for; "" where an optional one is not in the file
  std::uint64_t line = 0;
  std::string fault;  // the row is of another width: then there are no fields
};

// Any delimiter, quotes, a byte order mark; fields are trimmed, and lines without any text (as spreadsheets write them) passed
// over. `ignored`, where given, gets the columns of the file that nothing asked for. Throws Error(input) for an empty file, a
// needed column that is not there, one that comes twice, and whatever CsvReader refuses. The views hold during the call. Returns
// the number of rows.
std::size_t read_named_rows(ByteSource& source, const std::vector<NamedColumn>& columns,
                            const std::function<void(const NamedRow&)>& row, std::vector<std::string>* ignored = nullptr);

// A number of a row; Error(input) with `name` where it is none, or a bound ("<5").
double named_number(std::string_view text, std::string_view name);

}  // namespace stocktake
