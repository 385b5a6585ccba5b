#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "assess/projection/projection.h"

namespace stocktake {
namespace {

const std::vector<std::int16_t> years = {2000, 2001, 2002};

ScaleView of(Scale scale, const std::vector<double>& values, double lower = 0, double upper = 100) {
  Indicator indicator;
  indicator.scale = scale;
  indicator.bounds = {lower, upper};
  return scale_of(&indicator, {years.data(), values.data(), values.size()});
}

double step_of(const std::vector<double>& values) { return figure_step({years.data(), values.data(), values.size()}); }

TEST(ProjectionScale, ThereAndBack) {
  ScaleView scale;
  for (const Scale one : {Scale::identity, Scale::log, Scale::logit}) {
    scale.scale = one;
    for (const double y : {0.1, 1.0, 12.5, 50.0, 99.0, 99.9}) EXPECT_NEAR(scale.from(scale.to(y)), y, 1e-11 * y);
  }
  scale.scale = Scale::logit;
  EXPECT_NEAR(scale.to(75), std::log(3.0), 1e-15);
  EXPECT_EQ(scale.to(100), scale.to(99.95)) << "moved inside by 0.05";
  EXPECT_EQ(scale.to(-3), scale.to(0.05));
  EXPECT_LE(scale.from(800), 100);
  EXPECT_GE(scale.from(-800), 0);
  scale.scale = Scale::log;
  EXPECT_EQ(scale.to(0), std::log(0.05));
  EXPECT_TRUE(std::isfinite(scale.from(1e6)));
  scale.scale = Scale::identity;
  scale.floor = 0;
  EXPECT_EQ(scale.from(-2), 0);
  EXPECT_EQ(scale.to(-2), -2);
}

TEST(ProjectionScale, FigureStep) {
  EXPECT_EQ(step_of({}), 1);
  EXPECT_EQ(step_of({12, 100}), 1);
  EXPECT_EQ(step_of({12.5, 13}), 0.1);
  EXPECT_DOUBLE_EQ(step_of({0.25, -1.125}), 1e-3);
  EXPECT_DOUBLE_EQ(step_of({1.0 / 3}), 1e-6);
  EXPECT_EQ(step_of({0, 0}), 1);
}

TEST(ProjectionScale, TheIndicatorsOwn) {
  EXPECT_EQ(of(Scale::identity, {1, 2}).scale, Scale::identity);
  EXPECT_EQ(of(Scale::log, {1, 2.5}).scale, Scale::log);
  EXPECT_DOUBLE_EQ(of(Scale::log, {1, 2.5}).inside, 0.05);
  EXPECT_DOUBLE_EQ(of(Scale::log, {0.01, 3.5}).inside, 0.005) << "half the smallest figure at most";
  const ScaleView logit = of(Scale::logit, {12.5, 100});
  EXPECT_EQ(logit.scale, Scale::logit);
  EXPECT_DOUBLE_EQ(logit.inside, 0.05);
  EXPECT_DOUBLE_EQ(of(Scale::logit, {12, 100}).inside, 0.5);
  EXPECT_DOUBLE_EQ(of(Scale::logit, {12.123456, 98}).inside, 0.05) << "decimals that are noise";
  EXPECT_DOUBLE_EQ(of(Scale::logit, {0.02, 98}).inside, 0.01);
}

// Where the indicator's scale cannot hold the figures they are taken as they are, within its bounds.
TEST(ProjectionScale, Fallback) {
  EXPECT_EQ(scale_of(nullptr, {}).scale, Scale::identity);
  EXPECT_EQ(of(Scale::log, {0, 2}).scale, Scale::identity);
  EXPECT_EQ(of(Scale::log, {-1, 2}).scale, Scale::identity);
  EXPECT_EQ(of(Scale::logit, {50, 104}).scale, Scale::identity);
  EXPECT_EQ(of(Scale::logit, {-0.1, 50}).scale, Scale::identity);
  EXPECT_EQ(of(Scale::logit, {1, 2}, 0, HUGE_VAL).scale, Scale::identity);
  EXPECT_EQ(of(Scale::log, {0, 2}, 0, HUGE_VAL).floor, 0);
  EXPECT_EQ(of(Scale::logit, {50, 104}).ceiling, 100);
}

TEST(ProjectionScale, Names) {
  EXPECT_EQ(to_string(Model::last_value), "last_value");
  EXPECT_EQ(to_string(Model::damped_trend), "damped_trend");
  EXPECT_EQ(to_string(Model::combination), "combination");
}

}  // namespace
}  // namespace stocktake
