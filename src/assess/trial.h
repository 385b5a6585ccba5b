// A method tried on figures given by hand: what people check a published example with.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "assess/methods/method.h"

namespace stocktake {

struct Trial {
  std::vector<std::pair<int, double>> figures;  // year and value, years ascending, each once; not finite ones are passed over
  TargetRule rule;
  Indicator indicator;  // its direction, bounds and SDSN scale count
  int baseline = 0;
  int deadline = 0;
  int data_until = 32000;  // last year of figures that counts
  int oldest = -32000;     // a latest figure before this year is too old
};

struct TrialResult {
  Facts facts;
  Judgement judgement;
};

// Facts as of an assessment run, then the method on them. `parameters` as of Method::judge.
TrialResult try_method(const Method& method, const Trial& trial, std::span<const double> parameters);

}  // namespace stocktake
