// SDMX data as lines of text for tests: "A=x B=y value [action]" a row, components that are not given left out.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "base/error.h"
#include "ingest/sdmx/data.h"
#include "shared_data.h"

namespace stocktake::testing {

struct SdmxRows : sdmx::DataHandler {
  sdmx::Header head;
  std::vector<sdmx::Dataset> datasets;
  std::vector<std::string> rows;  // "--" before those of each data set
  std::vector<std::uint64_t> lines;
  std::vector<sdmx::Fault> faults;
  double sum = 0;
  std::size_t blocks = 0, numbers = 0;
  bool texts = true;  // false: only count and add up

  void header(const sdmx::Header& header) override { head = header; }
  void begin(const sdmx::Dataset& dataset) override {
    datasets.push_back(dataset);
    if (texts) rows.emplace_back("--");
  }
  void block(const sdmx::Block& block) override {
    ++blocks;
    datasets.back() = *block.dataset;
    for (std::size_t row = 0; row < block.rows(); ++row) {
      if (!std::isnan(block.value[row])) {
        sum += block.value[row];
        ++numbers;
      }
      if (!texts) continue;
      std::string text;
      for (const sdmx::Column& column : block.columns) {
        const std::string_view cell = column.texts.text(column.codes[row]);
        if (!cell.empty()) text.append(column.id).append("=").append(cell).append(" ");
      }
      text += block.value_as_written(row);
      if (block.action[row] != sdmx::Action::information) text.append(" [").append(to_string(block.action[row])).append("]");
      rows.push_back(std::move(text));
      lines.push_back(block.line[row]);
    }
  }
  void fault(const sdmx::Fault& fault) override { faults.push_back(fault); }
};

inline SdmxRows sdmx_rows_of(const std::string& message, const sdmx::Structures* structures = nullptr) {
  SdmxRows rows;
  const auto source = ByteSource::from_bytes(message, "message");
  sdmx::read_data(*source, structures, rows);
  return rows;
}

inline SdmxRows sdmx_rows_of_file(const std::string& name, const sdmx::Structures* structures = nullptr) {
  SdmxRows rows;
  const auto source = ByteSource::open(shared_data(name));
  sdmx::read_data(*source, structures, rows);
  return rows;
}

// The message of the Error that reading ends with; "" when it ends well.
inline std::string sdmx_error_of(const std::string& message) {
  try {
    sdmx_rows_of(message);
  } catch (const Error& error) {
    return to_string(error.where()) + ": " + error.problem();
  }
  return {};
}

}  // namespace stocktake::testing
