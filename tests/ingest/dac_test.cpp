// The OECD's aid tables as users download them. The columns of the Data Explorer are those of oda_reader's list
// (../shared/data/oda/codelists/oecd_columns.csv); the rows are ours.
#include <gtest/gtest.h>

#include "ingest/dac_codes.h"
#include "ingest/importing.h"
#include "shared_data.h"

namespace stocktake::testing {
namespace {

using Dac = Importing;

const std::string dac1_header =
    "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,DONOR,Donor,MEASURE,Measure,TYING_STATUS,Tying status,FLOW_TYPE,Flow type,"
    "UNIT_MEASURE,Unit of measure,PRICE_BASE,Price base,SECTOR,Sector,TIME_PERIOD,Time period,OBS_VALUE,Observation "
    "value,BASE_PER,"
    "Base period,OBS_STATUS,Observation status,UNIT_MULT,Unit multiplier,DECIMALS,Decimals\n";
std::string dac1_row(const std::string& donor, const std::string& measure, const std::string& flow, const std::string& unit,
                     const std::string& price, const std::string& year, const std::string& value, const std::string& base,
                     const std::string& status, const std::string& power) {
  return "DATAFLOW,OECD.DCD.FSD:DSD_DAC1@DF_DAC1(1.4),DAC1,I," + donor + ",x," + measure + ",x,_Z,x," + flow + ",x," + unit +
         ",x," + price + ",x,_Z,x," + year + ",," + value + ",," + base + ",," + status + ",x," + power + ",x,2,x\n";
}

TEST_F(Dac, ExplorerTableOne) {
  const ImportResult result = import(dac1_header + dac1_row("GBR", "1010", "1140", "USD", "V", "2013", "17871.43", "", "A", "6") +
                                     dac1_row("GBR", "1010", "1140", "USD", "Q", "2013", "18000", "2022", "A", "6") +
                                     dac1_row("GBR", "1010", "1140", "XDC", "V", "2013", "11462", "", "A", "6") +
                                     dac1_row("GBR", "2", "1140", "PT_B5G", "V", "2013", "0.7", "", "A", "0") +
                                     dac1_row("GBR", "11002", "1160", "PT_B5G", "V", "2024", "0.5", "", "P", "0") +
                                     dac1_row("DAC", "1", "1140", "USD", "V", "2013", "44942857", "", "A", "6") +
                                     dac1_row("4EU001", "1010", "1140", "USD", "V", "2013", "-5", "", "A", "6") +
                                     dac1_row("5WB002", "1010", "1140", "USD", "V", "2013", "7", "", "A", "6") +
                                     dac1_row("ATLANTIS", "1010", "1140", "USD", "V", "2013", "7", "", "A", "6") +
                                     dac1_row("GBR", "1010", "1140", "USD", "V", "2014", "", "", "M", "6") +
                                     dac1_row("GBR", "1010", "1140", "USD", "V", "2013", "1", "", "A", "6"));
  EXPECT_EQ(result.vintage.format, "dac");
  expect_counts(result, 8, 1, 2);
  EXPECT_EQ(figures(),
            "DAC1_1 DAC PRICE_BASE=V CU_USD_M 2013 44942857 \n"
            "DAC1_1010 DAC_MULTILATERAL FLOW_TYPE=1140;PRICE_BASE=V;PROVIDER=5WB002 CU_USD_M 2013 7 \n"
            "DAC1_1010 GBR BASE_PER=2022;FLOW_TYPE=1140;PRICE_BASE=Q CON_USD_M 2013 18000 \n"
            "DAC1_1010 GBR CURRENCY=XDC;FLOW_TYPE=1140;PRICE_BASE=V XDC_M 2013 11462 \n"
            "DAC1_1010 GBR FLOW_TYPE=1140;PRICE_BASE=V CU_USD_M 2013 17871.43 \n"
            "DAC1_1010 M49_918 FLOW_TYPE=1140;PRICE_BASE=V CU_USD_M 2013 -5 \n"
            "DAC1_11002 GBR  PERCENT 2024 0.5 \n"
            "DAC1_2 GBR  PERCENT 2013 0.7 \n");
  const Panel panel = store_.panel({{"DAC1_11002"}, {}, {}, {}, {}});
  EXPECT_EQ(panel.provenances[panel.provenance[0]].edition, "preliminary");
  ASSERT_FALSE(result.first_rejects.empty());
  expect_in(result.first_rejects[0].reason, {"unknown donor 'ATLANTIS'", "dac_donors.csv"});
  EXPECT_EQ(result.first_rejects[0].line, 10);
}

TEST_F(Dac, ExplorerTableTwo) {
  const ImportResult result = import(
      "DATAFLOW,DONOR,RECIPIENT,MEASURE,FLOW_TYPE,UNIT_MEASURE,PRICE_BASE,TIME_PERIOD,OBS_VALUE,BASE_PER,OBS_STATUS,UNIT_MULT\n"
      "OECD.DCD.FSD:DSD_DAC2@DF_DAC2A(1.1),NLD,LDC,206,1140,USD,V,2012,500,,A,6\n"
      "OECD.DCD.FSD:DSD_DAC2@DF_DAC2A(1.1),NLD,LDC,106,1140,USD,V,2012,600,,A,6\n"
      "OECD.DCD.FSD:DSD_DAC2@DF_DAC2A(1.1),NLD,KEN,206,1140,USD,V,2012,20,,A,6\n"
      "OECD.DCD.FSD:DSD_DAC2@DF_DAC2A(1.1),NLD,424242,206,1140,USD,V,2012,20,,A,6\n");
  expect_counts(result, 3, 0, 1);
  EXPECT_EQ(figures(),
            "DAC2A_106 NLD FLOW_TYPE=1140;PRICE_BASE=V;RECIPIENT=LDC CU_USD_M 2012 600 \n"
            "DAC2A_206 NLD FLOW_TYPE=1140;PRICE_BASE=V;RECIPIENT=KEN CU_USD_M 2012 20 \n"
            "DAC2A_206 NLD FLOW_TYPE=1140;PRICE_BASE=V;RECIPIENT=LDC CU_USD_M 2012 500 \n");
}

TEST_F(Dac, ActivitiesAreRefused) {
  const Error error = refused("DONOR,MEASURE,TIME_PERIOD,OBS_VALUE,MD_ID\nGBR,100,2013,1,77\n");
  expect_in(error.problem(), {"single activities"});
}

// OECD.Stat's numbers become the Data Explorer's codes, so that both editions make the same series.
TEST_F(Dac, StatAndExplorerMakeTheSameKeys) {
  import(
      "\xEF\xBB\xBF"
      "DONOR,Donor,PART,Part,AIDTYPE,Aid type,FLOWS,Fund flows,AMOUNTTYPE,Amount type,TIME,Year,Value\n"
      "12,United Kingdom,1,x,1010,y,1140,z,A,Current Prices (USD millions),2013,2013,17871.43\n"
      "12,United Kingdom,1,x,1010,y,1140,z,D,Constant Prices (2022 USD millions),2013,2013,18000\n"
      "12,United Kingdom,1,x,1010,y,1140,z,N,National currency (millions),2013,2013,11462\n"
      "20001,\"DAC Countries, Total\",2,x,1010,y,1140,z,A,Current Prices (USD millions),2013,2013,3\n"
      "12,United Kingdom,1,x,2,y,1140,z,A,Current Prices (USD millions),2013,2013,0.7\n"
      "12,United Kingdom,1,x,1010,y,1140,z,Q,?,2013,2013,1\n"
      "9999,?,1,x,1010,y,1140,z,A,Current Prices (USD millions),2013,2013,1\n");
  EXPECT_EQ(figures(),
            "DAC1_1010 DAC FLOW_TYPE=1140;PART=2;PRICE_BASE=V CU_USD_M 2013 3 \n"
            "DAC1_1010 GBR BASE_PER=2022;FLOW_TYPE=1140;PRICE_BASE=Q CON_USD_M 2013 18000 \n"
            "DAC1_1010 GBR CURRENCY=XDC;FLOW_TYPE=1140;PRICE_BASE=V XDC_M 2013 11462 \n"
            "DAC1_1010 GBR FLOW_TYPE=1140;PRICE_BASE=V CU_USD_M 2013 17871.43 \n"
            "DAC1_2 GBR  PERCENT 2013 0.7 \n");
}

// Net flows and grant equivalents share two columns in that file; they must not share a series.
TEST_F(Dac, HeadlineMeasuresAreKeptApart) {
  const ImportResult result = import(
      "name,year,ODA (left-axis),ODA/GNI (right-axis)\nDAC countries,2017,100,0.31\nDAC countries,2018,110,0.3\nKorea,2018,5,\n"
      "Atlantis,2018,5,1\n");
  expect_counts(result, 5, 1, 2);
  EXPECT_EQ(figures(),
            "oda_gni_headline DAC FLOW_TYPE=1140 PERCENT 2017 0.31 \n"
            "oda_gni_headline DAC FLOW_TYPE=1160 PERCENT 2018 0.3 \n"
            "oda_headline DAC BASE_PER=2025;FLOW_TYPE=1140;PRICE_BASE=Q CON_USD_M 2017 100 \n"
            "oda_headline DAC BASE_PER=2025;FLOW_TYPE=1160;PRICE_BASE=Q CON_USD_M 2018 110 \n"
            "oda_headline KOR BASE_PER=2025;FLOW_TYPE=1160;PRICE_BASE=Q CON_USD_M 2018 5 \n");
}

TEST_F(Dac, PartsOfAFigureAreAdded) {
  const ImportResult result = import(
      "year,indicator,donor_code,donor_name,recipient_code,recipient_name,currency,prices,value\n"
      "2014,aid,4,France,10001,Africa,EUR,constant,0.0\n2014,aid,4,France,10001,Africa,EUR,constant,1477.5\n"
      "2015,aid,4,France,10001,Africa,EUR,constant,x\n2016,aid,4,France,10001,Africa,EUR,constant,\n"
      "2016,aid,4,France,10016,LDCs,USD,current,3\n2016,aid,4,France,10016,LDCs,USD,lunar,3\n");
  expect_counts(result, 2, 1, 2);
  ASSERT_EQ(result.warnings.size(), 1U);
  expect_in(result.warnings[0], {"1 figures stood in several rows"});
  EXPECT_EQ(figures(),
            "aid FRA CURRENCY=EUR;PRICE_BASE=Q;RECIPIENT=F EUR_M 2014 1477.5 \n"
            "aid FRA PRICE_BASE=V;RECIPIENT=LDC CU_USD_M 2016 3 \n");
}

TEST_F(Dac, DeflatorsOfBothVintages) {
  import("iso_code,year,exchange,deflator\nGBR,2013,0.6396,97.28301\nG7C,2013,1,90\n");
  import(
      "year,donor_code,donor,iso3,lcu_per_usd,dac_deflator,gdp_deflator,exchange_deflator\n2013,12,United "
      "Kingdom,GBR,0.6397,104.2,80,130\n"
      "2013,20001,DAC countries,DAC,1,99,,100\n");
  EXPECT_EQ(figures({{"DAC_DEFLATOR"}, {}, {}, {}, {}}),
            "DAC_DEFLATOR DAC  INDEX 2013 99 \nDAC_DEFLATOR DAC_G7  INDEX 2013 90 \nDAC_DEFLATOR GBR  INDEX 2013 104.2 \n");
}

TEST_F(Dac, WorldBankSeriesByDay) {
  const ImportResult result = import(
      "date,iso_code,indicator_code,value\n2013-01-01,CHN,A.B,6.2\n2014-01-01,CHN,A.B,\n2013-06-01,CHN,A.B,7\n2013-01-01,AFE,A.B,"
      "7\n");
  expect_counts(result, 1, 1, 2);
}

TEST(DacCodesTable, KnowsDonorsByEveryCode) {
  const DacCodes codes = DacCodes::load(std::string(STOCKTAKE_SOURCE_DIR) + "/reference");
  for (const char* code : {"12", "GBR"}) EXPECT_EQ(codes.donor(code)->area, "GBR") << code;
  EXPECT_EQ(codes.donor("20001")->area, "DAC");
  EXPECT_EQ(codes.donor("905")->provider, "5WB002");
  EXPECT_EQ(codes.donor("4EU001")->code, "918");
  EXPECT_EQ(codes.donor("301")->area, "CAN");  // and not M49's 301
  EXPECT_EQ(codes.donor("nobody"), nullptr);
  EXPECT_EQ(codes.donor_by_name("Slovak Republic")->area, "SVK");
  EXPECT_EQ(codes.recipient("10016"), "LDC");
  EXPECT_EQ(codes.recipient("248"), "KEN");
  int members = 0;
  for (const DacDonor& donor : codes.donors()) members += donor.kind == "member" ? 1 : 0;
  EXPECT_EQ(members, 33);  // provider_groupings.json, dac_countries
  TemporaryFolder folder;
  folder.write("dac_donors.csv",
               "code,explorer,area,provider,kind,groups,member_from,evidence,name_en,aliases,other_names\n1,,AUT,,member,,,,A,,"
               "\n1,,BEL,,member,,,,B,,\n");
  EXPECT_THROW(DacCodes::load(folder.path("")), Error);
}

class DacRealFiles : public Importing {
 protected:
  void SetUp() override {
    if (!std::filesystem::is_directory(shared_data("oda"))) {
      if (const char* ci = std::getenv("CI"); ci != nullptr && *ci != '\0') FAIL() << "the shared data are missing";
      GTEST_SKIP() << "no shared data";
    }
  }
  ImportResult file(const std::string& name) {
    ImportOptions options;
    options.quiet = true;
    return import_file(store_, *areas_, *codes_, shared_data("oda/" + name), options);
  }
};

// Every table there is, unchanged and by itself: rows as README_inputs.md counts them.
TEST_F(DacRealFiles, AreRecognisedAndReadWhole) {
  struct {
    const char *name, *format;
    std::int64_t accepted, missing, rejected;
  } const files[] = {{"dac5_by_sector_1967_2014.csv.gz", "dac5", 48241, 0, 0},
                     {"dac_deflators_exchange_2024-03.csv", "dac-deflators", 4498, 0, 0},
                     {"dac_deflators_exchange_2025-03.csv", "dac-deflators", 9732, 56, 0},
                     {"oda_and_gni_share_2000_2025.csv", "oda-headline", 1747, 35, 0},
                     {"extracts/dac1_oecdstat_layout.csv", "dac-stat", 25, 0, 0},
                     {"extracts/recipient_totals_by_donor.csv", "oda-data", 33, 0, 0},
                     {"extracts/total_donor.csv", "oda-data", 33, 0, 0},
                     {"extracts/uk_dac1.csv", "oda-data", 72, 0, 0},
                     {"extracts/uk_dac2a_ldc_africa.csv", "oda-data", 120, 0, 0}};
  for (const auto& one : files) {
    const ImportResult result = file(one.name);
    EXPECT_EQ(result.vintage.format, one.format) << one.name;
    EXPECT_EQ(result.vintage.rows_accepted, one.accepted) << one.name;
    EXPECT_EQ(result.vintage.rows_missing, one.missing) << one.name;
    EXPECT_EQ(result.vintage.rows_rejected, one.rejected) << one.name;
  }
}

// Bilateral and imputed multilateral aid add up to the total that the files give: the parts were added rightly.
TEST_F(DacRealFiles, PartsAddUpToTheTotalsInTheFile) {
  for (const char* name :
       {"extracts/recipient_totals_by_donor.csv", "extracts/total_donor.csv", "extracts/uk_dac2a_ldc_africa.csv"})
    file(name);
  const Panel panel = store_.panel({});
  int compared = 0;
  std::map<std::tuple<std::string, std::string, int>, std::map<std::string, double>> by_key;
  for (std::size_t s = 0; s < panel.size(); ++s) {
    for (std::uint32_t i = panel.begin[s]; i < panel.begin[s + 1]; ++i) {
      by_key[{std::string(panel.series[s].area), std::string(panel.series[s].dimensions), panel.year[i]}]
            [std::string(panel.series[s].series)] = panel.value[i];
    }
  }
  for (const auto& [key, values] : by_key) {
    if (!values.contains("recipient_total_flow_net")) continue;
    EXPECT_NEAR(values.at("recipient_bilateral_flow_net") + values.at("recipient_imputed_multi_flow_net"),
                values.at("recipient_total_flow_net"), 1e-6);
    ++compared;
  }
  EXPECT_EQ(compared, 42);  // 11 years of two donors, 10 years of two recipients of the United Kingdom
}

}  // namespace
}  // namespace stocktake::testing
