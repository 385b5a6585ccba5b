// SDMX-JSON structures from any bytes. What must hold: it ends, faults are Errors of the input, and what is read is written, read
// and written again to the same bytes.
#include <cstdlib>

#include "base/error.h"
#include "ingest/sdmx/json_structure.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stocktake;
  std::vector<sdmx::Fault> faults;
  sdmx::Structures read;
  try {
    const auto source = ByteSource::from_bytes({reinterpret_cast<const char*>(data), size}, "fuzz");
    read = sdmx::read_json_structures(*source, faults);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::input) std::abort();
    return 0;
  }
  const std::string once = sdmx::to_json(read);
  const auto source = ByteSource::from_bytes(once, "again");
  if (sdmx::to_json(sdmx::read_json_structures(*source, faults)) != once) std::abort();
  return 0;
}
