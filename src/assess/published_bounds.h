// Published lower and upper bounds as a standard deviation: one rule, for projections, groups and priorities.
#pragma once

namespace stocktake {

// Half of the interval that the bounds cover, in the unit of the figure, over `quantile` (of the standard normal distribution, of
// half the interval's probability on either side: 1.645 for 90 per cent). From both bounds (upper - lower)/(2 quantile); from the
// one alone where the other is missing or lies on the wrong side of the figure: (upper - centre)/quantile or
// (centre - lower)/quantile. NaN without a usable bound, 0 where the bounds are the figure itself. Our own choice; that bounds
// are symmetric is an approximation.
double sd_of_bounds(double lower, double centre, double upper, double quantile);

}  // namespace stocktake
