// What it would take: the pace required from now on, held against what countries have done before from a similar level.
// Formulas, choices and limits: docs/methods.md, "What it would take".
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "assess/run.h"
#include "base/language.h"
#include "base/table.h"

namespace stocktake {

struct PaceOptions {
  double band = 0.25;     // half width of "a similar level", in standard deviations of the countries' latest figures on the scale
  int min_years = 5;      // shortest episode; a shorter time to the deadline is compared with episodes of this length
  int slack = 1;          // years by which an episode may be longer or shorter
  int min_episodes = 10;  // fewer give counts, but no percentile and no quantile
  int best = 3;           // best performers kept
  bool all = false;       // every row of the run, not only headline rows
};

enum class PaceStatus : std::uint8_t {
  compared,           // held against at least one episode
  met,                // the target is met: nothing more is required
  no_number,          // the rule has no target value (no number, halt and reverse)
  insufficient_data,  // no figures from which a target or a required pace follows
  deadline_past,      // no year is left
  not_defined,        // a rule on the gap between two indicators
  no_episodes,        // nothing observed began from a similar level, or there are no country series of the indicator
};
std::string_view to_string(PaceStatus status);  // "compared", …

// One kind of pace against the episodes. Paces are signed as the indicator moves; linear: units a year, rate: fraction a year.
struct PaceAgainst {
  double needed = no_figure, observed = no_figure;
  int episodes = 0, achieved = 0;  // thinned: windows of a country do not overlap; achieved: at least as fast as needed
  double percentile = no_figure;   // of the needed pace among the episodes: 95 = faster than 95 % of them
  double median = no_figure;       // pace of the middle episode
  double top = no_figure;          // pace at the 90th percentile (linear interpolation between order statistics)
  int countries = 0,
      achieved_by = 0;  // countries with an episode, and those of which any window (thinned or not) was fast enough
};

struct BestPerformer {
  AreaId area = 0;
  std::int16_t from = 0, to = 0;
  double start = no_figure, end = no_figure;
  double pace = no_figure;  // of the kind that `geometric` says
  bool recovery = false;    // it made good a loss: see made_good_a_loss()
};

struct Pace {
  std::uint32_t row = 0;  // into AssessmentRun::rows
  PaceStatus status = PaceStatus::compared;
  std::int16_t years_left = 0, length = 0;              // to the deadline; of the episodes looked for
  double level_from = no_figure, level_to = no_figure;  // the band: what counts as a similar level, in the indicator's unit
  bool geometric = false;                               // the kind that decides: rate on the log scale, else linear
  PaceAgainst linear, rate;
  std::vector<BestPerformer> best;  // the best window of each country by the deciding kind: fastest first, recoveries last
  double years_late = no_figure;    // year met at the present linear pace less the deadline; negative: early; NaN: never, or met
  const PaceAgainst& deciding() const { return geometric ? rate : linear; }
};

// One entry for each row asked for, in the order of the run. Groups are held against the episodes of countries.
std::vector<Pace> required_paces(const AssessmentRun& run, const PaceOptions& options);

// One row a pace.
Table pace_table(const AssessmentRun& run, const std::vector<Pace>& paces, Language language, bool brief);
// One row a best performer.
Table performer_table(const AssessmentRun& run, const std::vector<Pace>& paces, Language language);

}  // namespace stocktake
