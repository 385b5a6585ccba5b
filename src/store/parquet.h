// Parquet files of others, read by the database.
#pragma once

#include <string>

namespace stocktake {

// The rows of a Parquet file as CSV (header, RFC 4180; no value is an empty field, a nested value a text). Throws Error(input) for a
// file that is no Parquet or is damaged, Error(store) when the CSV cannot be written.
void parquet_to_csv(const std::string& parquet, const std::string& csv);

}  // namespace stocktake
