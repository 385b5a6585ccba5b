// What countries have done before: all windows of a given length in the country series of one indicator, columnar. The history
// against which a required pace is held. Formulas and choices: docs/methods.md, "What it would take".
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "assess/run.h"

namespace stocktake {

// Where a value lies on the indicator's scale: its logarithm (NaN unless positive), its logit between the natural bounds (moved
// inside them by half a per cent of their distance), or itself. Levels are similar when they are near each other here.
double position_on_scale(const Indicator& indicator, double value);

// The country series of the row's source: those of its binding entry under the headline key, by area, one a country. For figures
// that were published for groups only, those of the first entry of the bindings that has the indicator for countries.
struct CountrySeries {
  std::vector<std::pair<std::uint32_t, AreaId>> series;
  double factor = 1;  // of the panel's figures, to the unit of the row
};
CountrySeries country_series(const AssessmentRun& run, const Assessment& row);

// Standard deviation over countries of the position of their latest figures (up to data_until, published bounds left out);
// 0 for fewer than two.
double spread_on_scale(const AssessmentRun& run, const CountrySeries& countries, const Indicator& indicator);

// Windows by country, then by start. A window goes from each figure to the one whose distance is nearest to `length` years
// among those that lie within `slack` of it (of two equally near ones the later). Figures published as bounds ("<5") and
// figures after data_until do not count.
struct Windows {
  std::vector<AreaId> area;
  std::vector<std::int16_t> from, to;
  std::vector<double> start, end;  // in the row's unit
  std::vector<double> position;    // of the start, on the scale
  std::size_t size() const { return area.size(); }
};
Windows find_windows(const AssessmentRun& run, const CountrySeries& countries, const Indicator& indicator, int length, int slack);

// Whether a window of a country only makes good a loss (a war, a famine, a break in the series): some figure of the ten years
// before its start is better than the start by at least half of what the window gains. sense: +1 where more is better.
bool made_good_a_loss(const AssessmentRun& run, const CountrySeries& countries, AreaId area, int from, double start, double end,
                      int sense);

}  // namespace stocktake
