#include "store/observation.h"

#include <array>

namespace stocktake {
namespace {

constexpr std::array<std::string_view, 8> nature_codes{"", "C", "CA", "E", "G", "M", "N", "NA"};

}  // namespace

std::string_view to_string(Nature nature) { return nature_codes[static_cast<std::size_t>(nature)]; }

std::optional<Nature> parse_nature(std::string_view text) {
  if (text == "NOTSPEC" || text == "_X") return Nature::none;
  for (std::size_t i = 0; i < nature_codes.size(); ++i) {
    if (nature_codes[i] == text) return static_cast<Nature>(i);
  }
  return std::nullopt;
}

std::string to_string(const Dimensions& dims) {
  std::string text;
  for (const auto& [name, code] : dims) {
    if (!text.empty()) text += ';';
    text += name;
    text += '=';
    text += code;
  }
  return text;
}

Dimensions parse_dimensions(std::string_view text) {
  Dimensions dims;
  while (!text.empty()) {
    const auto end = text.find(';');
    const std::string_view part = text.substr(0, end);
    const auto equals = part.find('=');
    if (equals != std::string_view::npos) dims.emplace_back(part.substr(0, equals), part.substr(equals + 1));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return dims;
}

}  // namespace stocktake
