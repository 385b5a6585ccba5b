// The scores of a backtest: by subject, model and horizon, and pooled. Formulas: docs/methods.md, "Backtest".
#pragma once

#include <cstdint>
#include <vector>

#include "assess/projection/backtest.h"

namespace stocktake {

inline constexpr std::uint32_t pooled = UINT32_MAX;

// A skill with the interval that holds 95 % of 1,000 bootstrap samples of areas (fixed seed); NaN where it is not defined.
struct Skill {
  double value = no_figure, low = no_figure, high = no_figure;
};

struct BacktestScore {
  std::uint32_t subject = pooled;
  std::int16_t horizon = 0;
  Model model = Model::last_value;
  std::int64_t cases = 0, areas = 0;
  double mae = no_figure;   // mean |median - figure| over the mean change a year; pooled: geometric mean over subjects
  double crps = no_figure;  // mean CRPS on the scale over the mean change a year there; pooled likewise
  Skill over_last_value;    // 1 - CRPS / CRPS of last_value; pooled: 1 - the geometric mean of the subjects' ratios
  Skill over_linear;
  double within_50 = no_figure, within_80 = no_figure, within_95 = no_figure;  // shares of figures inside the central interval
  std::int64_t targets = 0;                                                    // cases with a target
  double brier = no_figure;                                                    // mean (P(met) - met)^2
  double met = no_figure, expected_met = no_figure;  // share of figures that met the target, and the mean P(met)
};

// By horizon; within it pooled first, then by subject; models in their order. In pooled geometric means a subject weighs as many
// times as it has cases; subjects that a model or a benchmark forecasts without any error are left out of them.
std::vector<BacktestScore> score_backtest(const BacktestPlan& plan, const std::vector<BacktestCase>& cases);

Table to_table(const BacktestPlan& plan, const std::vector<BacktestScore>& scores);

}  // namespace stocktake
