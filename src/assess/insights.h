// What can be said of a run beyond the two charts: outlooks for the deadlines, the verdict of every method and where methods
// agree, what needs action first, and the pace needed against history. All by the published defaults.
#pragma once

#include <cstdint>
#include <vector>

#include "assess/agreement.h"
#include "assess/method_run.h"
#include "assess/outlooks.h"
#include "assess/pace/pace.h"
#include "assess/priorities/priorities.h"

namespace stocktake {

struct Insights {
  OutlookOptions outlook_options;
  PriorityOptions priority_options;
  std::vector<bool> counted;         // by row of the run: the headline rows, which all below is about
  std::vector<RowOutlook> outlooks;  // by row of the run; as they are made for rows that are not counted
  MethodRun judged;                  // by every method, all rows
  Agreement agreement;               // over the rows counted
  Priorities priorities;
  std::vector<Pace> paces;  // of the rows counted
};

// On all cores; the same for any number of them.
Insights gain_insights(const AssessmentRun& run);

// The run's manifest with what the insights were made with: methods, model, draws and seed.
Manifest manifest_of(const AssessmentRun& run, const Insights& insights);

}  // namespace stocktake
