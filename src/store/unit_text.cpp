#include "store/unit_text.h"

#include <algorithm>

namespace stocktake {
namespace {

bool power(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.size() <= 3 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string scaled_unit(std::string_view unit, std::string_view multiplier) {
  std::string text(unit);
  if (multiplier.empty() || multiplier == "0" || multiplier == "_Z") return text;
  if (!text.empty()) text += ' ';
  if (power(multiplier)) return (text += "x10^").append(multiplier);
  return (text += "x(").append(multiplier) + ")";
}

std::pair<std::string_view, std::string_view> split_unit(std::string_view text) {
  const auto unit_before = [&](std::size_t at) {
    std::string_view unit = text.substr(0, at);
    if (unit.ends_with(' ')) unit.remove_suffix(1);
    return unit;
  };
  if (const std::size_t at = text.rfind("x10^"); at != std::string_view::npos && (at == 0 || text[at - 1] == ' ')) {
    if (const std::string_view multiplier = text.substr(at + 4); power(multiplier)) return {unit_before(at), multiplier};
  }
  if (const std::size_t at = text.rfind("x(");
      at != std::string_view::npos && text.ends_with(')') && (at == 0 || text[at - 1] == ' ')) {
    return {unit_before(at), text.substr(at + 2, text.size() - at - 3)};
  }
  return {text, {}};
}

bool in_ones(std::string_view unit) { return split_unit(unit).second.empty(); }

}  // namespace stocktake
