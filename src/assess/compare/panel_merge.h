// Panels between two states of knowledge: the old one with only a part of the news in it. A series is the same when code, area,
// dimensions and unit are; a panel has each series once.
#pragma once

#include <cstdint>

#include "store/observation.h"

namespace stocktake {

// A copy of the columns. Its views point into the names of the original, which must outlive it.
Panel borrow_panel(const Panel& panel);

enum class Merge : std::uint8_t {
  revisions,  // the years of `before`, with the figures of `after` where both have one (a value that is not finite is none)
  new_years,  // series that both have: as in `after`, years added or withdrawn included; others: as in `before`
};

// The series of `before`, in its order; a figure comes with its bounds and its provenance. The views point into the names of
// both panels, which must outlive it.
Panel merge_panels(const Panel& before, const Panel& after, Merge merge);

// Whether both hold the same series with the same years, values (to the bit) and qualifiers, in the same order. Other
// provenance and bounds do not count: no fact depends on them.
bool same_figures(const Panel& a, const Panel& b);

}  // namespace stocktake
