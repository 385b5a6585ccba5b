// Whole imports of any bytes, as far as the commit: detection, every importer, the sink and the database. The first line
// names the format ("detect" for none) and options: "tidy series future". What must hold: every row is accounted for, and faults
// are Errors of the input.
#include <string>

#include "base/error.h"
#include "import_world.h"
#include "ingest/formats/formats.h"

using namespace stocktake;
using fuzzing::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  const std::size_t line = input.find('\n');
  if (line == std::string::npos || line > 64) return 0;
  const std::string head = input.substr(0, line), format = head.substr(0, head.find(' '));
  ImportOptions options;
  options.allow_future = head.find(" future") != std::string::npos;
  if (find_importer(format) != nullptr) options.format = format;
  if (head.find(" series") != std::string::npos) options.series = "S";
  try {
    require(fuzzing::whole_import(input.substr(line + 1), options).rows_accepted > 0);
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::input);
  }
  return 0;
}
