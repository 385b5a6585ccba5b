#include "assess/published_bounds.h"

#include <cmath>
#include <limits>

namespace stocktake {

double sd_of_bounds(double lower, double centre, double upper, double quantile) {
  const bool below = std::isfinite(lower) && lower <= centre, above = std::isfinite(upper) && upper >= centre;
  if (below && above) return (upper - lower) / (2 * quantile);
  if (above) return (upper - centre) / quantile;
  return below ? (centre - lower) / quantile : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace stocktake
