// Any bytes as an SDMX-ML data message: read or refused, never more.
#include "base/error.h"
#include "ingest/sdmx/ml_reader.h"

namespace {

struct Blocks : stocktake::sdmx::DataHandler {
  void block(const stocktake::sdmx::Block& block) override {
    for (const auto& column : block.columns) {
      if (column.codes.size() != block.rows()) __builtin_trap();
      for (const auto code : column.codes) {
        if (code >= column.texts.size()) __builtin_trap();
      }
    }
  }
  void fault(const stocktake::sdmx::Fault&) override {}
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto source = stocktake::ByteSource::from_bytes(std::string(reinterpret_cast<const char*>(data), size), "fuzz");
  try {
    Blocks blocks;
    stocktake::sdmx::kind_of(source->head());
    stocktake::sdmx::read_ml_data(*source, nullptr, blocks);
  } catch (const stocktake::Error&) {
  }
  return 0;
}
