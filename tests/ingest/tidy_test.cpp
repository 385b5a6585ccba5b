// One figure a row: columns found by name, every feature on small inline files.
#include "ingest/importing.h"

namespace stocktake {
namespace {

using testing::expect_in;
using Tidy = testing::Importing;

TEST_F(Tidy, TheFourColumns) {
  const ImportResult result = import("series,ref_area,time_period,obs_value\nA,CHN,2005,1.5\nA,CHN,2006,NA\nB,BGD,2005,<5\n");
  expect_counts(result, 2, 1, 0);
  EXPECT_EQ(result.vintage.format, "tidy");
  EXPECT_EQ(result.vintage.source, "figures.csv");
  EXPECT_TRUE(result.warnings.empty());
  EXPECT_EQ(figures(), "A CHN   2005 1.5 \nB BGD   2005 5 <\n");
}

TEST_F(Tidy, ColumnNamesAsRealFilesHaveThem) {
  import(
      "Country Code;Year;Indicator Code;Value;Units;Nature;SEX;lower-bound;Upper Bound;Edition;Source\n"
      "CHN;2005;A;1,5;PERCENT;E;FEMALE;1,25;2;2014;UN\n");
  EXPECT_EQ(figures(), "A CHN SEX=F PERCENT 2005 1.5 E [1.25, 2]\n");
}

TEST_F(Tidy, AreasByAnyCode) {
  import(
      "series,area,year,value\nA,CHN,2001,1\nA,CN,2002,2\nA,156,2003,3\nA,chn,2004,4\nA,LDC,2005,5\nA,004,2006,6\nA,4,2007,7\n");
  EXPECT_EQ(
      figures(),
      "A AFG   2006 6 \nA AFG   2007 7 \nA CHN   2001 1 \nA CHN   2002 2 \nA CHN   2003 3 \nA CHN   2004 4 \nA LDC   2005 5 \n");
}

TEST_F(Tidy, TwoSpellingsOfOneSeriesAreDuplicates) {
  const ImportResult result = import(
      "series,ref_area,time_period,obs_value,sex\nA,CHN,2005,1,BOTHSEX\nA,156,2005,2,BOTHSEX\nA,CHN,2005,3,\nA,CHN,2005,4,_T\nA,"
      "CHN,2005,5,F\n");
  expect_counts(result, 2, 0, 3);
  ASSERT_EQ(result.reject_reasons.size(), 1U);
  EXPECT_EQ(result.reject_reasons[0].second, 3);
  EXPECT_EQ(figures(), "A CHN   2005 1 \nA CHN SEX=F  2005 5 \n");
}

TEST_F(Tidy, DimensionsLoseTheirTotalsAndAreSorted) {
  import(
      "series,ref_area,time_period,obs_value,sex,[Age],[Location],[Quantile]\nA,CHN,2005,1,BOTHSEX,ALLAGE,ALLAREA,\nA,CHN,2005,2,"
      "FEMALE,15-24,RURAL,Q1\n");
  EXPECT_EQ(figures(), "A CHN   2005 1 \nA CHN AGE=Y15T24;INCOME_WEALTH_QUANTILE=Q1;SEX=F;URBANISATION=R  2005 2 \n");
}

TEST_F(Tidy, UnknownColumnsAreNamedInAWarning) {
  const ImportResult result = import("series,ref_area,time_period,obs_value,colour,note\nA,CHN,2005,1,red,x\n");
  ASSERT_EQ(result.warnings.size(), 1U);
  expect_in(result.warnings[0], {"not read: colour", "--column"});
}

TEST_F(Tidy, ASecondColumnOfARoleIsNamedInAWarning) {
  const ImportResult result =
      import("series,ref_area,time_period,obs_value,year,value\nA,CHN,2005,x,2006,2\nA,CHN,2005,1,2006,2\n");
  ASSERT_EQ(result.warnings.size(), 1U);
  expect_in(result.warnings[0], {"not read: year (a second time_period), value (a second obs_value);"});
  EXPECT_EQ(result.first_rejects.at(0).column, "obs_value");
  EXPECT_EQ(figures(), "A CHN   2005 1 \n");
}

TEST_F(Tidy, BoundsTheWrongWayRound) {
  const ImportResult result =
      import("series,ref_area,time_period,obs_value,lower,upper\nA,CHN,2005,2,3,1\nA,CHN,2006,2,2,2\nA,CHN,2007,2,3,\n");
  expect_counts(result, 2, 0, 1);
  expect_in(result.first_rejects.at(0).reason, {"lower bound '3'", "above the upper '1'"});
  EXPECT_EQ(result.first_rejects.at(0).column, "lower, upper");
}

// Rows that take turns in where they come from, and more origins than are remembered: each row keeps its own.
TEST_F(Tidy, EveryRowKeepsItsOrigin) {
  std::string text = "series,ref_area,time_period,obs_value,nature,edition,source\n";
  constexpr int rows = 20'000;
  for (int i = 0; i < rows; ++i) {
    const int origin = i < rows / 2 ? i % 3 : i;
    const std::string number = std::to_string(origin);
    text += "S" + std::to_string(i / 100) + ",CHN," + std::to_string(1900 + i % 100) + "," + (i % 2 == 0 ? "<" : "") + number +
            ",E,e" + number + ",UN\n";
  }
  expect_counts(import(text), rows, 0, 0);
  const Panel panel = store_.panel({});
  ASSERT_EQ(panel.value.size(), static_cast<std::size_t>(rows));
  for (std::size_t i = 0; i < panel.value.size(); ++i) {
    const auto& origin = panel.provenances[panel.provenance[i]];
    ASSERT_EQ(origin.edition, "e" + number_text(panel.value[i]));
    ASSERT_EQ(origin.qualifier, panel.year[i] % 2 == 0 ? '<' : 0);
  }
}

TEST_F(Tidy, RolesWinAndTheOtherIsNamed) {
  ImportOptions options;
  options.columns = {{"adjusted", "obs_value"}};
  const ImportResult result = import("series,ref_area,time_period,value,adjusted\nA,CHN,2005,1,x\nA,CHN,2005,1,2\n", options);
  ASSERT_EQ(result.warnings.size(), 1U);
  expect_in(result.warnings[0], {"not read: value (a second obs_value);"});
  EXPECT_EQ(result.first_rejects.at(0).column, "adjusted");
}

TEST_F(Tidy, RolesByHand) {
  ImportOptions options;
  options.series = "SH_X";
  options.columns = {{"land", "ref_area"},
                     {"jahr", "time_period"},
                     {"wert", "obs_value"},
                     {"gruppe", "INCOME_WEALTH_QUANTILE"},
                     {"name", "ignore"}};
  const ImportResult result = import("land,jahr,wert,gruppe,name\nDEU,2005,1,Q1,x\n", options);
  EXPECT_TRUE(result.warnings.empty());
  EXPECT_EQ(figures(), "SH_X DEU INCOME_WEALTH_QUANTILE=Q1  2005 1 \n");
}

TEST_F(Tidy, RolesThatMeanNothing) {
  ImportOptions options;
  options.columns = {{"wert", "obs_value"}};
  const std::string text = "series,ref_area,time_period,obs_value\nA,CHN,2005,1\n";
  expect_in(refused(text, options, ErrorKind::usage).what(), {"no column 'wert'", "series, ref_area, time_period, obs_value"});
  options.columns = {{"obs_value", "obs_valeu"}};
  expect_in(refused(text, options, ErrorKind::usage).what(), {"unknown role 'obs_valeu'", "capitals"});
}

TEST_F(Tidy, RolesWinOverNames) {
  ImportOptions options;
  options.columns = {{"adjusted", "obs_value"}};
  import("series,ref_area,time_period,value,adjusted\nA,CHN,2005,1,2\n", options);
  EXPECT_EQ(figures(), "A CHN   2005 2 \n");
}

TEST_F(Tidy, WhatTheOptionsSayOfTheVintage) {
  ImportOptions options;
  options.source = "Ministry";
  options.edition = "2026-1";
  options.published = Date{2026, 3, 1};
  options.update = true;
  const Vintage vintage = import("series,ref_area,time_period,obs_value\nA,CHN,2005,1\n", options).vintage;
  EXPECT_EQ(vintage.id, 1);
  EXPECT_EQ(vintage.source, "Ministry");
  EXPECT_EQ(vintage.edition, "2026-1");
  EXPECT_EQ(vintage.published, (Date{2026, 3, 1}));
  EXPECT_EQ(vintage.imported_at, "2026-11-24T00:00:00Z");
  EXPECT_EQ(vintage.origin, "figures.csv");
  EXPECT_EQ(vintage.bytes, 51);
  EXPECT_EQ(vintage.hash.size(), 64U);
  EXPECT_TRUE(store_.vintages().at(0).update);
}

TEST_F(Tidy, ADryRunStoresNothing) {
  ImportOptions options;
  options.dry_run = true;
  EXPECT_EQ(import("series,ref_area,time_period,obs_value\nA,CHN,2005,1\n", options).vintage.rows_accepted, 1);
  EXPECT_TRUE(store_.vintages().empty());
  EXPECT_EQ(figures(), "");
}

TEST_F(Tidy, YearsOfProjections) {
  const std::string text = "series,ref_area,time_period,obs_value\nA,CHN,2026,1\nA,CHN,2027,2\n";
  const ImportResult result = import(text);
  expect_counts(result, 1, 0, 1);
  expect_in(result.first_rejects.at(0).reason, {"2027", "after 2026", "--allow-future"});
  ImportOptions options;
  options.allow_future = true;
  expect_counts(import(text, options), 2, 0, 0);
}

TEST_F(Tidy, YearsFarFromOurs) {
  const ImportResult result =
      import("series,ref_area,time_period,obs_value\nA,CHN,1000,1\nA,CHN,1000,2\nA,CHN,1899,3\nA,CHN,0999,4\nA,CHN,1899,5\n");
  expect_counts(result, 2, 0, 3);
  EXPECT_EQ(figures(), "A CHN   1000 1 \nA CHN   1899 3 \n");
}

TEST_F(Tidy, ManyRowsKeepTheirOrderWithinSeries) {
  std::string text = "series,ref_area,time_period,obs_value\n";
  for (int year = 2020; year >= 1821; --year) {
    for (int i = 0; i < 400; ++i)
      text += "S" + std::to_string(i) + ",CHN," + std::to_string(year) + "," + std::to_string(year + i) + "\n";
  }
  expect_counts(import(text), 80000, 0, 0);
  const Panel panel = store_.panel({});
  ASSERT_EQ(panel.size(), 400U);
  for (std::size_t s = 0; s < panel.size(); ++s) {
    const int i = std::stoi(std::string(panel.series[s].series.substr(1)));
    for (std::uint32_t k = panel.begin[s]; k < panel.begin[s + 1]; ++k) {
      ASSERT_EQ(panel.year[k], 1821 + static_cast<int>(k - panel.begin[s]));
      ASSERT_EQ(panel.value[k], panel.year[k] + i);
    }
  }
}

TEST_F(Tidy, AHeaderWithNewlinesInQuotes) {
  import("series,ref_area,\"time\nperiod\",time_period,obs_value\nA,CHN,x,2005,1\n");
  EXPECT_EQ(figures(), "A CHN   2005 1 \n");
}

}  // namespace
}  // namespace stocktake
