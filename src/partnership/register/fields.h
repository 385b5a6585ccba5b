// Reads the fields of a JSON object: each of its type, none that is not known. What is wrong is an Error(input) with the field's
// name.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/calendar.h"

namespace stocktake {

[[noreturn]] void refuse_field(const std::string& field, const std::string& problem, const std::string& remedy);

// "mdg:8.B": a framework's id and a code in it.
bool is_goal_reference(std::string_view text);

class RecordReader {
 public:
  // path: of the object, "measure"; "" for the outermost. Throws for what is no object and for a field that is not in `known`.
  RecordReader(const nlohmann::json& object, std::string path, std::initializer_list<std::string_view> known);

  const nlohmann::json* find(const char* name) const;  // null when absent, null or ""
  std::string text(const char* name) const;            // "" when absent; without blanks at its ends
  std::optional<double> number(const char* name) const;
  std::uint32_t index(const char* name) const;  // 0 when absent
  std::optional<bool> flag(const char* name) const;
  std::optional<Date> date(const char* name, bool end) const;
  const nlohmann::json::array_t& list(const char* name) const;  // empty when absent
  [[noreturn]] void refuse(const char* name, const std::string& problem, const std::string& remedy) const;

 private:
  std::string field(std::string_view name) const;
  const nlohmann::json& object_;
  std::string path_;
};

}  // namespace stocktake
