// Rules that compare an indicator with another one: the gap between both, year by year.
#pragma once

#include <span>
#include <vector>

#include "assess/candidates.h"
#include "assess/core.h"

namespace stocktake {

// Replaces the facts of candidates under `relative` rules by those of the gap, value - factor x other, over the years that
// both series have. The other series is one of the same area: of the same binding before others, with the same dimensions
// before the headline key. Without one, or without a common year, the facts are empty. The gaps are appended to the run's panel;
// judged[i] becomes the index of candidate i's gap.
void relative_facts(AssessmentRun& run, const Feeds& feeds, std::span<const Candidate> candidates,
                    std::span<const RuleView> rules, const CoreOptions& options, std::span<Facts> facts,
                    std::span<std::uint32_t> judged);

}  // namespace stocktake
