#include "assess/priorities/forecast.h"

#include <vector>

#include "assess/outlooks.h"
#include "assess/projection/combination.h"

namespace stocktake {
std::optional<DeadlineForecast> no_forecast(const Assessment&) { return std::nullopt; }

Forecaster model_forecaster(const AssessmentRun& run, Model model) {
  return [&run, model](const Assessment& row) -> std::optional<DeadlineForecast> {
    const Facts& facts = row.facts;
    if (row.origin == Origin::computed_group || facts.deadline_year <= facts.latest_year) return std::nullopt;
    const std::vector<double> observed = observed_sd(run, row, published_interval);
    ProjectionInput input;
    input.series = series_of(run, row);
    input.sd = observed;
    input.scale = scale_of(&run.indicator(row), input.series);
    std::vector<double> mean(static_cast<std::size_t>(facts.deadline_year - facts.latest_year)), sd(mean.size());
    if (!project_calibrated(input, model, mean, sd)) return std::nullopt;
    return DeadlineForecast{input.scale, mean.back(), sd.back()};
  };
}

Promise promise_of_row(const RuleView& rule, const Assessment& row) { return promise_of(rule, row.facts.base, row.facts.latest); }

double probability_met(const DeadlineForecast& forecast, const RuleView& rule, const Promise& promise) {
  return probability_met(forecast.scale, forecast.mean, forecast.sd, promise, rule);
}

}  // namespace stocktake
