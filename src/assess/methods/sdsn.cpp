#include "assess/methods/sdsn.h"

#include <algorithm>
#include <cmath>

namespace stocktake {

double sdsn_unlimited_score(const SdsnScale& scale, double value) {
  return 100 * (value - scale.worst) / (scale.best - scale.worst);
}

double sdsn_score_of(const SdsnScale& scale, double value) { return std::clamp(sdsn_unlimited_score(scale, value), 0.0, 100.0); }

double sdsn_rescaled(const SdsnScale& scale, double score) {
  const double red = sdsn_unlimited_score(scale, scale.red), green = sdsn_unlimited_score(scale, scale.green);
  if (score < red) return score / red;
  if (score < green) return 1 + (score - red) / (green - red);
  return green < 100 ? 2 + (score - green) / (100 - green) : 3;
}

std::string_view to_string(Colour colour) {
  constexpr std::array<std::string_view, 5> names{"green", "yellow", "orange", "red", "grey"};
  return names[static_cast<std::size_t>(colour)];
}

Colour sdsn_colour(double rescaled) {
  if (std::isnan(rescaled)) return Colour::grey;
  if (rescaled < 1) return Colour::red;
  if (rescaled < 1.5) return Colour::orange;
  return rescaled < 2 ? Colour::yellow : Colour::green;
}

Colour sdsn_goal_colour(std::span<const double> rescaled) {
  constexpr double none = std::numeric_limits<double>::infinity();
  double lowest = none, second = none;
  for (const double one : rescaled) {
    if (one < lowest) {
      second = lowest;
      lowest = one;
    } else if (one < second) {
      second = one;
    }
  }
  if (lowest == none) return Colour::grey;
  if (second == none) return sdsn_colour(lowest);
  const Colour colour = sdsn_colour((lowest + second) / 2);
  if (colour == Colour::red && second >= 1) return Colour::orange;
  if (colour == Colour::green && lowest < 2) return Colour::yellow;
  return colour;
}

std::string_view to_string(Arrow arrow) {
  constexpr std::array<std::string_view, 5> names{"on_track", "moderately_improving", "stagnating", "decreasing", ""};
  return names[static_cast<std::size_t>(arrow)];
}

std::string_view sign_of(Arrow arrow) {
  constexpr std::array<std::string_view, 5> signs{"↑", "↗", "→", "↓", "."};
  return signs[static_cast<std::size_t>(arrow)];
}

double sdsn_trend_points(Arrow arrow, double ratio, double moderate) {
  switch (arrow) {
    case Arrow::on_track: return std::isfinite(ratio) ? 3 + std::clamp(ratio - 1, 0.0, 1.0) : 4;  // no ratio: green is held
    case Arrow::improving: return 2 + std::clamp((ratio - moderate) / (1 - moderate), 0.0, 1.0);
    case Arrow::stagnating: return 1 + std::clamp(ratio / moderate, 0.0, 1.0);
    case Arrow::decreasing: return std::isfinite(ratio) ? std::max(0.0, 1 + ratio) : 0;  // no ratio: green was lost
    case Arrow::none: break;
  }
  return no_figure;
}

Arrow sdsn_arrow_of_points(double points) {
  if (std::isnan(points)) return Arrow::none;
  if (points >= 3) return Arrow::on_track;
  if (points >= 2) return Arrow::improving;
  return points >= 1 ? Arrow::stagnating : Arrow::decreasing;
}

}  // namespace stocktake
