#include "exchange/check/rates.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace stocktake {

double median_in_place(std::span<double> values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*std::max_element(values.begin(), middle) + *middle) / 2;
}

double spread_about(std::span<const double> values, double centre, std::vector<double>& scratch) {
  scratch.clear();
  for (const double value : values) scratch.push_back(std::fabs(value - centre));
  return mad_factor * median_in_place(scratch);
}

void rates_of(std::span<const std::int16_t> years, std::span<const double> values, RateScale scale, double level,
              std::vector<double>& changes, std::vector<double>& rates) {
  changes.clear();
  rates.clear();
  for (std::size_t i = 1; i < values.size(); ++i) {
    const double difference = values[i] - values[i - 1];
    const double change = scale == RateScale::relative ? std::log(values[i] / values[i - 1])
                          : scale == RateScale::points ? difference / 100
                                                       : difference / level;
    changes.push_back(change);
    rates.push_back(change / (years[i] - years[i - 1]));
  }
}

}  // namespace stocktake
