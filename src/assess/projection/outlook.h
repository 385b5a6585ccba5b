// What a forecast says of a target: the fan, the probability that the target is met, when, and what will be missing. Formulas,
// a worked example and limits: docs/methods.md, "What a forecast says of a target".
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "assess/projection/projection.h"
#include "assess/promise.h"

namespace stocktake {

// A probability of a forecast is told between these: what the spread was calibrated on says nothing of rarer things.
inline constexpr double least_chance = 0.001, greatest_chance = 0.999;
double told_chance(double probability);  // NaN stays NaN

// A recalibrated probability: Phi(shift + slope Phi^-1(p)). As made it changes nothing; 0 and 1 stay what they are.
struct ChanceLine {
  double shift = 0, slope = 1;
};
double recalibrated(const ChanceLine& line, double probability);

// A predictive distribution a year: Gaussian with mean[i] and sd[i] on the scale in the year first_year + i. The spans belong to
// the caller and are equally long.
struct Forecast {
  std::int16_t first_year = 0;
  std::span<const double> mean, sd;
  ScaleView scale;
  ChanceLine parity = {};  // by which every probability of a parity band is told; see parity_line()
};

// The edges of the 50, 80 and 95 % fans around the median.
inline constexpr std::array<double, 7> fan_shares = {0.025, 0.10, 0.25, 0.50, 0.75, 0.90, 0.975};
using Fan = std::array<double, fan_shares.size()>;
// Chances for which the year of achievement is told.
inline constexpr std::array<double, 3> year_shares = {0.10, 0.50, 0.90};

enum class OutlookState : std::uint8_t {
  forecast,      // the deadline lies ahead and within the forecast
  decided,       // the deadline lies at or before the last figure: a figure of that year decides, there is nothing to forecast
  out_of_reach,  // no forecast, or it ends before the deadline
};

// In the indicator's own unit. NaN (no_figure) where a figure does not exist: without a target there are only fan and mean; an
// outlook whose state is not `forecast` has no fan.
struct Outlook {
  OutlookState state = OutlookState::out_of_reach;
  std::int16_t deadline = 0;
  bool met_now = false;                                                                  // the last figure meets the target
  Fan fan{no_figure, no_figure, no_figure, no_figure, no_figure, no_figure, no_figure};  // at the deadline
  double mean = no_figure;                                                               // at the deadline
  double probability = no_figure;          // that the target is met in the deadline year
  double shortfall = no_figure;            // E[max(0, sense (y* - Y))] at the deadline; parity: expected distance from the band
  std::array<std::int16_t, 3> year_met{};  // first year by which the chance reaches year_shares; when met now the year of the
                                           // last figure; 0: not within the forecast
  std::int16_t last_year = 0;              // of the forecast; a year_met of 0 means "not before last_year + 1"
  double median() const { return fan[3]; }
};

// Quantiles of a year's figure. sd <= 0 is a point.
Fan fan_of(const ScaleView& scale, double mean, double sd);
// E[Y]; the normal distribution is cut at 8 standard deviations.
double mean_of(const ScaleView& scale, double mean, double sd);
// Where on the scale a figure meets the promise: from low to high, infinite on the open side. NaN without a target.
struct MetRange {
  double low = no_figure, high = no_figure;
};
MetRange met_range(const ScaleView& scale, const Promise& promise, const RuleView& rule);
// P(low <= Z <= high) of a Gaussian forecast with sd > 0.
double probability_within(const MetRange& range, double mean, double sd);
// P(Y meets the promise). NaN without a target or a forecast.
double probability_met(const ScaleView& scale, double mean, double sd, const Promise& promise, const RuleView& rule);
// E[max(0, sense (y* - Y))]; under parity the expected distance from the band.
double expected_shortfall(const ScaleView& scale, double mean, double sd, const Promise& promise, const RuleView& rule);

// The outlook of a series for the deadline of its rule. `forecast` starts in the year after the last figure and should go on for
// as long as years of achievement matter. `met_by`, when not empty, is as long as the forecast and becomes P(met by that year).
// No allocation.
Outlook outlook_of(const SeriesView& series, const Forecast& forecast, const Promise& promise, const RuleView& rule,
                   std::span<double> met_by = {});

// The normal distribution, for all of projection; its quantiles are in assess/simulation/random.h.
double normal_density(double z);
double normal_below(double z);

}  // namespace stocktake
