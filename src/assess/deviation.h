// The spread of figures across countries: the unit in which distances are compared.
#pragma once

#include <cmath>
#include <span>

namespace stocktake {

// Standard deviation with n - 1; 0 for fewer than two values.
inline double sample_deviation(std::span<const double> values) {
  if (values.size() < 2) return 0;
  double mean = 0, squares = 0;
  for (const double one : values) mean += one;
  mean /= static_cast<double>(values.size());
  for (const double one : values) squares += (one - mean) * (one - mean);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

}  // namespace stocktake
