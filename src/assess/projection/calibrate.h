// Estimates the table of combination.h from a backtest: weights of the models and factors on their spread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "assess/projection/backtest.h"
#include "assess/projection/combination.h"

namespace stocktake {

// The areas are cut in two by the FNV-1a hash of their code: the table is estimated on one half, and what is said of it is said
// of the other.
bool in_calibration_half(std::string_view area);

struct CalibrationTable {
  std::vector<CalibrationStep> steps;
  ChanceLine parity;                // of the probability of parity bands; without effect where fewer than 200 cases tell
  Model best = Model::combination;  // the least pooled CRPS on the same cases, each model calibrated
};

// For each step, from the cases that lie exactly so many years after their last figure. For each class of series first the factor
// of every model (the 80 % quantile of |figure - mean|/sd over that of the normal distribution), then the weights that make the
// pooled CRPS of the calibrated mixture least (multiples of 0.05, by moving weight between pairs of models), then its factor.
// A class with fewer than 200 cases takes the values of the next longer series of its roughness, lines those of the step before
// (in the first step of the longest smooth series). Flat drawn series are left out. Throws Error(input) when the longest are
// fewer, Error(interrupted).
CalibrationTable calibrate(const BacktestPlan& plan, const std::vector<BacktestCase>& cases, const std::vector<int>& steps);

// Phi(shift + slope Phi^-1(p)) of greatest likelihood of what came, by Fisher scoring; p is taken between 0.001 and 0.999.
// As made where there are fewer than 200 or all came or none did, or where no greatest likelihood with a slope above zero is
// found.
ChanceLine fit_chances(const std::vector<double>& said, const std::vector<bool>& came);

// The table as the C++ header calibration_table.h; `run` says what it was estimated from, a line each.
std::string to_source(const CalibrationTable& table, const std::vector<std::string>& run);

}  // namespace stocktake
