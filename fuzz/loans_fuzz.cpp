// Tables of loans and schedules of payments from any bytes. What must hold: faults are Errors of the input or rows left out, and
// an element is a number.
#include <cmath>
#include <cstdlib>
#include <string>

#include "base/error.h"
#include "partnership/money/loans.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stocktake;
  static const GrantElementRules rules = GrantElementRules::load(std::string(STOCKTAKE_SOURCE_DIR) + "/reference");
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto source = ByteSource::from_bytes(bytes, "fuzz");
  try {
    if ((data[0] & 1U) != 0) {
      read_schedule(*source);
      return 0;
    }
    for (const Loan& loan : read_loans(*source, rules, OdaBasis::grant_equivalent).loans) {
      if (std::isnan(loan.verdict.element)) std::abort();
    }
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::input) std::abort();
  }
  return 0;
}
