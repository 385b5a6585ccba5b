// Yearly rates of a series and how unusual each is.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace stocktake {

// Consistent with the standard deviation of a normal distribution: 1 / Φ⁻¹(3/4) = 1.4826 (R, stats::mad, default `constant`).
inline constexpr double mad_factor = 1.4826;

// The middle value, or the mean of the two middle ones; NaN for none. Changes the order.
double median_in_place(std::span<double> values);
// mad_factor × the median distance from `centre`; NaN for none.
double spread_about(std::span<const double> values, double centre, std::vector<double>& scratch);

// On which scale changes of a series are measured, so that one threshold serves all units.
enum class RateScale {
  relative,  // ln of the ratio; all figures are above zero
  points,    // difference / 100, of a share
  level,     // difference / median of |figure|, of what is neither
};

// Change from each figure to the next, whole (`changes`) and a year (`rates` = change / years between). `level` is the median
// of |figure|, above zero; only RateScale::level needs it.
void rates_of(std::span<const std::int16_t> years, std::span<const double> values, RateScale scale, double level,
              std::vector<double>& changes, std::vector<double>& rates);

}  // namespace stocktake
