// Small things that are done to texts everywhere.
#pragma once

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

}  // namespace stocktake
