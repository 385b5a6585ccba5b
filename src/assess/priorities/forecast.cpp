#include "assess/priorities/forecast.h"

#include <cmath>
#include <numbers>
#include <vector>

#include "assess/outlooks.h"
#include "assess/projection/combination.h"
#include "assess/simulation/random.h"

namespace stocktake {
namespace {

// In (0, 1): 53 bits, half a step away from both ends.
double uniform(std::uint64_t bits) { return (static_cast<double>(bits >> 11) + 0.5) * 0x1p-53; }

}  // namespace

std::optional<DeadlineForecast> no_forecast(const Assessment&) { return std::nullopt; }

Forecaster model_forecaster(const AssessmentRun& run, Model model) {
  return [&run, model](const Assessment& row) -> std::optional<DeadlineForecast> {
    const Facts& facts = row.facts;
    if (facts.deadline_year <= facts.latest_year) return std::nullopt;
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

double normal_draw(std::uint64_t seed, std::uint64_t key, std::uint64_t counter) {
  const std::uint64_t state = splitmix(seed + splitmix_step) ^ key;
  const double u = uniform(splitmix(state + splitmix_step * (2 * counter + 1)));
  const double v = uniform(splitmix(state + splitmix_step * (2 * counter + 2)));
  return std::sqrt(-2 * std::log(u)) * std::cos(2 * std::numbers::pi * v);
}

std::uint64_t draw_key(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return splitmix(hash);
}

}  // namespace stocktake
