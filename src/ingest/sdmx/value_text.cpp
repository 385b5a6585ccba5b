#include "ingest/sdmx/value_text.h"

#include <algorithm>

namespace stocktake::sdmx {

std::string quoted_value(std::string_view part) {
  if (part.find_first_of(";|\"\r\n") == std::string_view::npos) return std::string(part);
  std::string quoted = "\"";
  for (const char c : part) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted += '"';
}

std::string to_value_text(const std::vector<LocalTexts>& values) {
  const bool localised = std::any_of(values.begin(), values.end(), [](const LocalTexts& value) {
    return std::any_of(value.begin(), value.end(), [](const auto& text) { return !text.first.empty(); });
  });
  std::string all;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i != 0) all += localised ? '|' : ';';
    for (std::size_t k = 0; k < values[i].size(); ++k) {
      const auto& [language, text] = values[i][k];
      if (k != 0) all += ';';
      if (!language.empty()) (all += language) += ':';
      all += quoted_value(text);
    }
  }
  return all;
}

std::vector<std::string> split_value_text(std::string_view text, char separator) {
  std::vector<std::string> parts(1);
  bool quoted = false, fresh = true;  // fresh: nothing of the part was read yet, or only its language
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') {
        parts.back() += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        parts.back() += '"';
        ++i;
      } else {
        quoted = false;
      }
    } else if (c == separator) {
      parts.emplace_back();
      fresh = true;
    } else if (c == '"' && fresh) {
      quoted = true;
      fresh = false;
    } else {
      parts.back() += c;
      fresh = c == ':';
    }
  }
  return parts;
}

}  // namespace stocktake::sdmx
