// SDMX data from any bytes, in the reader for SDMX-JSON. What must hold: it ends, columns are as long as the rows, and faults are
// Errors of the input.
#include <cstdlib>

#include "base/error.h"
#include "ingest/sdmx/json_data.h"

namespace {

struct Check : stocktake::sdmx::DataHandler {
  void block(const stocktake::sdmx::Block& block) override {
    for (const auto& column : block.columns) {
      if (column.codes.size() != block.rows()) std::abort();
      for (const std::uint32_t code : column.codes) {
        if (code >= column.texts.size()) std::abort();
      }
    }
  }
  void fault(const stocktake::sdmx::Fault&) override {}
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Check check;
  try {
    const auto source = stocktake::ByteSource::from_bytes({reinterpret_cast<const char*>(data), size}, "fuzz");
    stocktake::sdmx::read_json_data(*source, nullptr, check);
  } catch (const stocktake::Error& error) {
    if (error.kind() != stocktake::ErrorKind::input) std::abort();
  }
  return 0;
}
