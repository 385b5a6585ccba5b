// Figures of which a file gives the parts, a row each: the rows of a figure are added, in the order of the file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/flat_index.h"
#include "ingest/csv_reader.h"
#include "ingest/sink.h"

namespace stocktake {

class DacSums {
 public:
  // What is no plain number is left to the sink to refuse, or to count as missing. `year` is the text of the field.
  void add(Sink::Slot slot, std::string_view year, std::string_view value, std::string_view column, const CsvReader& reader);
  // Gives all figures to the sink, in the order of their first rows, and empties itself. Returns how many had several rows.
  std::int64_t hand_over(Sink& sink);

 private:
  struct Figure {
    Sink::Slot slot = 0;
    std::string year, text, row;  // the value's text while there is one row
    std::string_view column;
    double sum = 0;
    std::uint64_t line = 0;
    std::int64_t rows = 0;
  };
  static void give(const Figure& figure, Sink& sink);

  std::vector<Figure> figures_;  // with a number
  std::vector<Figure> others_;
  FlatIndex index_;
};

}  // namespace stocktake
