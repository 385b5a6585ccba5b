// Adding series to a panel that is being assessed: computed groups, scaled copies.
#pragma once

#include <cstdint>
#include <span>

#include "store/observation.h"

namespace stocktake {

// Appends a series without bounds; all figures get the same provenance. Returns its index.
std::uint32_t append_series(Panel& panel, const PanelSeries& series, std::span<const std::int16_t> years,
                            std::span<const double> values, std::uint32_t provenance);
// Appends a copy of a series with all values and bounds multiplied. Returns its index.
std::uint32_t append_scaled(Panel& panel, std::uint32_t series, double factor);
void scale_in_place(Panel& panel, std::uint32_t series, double factor);
// Takes out figures after a year, and series that have none (left).
void keep_until(Panel& panel, int last_year);

}  // namespace stocktake
