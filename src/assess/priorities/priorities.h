// Who and what needs action first: targets by off track x stalled x people affected, countries furthest behind with their
// special situations, gains at risk and gains to sustain, and how sure each rank is. Rules: docs/methods.md, "Priorities".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "assess/priorities/forecast.h"
#include "assess/run.h"
#include "assess/stocktaking.h"

namespace stocktake {

// Exponents of the weighted geometric means. `people` counts for targets, `gap` for countries; the others for both.
struct PriorityWeights {
  double off_track = 1, stalled = 1, people = 1, gap = 1;
};
// "off_track=1,stalled=0.5": what is not named keeps its default. Throws Error(usage).
PriorityWeights parse_weights(std::string_view text);

struct PriorityOptions {
  PriorityWeights weights;
  std::vector<std::string> groups;  // only countries that are members of one of these on the day; empty: all
  int draws = 1000;                 // 0: no stability
  std::uint64_t seed = 1;
  // What was judged too little is listed last: a country on fewer than this many targets (of those ranked), a target in fewer
  // than this many countries (or than half of those ranked, where these are few).
  int min_targets = 3, min_countries = 10;
  int recent_years = 5;           // of the recent pace
  double flat = 0.001;            // a recent pace below this share of the latest figure a year is no movement
  double risk_probability = 0.5;  // met or on track with a lower probability of being met: at risk
};

// A share of n observed as (n share + 1/2)/(n + 1): never 0, so that one factor cannot wipe out the others, and nearer to
// 1/2 the fewer were judged. NaN for n = 0.
double careful_share(double share, int n);
// exp(sum of w ln x / sum of w) over the factors that exist (not NaN) and have a weight; NaN when none does.
double weighted_score(std::span<const double> factors, std::span<const double> weights);

// Over the draws; all NaN or 0 where no stability was asked for.
struct Stability {
  // 5th and 95th percentile of the rank (the rank not exceeded by 5 and by 95 %), widened to the place in the list where that
  // lies outside: the list follows the published rule, the draws the projection.
  double low = no_figure, high = no_figure;
  double top3 = no_figure, top10 = no_figure;  // share of the draws with such a rank
};

struct PriorityTarget {
  std::uint16_t target = 0;
  bool regions = false;  // judged by regions, because no country is
  int judged = 0, off_track = 0, stalled = 0;
  bool few = false;                       // judged in too few countries: listed last
  int uncertain = 0;                      // of the judged: those with a forecast, whose state differs between draws
  double people = no_figure;              // population of the judged that are off track
  double people_share = no_figure;        // … as a share of the population of all judged
  double population_covered = no_figure;  // population of the judged as a share of that of all countries in question
  double behind = no_figure;              // people by whom they miss the target; NaN where the indicator does not count people
  int behind_known = 0;                   // off-track countries of which that number is known
  double score = no_figure;
  Stability rank;
};

struct PriorityCountry {
  AreaId area = 0;
  int judged = 0, off_track = 0, stalled = 0;
  double gap = no_figure;       // mean gap at the deadline of its targets that have one
  double distance = no_figure;  // mean distance of those off track, in standard deviations
  double population = no_figure;
  std::vector<AreaId> situations;  // special situations on the day
  bool few = false;                // judged on too few targets: listed last
  double score = no_figure;
  Stability rank;
};

// A country and target that will miss something of what was promised.
struct PriorityRow {
  std::uint32_t row = 0;
  double gap = 0;               // gap_at_deadline
  double distance = no_figure;  // abs(yt - y*) in standard deviations of the countries judged by the rule
  double population = no_figure, behind = no_figure;
  double probability = no_figure;  // that the target is met by the deadline
  Stability rank;
};

struct RiskRow {
  std::uint32_t row = 0;
  bool wrong_way = false;          // the recent pace leads away from the target (parity: out of the band by the deadline)
  bool unlikely = false;           // the probability lies below the threshold
  double recent_pace = no_figure;  // units a year, least squares over the recent years; NaN for fewer than three figures
  double leaves = no_figure;       // of a target that is met: year in which the recent pace leaves it
  double probability = no_figure;
};

// A special situation and how its members stand.
struct Situation {
  AreaId group = 0;
  bool dated = false;                          // some membership has a date; else the list is that of one year, whatever the day
  int members = 0;                             // on the day
  int countries = 0;                           // … of which judged on any target
  int judged = 0, off_track = 0, stalled = 0;  // pairs of a country and a target
  double gap = no_figure;                      // mean over the pairs that have one
};

struct Priorities {
  std::vector<PriorityTarget> targets;     // highest score first, those judged in too few countries last
  std::vector<PriorityCountry> countries;  // highest score first, those judged on too few targets last
  std::vector<PriorityRow> behind;         // largest gap first
  std::vector<RiskRow> risk;               // least probable first
  std::vector<RiskRow> sustain;            // met or on track, and not at risk; by target
  std::vector<Situation> situations;
};

// Throws Error(not_found | usage) for a group of the options that is unknown or is a country.
Priorities set_priorities(const AssessmentRun& run, const PriorityOptions& options, const Forecaster& forecast);

// The lists as tables.
Table targets_table(const AssessmentRun& run, const Priorities& priorities, Language language, bool brief);
Table countries_table(const AssessmentRun& run, const Priorities& priorities, Language language, bool brief);
Table behind_table(const AssessmentRun& run, const Priorities& priorities, Language language, bool brief);
Table risk_table(const AssessmentRun& run, const std::vector<RiskRow>& rows, Language language, bool brief);
Table situations_table(const AssessmentRun& run, const Priorities& priorities, Language language);

}  // namespace stocktake
