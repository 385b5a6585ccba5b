// The columnar core: facts of many series in one pass, on all processor cores. No allocation and no virtual call a series.
#pragma once

#include <cstdint>
#include <span>

#include "assess/assessment.h"
#include "assess/promise.h"
#include "store/observation.h"

namespace stocktake {

struct CoreOptions {
  int data_until = 32000;  // last year of figures that counts
  int base_window = 10;    // years around the baseline year in which a base figure is looked for
  unsigned threads = 0;    // 0: as many as the machine has; small batches use one
};

// out[i] = facts of panel series series[i] under rules[i], or under rules[0] when there is only one rule.
// Values that are not finite are passed over. Formulas and every degenerate case: docs/methods.md.
void compute_facts(const Panel& panel, std::span<const std::uint32_t> series, std::span<const RuleView> rules,
                   const CoreOptions& options, std::span<Facts> out);

// The whole panel under one rule: facts and both verdicts, all spans as long as the panel. What the benchmark runs.
void assess_uniform(const Panel& panel, const RuleView& rule, const CoreOptions& options, std::span<Facts> facts,
                    std::span<Verdict> mdg, std::span<Verdict> sdg);

}  // namespace stocktake
