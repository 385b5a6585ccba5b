// Any bytes as an SDMX-ML structure message: read or refused, and what is read can be looked up and added.
#include "base/error.h"
#include "ingest/sdmx/ml_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto source = stocktake::ByteSource::from_bytes(std::string(reinterpret_cast<const char*>(data), size), "fuzz");
  try {
    std::vector<stocktake::sdmx::Fault> faults;
    auto read = stocktake::sdmx::read_ml_structures(*source, faults);
    for (const auto& flow : read.dataflows) {
      if (flow.structure) read.structure_of(*flow.structure);
    }
    for (const auto& structure : read.data_structures) {
      for (const auto& component : structure.dimensions) read.representation_of(component);
    }
    const std::size_t count = read.size();
    auto twice = read;
    twice.add(std::move(read));
    if (twice.size() != count) __builtin_trap();
  } catch (const stocktake::Error&) {
  }
  return 0;
}
