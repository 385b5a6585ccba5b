// Which row speaks for a target in an area, and the order of the rows.
#pragma once

#include <vector>

#include "assess/candidates.h"

namespace stocktake {

// Sets `headline` on exactly one row for each (target, area) that has a row with a headline key. `keys[i]` says whether
// rows[i] has one. The order of preference: judged by the MDG rule, then the target's headline rule, published before
// computed, exact before near, then the order of the bindings and of their entries.
void choose_headlines(const AssessmentRun& run, const std::vector<bool>& keys, std::vector<Assessment>& rows);

// By target, rule, area, headline first, binding, entry, dimensions; indifferent to the order of the store.
void sort_rows(const AssessmentRun& run, std::vector<Assessment>& rows);

}  // namespace stocktake
