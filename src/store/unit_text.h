// The unit of a figure that is published in thousands or millions. The figure stays as published; the unit of its series says
// so, and keeps it apart from the same in ones: "PS" with UNIT_MULT 3 is "PS x10^3" (docs/decisions/0013).
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace stocktake {

// `multiplier` as in UNIT_MULT: the power of ten, "" or "0" for none. Another text stands as it is: "PS x(Thousands)".
std::string scaled_unit(std::string_view unit, std::string_view multiplier);
// The inverse: the unit and UNIT_MULT, "" where the unit says nothing.
std::pair<std::string_view, std::string_view> split_unit(std::string_view text);

// Whether figures in this unit stand for themselves: what bindings and weights are written for.
bool in_ones(std::string_view unit);

}  // namespace stocktake
