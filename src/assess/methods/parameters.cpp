// The ranges of the methods' parameters: told, and held against what a user sets.
#include <algorithm>
#include <cmath>

#include "assess/methods/method.h"
#include "base/error.h"
#include "base/table.h"

namespace stocktake {
namespace {

std::string bounds_of(const ParameterRange& range) {
  const bool below = std::isfinite(range.least), above = std::isfinite(range.most);
  const std::string least = below ? number_text(range.least) : std::string();
  const std::string most = above ? number_text(range.most) : std::string();
  if (below && range.above_least) return "above " + least + (above ? ", up to " + most : "");
  if (below && above) return least + " to " + most;
  if (below) return least + " or more";
  return above ? "up to " + most : "";
}

void check_order(const Method& method, std::span<const double> values, std::size_t p, std::string_view other, bool exceed) {
  const auto known = method.parameters();
  const auto found = std::find_if(known.begin(), known.end(), [&](const MethodParameter& one) { return one.id == other; });
  if (found == known.end()) return;
  const double line = values[static_cast<std::size_t>(found - known.begin())];
  if (exceed ? values[p] > line : values[p] >= line) return;
  throw Error(ErrorKind::usage,
              "method '" + std::string(method.info().id) + "': " + std::string(known[p].id) + " is " + number_text(values[p]) +
                  ", expected " + (exceed ? "above " : "not below ") + std::string(other) + ", which is " + number_text(line),
              "Set both, so that the classes keep their order");
}

}  // namespace

std::string to_string(const ParameterRange& range) {
  std::string text = bounds_of(range);
  if (text.empty())
    text = range.whole ? "any whole number" : "any number";
  else if (range.whole)
    text += ", whole";
  if (!range.not_below.empty()) text += ", not below " + std::string(range.not_below);
  if (!range.above.empty()) text += ", above " + std::string(range.above);
  return text;
}

void check_parameter(const Method& method, const MethodParameter& parameter, double value) {
  const ParameterRange& range = parameter.range;
  const bool inside =
      std::isfinite(value) && value <= range.most && (range.above_least ? value > range.least : value >= range.least);
  if (inside && (!range.whole || value == std::floor(value))) return;
  const std::string id(method.info().id);
  throw Error(ErrorKind::usage,
              "method '" + id + "': " + std::string(parameter.id) + " cannot be " +
                  (std::isnan(value) ? "nan" : number_text(value)) + ", expected: " + to_string(range),
              "The published value is " + number_text(parameter.value) + "; see `stocktake methods show " + id + "`");
}

void check_parameters(const Method& method, std::span<const double> values) {
  const auto known = method.parameters();
  for (std::size_t p = 0; p < known.size(); ++p) check_parameter(method, known[p], values[p]);
  for (std::size_t p = 0; p < known.size(); ++p) {
    if (!known[p].range.not_below.empty()) check_order(method, values, p, known[p].range.not_below, false);
    if (!known[p].range.above.empty()) check_order(method, values, p, known[p].range.above, true);
  }
}

}  // namespace stocktake
