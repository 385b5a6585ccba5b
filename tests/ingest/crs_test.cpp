// Single activities of the CRS: added, and refused where they are not sound. The columns of the bulk file are those that users of
// it name (github.com/ALNAP-Comms/gha_2025, scripts/crs_purpose.R: Year, FlowName, PurposeCode, ClimateMitigation,
// USD_Disbursement_Defl; amounts in millions); the rows are ours.
#include <gtest/gtest.h>

#include <map>

#include "base/files.h"
#include "ingest/importing.h"
#include "shared_data.h"

namespace stocktake::testing {
namespace {

class Crs : public Importing {
 protected:
  // Figures by "series area dimensions year".
  std::map<std::string, double> sums() {
    std::map<std::string, double> found;
    const Panel panel = store_.panel({});
    for (std::size_t i = 0; i < panel.size(); ++i) {
      const PanelSeries& series = panel.series[i];
      for (std::uint32_t k = panel.begin[i]; k < panel.begin[i + 1]; ++k) {
        found[std::string(series.series) + " " + std::string(series.area) + " " + std::string(series.dimensions) + " " +
              std::to_string(panel.year[k])] = panel.value[k];
      }
    }
    return found;
  }
};

const std::string bulk =
    "Year|DonorCode|RecipientCode|FlowCode|PurposeCode|USD_Commitment|USD_Disbursement|USD_Disbursement_Defl|Gender|"
    "Environment\n";

TEST_F(Crs, BulkFileIsAddedByPurposeAndByMarker) {
  const ImportResult result = import(bulk + "2019|12|238|11|15170|5|1.5|1.8|2|0\n2019|12|238|11|15170||2|2.4|1|\n" +
                                     "2019|12|238|11|11220||4|4.8|1|\n2020|12|238|11|15170||-0.5|-0.6|2|0\n");
  EXPECT_EQ(result.vintage.format, "crs");
  const auto found = sums();
  const std::string key = " GBR FLOW_CODE=11;PRICE_BASE=V;", end = ";RECIPIENT=ETH 2019";
  EXPECT_EQ(found.at("crs_disbursement" + key + "PURPOSE=15170" + end), 3.5);
  EXPECT_EQ(found.at("crs_disbursement" + key + "PURPOSE=11220" + end), 4);
  EXPECT_EQ(found.at("crs_commitment" + key + "PURPOSE=15170" + end), 5);
  EXPECT_EQ(found.at("crs_disbursement GBR FLOW_CODE=11;PRICE_BASE=V;PURPOSE=15170;RECIPIENT=ETH 2020"), -0.5);
  EXPECT_DOUBLE_EQ(found.at("crs_disbursement GBR FLOW_CODE=11;PRICE_BASE=Q;PURPOSE=15170;RECIPIENT=ETH 2019"), 4.2);
  // A marker's scores add up to all of the recipient's aid.
  const std::string marker = " GBR FLOW_CODE=11;PRICE_BASE=V;RECIPIENT=ETH;SCORE=";
  EXPECT_EQ(found.at("crs_disbursement_by_gender" + marker + "2 2019"), 1.5);
  EXPECT_EQ(found.at("crs_disbursement_by_gender" + marker + "1 2019"), 6);
  EXPECT_EQ(found.at("crs_disbursement_by_environment" + marker + "0 2019"), 1.5);
  EXPECT_EQ(found.at("crs_disbursement_by_environment" + marker + "NOT_SCREENED 2019"), 6);
}

TEST_F(Crs, RowsWithAFaultAreRejectedOnceAndTheRestIsRead) {
  const ImportResult result =
      import(bulk + "2019|12|238|11|15170||2||1|0\n" + "2019|99999|238|11|15170||2||1|0\n" + "2019|12|77777|11|15170||2||1|0\n" +
             "2019|12|238|11|||2||1|0\n" + "2019|12|238|11|15170||||1|0\n" + "2019|12|238|11|15170||x||1|0\n" +
             "year|12|238|11|15170||2||1|0\n" + "2019|12\n");
  const std::map<std::string, std::int64_t> reasons(result.reject_reasons.begin(), result.reject_reasons.end());
  EXPECT_EQ(reasons.at("unknown donor"), 1);
  EXPECT_EQ(reasons.at("unknown recipient"), 1);
  EXPECT_EQ(reasons.at("no purpose"), 1);
  EXPECT_EQ(reasons.at("no amount"), 1);
  EXPECT_EQ(reasons.at("wrong number of fields"), 1);
  EXPECT_EQ(sums().size(), 3U);  // the purpose and two markers
  EXPECT_EQ(sums().at("crs_disbursement GBR FLOW_CODE=11;PRICE_BASE=V;PURPOSE=15170;RECIPIENT=ETH 2019"), 2);
}

TEST_F(Crs, LayoutOfOdaDataKeepsItsIndicatorAndRefusesUnknownPrices) {
  const std::string header = "year,indicator,donor_code,recipient_code,flow_code,purpose_code,gender,currency,prices,value\n";
  const ImportResult result =
      import(header + "2019,crs_x,12,238,11,15170,1,GBP,constant,1\n2019,crs_x,12,238,11,15170,2,GBP,constant,2\n" +
             "2019,crs_x,12,238,11,15170,2,GBP,nominal,2\n2019,,12,238,11,15170,2,GBP,current,2\n");
  const std::map<std::string, std::int64_t> reasons(result.reject_reasons.begin(), result.reject_reasons.end());
  EXPECT_EQ(reasons.at("unknown prices"), 1);
  EXPECT_EQ(reasons.at("no indicator"), 1);
  EXPECT_EQ(sums().at("crs_x GBR CURRENCY=GBP;FLOW_CODE=11;PRICE_BASE=Q;PURPOSE=15170;RECIPIENT=ETH 2019"), 3);
  EXPECT_EQ(sums().at("crs_x_by_gender GBR CURRENCY=GBP;FLOW_CODE=11;PRICE_BASE=Q;RECIPIENT=ETH;SCORE=2 2019"), 2);
}

class CrsReal : public SharedData {};

// The United Kingdom's 8,671 rows, added apart from the program by tests/golden/crs_uk.py.
TEST_F(CrsReal, SumsOfTheUnitedKingdom) {
  struct Real : Crs {
    void TestBody() override {
      SetUpTestSuite();  // this test runs alone, without the other tests of its suite
      import_file(store_, *areas_, *codes_, shared_data("oda/extracts/uk_crs_gender.csv.gz"), quiet());
      std::map<std::string, double> added;
      std::int64_t figures = 0;
      const std::string series = "crs_gender_total_flow_gross";
      for (const auto& [key, value] : sums()) {
        const std::string year = key.substr(key.rfind(' ') + 1), name = key.substr(0, key.find(' '));
        const auto part = [&](const std::string& dimension) {
          const std::size_t at = key.find(dimension + "=") + dimension.size() + 1;
          return key.substr(at, key.find_first_of("; ", at) - at);
        };
        if (name == series) {
          ++figures;
          added["total  " + year] += value;
          added["purpose " + part("PURPOSE") + " " + year] += value;
        } else {
          added[name.substr(series.size() + 4) + " " + part("SCORE") + " " + year] += value;
        }
      }
      const SmallCsv golden =
          read_small_csv(std::string(STOCKTAKE_SOURCE_DIR) + "/tests/golden/crs_uk.csv", {"what", "code", "year", "sum"});
      EXPECT_GT(golden.rows.size(), 100U);
      for (const auto& row : golden.rows) {
        if (row[0] == "rows") continue;
        if (row[0] == "figures") {
          EXPECT_EQ(figures, std::stoll(row[3]));
          continue;
        }
        EXPECT_NEAR(added[row[0] + " " + row[1] + " " + row[2]], std::stod(row[3]), 1e-6)
            << row[0] << " " << row[1] << " " << row[2];
      }
    }
    static ImportOptions quiet() {
      ImportOptions options;
      options.quiet = true;
      return options;
    }
  };
  Real real;
  real.TestBody();
}

TEST_F(Crs, SharesBySector) {
  const ImportResult result = import(
      "Year,name,Humanitarian,Education,Health,Refugees in Donor Countries,Environment Protection\n"
      "2010,\"DAC Countries, Total\",0.0737,0.0655,0.094,0.0264,0.0314\n2010,Atlantis,0,0,0,0,0\n");
  EXPECT_EQ(result.vintage.format, "oda-sector-shares");
  EXPECT_EQ(sums().size(), 5U);
  EXPECT_EQ(sums().at("oda_sector_share DAC SECTOR=Refugees_in_Donor_Countries 2010"), 0.0264);
}

}  // namespace
}  // namespace stocktake::testing
