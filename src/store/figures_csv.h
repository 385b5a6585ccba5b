// The figures of a panel as a tidy CSV table, as DuckDB writes it: one line a figure, in the order of the panel.
#pragma once

#include <cstdio>

#include "store/observation.h"

namespace stocktake {

// Columns: series, ref_area, time_period, obs_value, lower, upper, unit_measure, dimensions, nature, qualifier, edition, source,
// vintage, attributes. A text that is empty is "" in quotes, a number that is missing is nothing. Lines are made on all cores.
// Throws Error(store) when the file does not take them.
void write_figures_csv(const Panel& panel, std::FILE* file);

}  // namespace stocktake
