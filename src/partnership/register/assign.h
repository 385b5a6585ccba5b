// A commitment's fields by name, as texts: columns of a CSV file and `--set field=value`.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace stocktake {

// Puts a value into a record at a field's place: "amount" or "measure.amount" = "5e6". Lists are separated by ";". An empty value
// is null, which takes a field away where the record corrects another. Throws Error(input) for an unknown field or a value of a
// wrong type.
void assign_field(nlohmann::json& record, std::string_view name, std::string_view value);
// "amount" → "measure.amount"; "" for an unknown one.
std::string field_path(std::string_view name);

}  // namespace stocktake
