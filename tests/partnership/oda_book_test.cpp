// Which source tells of a concept, and what follows from what.
#include <gtest/gtest.h>

#include "partnership/money/oda_concepts.h"
#include "partnership/oda_sample.h"

namespace stocktake::testing {
namespace {

using OdaBooks = OdaStore;

double value(const OdaBook& book, OdaConcept what, OdaBasis basis, const char* donor, int year) {
  const auto found = book.find(donor);
  if (!found) return -1e9;
  const auto at = book.at(what, basis, *found, year);
  return at ? at->value : -1e9;
}
constexpr OdaBasis net_basis = OdaBasis::net_flow, ge_basis = OdaBasis::grant_equivalent;

TEST_F(OdaBooks, EmptyStoreHasNoDonors) {
  import("series,ref_area,time_period,obs_value\nSP_POP_TOTL,GBR,2013,64000000\n");
  const OdaBook empty = book();
  EXPECT_TRUE(empty.donors.empty());
  EXPECT_EQ(empty.years(), 0U);
  EXPECT_FALSE(empty.at(OdaConcept::oda_share, net_basis, 0, 2013));
  EXPECT_FALSE(empty.find("GBR"));
}

TEST_F(OdaBooks, UnroundedQuotientOfOneTableGoesBeforeItsRoundedShare) {
  dac1(net("NLD", "2013", "5435.45", "811000") + std::vector<Row>{{"NLD", "2", "1140", "PT_B5G", "V", "2013", "0.67"}});
  const OdaBook b = book();
  EXPECT_DOUBLE_EQ(value(b, OdaConcept::oda_share, net_basis, "NLD", 2013), 100 * 5435.45 / 811000);
  const auto at = b.at(OdaConcept::oda_share, net_basis, *b.find("NLD"), 2013);
  EXPECT_EQ(at->origin, OdaOrigin::computed);
  EXPECT_EQ(b.sources[at->source].series, "DAC1_1010 / DAC1_1");
}

TEST_F(OdaBooks, PublishedShareGoesBeforeAQuotientOfTwoHouses) {
  dac1({{"NLD", "1010", "1140", "USD", "V", "2013", "5000"}});
  import("series,ref_area,time_period,obs_value\nNY.GNP.ATLS.CD,NLD,2013,800000000000\nDC_ODA_TOTG,NLD,2013,0.66916\n");
  const OdaBook b = book();
  EXPECT_DOUBLE_EQ(value(b, OdaConcept::oda_share, net_basis, "NLD", 2013), 0.66916);
  EXPECT_DOUBLE_EQ(value(b, OdaConcept::gni, net_basis, "NLD", 2013), 800000);
}

TEST_F(OdaBooks, SourcesInTheirOrder) {
  import(
      "series,ref_area,time_period,obs_value\nDC_ODA_TOTG,NLD,2005,0.8\naid_given_percent_of_gni,NLD,2005,0.82\n"
      "aid_given_percent_of_gni,NLD,1990,0.92\n");
  import(
      "name,year,ODA (left-axis),ODA/GNI "
      "(right-axis)\nNetherlands,2005,1,0.79\nNetherlands,2010,1,0.81\nNetherlands,2019,1,0.59\n");
  const OdaBook b = book();
  EXPECT_EQ(value(b, OdaConcept::oda_share, net_basis, "NLD", 2005), 0.8);
  EXPECT_EQ(value(b, OdaConcept::oda_share, net_basis, "NLD", 1990), 0.92);
  EXPECT_EQ(value(b, OdaConcept::oda_share, net_basis, "NLD", 2010), 0.81);
  // The two measures never stand in for each other.
  EXPECT_EQ(value(b, OdaConcept::oda_share, net_basis, "NLD", 2019), -1e9);
  EXPECT_EQ(value(b, OdaConcept::oda_share, ge_basis, "NLD", 2019), 0.59);
  EXPECT_EQ(value(b, OdaConcept::oda_share, ge_basis, "NLD", 2010), -1e9);
}

TEST_F(OdaBooks, MissingValuesFollowFromOthers) {
  dac1({{"SWE", "1010", "1140", "USD", "V", "2013", "5827"},
        {"SWE", "2", "1140", "PT_B5G", "V", "2013", "1.01"},
        {"NOR", "2", "1140", "PT_B5G", "V", "2013", "1.07"},
        {"NOR", "1", "1140", "USD", "V", "2013", "522000"}});
  const OdaBook b = book();
  EXPECT_DOUBLE_EQ(value(b, OdaConcept::gni, net_basis, "SWE", 2013), 100 * 5827 / 1.01);
  EXPECT_DOUBLE_EQ(value(b, OdaConcept::oda_volume, net_basis, "NOR", 2013), 1.07 * 522000 / 100);
  EXPECT_EQ(value(b, OdaConcept::oda_volume, ge_basis, "NOR", 2013), -1e9);
}

TEST_F(OdaBooks, AidToLdcsIsBilateralAndImputed) {
  dac1(net("NLD", "2012", "5523", "780000"));
  import(
      "DATAFLOW,DONOR,RECIPIENT,MEASURE,FLOW_TYPE,UNIT_MEASURE,PRICE_BASE,TIME_PERIOD,OBS_VALUE,UNIT_MULT\n"
      "DSD_DAC2@DF_DAC2A,NLD,LDC,206,1140,USD,V,2012,700,6\nDSD_DAC2@DF_DAC2A,NLD,LDC,106,1140,USD,V,2012,467,6\n"
      "DSD_DAC2@DF_DAC2A,NLD,LDC,206,1140,USD,V,2013,700,6\n");
  const OdaBook b = book();
  EXPECT_DOUBLE_EQ(value(b, OdaConcept::ldc_volume, net_basis, "NLD", 2012), 1167);
  EXPECT_DOUBLE_EQ(value(b, OdaConcept::ldc_share, net_basis, "NLD", 2012), 100 * 1167.0 / 780000);
  EXPECT_EQ(value(b, OdaConcept::ldc_volume, net_basis, "NLD", 2013), -1e9);  // one part alone is no total
}

TEST_F(OdaBooks, GniPerHeadTimesPopulationStandsIn) {
  import(
      "series,ref_area,time_period,obs_value\nDC_ODA_TOTG,NOR,2013,1.07\ngnipercapita_atlasmethod_current_us,NOR,2013,100000\n"
      "total_population_with_projections,NOR,2013,5000000\n");
  const OdaBook b = book();
  EXPECT_DOUBLE_EQ(value(b, OdaConcept::gni, net_basis, "NOR", 2013), 500000);
  EXPECT_NEAR(value(b, OdaConcept::oda_volume, net_basis, "NOR", 2013), 5350, 1e-9);
  EXPECT_EQ(b.at(OdaConcept::gni, net_basis, *b.find("NOR"), 2013)->origin, OdaOrigin::computed);
}

TEST_F(OdaBooks, NegativeZeroAndMissingGni) {
  dac1({{"POL", "1010", "1140", "USD", "V", "1990", "-5"},
        {"POL", "1", "1140", "USD", "V", "1990", "60000"},
        {"GRC", "1010", "1140", "USD", "V", "1990", "0"},
        {"GRC", "1", "1140", "USD", "V", "1990", "0"},
        {"PRT", "2", "1140", "PT_B5G", "V", "1990", "0"},
        {"PRT", "1010", "1140", "USD", "V", "1990", "0"}});
  const OdaBook b = book();
  EXPECT_DOUBLE_EQ(value(b, OdaConcept::oda_share, net_basis, "POL", 1990), 100 * -5.0 / 60000);
  EXPECT_EQ(value(b, OdaConcept::oda_share, net_basis, "GRC", 1990), -1e9);  // no share of no income
  EXPECT_EQ(value(b, OdaConcept::oda_share, net_basis, "PRT", 1990), 0);
  EXPECT_EQ(value(b, OdaConcept::gni, net_basis, "PRT", 1990), -1e9);  // 0 / 0 tells nothing
}

TEST_F(OdaBooks, PreliminaryIsTold) {
  dac1({{"GBR", "11002", "1160", "PT_B5G", "V", "2024", "0.5", "P"}, {"GBR", "11002", "1160", "PT_B5G", "V", "2023", "0.58"}});
  import("name,year,ODA (left-axis),ODA/GNI (right-axis)\nSweden,2024,1,0.79\nSweden,2025,1,0.8\n");
  const OdaBook b = book();
  EXPECT_TRUE(b.at(OdaConcept::oda_share, ge_basis, *b.find("GBR"), 2024)->preliminary);
  EXPECT_FALSE(b.at(OdaConcept::oda_share, ge_basis, *b.find("GBR"), 2023)->preliminary);
  EXPECT_FALSE(b.at(OdaConcept::oda_share, ge_basis, *b.find("SWE"), 2024)->preliminary);
  EXPECT_TRUE(b.at(OdaConcept::oda_share, ge_basis, *b.find("SWE"), 2025)->preliminary);
}

TEST(OdaConcepts, FaultsNameTheLine) {
  const std::string header = "concept,basis,prices,priority,series,dimensions,multiply,from,to,preliminary_from,decimals,note\n";
  for (const char* row : {"fame,net_flow,,1,A,,1,,,,,\n", "oda_share,gross,,1,A,,1,,,,,\n", "oda_share,,,1,A,,1,,,,,\n",
                          "gni,net_flow,,1,A,,1,,,,,\n", "gni,,,one,A,,1,,,,,\n", "gni,,,1,,,1,,,,,\n", "gni,,,1,A,,x,,,,,\n",
                          "gni,,old,1,A,,1,,,,,\n", "gni,,,1,A,,1,,,,99,\n"}) {
    TemporaryFolder folder;
    folder.write("oda_concepts.csv", header + row);
    try {
      load_concept_sources(folder.path(""));
      ADD_FAILURE() << row;
    } catch (const Error& error) {
      EXPECT_EQ(error.where().line, 2U) << row;
    }
  }
  EXPECT_GE(load_concept_sources(reference_folder).size(), 20U);
}

TEST_F(OdaBooks, HeadlineMeasureChangesIn2018) {
  EXPECT_EQ(book().first_grant_equivalent, 2018);
  EXPECT_EQ(book().headline(2017), net_basis);
  EXPECT_EQ(book().headline(2018), ge_basis);
}

}  // namespace
}  // namespace stocktake::testing
