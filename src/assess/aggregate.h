// Groups from countries: weighted means and sums with their coverage. Formulas and limits: docs/methods.md, "Aggregation".
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "framework/areas.h"
#include "framework/binding.h"
#include "store/observation.h"

namespace stocktake {

inline constexpr std::uint32_t no_series = UINT32_MAX;
inline constexpr int weight_reach = 5;  // years for which a weight series' first and last figures stand beyond its ends

// A group's figures end in the last year whose observed share is at least this part of the greatest one of any year.
inline constexpr float keep_share = 0.9F;

// Which panel series a country has, by AreaId; no_series where it has none.
using SeriesOfArea = std::vector<std::uint32_t>;

// A group's figures; share[i] is the part of the members' weight that was observed (or interpolated) in year[i].
struct GroupFigures {
  std::vector<std::int16_t> year;
  std::vector<double> value;
  std::vector<float> share;
};

// `weights` may be null: a weighted mean then does not exist (empty result) and a sum is covered by the count of members.
GroupFigures aggregate_group(const Panel& panel, std::span<const AreaId> members, const SeriesOfArea& series,
                             const SeriesOfArea* weights, Aggregate kind, double min_coverage, int last_year);

// The country series of a weight concept in the first binding that has any figures for it; empty when none has.
std::optional<SeriesOfArea> find_weights(const Panel& panel, const AreaRegistry& areas, const std::vector<Binding>& bindings,
                                         std::string_view concept_name);

// The dimensions of a filter as a panel writes them: totals left out.
std::string filter_text(const Filter& filter);

}  // namespace stocktake
