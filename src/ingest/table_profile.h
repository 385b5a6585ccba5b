// What the columns of a table hold: their distinct texts with counts. For `stocktake map`, which proposes what they mean.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "ingest/byte_source.h"

namespace stocktake {

struct ColumnProfile {
  std::string name;
  std::vector<std::pair<std::string, std::int64_t>> values;  // distinct texts without blanks around them, by text; not the empty
  bool many = false;                                         // more than `max_values`: values are only the first that were met
  std::int64_t filled = 0, numbers = 0, years = 0;           // rows with a text, with a number, with a calendar year 1900-2100
};

struct TableProfile {
  std::int64_t rows = 0, odd_rows = 0;  // odd: of another width than the header, not looked at
  std::vector<ColumnProfile> columns;
};

inline constexpr std::size_t max_profile_values = 20000;

// Reads a CSV table whose first row has the names. `delimiter` 0 guesses. Throws Error(input) for an empty file and whatever
// CsvReader refuses.
TableProfile profile_table(ByteSource& source, char delimiter);

// The id of the importer that knows the head best; "" when none does for sure.
std::string format_of(ByteSource& source, char delimiter);

}  // namespace stocktake
