// Uncertainty as a bar: the interval at the deadline against the target, and the range of a rank.
#pragma once

#include <cstddef>

#include "report/html.h"
#include "report/view.h"

namespace stocktake {

// A cell's content: a bar and its figures. The bar's axis is the promised change, from the base figure (thin line) to the
// target (thick line), so that the bars of different rows can be compared: light 80 %, dark 50 %, a dot for the latest figure.
// No bar where no change was promised (met at the base, no target value); "–" without a forecast. It grows from the start of
// the line, so that CSS mirrors it for right-to-left languages.
void write_interval(Html& html, const View& view, const Assessment& row);
// The list that explains the bar.
void write_interval_key(Html& html, const View& view);

// A cell's content: the 90 % range of a rank on an axis of so many ranks, with the rank as published.
void write_rank_range(Html& html, const View& view, std::size_t rank, const Stability& stability, std::size_t ranks);

}  // namespace stocktake
