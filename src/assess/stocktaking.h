// The stocktaking proper: what an assessment run says of targets, groups and countries, ranked by published rules.
#pragma once

#include <cstdint>
#include <vector>

#include "assess/run.h"

namespace stocktake {

struct RankedTarget {
  std::uint16_t target = 0;
  int judged = 0;                    // regions (or countries, where no region is judged) with a verdict
  int off_track = 0;                 // … of which neither met nor on track
  int stalled = 0;                   // … of which moved less than a tenth of the required way, or the wrong way
  double shortfall = 0;              // mean over the judged of 1 - clip(ratio, 0, 1); met counts 0
  std::vector<std::uint32_t> worst;  // rows, worst first, at most three
};

struct RankedCountry {
  std::uint32_t row = 0;  // the headline row of the country and target
  double gap = 0;         // share of the promised change that will be missing at the deadline at the present pace
};

struct DataGap {
  std::uint16_t target = 0;
  int countries = 0;  // countries that exist on the day
  int judged = 0, no_data = 0, too_old = 0, insufficient = 0;
};

struct Stocktaking {
  // The progress chart: targets x groups. cell[t * groups.size() + g] is an index into run.rows, or -1.
  std::vector<AreaId> groups;          // those with a published headline row; if there are none, with a computed one
  std::vector<std::uint16_t> targets;  // those with at least one cell
  std::vector<std::int32_t> cell;
  std::vector<RankedTarget> off_track;  // most off-track first; rule in docs/methods.md, "Ranking"
  std::vector<RankedTarget> stalled;
  std::vector<std::uint32_t> sustain;          // headline rows of the chart that are met or on track, by target
  std::vector<RankedCountry> furthest_behind;  // countries, largest gap first; rule in docs/methods.md, "Ranking"
  std::vector<DataGap> gaps;                   // one a target
  long days_left = 0;                          // from options.at to the framework's deadline
};

Stocktaking take_stock(const AssessmentRun& run);

// The verdict by which a row is ranked: the MDG chart's; the SDG chart's where the MDG chart's rule is not defined for the
// figures. A target without a number is not ranked: nothing was promised that could be missed.
Verdict ranked_verdict(const Assessment& row);
bool is_on_track(Verdict verdict);  // met or on track
// Moved less than a tenth of the required way, or the wrong way, and is not on track. The verdict must be a judgement.
bool is_stalled(const Assessment& row);
constexpr double stalled_below = 0.1;  // of the required way
// Share of the promised change that will be missing at the deadline at the present linear pace: 0 when met, 1 when all of it
// will be missing or the series moves away; NaN where the target has no number or was met at base.
double gap_at_deadline(const Assessment& row);

}  // namespace stocktake
