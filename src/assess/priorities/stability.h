// Scores of targets and countries from the states of their units, and the ranks that these take over many draws.
#pragma once

#include <span>
#include <vector>

#include "assess/priorities/units.h"

namespace stocktake {

// The units of one target, or of one country.
struct Tally {
  int judged = 0, off_track = 0, stalled = 0;
  bool regions = false;
  double population = 0, population_off = 0;
  double gap = 0;
  int gaps = 0;
  void add(const Unit& unit, const UnitState& state);
};
double target_score(const Tally& tally, const PriorityWeights& weights);
double country_score(const Tally& tally, const PriorityWeights& weights);
// Whether a target, or a country, was judged too little to be ranked among the others. `areas`, `targets`: how many are ranked.
bool few_countries(const Tally& tally, const PriorityOptions& options, std::size_t areas);
bool few_targets(const Tally& tally, const PriorityOptions& options, std::size_t targets);
// What the lists are ordered by: the score, less 1 where too little was judged.
inline double order_by(double score, bool few) { return score - (few ? 1 : 0); }

// Indices of scores (above -1), highest first; equals in their order, NaN last.
std::vector<std::uint32_t> ranked(std::span<const double> scores);

// Where each unit's target and country stand in the lists of those that have a unit.
struct Places {
  std::vector<std::uint16_t> targets;             // that have a unit, ascending
  std::vector<AreaId> areas;                      // countries that have a unit, ascending
  std::vector<std::uint32_t> target_of, area_of;  // by unit: index into targets, into areas (regions: none)
  std::vector<std::uint32_t> countries;           // units that are no regions, by distance: largest first, then by row
};
inline constexpr std::uint32_t no_place = UINT32_MAX;
Places find_places(const std::vector<Unit>& units);

struct Ranks {
  std::vector<Stability> targets, areas;  // parallel to Places::targets, areas
  std::vector<Stability> rows;            // by unit; of regions: empty
};
// Draws every unit, ranks again and counts. The same for any number of threads.
Ranks rank_under_uncertainty(const std::vector<Unit>& units, const Places& places, const PriorityOptions& options);

}  // namespace stocktake
