// WHO/UNICEF JMP: the straight line through all figures of a coverage, and the estimates that are read from it.
#pragma once

#include "assess/methods/method.h"

namespace stocktake {

struct JmpOptions {
  int first_year = 2000;                 // figures before are left out
  int least_years = 5;                   // figures that span less give their mean, without a slope
  int beyond = 2;                        // years before the first and after the last figure to which the line is drawn
  int flat = 4;                          // years for which the last estimate is held after that
  double lower = -1e308, upper = 1e308;  // estimates are cut to these
};

struct JmpLine {
  int points = 0;
  int first_year = 0, last_year = 0;  // of the figures used
  bool has_slope = false;
  double slope = 0;                        // units a year
  double mean = no_figure, mean_year = 0;  // the line goes through this point
};

JmpLine fit_jmp_line(const SeriesView& series, const JmpOptions& options);
// The line itself, cut to the bounds; NaN without figures.
double on_jmp_line(const JmpLine& line, const JmpOptions& options, double year);
// The estimate of a year: the line from `beyond` years before the first to `beyond` years after the last figure, then flat; NaN
// outside.
double jmp_estimate(const JmpLine& line, const JmpOptions& options, int year);

}  // namespace stocktake
