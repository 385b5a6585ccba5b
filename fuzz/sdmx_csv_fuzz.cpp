// SDMX data from any bytes, in the reader for SDMX-CSV. What must hold: it ends, blocks are whole, faults are Errors of the
// input.
#include "ingest/sdmx/csv_data.h"
#include "sdmx_blocks.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz_data(data, size, stocktake::sdmx::read_csv_data);
}
