#include <algorithm>
#include <cmath>

#include "assess/projection/projection.h"

namespace stocktake {

std::string_view to_string(Model model) {
  constexpr std::string_view names[model_count] = {"last_value",  "linear",       "geometric",  "ets",
                                                   "local_trend", "damped_trend", "combination"};
  return names[static_cast<std::size_t>(model)];
}

double ScaleView::to(double y) const {
  if (scale == Scale::identity) return y;
  if (scale == Scale::log) return std::log(std::max(y, inside));
  const double within = std::clamp(y, lower + inside, upper - inside);
  return std::log((within - lower) / (upper - within));
}

double ScaleView::from(double z) const {
  if (scale == Scale::identity) return std::clamp(z, floor, ceiling);
  if (scale == Scale::log) return std::exp(std::min(z, 709.0));
  const double small = std::exp(-std::abs(z)), share = 1 / (1 + small);  // of the larger part
  return z >= 0 ? upper - (upper - lower) * (small * share) : lower + (upper - lower) * (small * share);
}

double figure_step(const SeriesView& series) {
  double step = 1;
  double scale = 1;
  for (std::size_t i = 0; i < series.size; ++i) {
    while (scale < 1e6) {
      const double shifted = std::abs(series.value[i]) * scale;
      if (std::abs(shifted - std::nearbyint(shifted)) <= 1e-9 * std::max(1.0, shifted)) break;
      scale *= 10;
      step = 1 / scale;
    }
  }
  return step;
}

ScaleView scale_of(const Indicator* indicator, const SeriesView& series) {
  ScaleView view;
  if (indicator == nullptr) return view;
  view.floor = std::max(view.floor, indicator->bounds.lower);
  view.ceiling = std::min(view.ceiling, indicator->bounds.upper);
  if (indicator->scale == Scale::identity || series.size == 0) return view;
  const bool logit = indicator->scale == Scale::logit;
  const double lower = logit ? indicator->bounds.lower : 0, upper = logit ? indicator->bounds.upper : HUGE_VAL;
  if (logit && (!std::isfinite(lower) || !std::isfinite(upper) || lower >= upper)) return view;
  double nearest = HUGE_VAL;  // distance from a bound of the figure that lies closest to one, but not on it
  for (std::size_t i = 0; i < series.size; ++i) {
    const double distance = std::min(series.value[i] - lower, upper - series.value[i]);
    if (distance < 0 || (distance == 0 && !logit)) return view;
    if (distance > 0) nearest = std::min(nearest, distance);
  }
  view.scale = indicator->scale;
  view.inside = figure_step(series) / 2;
  if (logit) {
    view.lower = lower;
    view.upper = upper;
    view.inside = std::clamp(view.inside, (upper - lower) / 2000, (upper - lower) / 200);
  }
  view.inside = std::min(view.inside, nearest / 2);
  return view;
}

}  // namespace stocktake
