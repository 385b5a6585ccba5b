// The part of the JSON bundle that goes beyond the two charts. Codes and plain numbers; keys without a value are left out.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

#include "assess/insights.h"

namespace stocktake {

using OrderedJson = nlohmann::ordered_json;

// Adds a number under a key; nothing for NaN and infinity.
void put(OrderedJson& object, const char* key, double value);

// Adds "outlook", "pace", "methods" (each method's own word, in the order of the bundle's methods) and "scores" to a row.
void add_row_insights(const Insights& insights, std::uint32_t row, std::int32_t pace, OrderedJson& object);
// Adds "outlook_model", "methods", "agreement" and "priorities" to the bundle. `position`: place in the bundle's rows by row of
// the run.
void add_insights(const AssessmentRun& run, const Insights& insights, const std::vector<std::int64_t>& position,
                  OrderedJson& bundle);

}  // namespace stocktake
