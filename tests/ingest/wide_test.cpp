// A column a year: World Bank bulk files and exports of the UN MDG database.
#include "ingest/importing.h"

namespace stocktake {
namespace {

using testing::expect_in;
using Wide = testing::Importing;

const std::string bank =
    "\xEF\xBB\xBF\"Data Source\",\"World Development Indicators\",\r\n\r\n\"Last Updated Date\",\"2022-04-27\",\r\n\r\n"
    "\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"1960\",\"1961\",\r\n"
    "\"Aruba\",\"ABW\",\"Population, total\",\"SP.POP.TOTL\",\"54208\",\"\",\r\n"
    "\"Nowhere\",\"QQQ\",\"Population, total\",\"SP.POP.TOTL\",\"1\",\"2\",\r\n";

TEST_F(Wide, WorldBankBulkFile) {
  const ImportResult result = import(bank);
  expect_counts(result, 1, 1, 2);
  EXPECT_EQ(result.vintage.format, "worldbank");
  EXPECT_EQ(result.vintage.source, "World Bank, World Development Indicators");
  EXPECT_EQ(result.vintage.edition, "2022-04-27");
  EXPECT_EQ(result.vintage.published, (Date{2022, 4, 27}));
  EXPECT_EQ(figures(), "SP.POP.TOTL ABW   1960 54208 \n");
  const std::vector<Reject> rejects = store_.rejects(1);
  ASSERT_EQ(rejects.size(), 2U);
  EXPECT_EQ(rejects[0].line, 7);
  EXPECT_EQ(rejects[0].column, "ref_area");
  expect_in(rejects[0].reason, {"unknown area 'QQQ'", "ISO 3166"});
}

TEST_F(Wide, WorldBankDataBankColumns) {
  import("Country Name,Country Code,Series Name,Series Code,Indicator Code,1990 [YR1990],1991 [YR1991]\nChina,CHN,x,A,B,1,..\n");
  EXPECT_EQ(figures(), "B CHN   1990 1 \n");
}

TEST_F(Wide, TextAmongTheYears) {
  const ImportResult result = import("Country Code,Indicator Code,1990,1991\nCHN,A,x,2\n");
  expect_counts(result, 1, 0, 1);
  EXPECT_EQ(store_.rejects(1).at(0).column, "1990");
  expect_in(store_.rejects(1).at(0).reason, {"expected a number, found 'x'"});
}

TEST_F(Wide, OptionsWinOverTheFile) {
  ImportOptions options;
  options.edition = "mine";
  options.published = Date{2020, 1, 1};
  options.source = "me";
  const Vintage vintage = import(bank, options).vintage;
  EXPECT_EQ(vintage.edition, "mine");
  EXPECT_EQ(vintage.published, (Date{2020, 1, 1}));
  EXPECT_EQ(vintage.source, "me");
}

TEST_F(Wide, WorldBankWithoutYears) {
  expect_in(refused("Country Code,Indicator Code,year,figure\nCHN,A,1990,1\n").what(),
            {"no column is a year", "--input-format tidy"});
}

TEST_F(Wide, WorldBankFormatOfAnotherFile) {
  ImportOptions options;
  options.format = "worldbank";
  expect_in(refused("a,b\n1,2\n", options).what(), {"figures.csv:1", "'Country Code'"});
}

TEST_F(Wide, ColumnsOfAFixedFormatHaveNoRoles) {
  ImportOptions options;
  options.columns = {{"Country Code", "ref_area"}};
  expect_in(refused(bank, options, ErrorKind::usage).what(), {"--column", "worldbank"});
}

TEST_F(Wide, MdgExportWithFootnotesTypesAndLegend) {
  const ImportResult result = import(
      "CountryCode,Country,SeriesCode,MDG,Series,1990,Footnotes,Type,1991,Footnotes,Type\n"
      "\"4\",\"Afghanistan\",\"710\",\"Y\",\"Slums\",\"<5.0\",\"1\",\"E\",\" \",\" \",\" \"\n"
      "156,China,710,Y,Slums,7,,C,8,,ZZ\n"
      "\nCode,Footnote\n1,An estimate\nType,Description\nE,Estimated\n");
  expect_counts(result, 2, 1, 1);
  EXPECT_EQ(result.vintage.format, "unmdg");
  EXPECT_EQ(figures(), "710 AFG   1990 5 E<\n710 CHN   1990 7 C\n");
  ASSERT_EQ(result.warnings.size(), 1U);
  expect_in(result.warnings[0], {"4 lines", "legend"});
  expect_in(store_.rejects(1).at(0).reason, {"expected C, CA, E, G, M, N, NA", "'ZZ'"});
}

TEST_F(Wide, MdgExportWithYearsAlone) {
  expect_counts(import("CountryCode,Country,SeriesCode,Series,1990,1991\n4,Afghanistan,553,x,1340, \n"), 1, 1, 0);
  EXPECT_EQ(figures(), "553 AFG   1990 1340 \n");
}

TEST_F(Wide, ARowOfAnotherWidthIsNoLegend) {
  const ImportResult result = import("CountryCode,SeriesCode,1990\n4,553,1\n8,553\n12,553,3\n");
  expect_counts(result, 2, 0, 1);
  expect_in(store_.rejects(1).at(0).reason, {"expected 3 fields, found 2"});
  EXPECT_EQ(store_.rejects(1).at(0).text, "8,553");
}

}  // namespace
}  // namespace stocktake
