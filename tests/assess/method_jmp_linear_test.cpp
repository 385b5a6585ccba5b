// JMP: least squares through all figures since 2000, estimates near them, and our own classes.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "assess/methods/jmp_linear.h"
#include "assess/trying.h"
#include "base/files.h"

namespace stocktake {
namespace {

using trying::reach;
using trying::trial;
using trying::Tried;
using trying::universal;

JmpLine line_of(const std::vector<std::int16_t>& years, const std::vector<double>& values, const JmpOptions& options = {}) {
  return fit_jmp_line({years.data(), values.data(), years.size()}, options);
}

// Points 2005: 50 and 2012: 64. Two points a year; from two years before the first to two after the last, then flat for four.
TEST(JmpLinear, WorkedExample) {
  const JmpOptions options;
  const JmpLine line = line_of({2005, 2012}, {50, 64});
  EXPECT_DOUBLE_EQ(line.slope, 2);
  EXPECT_DOUBLE_EQ(jmp_estimate(line, options, 2003), 46);
  EXPECT_DOUBLE_EQ(jmp_estimate(line, options, 2014), 68);
  for (int year = 2015; year <= 2018; ++year) EXPECT_DOUBLE_EQ(jmp_estimate(line, options, year), 68) << year;
  EXPECT_TRUE(std::isnan(jmp_estimate(line, options, 2019)));
  EXPECT_TRUE(std::isnan(jmp_estimate(line, options, 2002)));
}

// lm() of R on the same figures: tests/golden/jmp_linear.R.
TEST(JmpLinear, AsInR) {
  const std::map<std::string, JmpLine> lines{
      {"survey", line_of({2000, 2003, 2006, 2011, 2014, 2016}, {52.1, 55.0, 61.2, 63.9, 71.5, 70.2})},
      {"falling", line_of({2001, 2002, 2009, 2010, 2019}, {33.3, 31.8, 20.5, 22.25, 4.125})},
      {"two", line_of({2005, 2012}, {50, 64})}};
  const SmallCsv csv =
      read_small_csv(STOCKTAKE_SOURCE_DIR "/tests/golden/jmp_linear.csv", {"series", "slope", "at_2000", "at_2015", "at_2030"});
  ASSERT_EQ(csv.rows.size(), 3U);
  for (const auto& row : csv.rows) {
    const JmpLine& line = lines.at(row[0]);
    EXPECT_NEAR(line.slope, std::stod(row[1]), 1e-9) << row[0];
    EXPECT_NEAR(on_jmp_line(line, {}, 2000), std::stod(row[2]), 1e-9) << row[0];
    EXPECT_NEAR(on_jmp_line(line, {}, 2015), std::stod(row[3]), 1e-9) << row[0];
    EXPECT_NEAR(on_jmp_line(line, {}, 2030), std::stod(row[4]), 1e-9) << row[0];
  }
}

TEST(JmpLinear, WhichFiguresMakeALine) {
  EXPECT_EQ(line_of({1995, 2005, 2012}, {10, 50, 64}).points, 2);  // only those since 2000
  const JmpLine near = line_of({2005, 2009}, {50, 60});            // four years: their mean
  EXPECT_FALSE(near.has_slope);
  EXPECT_DOUBLE_EQ(on_jmp_line(near, {}, 2009), 55);
  EXPECT_EQ(line_of({}, {}).points, 0);
  EXPECT_TRUE(std::isnan(on_jmp_line(line_of({}, {}), {}, 2005)));
  EXPECT_FALSE(line_of({2005}, {50}).has_slope);
  const double nan = std::nan("");
  EXPECT_DOUBLE_EQ(line_of({2005, 2008, 2012}, {50, nan, 64}).slope, 2);
  JmpOptions share;
  share.lower = 0;
  share.upper = 100;
  EXPECT_DOUBLE_EQ(on_jmp_line(line_of({2005, 2012}, {50, 64}), share, 2040), 100);
}

// 68 in 2014, to reach 95 by 2030: 27/16 a year are required, the line has 2.
TEST(JmpLinear, Classes) {
  const auto at = [](double target) {
    return trying::with(jmp_linear(), trial({{2005, 50}, {2012, 64}}, reach(target), Direction::up, {.baseline = 2005}));
  };
  EXPECT_NEAR(at(95).score, 2 / (27.0 / 16), 1e-12);
  EXPECT_EQ(at(95).word, "on_track");
  EXPECT_EQ(at(100.1).word, "slow");
  EXPECT_EQ(at(132.1).word, "too_slow");  // less than half of 64.1/16
  EXPECT_EQ(at(67).word, "met");          // the estimate of 2014 meets it, the last figure does not
  const auto falling = trial({{2005, 64}, {2012, 50}}, reach(95), Direction::up, {.baseline = 2005});
  EXPECT_EQ(trying::with(jmp_linear(), falling).word, "no_progress");
  const auto universal_rule = trial({{2005, 80}, {2012, 87}}, universal(100, 5), Direction::up, {.baseline = 2005});
  EXPECT_NEAR(trying::with(jmp_linear(), universal_rule).score, 16.0 / (95 - 89), 1e-12);
  const auto close = trial({{2011, 50}, {2014, 54}}, reach(95), Direction::up, {.baseline = 2011});
  EXPECT_EQ(trying::with(jmp_linear(), close).verdict, Verdict::insufficient_data);
  const auto bounded = trial({{2005, 86}, {2012, 98}}, reach(100), Direction::up, {.baseline = 2005, .lower = 0, .upper = 100});
  EXPECT_EQ(trying::with(jmp_linear(), bounded).word, "met");  // the line is cut to 100
}

}  // namespace
}  // namespace stocktake
