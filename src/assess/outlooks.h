// The outlook of every row of a run for its deadline: what the model of docs/methods.md, "Projection", says of its target.
#pragma once

#include <vector>

#include "assess/method_run.h"
#include "assess/projection/outlook.h"
#include "assess/run.h"

namespace stocktake {

// Probability that published bounds hold, where nobody says: UN IGME's (data README of open-numbers/ddf--igme--cme).
inline constexpr double published_interval = 0.9;

struct OutlookOptions {
  Model model;  // see default_model()
  double interval = published_interval;
  int years_beyond = 30;  // for how many years after the deadline a year of achievement is looked for
};

// Standard deviations of the figures of a row, from published bounds, in the indicator's unit; NaN where none are published,
// empty when the series has none.
std::vector<double> observed_sd(const AssessmentRun& run, const Assessment& row, double interval);

// One a row; when rows are named as wanted, the others are left as they are made. Rows without a forecast (too few figures,
// deadline past, figures too old) have the state that says so. On all cores; about 60 microseconds a row with the combination.
std::vector<Outlook> outlooks_of(const AssessmentRun& run, const OutlookOptions& options, const std::vector<bool>& wanted = {});

// Adds p_met, the years by which the chance of having met the target is 10, 50 and 90 per cent, the 80 per cent interval and the
// median at the deadline, and the expected shortfall. `brief`: p_met and the middle year alone.
void add_outlooks(const std::vector<Outlook>& outlooks, bool brief, Table& table);

}  // namespace stocktake
