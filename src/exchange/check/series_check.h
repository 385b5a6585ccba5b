// The rules that look at one series code at a time: every area and every breakdown of it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "exchange/check/check.h"

namespace stocktake {

// The panel's series of one code: [begin, end).
struct SeriesGroup {
  std::size_t begin = 0, end = 0;
};
std::vector<SeriesGroup> series_groups(const Panel& panel);

// What a binding says of a series code.
struct SeriesFacts {
  std::string indicator;       // the first that it feeds in the framework, "" for none
  const Unit* unit = nullptr;  // as the binding says; null: not bound, or unknown
  Bounds bounds;               // of the indicator that it is judged by, in the unit of the series; infinite: none
  bool may_exceed = false;     // an indicator of this unit that it feeds has no upper bound: a share, but of no whole
};

// Adds the findings of a group, in the order of the panel.
void check_series(const CheckInput& input, const CheckOptions& options, SeriesGroup group, const SeriesFacts& facts,
                  std::vector<Finding>& findings);
// The same for what concerns a whole area of the series: end, holes, natures. Adds behind what is there.
void check_areas(const CheckInput& input, const CheckOptions& options, SeriesGroup group, const SeriesFacts& facts,
                 std::vector<Finding>& findings);

// "2003 12.5"
std::string figure_text(int year, double value);
// "2000-2004 2007"; years ascending.
std::string ranges_text(const std::vector<int>& years);

}  // namespace stocktake
