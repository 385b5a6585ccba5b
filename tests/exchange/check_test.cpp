#include "exchange/check/check.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "base/files.h"
#include "check_panel.h"
#include "exchange/check/rates.h"
#include "exchange/check/series_check.h"

namespace stocktake {
namespace {

const std::string root = STOCKTAKE_SOURCE_DIR;

using testing::check;
using testing::one_series;

const std::vector<int> ten_years{2000, 2001, 2002, 2003, 2004, 2005, 2006, 2007, 2008, 2009};

TEST(CheckRates, RobustZIsThatOfR) {
  const SmallCsv golden =
      read_small_csv(root + "/tests/golden/check_rates.csv", {"case", "scale", "level", "year", "value", "rate", "mad", "z"});
  std::size_t cases = 0;
  for (std::size_t begin = 0; begin < golden.rows.size(); ++cases) {
    std::size_t end = begin;
    while (end < golden.rows.size() && golden.rows[end][0] == golden.rows[begin][0]) ++end;
    const auto& head = golden.rows[begin];
    const RateScale scale = head[1] == "relative" ? RateScale::relative
                            : head[1] == "points" ? RateScale::points
                                                  : RateScale::level;
    std::vector<std::int16_t> years;
    std::vector<double> values, changes, rates, scratch;
    for (std::size_t i = begin; i < end; ++i) {
      years.push_back(static_cast<std::int16_t>(std::stoi(golden.rows[i][3])));
      values.push_back(std::stod(golden.rows[i][4]));
    }
    rates_of(years, values, scale, std::stod(head[2]), changes, rates);
    std::vector<double> sorted = rates;
    const double centre = median_in_place(sorted), spread = spread_about(rates, centre, scratch);
    EXPECT_NEAR(spread, std::stod(head[6]), 1e-12) << head[0];
    ASSERT_EQ(rates.size() + 1, end - begin);
    for (std::size_t i = 0; i < rates.size(); ++i) {
      EXPECT_NEAR(rates[i], std::stod(golden.rows[begin + 1 + i][5]), 1e-13) << head[0];
      if (spread == 0) continue;
      EXPECT_NEAR((rates[i] - centre) / spread, std::stod(golden.rows[begin + 1 + i][7]), 1e-9) << head[0];
    }
    begin = end;
  }
  EXPECT_EQ(cases, 4U);
}

TEST(CheckRates, MedianOfFewAndOfNone) {
  std::vector<double> none, one{3}, two{1, 4};
  EXPECT_TRUE(std::isnan(median_in_place(none)));
  EXPECT_EQ(median_in_place(one), 3);
  EXPECT_EQ(median_in_place(two), 2.5);
}

TEST(Check, AnOutlierAJumpAndASlip) {
  const auto outlier = check(one_series(ten_years, {10, 10.5, 11, 11.4, 38, 12.1, 12.5, 13, 13.4, 14}));
  ASSERT_EQ(outlier.findings.size(), 1U);
  EXPECT_EQ(outlier.findings[0].kind, CheckKind::outlier);
  EXPECT_EQ(outlier.findings[0].first_year, 2004);
  const auto slip = check(one_series(ten_years, {10.1, 10.5, 11, 11.4, 11750, 12.1, 12.5, 13, 13.4, 14}));
  ASSERT_EQ(slip.findings.size(), 1U);
  EXPECT_EQ(slip.findings[0].kind, CheckKind::scale_slip);
  const auto jump = check(one_series(ten_years, {10, 10.5, 11, 11.4, 30, 31, 32, 33.3, 34, 35.1}));
  ASSERT_EQ(jump.findings.size(), 1U);
  EXPECT_EQ(jump.findings[0].kind, CheckKind::jump);
}

TEST(Check, ASmoothSeriesAndOneWithFewFiguresHaveNone) {
  EXPECT_TRUE(check(one_series(ten_years, {10, 10.5, 11, 11.4, 11.9, 12.1, 12.5, 13, 13.4, 14})).findings.empty());
  EXPECT_TRUE(check(one_series({2000, 2001, 2002}, {10, 900, 11})).findings.empty());
  EXPECT_TRUE(check(Panel{}).findings.empty());
}

TEST(Check, CasesOfASmallCountAreNoJump) {
  EXPECT_TRUE(check(one_series(ten_years, {2, 1, 2, 2, 1, 3, 2, 1, 2, 2})).findings.empty());
}

TEST(Check, RepeatedFiguresAndHoles) {
  const auto repeated = check(one_series(ten_years, {10, 11, 12, 12.75, 12.75, 12.75, 12.75, 12.75, 13, 14}));
  ASSERT_EQ(repeated.findings.size(), 1U);
  EXPECT_EQ(repeated.findings[0].kind, CheckKind::carried_forward);
  EXPECT_EQ(repeated.findings[0].evidence, "12.75 x 5");
  const auto hole = check(
      one_series({2000, 2001, 2002, 2003, 2004, 2009, 2010, 2011, 2012, 2013}, {1, 1.1, 1.2, 1.3, 1.4, 1.9, 2, 2.1, 2.2, 2.3}));
  ASSERT_EQ(hole.findings.size(), 1U);
  EXPECT_EQ(hole.findings[0].kind, CheckKind::hole);
  EXPECT_EQ(hole.findings[0].evidence, "2005-2008");
}

TEST(Check, BoundsThatDoNotHoldTheFigure) {
  Panel panel = one_series({2000, 2001}, {5, 6});
  panel.lower = {5.5, missing_value};
  panel.upper = {7, missing_value};
  const auto result = check(panel);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].kind, CheckKind::interval);
  EXPECT_EQ(result.findings[0].evidence, "2000 5 not in [5.5, 7]");
}

TEST(Check, NaturesOfASeries) {
  Panel panel = one_series({2000, 2001, 2002}, {5, 6, 7});
  panel.provenances[0].nature = Nature::C;
  panel.provenances.emplace_back().nature = Nature::M;
  panel.provenance[2] = 1;
  const auto result = check(panel);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].evidence, "C 2000-2001; M 2002");
}

TEST(Check, TheIdDoesNotDependOnTheFigures) {
  const auto a = check(one_series(ten_years, {10, 10.5, 11, 11.4, 38, 12.1, 12.5, 13, 13.4, 14}));
  const auto b = check(one_series(ten_years, {10, 10.5, 11, 11.4, 39, 12.1, 12.5, 13, 13.4, 14}));
  EXPECT_EQ(finding_id(a.findings[0]), finding_id(b.findings[0]));
  EXPECT_TRUE(finding_id(a.findings[0]).starts_with("outlier-"));
}

TEST(Check, LimitsAreOfKindsSeveritiesOrAny) {
  const auto result = check(one_series(ten_years, {10, 10.5, 11, 11.4, 38, 12.1, 12.5, 13, 13.4, 14}));
  EXPECT_EQ(beyond_limits(result, "outlier"), std::vector<std::string>{"outlier: 1, at most 0"});
  EXPECT_TRUE(beyond_limits(result, "outlier=1, fault").empty());
  EXPECT_EQ(beyond_limits(result, "warning,any").size(), 2U);
  EXPECT_TRUE(beyond_limits(result, "").empty());
  EXPECT_THROW(beyond_limits(result, "typo"), Error);
  EXPECT_THROW(beyond_limits(result, "outlier=-1"), Error);
  EXPECT_THROW(beyond_limits(result, "outlier=x"), Error);
}

TEST(Check, YearsAsRanges) {
  EXPECT_EQ(ranges_text({}), "");
  EXPECT_EQ(ranges_text({2000, 2001, 2002, 2007}), "2000-2002 2007");
}

}  // namespace
}  // namespace stocktake
