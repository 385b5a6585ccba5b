// What the vintages of a store say twice.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/store.h"

namespace stocktake {

// Figures of the same series, area, dimensions, unit and year in two vintages, one after the other.
struct VintageOverlap {
  std::string series;
  int earlier = 0, later = 0;          // ids of the vintages
  std::int64_t same = 0, revised = 0;  // figures; revised: by more than `revision`, relative to the larger of the two
  std::string area, dimensions;        // of the greatest revision; "" and 0 where there is none
  int year = 0;
  double before = 0, after = 0;
};

// Rows of a vintage's file that were rejected because the year had a figure already.
struct SecondFigures {
  int vintage = 0;
  std::int64_t rows = 0, first_line = 0;
};

// Both open the store at `path` for reading, which is of this program's schema. Ordered by series and vintages.
std::vector<VintageOverlap> vintage_overlaps(const std::string& path, const PanelQuery& query, double revision);
std::vector<SecondFigures> second_figures(const std::string& path, const PanelQuery& query);

}  // namespace stocktake
