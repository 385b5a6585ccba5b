// The aid gap of a Gap report: which year, which prices, which rows.
#include "partnership/views/aid_gap.h"

#include <gtest/gtest.h>

#include <cmath>

#include "partnership/oda_sample.h"

namespace stocktake::testing {
namespace {

class AidGaps : public OdaStore {
 protected:
  std::optional<AidGap> gap(Date at) { return aid_gap(store_, *areas_, reference_folder, at); }
};

TEST_F(AidGaps, NoneWithoutShares) {
  import("series,ref_area,time_period,obs_value\nSP_POP_TOTL,GBR,2013,64000000\n");
  EXPECT_FALSE(gap({2020, 6, 1}));
}

// 2013 by hand: 0.7 % of 3,800,000 is 26,600, less 14,200; Norway gives more than it promised; Greece has no GNI and so no share.
TEST_F(AidGaps, CurrentPricesOfTheLastCompleteYear) {
  dac1(net("DEU", "2013", "14200", "3800000") + net("NOR", "2013", "5500", "520000") + net("DAC", "2013", "134800", "44942857") +
       net("DEU", "2012", "13000", "3700000") + std::vector<Row>{{"GRC", "1010", "1140", "USD", "V", "2013", "239"}});
  const auto found = gap({2014, 6, 1});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->year, 2013);
  EXPECT_EQ(found->basis, OdaBasis::net_flow);
  EXPECT_FALSE(found->constant);
  EXPECT_EQ(found->promise.percent, 0.7);
  EXPECT_EQ(found->known, 2);
  EXPECT_EQ(found->kept, 1);
  ASSERT_EQ(found->rows.size(), 3U);
  EXPECT_EQ(found->rows[0].area, "DEU");
  EXPECT_NEAR(found->rows[0].gap.gap, 12400, 1e-9);
  EXPECT_EQ(found->rows[1].area, "NOR");
  EXPECT_EQ(found->rows[1].gap.gap, 0);
  EXPECT_EQ(found->rows[1].gap.years_kept, (std::vector<int>{2013}));
  EXPECT_TRUE(found->rows[2].group);
  // On a day of 2013 that year is not complete.
  EXPECT_EQ(gap({2013, 6, 1})->year, 2012);
  EXPECT_FALSE(gap({2012, 6, 1}));
}

TEST_F(AidGaps, ConstantPricesWhereThereAreNoOthers) {
  import(
      "name,year,ODA (left-axis),ODA/GNI "
      "(right-axis)\nGermany,2024,30000,0.60\nNorway,2024,5000,1.00\nGermany,2017,20000,0.50\n");
  const auto found = gap({2025, 3, 1});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->year, 2024);
  EXPECT_EQ(found->basis, OdaBasis::grant_equivalent);
  EXPECT_EQ(found->constant, 2025);
  EXPECT_DOUBLE_EQ(found->rows[0].gap.gni, 5e6);
  EXPECT_NEAR(found->rows[0].gap.gap, 5000, 1e-9);
  EXPECT_EQ(found->kept, 1);
  EXPECT_EQ(gap({2018, 3, 1})->basis, OdaBasis::net_flow);
}

TEST_F(AidGaps, SharesAloneGiveNoMoney) {
  dac1({{"SWE", "2", "1140", "PT_B5G", "V", "2013", "1.01"}});
  const auto found = gap({2014, 6, 1});
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->constant);
  EXPECT_EQ(found->kept, 1);
  EXPECT_TRUE(std::isnan(found->rows[0].gap.gap));
}

}  // namespace
}  // namespace stocktake::testing
