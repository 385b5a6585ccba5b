#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "assess/projection/combination.h"
#include "assess/projection/ets.h"
#include "assess/projection/simple.h"
#include "assess/projection/trend.h"

namespace stocktake {
namespace {

using projection::Figures;

// The figures of one series on the scale, in place: no allocation.
struct Prepared {
  std::array<std::int32_t, most_figures> gap;
  std::array<double, most_figures> z, variance;
  std::size_t count = 0;
  bool known = false;  // observation variances

  Figures view() const { return {count, gap.data(), z.data(), known ? variance.data() : nullptr}; }

  // sd(i): of figure i, on the scale of z; a figure whose sd is not a positive number gets the mean of the others' variances.
  template <typename Z, typename Sd>
  void fill(std::span<const std::int16_t> year, bool has_sd, const Z& z_of, const Sd& sd_of, double unknown = 0) {
    const std::size_t skip = year.size() - std::min(year.size(), most_figures);
    count = 0;
    double sum = 0;
    std::size_t published = 0;
    for (std::size_t i = skip; i < year.size(); ++i) {
      gap[count] = count == 0 ? 0 : year[i] - year[i - 1];
      z[count] = z_of(i);
      double v = 0;
      if (has_sd) {
        const double sd = sd_of(i);
        v = sd > 0 && std::isfinite(sd * sd) ? sd * sd : 0;
      }
      sum += v;
      if (v > 0) ++published;
      variance[count] = v;
      ++count;
    }
    known = published > 0;
    if (!known || published == count) return;
    if (!(unknown > 0)) unknown = sum / static_cast<double>(published);
    for (std::size_t i = 0; i < count; ++i) {
      if (variance[i] == 0) variance[i] = unknown;
    }
  }
};

// How much z moves where y moves by one, at y.
double steepness(const ScaleView& scale, double y) {
  if (scale.scale == Scale::identity) return 1;
  if (scale.scale == Scale::log) return 1 / std::max(y, scale.inside);
  const double within = std::clamp(y, scale.lower + scale.inside, scale.upper - scale.inside);
  return (scale.upper - scale.lower) / ((within - scale.lower) * (scale.upper - within));
}

void prepare(const ProjectionInput& input, Prepared& out) {
  const SeriesView& s = input.series;
  out.fill(
      {s.year, s.size}, input.sd.size() == s.size && s.size > 0, [&](std::size_t i) { return input.scale.to(s.value[i]); },
      [&](std::size_t i) { return input.sd[i] * steepness(input.scale, s.value[i]); });
}

// The least sd that is believed, one year ahead: that of rounding to the figures' last decimal, 1/sqrt(12) of a step.
double least_sd(const ProjectionInput& input) {
  const SeriesView& s = input.series;
  const double y = s.value[s.size - 1];
  double step = figure_step(s);
  const double range = input.scale.ceiling - input.scale.floor;
  if (range < 1e300) step = std::min(step, range / 100);
  const double z = input.scale.to(y), around = (input.scale.to(y + step) - input.scale.to(y - step)) / 2;
  const double least = input.scale.scale == Scale::identity ? 0 : 1e-3;
  return std::max({around / std::sqrt(12.0), least, 1e-9 * std::abs(z), 1e-300});
}

// Where a model finds no uncertainty at all (constant figures, figures on a line) it is that of rounding.
void guard(const ProjectionInput& input, const Figures& f, std::span<double> mean, std::span<double> sd) {
  if (mean.empty()) return;
  double low = f.z[0], high = f.z[0];
  for (std::size_t i = 1; i < f.count; ++i) {
    low = std::min(low, f.z[i]);
    high = std::max(high, f.z[i]);
  }
  // 1e-12: what rounding of the arithmetic leaves of a variance of zero.
  if (sd[0] > std::max(1e-6 * (high - low), 1e-12 * std::max(std::abs(low), std::abs(high)))) return;
  const double least = least_sd(input);
  for (std::size_t i = 0; i < sd.size(); ++i) sd[i] = std::max(sd[i], least * std::sqrt(static_cast<double>(i + 1)));
}

// Least squares on ln y, whatever the scale. On the log scale that is forecast_linear itself; elsewhere the log-normal forecast
// is brought to the scale by its median and the width of its 80 % interval.
bool geometric(const ProjectionInput& input, const Figures& f, std::span<double> mean, std::span<double> sd) {
  if (input.scale.scale == Scale::log) return false;
  const SeriesView& s = input.series;
  const std::size_t skip = s.size - f.count;
  std::array<double, most_figures> logs;
  for (std::size_t i = 0; i < f.count; ++i) {
    if (!(s.value[skip + i] > 0)) return false;
    logs[i] = std::log(s.value[skip + i]);
  }
  const Figures on_log{f.count, f.gap, logs.data(), nullptr};
  if (f.count < least_figures(Model::geometric)) {
    forecast_drift(on_log, mean, sd);
  } else {
    forecast_linear(on_log, mean, sd);
  }
  constexpr double z90 = 1.2815515655446004;
  double before = 0;
  for (std::size_t i = 0; i < mean.size(); ++i) {
    const double middle = std::min(mean[i], 700.0), wide = std::min(z90 * sd[i], 5.0);
    const double upper = input.scale.to(std::exp(middle + wide)), lower = input.scale.to(std::exp(middle - wide));
    mean[i] = input.scale.to(std::exp(middle));
    before = sd[i] = std::max(before, (upper - lower) / (2 * z90));
  }
  return true;
}

void run(const ProjectionInput& input, const Figures& f, Model model, std::span<double> mean, std::span<double> sd) {
  if (model == Model::geometric && geometric(input, f, mean, sd)) return guard(input, f, mean, sd);
  if (f.count < least_figures(model)) {
    forecast_drift(f, mean, sd);
  } else if (model == Model::last_value) {
    forecast_last_value(f, mean, sd);
  } else if (model == Model::linear || model == Model::geometric) {
    forecast_linear(f, mean, sd);
  } else if (model == Model::ets && !projection::on_line(f)) {
    forecast_ets(projection::fit_ets(f), mean, sd);
  } else {
    TrendFit trend;  // figures on a line go on along it
    projection::fit_figures(f, model == Model::damped_trend, trend);
    forecast_trend(trend, mean, sd);
  }
  guard(input, f, mean, sd);
}

}  // namespace

std::size_t least_figures(Model model) {
  if (model == Model::last_value || model == Model::combination) return 2;
  return model == Model::ets ? projection::ets_least : 5;
}

bool project(const ProjectionInput& input, Model model, std::span<double> mean, std::span<double> sd) {
  if (input.series.size < 2) return false;
  if (model == Model::combination) return combine(input, mean, sd);
  Prepared prepared;
  prepare(input, prepared);
  run(input, prepared.view(), model, mean, sd);
  return true;
}

bool project_all(const ProjectionInput& input, std::size_t horizon, std::span<double> mean, std::span<double> sd) {
  if (input.series.size < 2) return false;
  Prepared prepared;
  prepare(input, prepared);
  for (std::size_t m = 0; m + 1 < model_count; ++m) {
    run(input, prepared.view(), static_cast<Model>(m), mean.subspan(m * horizon, horizon), sd.subspan(m * horizon, horizon));
  }
  return true;
}

bool fit_trend(std::span<const std::int16_t> year, std::span<const double> z, std::span<const double> sd, bool damped,
               TrendFit& fit) {
  if (year.size() < projection::trend_least || year.size() > most_figures) return false;
  Prepared prepared;
  prepared.fill(
      year, sd.size() == year.size(), [&](std::size_t i) { return z[i]; }, [&](std::size_t i) { return sd[i]; });
  projection::fit_figures(prepared.view(), damped, fit);
  return true;
}

double trend_log_likelihood(std::span<const std::int16_t> year, std::span<const double> z, std::span<const double> sd,
                            double observation_variance, double level_variance, double slope_variance, double phi) {
  if (year.size() < 3 || year.size() > most_figures) return std::numeric_limits<double>::quiet_NaN();
  Prepared prepared;
  prepared.fill(
      year, sd.size() == year.size(), [&](std::size_t i) { return z[i]; }, [&](std::size_t i) { return sd[i]; },
      observation_variance);
  TrendFit fit;
  fit.observation_variance = observation_variance;
  fit.level_variance = level_variance;
  fit.slope_variance = slope_variance;
  fit.phi = phi;
  projection::filter_trend(prepared.view(), fit);
  return fit.log_likelihood;
}

}  // namespace stocktake
