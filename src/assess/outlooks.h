// The outlook of every row of a run for its deadline: what the model of docs/methods.md, "Projection", says of its target.
#pragma once

#include <vector>

#include "assess/method_run.h"
#include "assess/projection/outlook.h"
#include "assess/run.h"
#include "assess/simulation/outlook.h"

namespace stocktake {

// Probability that published bounds hold, where nobody says: UN IGME's (data README of open-numbers/ddf--igme--cme).
inline constexpr double published_interval = 0.9;

struct OutlookOptions {
  Model model;  // see default_model(); of the countries of a computed group too
  double interval = published_interval;
  unsigned threads = 0;   // 0: as many as the machine has; the answer is the same
  int years_beyond = 30;  // for how many years after the deadline a year of achievement is looked for
};

// Standard deviations of the figures of a row, from published bounds, in the indicator's unit; NaN where none are published,
// empty when the series has none.
std::vector<double> observed_sd(const AssessmentRun& run, const Assessment& row, double interval);

// The outlook of a row. Of a computed group it is that of the joint simulation of its countries, with the defaults of
// `stocktake aggregate`, and the chances of its verdict are there too; of other rows they are NaN.
using RowOutlook = GroupOutlook;

// One a row; when rows are named as wanted, the others are left as they are made. Rows without a forecast (too few figures,
// deadline past, figures too old, a group that is not covered) have the state that says so. On all cores; about 60 microseconds
// a row with the combination, and about so much for each country of each series of which groups were computed.
std::vector<RowOutlook> outlooks_of(const AssessmentRun& run, const OutlookOptions& options,
                                    const std::vector<bool>& wanted = {});

// Adds p_met, the years by which the chance of having met the target is 10, 50 and 90 per cent, the fan and the mean at the
// deadline, the expected shortfall, and the chances of a computed group's verdict. `brief`: p_met and the middle year alone.
void add_outlooks(const std::vector<RowOutlook>& outlooks, bool brief, Table& table);

}  // namespace stocktake
