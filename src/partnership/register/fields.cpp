#include "partnership/register/fields.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/error.h"
#include "base/utf8.h"
#include "framework/reader.h"

namespace stocktake {

using nlohmann::json;

void refuse_field(const std::string& field, const std::string& problem, const std::string& remedy) {
  throw Error(ErrorKind::input, problem, remedy, {{}, 0, 0, field});
}

bool is_goal_reference(std::string_view text) {
  const std::size_t colon = text.find(':');
  return colon != std::string_view::npos && is_id(text.substr(0, colon)) && is_goal_code(text.substr(colon + 1));
}

RecordReader::RecordReader(const json& object, std::string path, std::initializer_list<std::string_view> known)
    : object_(object), path_(std::move(path)) {
  if (!object_.is_object()) refuse_field(path_, "expected an object with fields", "");
  for (const auto& [name, value] : object_.items()) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const std::vector<std::string_view> names(known);
    refuse_field(field(printable(name)), "there is no such field", "One of " + alternatives(names));
  }
}

std::string RecordReader::field(std::string_view name) const {
  return path_.empty() ? std::string(name) : path_ + "." + std::string(name);
}

void RecordReader::refuse(const char* name, const std::string& problem, const std::string& remedy) const {
  refuse_field(field(name), problem, remedy);
}

const json* RecordReader::find(const char* name) const {
  const auto found = object_.find(name);
  if (found == object_.end() || found->is_null() || (found->is_string() && found->get_ref<const std::string&>().empty()))
    return nullptr;
  return &*found;
}

std::string RecordReader::text(const char* name) const {
  const json* const value = find(name);
  if (value == nullptr) return {};
  if (!value->is_string()) refuse(name, "expected a text, found " + value->dump(), "Put it in quotation marks");
  const std::string& text = value->get_ref<const std::string&>();
  if (!valid_utf8(text)) refuse(name, "the text is not UTF-8", "Save the file as UTF-8");
  const std::size_t first = text.find_first_not_of(" \t\r\n"), last = text.find_last_not_of(" \t\r\n");
  return first == std::string::npos ? std::string() : text.substr(first, last - first + 1);
}

std::optional<double> RecordReader::number(const char* name) const {
  const json* const value = find(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_number() || !std::isfinite(value->get<double>()))
    refuse(name, "expected a number, found " + value->dump(), "As 0.7, without signs of thousands");
  return value->get<double>();
}

std::uint32_t RecordReader::index(const char* name) const {
  const auto value = number(name);
  if (!value) return 0;
  if (*value < 0 || *value > 4e9 || *value != std::floor(*value)) refuse(name, "expected a number of bytes", "");
  return static_cast<std::uint32_t>(*value);
}

std::optional<bool> RecordReader::flag(const char* name) const {
  const json* const value = find(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_boolean()) refuse(name, "expected true or false, found " + value->dump(), "");
  return value->get<bool>();
}

std::optional<Date> RecordReader::date(const char* name, bool end) const {
  const json* const given = find(name);
  const bool year = given != nullptr && given->is_number_unsigned();  // 2015 without quotation marks
  const std::string value = year ? given->dump() : text(name);
  if (value.empty()) return std::nullopt;
  const auto date = parse_date(value, end);
  if (!date) refuse(name, "'" + printable(value) + "' is not a date", "Write it as 2015-12-31, 2015-12 or 2015");
  return date;
}

const json::array_t& RecordReader::list(const char* name) const {
  static const json::array_t none;
  const json* const value = find(name);
  if (value == nullptr) return none;
  if (!value->is_array()) refuse(name, "expected a list", "");
  return value->get_ref<const json::array_t&>();
}

}  // namespace stocktake
