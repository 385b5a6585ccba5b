#include "base/files.h"
#include "framework/binding.h"

namespace stocktake {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view without_brackets(std::string_view name) {
  if (name.size() >= 2 && name.starts_with('[') && name.ends_with(']')) name = name.substr(1, name.size() - 2);
  return name;
}

// "Cause Of Death" and "causeOfDeath" → CAUSE_OF_DEATH
std::string upper_snake(std::string_view name) {
  std::string result;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool hump = is_upper(c) && i > 0 && is_lower(name[i - 1]);
    const bool letter = is_lower(c) || is_upper(c) || is_digit(c);
    if ((!letter || hump) && !result.empty() && result.back() != '_') result += '_';
    if (letter) result += is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
  }
  while (result.ends_with('_')) result.pop_back();
  return result;
}

}  // namespace

DimensionCodes DimensionCodes::load(const std::string& path) {
  DimensionCodes loaded;
  const SmallCsv csv = read_small_csv(path, {"dimension", "source_code", "code"});
  for (std::size_t i = 0; i < csv.rows.size(); ++i) {
    const auto& row = csv.rows[i];
    const auto fail = [&](const char* column, const std::string& what) {
      throw Error(ErrorKind::input, what, "Correct the row", {path, csv.lines[i], 0, column});
    };
    if (row[0].empty()) fail("dimension", "the dimension is empty");
    if (row[2].empty()) fail("code", "the code is empty");
    const bool column = row[0] == "COLUMN";  // a source's name of a dimension; the code is the dimension's
    auto& entries = column ? loaded.names_ : loaded.codes_[row[0]];
    const std::string key(column ? without_brackets(row[1]) : std::string_view(row[1]));
    const auto [entry, fresh] = entries.try_emplace(key, row[2]);
    if (!fresh && entry->second != row[2]) fail("source_code", "'" + key + "' already means " + entry->second);
  }
  return loaded;
}

std::string DimensionCodes::dimension(std::string_view column) const {
  const std::string_view name = without_brackets(column);
  if (const auto found = names_.find(name); found != names_.end()) return found->second;
  return upper_snake(name);
}

std::string_view DimensionCodes::code(std::string_view dimension, std::string_view source_code) const {
  const auto codes = codes_.find(dimension);
  if (codes == codes_.end()) return source_code;
  const auto found = codes->second.find(source_code);
  return found == codes->second.end() ? source_code : std::string_view(found->second);
}

}  // namespace stocktake
