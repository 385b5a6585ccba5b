// Donors' shares against what was published of 2012 and 2013: OECD, International Development Statistics 2016/1, table 3, and the
// counts of devinit (five donors met 0.7 % in 2013), as in tests/golden/oda_shares_2012_2013.csv.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "base/files.h"
#include "partnership/money/standing.h"
#include "partnership/oda_sample.h"
#include "shared_data.h"

namespace stocktake::testing {
namespace {

class RealPanelsOda : public OdaStore {
 protected:
  void SetUp() override {
    if (!std::filesystem::is_directory(shared_data("unsd"))) {
      if (const char* ci = std::getenv("CI"); ci != nullptr && *ci != '\0') FAIL() << "the shared data are missing";
      GTEST_SKIP() << "no shared data";
    }
    ImportOptions options;
    options.quiet = true;
    import_file(store_, *areas_, *codes_, shared_data("unsd/sdg_observations.csv.gz"), options);
    import_file(store_, *areas_, *codes_, shared_data("oda/oda_and_gni_share_2000_2025.csv"), options);
  }
};

TEST_F(RealPanelsOda, SharesAsPublished) {
  const OdaBook b = book();
  const SmallCsv golden = read_small_csv(std::string(STOCKTAKE_SOURCE_DIR) + "/tests/golden/oda_shares_2012_2013.csv",
                                         {"donor", "oda_2012", "oda_2013", "ldc_2012", "ldc_2013"});
  ASSERT_EQ(golden.rows.size(), 28U);
  int compared = 0, equal = 0;
  for (const auto& row : golden.rows) {
    const auto donor = b.find(row[0]);
    ASSERT_TRUE(donor) << row[0];
    for (std::size_t i = 0; i < 4; ++i) {
      const auto at =
          b.at(i < 2 ? OdaConcept::oda_share : OdaConcept::ldc_share, OdaBasis::net_flow, *donor, i % 2 == 0 ? 2012 : 2013);
      ASSERT_TRUE(at) << row[0];
      ++compared;
      const double published = std::stod(row[i + 1]);
      if (std::abs(at->value - published) <= 0.00501) ++equal;
      EXPECT_NEAR(at->value, published, 0.0251) << row[0];  // the panel is of a later vintage: ISL 2012 .20 for .22
    }
  }
  EXPECT_EQ(compared, 112);
  EXPECT_GE(equal, 103);

  // Five met 0.7 % in 2013, nine reached 0.15 % to LDCs; in 2012 NLD is at 0.14965 and does not.
  std::set<std::string> met, ldc;
  for (const DonorShare& one : donor_shares(b, {2013, {}, {}, 0.7, 0.15, 0.20})) {
    if (b.donors[one.donor].group) continue;
    if (one.kept) met.insert(b.donors[one.donor].area);
    if (one.kept_ldc_lower) ldc.insert(b.donors[one.donor].area);
  }
  EXPECT_EQ(met, (std::set<std::string>{"DNK", "GBR", "LUX", "NOR", "SWE"}));
  EXPECT_EQ(ldc.size(), 9U);
  const auto nld = b.at(OdaConcept::ldc_share, OdaBasis::net_flow, *b.find("NLD"), 2012);
  EXPECT_NEAR(nld->value, 0.14965, 1e-9);
  EXPECT_FALSE(keeps(nld->value, 0.15));
  // DAC 2012-2014, as published: 0.28, 0.30, 0.29.
  const std::size_t dac = *b.find("DAC");
  EXPECT_EQ(b.at(OdaConcept::oda_share, OdaBasis::net_flow, dac, 2012)->value, 0.28);
  EXPECT_EQ(b.at(OdaConcept::oda_share, OdaBasis::net_flow, dac, 2013)->value, 0.30);
  EXPECT_EQ(b.at(OdaConcept::oda_share, OdaBasis::net_flow, dac, 2014)->value, 0.29);
}

// The UN's figures and those republished by ONE, two houses' copies of one table: 552 of 570 shares are equal to two decimals,
// the rest were revised (GRC 2019 by .042 at most).
TEST_F(RealPanelsOda, TwoCopiesOfTheSharesAgree) {
  const Panel panel = store_.panel({{"DC_ODA_TOTG", "DC_ODA_TOTGGE", "oda_gni_headline"}, {}, {}, {}, {}});
  std::map<std::tuple<bool, std::string, int>, std::map<bool, double>> both;
  for (std::size_t s = 0; s < panel.size(); ++s) {
    const PanelSeries& series = panel.series[s];
    const bool headline = series.series == "oda_gni_headline";
    const bool grant = headline ? series.dimensions == "FLOW_TYPE=1160" : series.series == "DC_ODA_TOTGGE";
    for (std::uint32_t k = panel.begin[s]; k < panel.begin[s + 1]; ++k) {
      both[{grant, std::string(series.area), panel.year[k]}][headline] = panel.value[k];
    }
  }
  int compared = 0, equal = 0;
  for (const auto& [key, values] : both) {
    if (values.size() < 2) continue;
    ++compared;
    if (std::abs(values.at(false) - values.at(true)) <= 0.0051) ++equal;
    EXPECT_LT(std::abs(values.at(false) - values.at(true)), 0.05);
  }
  EXPECT_EQ(compared, 570);
  EXPECT_EQ(equal, 552);
}

}  // namespace
}  // namespace stocktake::testing
