// The readers of framework and binding files on any bytes. What must hold: no exception for bad content, and each fault says
// where it is and what to do with it.
#include <cstdlib>
#include <string>

#include "framework/binding.h"
#include "framework/framework.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void require_placed(const std::vector<stocktake::Diagnostic>& faults) {
  for (const auto& fault : faults) require(!fault.message.empty() && !fault.where.file.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string root = STOCKTAKE_SOURCE_DIR;
  static const auto codes = stocktake::DimensionCodes::load(root + "/reference/dimension_codes.csv");
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  require_placed(stocktake::check_framework_text(text, root + "/frameworks/x.yaml"));
  require_placed(stocktake::check_binding_text(text, root + "/frameworks/bindings/x.yaml", codes));
  return 0;
}
