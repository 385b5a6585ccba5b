// Which rows the chapters beyond the charts show: the page has its limits, the JSON bundle has all.
#pragma once

#include <cstdint>
#include <vector>

#include "assess/insights.h"
#include "assess/stocktaking.h"

namespace stocktake {

inline constexpr std::size_t priority_targets_shown = 20;
inline constexpr std::size_t priority_countries_shown = 20;
inline constexpr std::size_t risks_shown = 30;
inline constexpr std::size_t sustained_shown = 24;       // a target
inline constexpr std::size_t compared_rows_shown = 400;  // of the chart's other cells

// Countries first in the list of those at risk; groups where no country is judged.
std::vector<RiskRow> shown_risks(const Priorities& priorities);

struct Sustained {
  std::uint16_t target = 0;
  std::size_t countries = 0;        // that are met or on track and not at risk
  std::vector<std::uint32_t> rows;  // the first of them, by area
};
// Groups are in the section of the chart's cells.
std::vector<Sustained> shown_sustained(const AssessmentRun& run, const Priorities& priorities);

// Of each target, the headline rows whose verdicts the page puts side by side: those of the areas that were asked for; of the
// world where none were, or of the group of the chart with most judgements where the world has no row.
std::vector<std::uint32_t> compared_rows(const AssessmentRun& run, const Stocktaking& stock);

}  // namespace stocktake
