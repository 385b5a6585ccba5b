// Values that stand in SDMX-JSON data themselves, rather than as indices of the structure's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exchange/sdmx/escape.h"
#include "exchange/sdmx/survey.h"
#include "ingest/sdmx/value_text.h"

namespace stocktake::sdmx {

// A measure: what JSON does not know as a number ("NaN") is a text; component values: texts, by language where they have one,
// in an array where the component has several.
inline void append_json_number(std::string& to, std::string_view text) {
  if (is_json_number(text)) {
    to += text;
  } else {
    append_json(to, text);
  }
}

inline void append_json_values(std::string& to, const PlannedColumn& column, std::string_view text) {
  const std::vector<ComponentValue> values = parse_value_text(text, column.localised);
  if (column.several) to += '[';
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i != 0) to += ',';
    if (!column.localised) {
      append_json(to, values[i].front().text);
      continue;
    }
    to += '{';
    for (std::size_t j = 0; j < values[i].size(); ++j) {
      if (j != 0) to += ',';
      append_json(to, values[i][j].language.empty() ? "en" : values[i][j].language);
      append_json(to += ':', values[i][j].text);
    }
    to += '}';
  }
  if (column.several) to += ']';
}

}  // namespace stocktake::sdmx
