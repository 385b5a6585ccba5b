// Cells of SDMX-CSV to the texts that blocks hold (csv_data.h says what becomes of labels, lists and languages).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ingest/sdmx/csv_header.h"

namespace stocktake::sdmx {

// What becomes of the cells of a column.
struct CsvCells {
  enum class Treatment : std::uint8_t { as_is, labelled, listed, measure };
  Treatment treatment = Treatment::as_is;
  bool languages = false, has_labels = false;
};

// Points into `cell`, or into `room`.
std::string_view plain_cell(const CsvCells& cells, const CsvHeader& header, std::string_view cell, std::string& room);

}  // namespace stocktake::sdmx
