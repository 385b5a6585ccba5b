// The money that reaches or leaves a country, side by side: aid, taxes, foreign investment, remittances. Which series tell of
// which flow is reference/finance_flows.csv.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "framework/areas.h"
#include "store/store.h"

namespace stocktake {

struct FlowFigure {
  std::string flow;  // "aid_received", "taxes", "fdi_in", "remittances", "aid_given", ...
  std::string name;
  std::string direction;  // in, out, domestic
  std::string series, dimensions, unit, note;
  int year = 0;
  double value = 0;        // as published
  double percent = 0;      // of percent_of; NaN where the series is no share
  std::string percent_of;  // "GDP", "GNI", "exports"; "" for a sum of money
};
struct FlowOptions {
  std::string area;
  std::optional<int> first_year, last_year;
  bool latest = true;  // the latest year of each flow only
  std::optional<Date> as_of;
};
// By flow in the table's order, source priority, year. Empty where the store has none.
std::vector<FlowFigure> finance_flows(const Store& store, const AreaRegistry& areas, const std::string& reference,
                                      const FlowOptions& options);

}  // namespace stocktake
