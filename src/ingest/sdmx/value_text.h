// Several values, and values in several languages, of one component (SDMX 3.0) as one text, as in SDMX-CSV 2.0: values are
// separated by ';'. Where a language is given each stands before its text, "en:Some text;fr:Un texte", the texts of one value
// separated by ';' as well, the values by '|'. A part that has one of ; | " or a line end is put in double quotes, doubled
// inside. A single value without a language is its own text, whatever it holds.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stocktake::sdmx {

// One value: its texts by language tag; "" where it has none.
using LocalTexts = std::vector<std::pair<std::string, std::string>>;

std::string to_value_text(const std::vector<LocalTexts>& values);
// The parts between the separators that stand outside quotes, the quotes around a part taken off.
std::vector<std::string> split_value_text(std::string_view text, char separator = ';');
// A part as it must stand between separators.
std::string quoted_value(std::string_view part);

}  // namespace stocktake::sdmx
