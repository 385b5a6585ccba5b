// The options of `stocktake methods try`: figures, a promise and thresholds, as a user writes them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "assess/trial.h"
#include "cli/app.h"

namespace stocktake {

struct TryArguments {
  std::string method, series;
  std::string reach, reduce_by, multiply_by, universal, complement, tolerance, band, centre;  // numbers as written
  bool parity = false, halt_and_reverse = false;
  std::string direction;
  std::optional<int> baseline, deadline, data_until, max_age;
  std::string lower, upper;
  std::string worst, best, red, green;  // of the SDSN scale
  std::vector<std::string> changes;     // "parameter=value"
};
void add_try_arguments(CLI::App& command, TryArguments& arguments);

// What the arguments say. Throws Error(usage) for what cannot be read or does not go together.
Trial trial_of(const TryArguments& arguments);
// The parameters of the method, with the changes. Throws Error(usage), Error(not_found) for a parameter that it has not.
std::vector<double> parameters_of(const Method& method, const std::vector<std::string>& changes);

}  // namespace stocktake
