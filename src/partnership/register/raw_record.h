// The records of a file, whatever its format, with the lines on which their fields stand.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace stocktake {

struct RawRecord {
  nlohmann::json value;
  std::uint64_t line = 0;
  std::map<std::string, std::uint64_t, std::less<>> lines;  // "measure.amount" → line
  std::optional<Error> fault;                               // found while it was read
};

// Throw Error(input) with the line for what is no such file.
std::vector<RawRecord> records_of_json(std::string_view text, const std::string& path);
std::vector<RawRecord> records_of_yaml(std::string_view text, const std::string& path);
std::vector<RawRecord> records_of_csv(std::string_view text, const std::string& path);

}  // namespace stocktake
