// Imputing countries that have no figure of a year from the countries of their M49 sub-region. Our own choice of model, kept
// simple enough to be checked by hand; formulas and limits: docs/methods.md, "Aggregation with uncertainty".
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "assess/simulation/figures.h"

namespace stocktake {

// Codes of the M49 sub-regions, as in reference/group_defs.csv: the groups whose parent is one of the five regions.
std::span<const std::string_view> sub_regions();

inline constexpr std::uint8_t no_region = 255;
inline constexpr std::size_t least_donors = 3;  // with fewer countries the whole world stands in for a sub-region

// The sub-region of each country of the map, as an index into sub_regions(); no_region where it is in none.
std::vector<std::uint8_t> regions_of(const AreaRegistry& areas, const GroupMap& map, Date on);

// Gives each missing country that has a weight a figure of source imputed: the mean m of its sub-region's countries on the
// scale, with variance B (1 + 1/n), B their sample variance. Sums: of the figure over the weight, on the logarithm where all
// are positive. Nothing is imputed where fewer than least_donors countries of the world have a figure.
void impute_missing(std::span<CountryFigure> figures, std::span<const std::uint8_t> regions, const FigureOptions& options);

}  // namespace stocktake
