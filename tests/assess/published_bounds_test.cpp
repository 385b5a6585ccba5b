// Bounds as a standard deviation: one rule for every shape of bounds.
#include "assess/published_bounds.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace stocktake {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr double quantile = 1.6448536269514722;  // R: qnorm(0.95)

TEST(PublishedBounds, BothGiveHalfTheirDistance) {
  EXPECT_NEAR(sd_of_bounds(40 - quantile, 40, 40 + 3 * quantile, quantile), 2, 1e-12);
}

TEST(PublishedBounds, OneAloneGivesItsOwnDistance) {
  EXPECT_NEAR(sd_of_bounds(none, 40, 40 + 3 * quantile, quantile), 3, 1e-12);
  EXPECT_NEAR(sd_of_bounds(40 - quantile, 40, none, quantile), 1, 1e-12);
  EXPECT_NEAR(sd_of_bounds(-std::numeric_limits<double>::infinity(), 40, 40 + quantile, quantile), 1, 1e-12);
}

TEST(PublishedBounds, ThatDoNotHoldTheFigureDoNotCount) {
  EXPECT_NEAR(sd_of_bounds(41, 40, 40 + 3 * quantile, quantile), 3, 1e-12);  // the lower lies above the figure
  EXPECT_NEAR(sd_of_bounds(40 - quantile, 40, 39, quantile), 1, 1e-12);
  EXPECT_TRUE(std::isnan(sd_of_bounds(41, 40, 39, quantile)));
}

TEST(PublishedBounds, NoneIsNotKnownAndEqualOnesAreCertain) {
  EXPECT_TRUE(std::isnan(sd_of_bounds(none, 40, none, quantile)));
  EXPECT_TRUE(std::isnan(sd_of_bounds(39, none, 41, quantile)));
  EXPECT_EQ(sd_of_bounds(40, 40, 40, quantile), 0);
}

}  // namespace
}  // namespace stocktake
