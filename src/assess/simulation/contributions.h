// What each country contributed to the change of a group's figure between two years, in parts that add up to it exactly.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "assess/simulation/figures.h"

namespace stocktake {

// In the unit of the group's figure. The three parts of all countries add up to the group's change.
struct Contribution {
  std::uint32_t country = 0;                // index into GroupMap::countries
  double from = no_figure, to = no_figure;  // the country's figures
  double from_share = 0, to_share = 0;      // of the weight of those with figures (means)
  double figure = 0;                        // because its own figure changed
  double weight = 0;                        // because its share changed (means)
  double composition = 0;                   // because it has a figure in one of the two years only
  double total() const { return figure + weight + composition; }
};

struct Decomposition {
  double from = no_figure, to = no_figure;  // the group's figure in the two years
  std::vector<Contribution> countries;      // in registry order; countries without a figure in both years are left out
};

// Means, with s a country's share of the weight of those with figures and M the mean of the group's two figures:
//   figure = (s0 + s1)/2 (y1 - y0), weight = (s1 - s0) ((y0 + y1)/2 - M); of a country with one figure y: composition = (s1 -
//   s0)(y - M)
// Sums: figure = y1 - y0; composition = y1, or -y0. Medians have no such parts: Error(usage).
// A group without figures in one of the years gives an empty list.
Decomposition decompose(std::span<const std::uint32_t> members, std::span<const CountryFigure> from,
                        std::span<const CountryFigure> to, GroupKind kind);

}  // namespace stocktake
