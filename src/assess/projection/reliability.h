// Whether probabilities of a target being met came true as often as they said, measured on a backtest. Formulas and a real run:
// docs/methods.md, "Is P(met) right?".
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "assess/projection/backtest.h"

namespace stocktake {

// What is asked of the figure that came.
enum class Asked : std::uint8_t {
  deadline,  // the target, in the very year of its deadline: what `assess` tells
  early,     // the whole target, in a year before its deadline
  pro_rata,  // what the straight way from the base figure to the target asks for a year before the deadline: not the target
};
constexpr std::size_t asked_count = 3;
std::string_view to_string(Asked asked);  // "deadline", "early", "pro_rata"

inline constexpr std::array<double, 8> chance_edges = {0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1};
constexpr std::size_t chance_bins = chance_edges.size() - 1;

// A share with its Wilson interval of 95 %; NaN of none. The interval takes the cases for independent, which they are not.
struct Share {
  double value = no_figure, low = no_figure, high = no_figure;
};
Share wilson(std::int64_t came, std::int64_t all);  // 8 of 10: 0.8, 0.490162 to 0.943318

// Forecasts that said much the same: their number, from how many indicators, areas and origins; what they said on average, and
// the share that came true.
struct ChanceBin {
  std::int64_t cases = 0, indicators = 0, areas = 0, origins = 0;
  double said = no_figure;
  Share came;
};

// One question of one subject (or all) from one origin (or all) at one horizon (or all).
struct Reliability {
  Asked asked = Asked::deadline;
  std::uint32_t subject = UINT32_MAX;    // all: `pooled`
  std::int16_t origin = 0, horizon = 0;  // 0: all
  ChanceBin all;
  std::array<ChanceBin, chance_bins> bins;  // from an edge up to below the next; the last takes 1 in
  double brier = no_figure;                 // mean (p - came)^2
  double log_score = no_figure;             // mean -ln of the probability given to what came
  // 1 - score / score of the climatology, which always says the share of the same indicator, origin and horizon that came true
  // (known only afterwards, so a demanding reference); NaN where that never errs.
  double brier_skill = no_figure, log_skill = no_figure;
};

// The reliability of a model's probabilities, as `assess` tells them: between least_chance and greatest_chance, and for a model
// whose spread is calibrated (`calibrated`, as in the options of the backtest; the combination always) recalibrated under parity.
// By question; within it all together, then by horizon and by origin (where there are several), then (each) by subject. Questions
// and parts without cases are left out. A year beyond the deadline is not asked for.
std::vector<Reliability> reliability_of(const BacktestPlan& plan, const std::vector<BacktestCase>& cases, Model model, bool each);

// A row for each and one for each of its bins that has cases (`from` and `to` say which; scores are of the whole).
Table to_table(const BacktestPlan& plan, const std::vector<Reliability>& all);

}  // namespace stocktake
