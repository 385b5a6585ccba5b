// Shares, gaps and paths against published figures and by hand.
#include <gtest/gtest.h>

#include <cmath>

#include "partnership/money/imputed.h"
#include "partnership/money/standing.h"
#include "partnership/money/tables.h"
#include "partnership/oda_sample.h"

namespace stocktake::testing {
namespace {

using OdaStanding = OdaStore;

// The UN's Integrated Implementation Framework (iif.un.org), as in the design's section m: of 2013 the promise is 314.6 bn,
// delivered 134.8 bn (0.30 % of GNI), missing 179.8 bn (0.40 %). GNI follows: 314.6 / 0.007 bn.
TEST_F(OdaStanding, GapOfTheDacIn2013AsPublished) {
  dac1(net("DAC", "2013", "134800", "44942857.142857"));
  const std::vector<DonorGap> gaps = donor_gaps(book(), {2013, {}, {"DAC"}, 0.7, OdaConcept::oda_share, Date{1970, 10, 24}});
  ASSERT_EQ(gaps.size(), 1U);
  EXPECT_NEAR(gaps[0].promised, 314600, 0.01);
  EXPECT_NEAR(gaps[0].gap, 179800, 0.01);
  EXPECT_NEAR(gaps[0].share, 0.299936, 1e-6);
  EXPECT_NEAR(gaps[0].gap_share, 0.40, 0.005);
  EXPECT_NEAR(gaps[0].increase, 100 * 179.8 / 134.8, 1e-3);
  EXPECT_EQ(gaps[0].since_promise, 43);
  EXPECT_FALSE(gaps[0].kept);
}

TEST_F(OdaStanding, GapIsNothingWhereThePromiseIsKept) {
  dac1(net("NOR", "2013", "5581", "520000") + net("GBR", "2013", "17500", "2500000") + net("GBR", "2012", "13000", "2500000") +
       net("USA", "2013", "31000", "17000000"));
  const std::vector<DonorGap> gaps = donor_gaps(book(), {2013, {}, {}, 0.7, OdaConcept::oda_share, Date{1970, 10, 24}});
  ASSERT_EQ(gaps.size(), 3U);
  const OdaBook b = book();
  EXPECT_EQ(b.donors[gaps[0].donor].area, "USA");  // the largest gap first
  EXPECT_NEAR(gaps[0].gap, 119000 - 31000, 1e-6);
  const DonorGap& kept = b.donors[gaps[1].donor].area == "GBR" ? gaps[1] : gaps[2];
  EXPECT_TRUE(kept.kept);  // exactly 0.7
  EXPECT_EQ(kept.gap, 0);
  EXPECT_EQ(kept.gap_share, 0);
  EXPECT_EQ(kept.years_kept, (std::vector<int>{2013}));
  EXPECT_EQ(kept.years_known, 2);
  const DonorGap& above = b.donors[gaps[1].donor].area == "NOR" ? gaps[1] : gaps[2];
  EXPECT_NEAR(above.surplus, 5581 - 3640, 1e-9);
}

TEST_F(OdaStanding, YearsKeptSayThatTheMeasureChanged) {
  dac1({{"SWE", "2", "1140", "PT_B5G", "V", "2017", "1.02"},
        {"SWE", "2", "1140", "PT_B5G", "V", "2018", "1.03"},
        {"SWE", "11002", "1160", "PT_B5G", "V", "2018", "0.6"},
        {"SWE", "11002", "1160", "PT_B5G", "V", "2019", "0.96"}});
  const OdaBook b = book();
  const std::vector<DonorGap> all = donor_gaps(b, {2019, {}, {"SWE"}, 0.7, OdaConcept::oda_share, Date{1970, 10, 24}});
  EXPECT_EQ(all[0].years_kept, (std::vector<int>{2017, 2019}));  // net flows of 2018 are not the headline
  EXPECT_TRUE(all[0].broken_measure);
  EXPECT_NE(gap_notes(b, all, nullptr).find("two measures, not one trend"), std::string::npos);
  const std::vector<DonorGap> net_only =
      donor_gaps(b, {2018, OdaBasis::net_flow, {"SWE"}, 0.7, OdaConcept::oda_share, Date{1970, 10, 24}});
  EXPECT_EQ(net_only[0].years_kept, (std::vector<int>{2017, 2018}));
  EXPECT_FALSE(net_only[0].broken_measure);
  EXPECT_TRUE(std::isnan(all[0].gap));  // no money is known: no gap in money, but one in share
  EXPECT_EQ(all[0].gap_share, 0);
}

TEST_F(OdaStanding, SharesRankAndFlag) {
  dac1(net("EST", "2013", "31", "24000") + net("NOR", "2013", "5581", "520000") + net("POL", "2013", "-10", "500000") +
       net("DAC", "2013", "134800", "44942857") + std::vector<Row>{{"GRC", "1010", "1140", "USD", "V", "2013", "239"}});
  import(
      "series,ref_area,time_period,obs_value\nSP.POP.TOTL,NOR,2013,5000000\nDC_ODA_LDCG,NOR,2013,0.2\nDC_ODA_LDCG,EST,2013,0."
      "14965\n");
  const OdaBook b = book();
  const std::vector<DonorShare> all = donor_shares(b, {2013, {}, {}, 0.7, 0.15, 0.20});
  ASSERT_EQ(all.size(), 5U);
  EXPECT_EQ(b.donors[all[0].donor].area, "NOR");
  EXPECT_EQ(all[0].rank, 1);
  EXPECT_TRUE(all[0].kept);
  EXPECT_TRUE(all[0].kept_ldc_upper);
  EXPECT_DOUBLE_EQ(all[0].per_capita, 5581e6 / 5e6);
  EXPECT_EQ(b.donors[all[1].donor].area, "EST");
  EXPECT_FALSE(all[1].kept_ldc_lower);  // 0.14965 does not reach 0.15
  EXPECT_TRUE(all[1].before_membership);
  EXPECT_EQ(b.donors[all[2].donor].area, "POL");
  EXPECT_TRUE(all[2].repaid);
  EXPECT_EQ(b.donors[all[3].donor].area, "GRC");  // no GNI: no share, no rank
  EXPECT_FALSE(all[3].rank);
  EXPECT_TRUE(std::isnan(all[3].share));
  EXPECT_EQ(b.donors[all[4].donor].area, "DAC");
  EXPECT_FALSE(all[4].rank);
  EXPECT_THROW(donor_shares(b, {2013, {}, {"KEN"}, 0.7, 0.15, 0.20}), Error);
  EXPECT_TRUE(donor_shares(b, {1950, {}, {}, 0.7, 0.15, 0.20}).empty());
}

TEST_F(OdaStanding, EqualSharesShareARank) {
  dac1({{"FRA", "2", "1140", "PT_B5G", "V", "2013", "0.4"},
        {"DEU", "2", "1140", "PT_B5G", "V", "2013", "0.4"},
        {"ITA", "2", "1140", "PT_B5G", "V", "2013", "0.2"}});
  const std::vector<DonorShare> all = donor_shares(book(), {});
  EXPECT_EQ(all[0].rank, 1);
  EXPECT_EQ(all[1].rank, 1);
  EXPECT_EQ(all[2].rank, 3);
}

// By hand: 0.4 % of 1000 bn to 0.7 % in five years: 0.06 points a year; with GNI growing 2 %, the volume by (0.7/0.4)^(1/5) 1.02
// - 1.
TEST_F(OdaStanding, PathByHand) {
  dac1(net("DEU", "2015", "4000", "1000000"));
  const OdaPath path = oda_path(book(), {"DEU", 2020, 0.7, OdaConcept::oda_share, {}, {}, 0.02});
  EXPECT_EQ(path.base_year, 2015);
  EXPECT_NEAR(path.points_a_year, 0.06, 1e-12);
  EXPECT_NEAR(path.volume_growth, std::pow(0.7 / 0.4, 0.2) * 1.02 - 1, 1e-12);
  ASSERT_EQ(path.years.size(), 6U);
  EXPECT_NEAR(path.years[2].linear_share, 0.52, 1e-12);
  EXPECT_NEAR(path.years[2].linear_volume, 0.52 / 100 * 1e6 * 1.02 * 1.02, 1e-6);
  EXPECT_EQ(path.years[5].linear_share, 0.7);
  EXPECT_NEAR(path.years[5].growth_volume, path.years[5].linear_volume, 1e-6);
  EXPECT_NEAR(path.years[5].growth_share, 0.7, 1e-12);
  double additional = 0;
  for (int i = 1; i <= 5; ++i) additional += 0.06 * i / 100 * 1e6 * std::pow(1.02, i);
  EXPECT_NEAR(path.additional, additional, 1e-6);
}

TEST_F(OdaStanding, PathOfDegenerateBases) {
  dac1(net("NOR", "2015", "5000", "500000") + net("GRC", "2015", "0", "200000") + net("POL", "2015", "-5", "500000"));
  const OdaBook b = book();
  const OdaPath kept = oda_path(b, {"NOR", 2020, 0.7, OdaConcept::oda_share, {}, {}, 0});
  EXPECT_TRUE(kept.kept);
  EXPECT_EQ(kept.points_a_year, 0);
  EXPECT_NEAR(kept.years.back().linear_share, 1, 1e-12);  // the path keeps the share, it does not fall to the promise
  EXPECT_TRUE(std::isnan(oda_path(b, {"GRC", 2020, 0.7, OdaConcept::oda_share, {}, {}, 0}).volume_growth));
  const OdaPath negative = oda_path(b, {"POL", 2016, 0.7, OdaConcept::oda_share, {}, {}, 0});
  EXPECT_TRUE(std::isnan(negative.years.back().growth_volume));
  EXPECT_EQ(negative.years.back().linear_share, 0.7);
  EXPECT_THROW(oda_path(b, {"NOR", 2015, 0.7, OdaConcept::oda_share, {}, {}, 0}), Error);  // the deadline is the base year
  EXPECT_THROW(oda_path(b, {"NOR", 2010, 0.7, OdaConcept::oda_share, {}, {}, 0}), Error);
  EXPECT_THROW(oda_path(b, {"NOR", 2020, 0.7, OdaConcept::oda_share, 2001, {}, 0}), Error);
  EXPECT_THROW(oda_path(b, {"NOR", 2020, 0.7, OdaConcept::oda_share, {}, {}, -1}), Error);
  EXPECT_THROW(oda_path(b, {"NOR", 2020, 0, OdaConcept::oda_share, {}, {}, 0}), Error);
  EXPECT_THROW(oda_path(b, {"KEN", 2020, 0.7, OdaConcept::oda_share, {}, {}, 0}), Error);
}

TEST(OdaPromises, AreDatedAndCited) {
  const std::vector<OdaPromise> promises = load_oda_promises(reference_folder);
  ASSERT_EQ(promises.size(), 2U);
  EXPECT_EQ(promises[0].made, (Date{1970, 10, 24}));
  EXPECT_EQ(promises[0].not_bound, (std::vector<std::string>{"CHE", "USA"}));
  EXPECT_EQ(promises[1].percent, 0.15);
  EXPECT_EQ(promises[1].upper, 0.20);
  for (const OdaPromise& one : promises) EXPECT_FALSE(one.citation.empty());
  EXPECT_TRUE(keeps(0.7, 0.7));
  EXPECT_FALSE(keeps(0.6999999, 0.7));
}

// bilateral aside: 100 to an organisation that gives 40 of 80 to LDCs, 50 to one that gives all, 10 to one unknown.
TEST(OdaImputed, ByHandAndDegenerate) {
  const ImputedAid aid =
      imputed_multilateral({{"A", 100}, {"B", 50}, {"C", 10}, {"D", 5}}, {{"A", 40, 80}, {"B", 7, 7}, {"D", 1, 0}});
  EXPECT_DOUBLE_EQ(aid.imputed, 100);
  EXPECT_EQ(aid.contributed, 165);
  EXPECT_EQ(aid.covered, 150);
  EXPECT_EQ(aid.without_share, (std::vector<std::string>{"C", "D"}));
  EXPECT_EQ(imputed_multilateral({}, {}).imputed, 0);
  EXPECT_THROW(imputed_multilateral({}, {{"A", 1, 2}, {"A", 1, 2}}), Error);
  EXPECT_THROW(imputed_multilateral({{"A", std::nan("")}}, {}), Error);
}

TEST(OdaImputed, TablesOfContributions) {
  const auto core = ByteSource::from_bytes("donor,organisation,amount\nNLD,IDA,100\nNLD,UNDP,50\nSWE,IDA,10\n", "core.csv");
  const auto by_donor = read_core_contributions(*core);
  ASSERT_EQ(by_donor.size(), 2U);
  const auto out = ByteSource::from_bytes("organisation;to_ldcs;total\nIDA;40;80\n", "out.csv");
  EXPECT_EQ(imputed_multilateral(by_donor.at("NLD"), read_outflows(*out)).imputed, 50);
  for (const char* text : {"donor,organisation\nA,B\n", "donor,organisation,amount\n", "donor,organisation,amount\nA,B,x\n",
                           "donor,organisation,amount\nA,,1\n", "donor,organisation,amount\nA,B\n", ""}) {
    const auto bad = ByteSource::from_bytes(text, "core.csv");
    EXPECT_THROW(read_core_contributions(*bad), Error) << text;
  }
}

}  // namespace
}  // namespace stocktake::testing
