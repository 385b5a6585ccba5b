// What is expected of a row at its deadline, with how sure we are: the input of probabilities and of the stability of ranks.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "assess/projection/projection.h"
#include "assess/run.h"

namespace stocktake {

// The value at the deadline: Gaussian on the scale.
struct DeadlineForecast {
  ScaleView scale;
  double mean = 0, sd = 0;
  double value(double z) const { return scale.from(z); }
};

// Of a row of the run, for the year of its deadline. None: no model fits, or no year is left.
using Forecaster = std::function<std::optional<DeadlineForecast>(const Assessment&)>;

// No forecast for any row: every rank is certain.
std::optional<DeadlineForecast> no_forecast(const Assessment& row);
// By a model of src/assess/projection on the figures up to data_until. The run must outlive the forecaster. None for computed
// groups: what is expected of them comes from their countries (outlooks_of), and is no Gaussian.
Forecaster model_forecaster(const AssessmentRun& run, Model model);

// The promise of a row, as the facts were computed with.
Promise promise_of_row(const RuleView& rule, const Assessment& row);

// P(the value at the deadline meets the target); for parity that it lies in the band. NaN where the rule has no number.
double probability_met(const DeadlineForecast& forecast, const RuleView& rule, const Promise& promise);

}  // namespace stocktake
