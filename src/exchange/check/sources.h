// What bindings know: which series feed which indicator. Completeness and agreement of sources.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exchange/check/check.h"
#include "exchange/check/series_check.h"

namespace stocktake {

// Of each group of the panel, in their order.
std::vector<SeriesFacts> series_facts(const CheckInput& input, const std::vector<SeriesGroup>& groups);

// Fills the completeness rows and adds what is missing altogether. Needs a framework.
void check_completeness(const CheckInput& input, const CheckOptions& options, const std::vector<SeriesGroup>& groups,
                        CheckResult& result);

// Pairs of sources for the same indicator: of every binding the first entry that is exact, with the same unit.
void check_agreement(const CheckInput& input, const CheckOptions& options, const std::vector<SeriesGroup>& groups,
                     std::vector<Finding>& findings);

}  // namespace stocktake
