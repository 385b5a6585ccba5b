// Scores and colours of the SDSN Sustainable Development Report on an indicator's scale (framework file, `sdsn:`), for the two
// methods and for the index made of them. Formulas and sources: docs/methods.md.
#pragma once

#include <span>
#include <string_view>

#include "assess/methods/method.h"

namespace stocktake {

// 100 (x - worst)/(best - worst), from 0 (worst or below) to 100 (best or beyond).
double sdsn_score_of(const SdsnScale& scale, double value);
// The same without the limits: of a pace, and of values beyond the scale.
double sdsn_unlimited_score(const SdsnScale& scale, double value);

// The score on the scale of the colours: below 1 red, below 1.5 orange, below 2 yellow, 2 to 3 green.
double sdsn_rescaled(const SdsnScale& scale, double score);

enum class Colour : std::uint8_t { green, yellow, orange, red, grey };  // grey: no data
std::string_view to_string(Colour colour);
Colour sdsn_colour(double rescaled);

// Colour of a goal from its indicators' rescaled scores, in any order: that of the mean of the two lowest, but red only when both
// are red (else orange) and green only when all are green (else yellow). Grey when there is none.
Colour sdsn_goal_colour(std::span<const double> rescaled);

enum class Arrow : std::uint8_t { on_track, improving, stagnating, decreasing, none };
std::string_view to_string(Arrow arrow);  // "on_track", "moderately_improving", "stagnating", "decreasing", ""
std::string_view sign_of(Arrow arrow);    // "↑", "↗", "→", "↓", "."

// The trend of an indicator on the scale from 0 to 4 on which goals are averaged: 0-1 decreasing, 1-2 stagnating, 2-3 moderately
// improving, 3-4 on track. How SDSN maps the ratio within these is not known; this map is ours: linear between the cuts.
double sdsn_trend_points(Arrow arrow, double ratio, double moderate);
Arrow sdsn_arrow_of_points(double points);

}  // namespace stocktake
