// What a check found in a file.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace stocktake::iati {

enum class Severity : std::uint8_t {
  fault,    // against the standard, or a flow that cannot be counted
  warning,  // a code that our copy of a list does not know, a rule of good data
};

struct Finding {
  std::uint64_t line = 0;
  Severity severity = Severity::fault;
  std::string kind;      // xml, element, attribute, value, code, rule, money
  std::string activity;  // identifier, as far as it was known there
  std::string path;      // "iati-activity/transaction/value/@currency"
  std::string message;
};
using FindingSink = std::function<void(Finding)>;

}  // namespace stocktake::iati
