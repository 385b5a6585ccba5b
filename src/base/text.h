// Small things that are done to texts everywhere.
#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stocktake {

// The parts with the separator between them; empty parts count.
inline std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i != 0) text += separator;
    text += parts[i];
  }
  return text;
}

// Without the blanks and tabs at its ends.
inline std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// The parts of a list in one cell, "a; b;c": without the blanks around them; empty parts do not count.
inline std::vector<std::string> list_items(std::string_view text) {
  std::vector<std::string> items;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(';', begin), text.size());
    if (const std::string_view item = trimmed(text.substr(begin, end - begin)); !item.empty()) items.emplace_back(item);
    begin = end + 1;
  }
  return items;
}

// A finite number, written out whole: "0.5", "-3", "1e6".
inline std::optional<double> parse_finite(std::string_view text) {
  double value = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (status != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace stocktake
