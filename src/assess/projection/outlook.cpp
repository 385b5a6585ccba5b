#include "assess/projection/outlook.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "assess/simulation/random.h"

namespace stocktake {
namespace {

constexpr double reach = 8;        // standard deviations that a quadrature covers; beyond lies 1.2e-15 of the probability
constexpr double rounding = 1e-9;  // as in promise.cpp: a line counts as reached this share of itself before

// Gauss-Legendre with eight points on [-1, 1]: half of the symmetric nodes and their weights, as
// numpy.polynomial.legendre.leggauss(8) gives them.
constexpr std::array<double, 4> nodes = {0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363};
constexpr std::array<double, 4> weights = {0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763};

// Integral of value(z) times the normal density over [from, to], cut at `reach`, in so many panels; 0 when that is empty.
template <typename Value>
double over_normal(double from, double to, std::size_t panels, const Value& value) {
  from = std::max(from, -reach);
  to = std::min(to, reach);
  if (!(from < to)) return 0;
  const double half = (to - from) / static_cast<double>(2 * panels);
  double sum = 0;
  for (std::size_t p = 0; p < panels; ++p) {
    const double middle = from + half * static_cast<double>(2 * p + 1);
    for (std::size_t k = 0; k < nodes.size(); ++k) {
      for (const double z : {middle - half * nodes[k], middle + half * nodes[k]})
        sum += weights[k] * half * value(z) * normal_density(z);
    }
  }
  return sum;
}

// Where the way back from the scale has a kink, because figures are cut to natural bounds: integrals are split there.
struct Kinks {
  double low = -reach, high = reach;
};
Kinks kinks_of(const ScaleView& scale, double mean, double sd) {
  Kinks kinks;
  if (scale.scale == Scale::logit) return kinks;
  const auto z_of = [&](double bound, double otherwise) {
    if (std::abs(bound) > 1e300 || (scale.scale == Scale::log && bound <= 0)) return otherwise;
    return std::clamp(((scale.scale == Scale::log ? std::log(bound) : bound) - mean) / sd, -reach, reach);
  };
  kinks.low = z_of(scale.floor, -reach);
  kinks.high = std::max(kinks.low, z_of(scale.ceiling, reach));
  return kinks;
}

template <typename Value>
double over_forecast(const ScaleView& scale, double mean, double sd, double from, double to, const Value& value) {
  const auto at = [&](double z) { return value(scale.from(mean + sd * z)); };
  const Kinks kinks = kinks_of(scale, mean, sd);
  const std::size_t panels = scale.scale == Scale::identity || sd < 1 ? 8 : 24;  // wide forecasts bend the way back
  return over_normal(from, std::min(to, kinks.low), panels, at) +
         over_normal(std::max(from, kinks.low), std::min(to, kinks.high), panels, at) +
         over_normal(std::max(from, kinks.high), to, panels, at);
}

bool is_point(double sd) { return !(sd > 0); }

constexpr double far = std::numeric_limits<double>::infinity();

// Where a value lies on the scale; infinite for a value that the scale cannot take.
double on_scale(const ScaleView& scale, double value) {
  if (scale.scale == Scale::log && value < 0) return -far;
  if (scale.scale == Scale::logit && value < scale.lower) return -far;
  if (scale.scale == Scale::logit && value > scale.upper) return far;
  // A figure cut to its bound meets a line at the bound, none beyond it.
  if (value < scale.floor) return -far;
  if (value > scale.ceiling) return far;
  return scale.to(value);
}

// … in standard deviations from the mean.
double z_of(const ScaleView& scale, double mean, double sd, double value) { return (on_scale(scale, value) - mean) / sd; }

bool has_target(const Promise& promise, const RuleView& rule) {
  return rule.type == RuleType::parity || (std::isfinite(promise.target) && std::isfinite(promise.line) && promise.sense != 0);
}

// A figure of the deadline year, or before it and just the last; NaN when there is none of that year.
double figure_of(const SeriesView& series, int year) {
  const std::int16_t* end = series.year + series.size;
  const std::int16_t* found = std::lower_bound(series.year, end, static_cast<std::int16_t>(year));
  return found != end && *found == year ? series.value[found - series.year] : no_figure;
}

void decide(const SeriesView& series, const Promise& promise, const RuleView& rule, Outlook& outlook) {
  outlook.state = OutlookState::decided;
  const double value = figure_of(series, outlook.deadline);
  if (std::isnan(value) || !has_target(promise, rule)) return;
  outlook.probability = meets(promise, rule, value) ? 1 : 0;
  outlook.shortfall = distance_to(promise, rule, value);
}

double chance_in(const Forecast& forecast, std::size_t i, const Promise& promise, const RuleView& rule) {
  const double chance = probability_met(forecast.scale, forecast.mean[i], forecast.sd[i], promise, rule);
  return rule.type == RuleType::parity ? recalibrated(forecast.parity, chance) : chance;
}

// P(met by year i) is the largest P(met in year t), t <= i: exact where the paths keep their rank within the fan, else a lower
// bound, because a path may also touch the line and leave it again.
void years_of(const Forecast& forecast, const Promise& promise, const RuleView& rule, Outlook& outlook,
              std::span<double> met_by) {
  double chance = outlook.met_now ? 1 : 0;
  for (std::size_t i = 0; i < forecast.mean.size(); ++i) {
    chance = std::max(chance, chance_in(forecast, i, promise, rule));
    if (!met_by.empty()) met_by[i] = chance;
    for (std::size_t k = 0; k < year_shares.size(); ++k) {
      if (outlook.year_met[k] == 0 && chance >= year_shares[k])
        outlook.year_met[k] = static_cast<std::int16_t>(forecast.first_year + static_cast<int>(i));
    }
  }
}

}  // namespace

double normal_density(double z) { return std::exp(-0.5 * z * z) * (std::numbers::inv_sqrtpi / std::numbers::sqrt2); }

double normal_below(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

double told_chance(double probability) { return std::clamp(probability, least_chance, greatest_chance); }

double recalibrated(const ChanceLine& line, double probability) {
  if (!(probability > 0 && probability < 1)) return probability;
  return normal_below(line.shift + line.slope * normal_quantile(probability));
}

Fan fan_of(const ScaleView& scale, double mean, double sd) {
  static const Fan z = [] {
    Fan quantiles{};
    std::transform(fan_shares.begin(), fan_shares.end(), quantiles.begin(), normal_quantile);
    quantiles[3] = 0;
    return quantiles;
  }();
  Fan fan{};
  for (std::size_t k = 0; k < fan.size(); ++k) fan[k] = scale.from(is_point(sd) ? mean : mean + sd * z[k]);
  return fan;
}

double mean_of(const ScaleView& scale, double mean, double sd) {
  if (is_point(sd)) return scale.from(mean);
  if (const Kinks kinks = kinks_of(scale, mean, sd); scale.scale == Scale::identity && kinks.low == -reach && kinks.high == reach)
    return mean;
  return over_forecast(scale, mean, sd, -reach, reach, [](double value) { return value; });
}

MetRange met_range(const ScaleView& scale, const Promise& promise, const RuleView& rule) {
  if (!has_target(promise, rule)) return {};
  if (rule.type == RuleType::parity) return {on_scale(scale, rule.lower), on_scale(scale, rule.upper)};
  const double line = on_scale(scale, promise.line - promise.sense * rounding * std::abs(promise.line));
  return promise.sense > 0 ? MetRange{line, far} : MetRange{-far, line};
}

double probability_within(const MetRange& range, double mean, double sd) {
  if (range.high == far) return normal_below((mean - range.low) / sd);
  if (range.low == -far) return normal_below((range.high - mean) / sd);
  return std::max(0.0, 1 - normal_below((range.low - mean) / sd) - normal_below((mean - range.high) / sd));
}

double probability_met(const ScaleView& scale, double mean, double sd, const Promise& promise, const RuleView& rule) {
  if (!has_target(promise, rule) || std::isnan(mean) || std::isnan(sd)) return no_figure;
  if (is_point(sd)) return meets(promise, rule, scale.from(mean)) ? 1 : 0;
  return probability_within(met_range(scale, promise, rule), mean, sd);
}

double expected_shortfall(const ScaleView& scale, double mean, double sd, const Promise& promise, const RuleView& rule) {
  if (!has_target(promise, rule) || std::isnan(mean) || std::isnan(sd)) return no_figure;
  const auto lack = [&](double value) { return distance_to(promise, rule, value); };
  if (is_point(sd)) return lack(scale.from(mean));
  if (rule.type == RuleType::parity) {
    return over_forecast(scale, mean, sd, -reach, z_of(scale, mean, sd, rule.lower), lack) +
           over_forecast(scale, mean, sd, z_of(scale, mean, sd, rule.upper), reach, lack);
  }
  const double edge = z_of(scale, mean, sd, promise.target);
  return promise.sense > 0 ? over_forecast(scale, mean, sd, -reach, edge, lack)
                           : over_forecast(scale, mean, sd, edge, reach, lack);
}

Outlook outlook_of(const SeriesView& series, const Forecast& forecast, const Promise& promise, const RuleView& rule,
                   std::span<double> met_by) {
  Outlook outlook;
  outlook.deadline = rule.deadline;
  std::fill(met_by.begin(), met_by.end(), no_figure);
  if (series.size == 0) return outlook;
  const std::int16_t last = series.year[series.size - 1];
  outlook.last_year = static_cast<std::int16_t>(last + static_cast<int>(forecast.mean.size()));
  if (has_target(promise, rule)) {
    outlook.met_now = meets(promise, rule, series.value[series.size - 1]);
    if (outlook.met_now) outlook.year_met.fill(last);
    years_of(forecast, promise, rule, outlook, met_by);
  }
  if (rule.deadline <= last) {
    decide(series, promise, rule, outlook);
    return outlook;
  }
  const auto at = static_cast<std::size_t>(rule.deadline - forecast.first_year);
  if (rule.deadline < forecast.first_year || at >= forecast.mean.size()) return outlook;
  const double mean = forecast.mean[at], sd = forecast.sd[at];
  outlook.state = OutlookState::forecast;
  outlook.fan = fan_of(forecast.scale, mean, sd);
  outlook.mean = mean_of(forecast.scale, mean, sd);
  outlook.probability = chance_in(forecast, at, promise, rule);
  outlook.shortfall = expected_shortfall(forecast.scale, mean, sd, promise, rule);
  return outlook;
}

}  // namespace stocktake
