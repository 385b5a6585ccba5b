// Time periods of SDMX as years of the store (docs/data-model.md): only whole calendar years are.
#pragma once

#include <string_view>

namespace stocktake::sdmx {

struct PeriodYear {
  std::string_view year;         // "2005", points into the text; "" when the period is none
  const char* reason = nullptr;  // why: a category of rejects
};
// "2005", "2005-A1" and "2005-01-01/P1Y" (with or without T00:00:00) are 2005.
PeriodYear year_of_period(std::string_view text);

// A year and what may follow it: "2005-Q1", "2005-03", "2005-03-31T12:00:00", "2005-01-01/P2Y", "2004/2006".
bool is_period(std::string_view text);

}  // namespace stocktake::sdmx
