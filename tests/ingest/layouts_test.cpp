// Tables in the layouts of publishers (reference/table_layouts.csv says where each was seen). Headers are theirs, figures
// invented.
#include "ingest/importing.h"
#include "ingest/known_layouts.h"

namespace stocktake {
namespace {

using testing::expect_in;
using Layouts = testing::Importing;

ImportOptions of_series(const char* series) {
  ImportOptions options;
  options.series = series;
  return options;
}

PanelQuery only(std::vector<std::string> series, std::vector<std::string> areas = {}) {
  PanelQuery query;
  query.series = std::move(series);
  query.areas = std::move(areas);
  return query;
}

TEST_F(Layouts, FaostatNormalised) {
  const ImportResult result = import(
      "Area Code,Area Code (M49),Area,Item Code,Item,Element Code,Element,Year Code,Year,Unit,Value,Flag,Note\n"
      "\"2\",\"'004\",\"Afghanistan\",\"15\",\"Wheat\",\"5510\",\"Production\",\"2020\",\"2020\",\"t\",\"5000.000000\",\"A\","
      "\"\"\n"
      "\"5000\",\"'001\",\"World\",\"15\",\"Wheat\",\"5510\",\"Production\",\"2020\",\"2020\",\"t\",,\"M\",\n");
  expect_counts(result, 1, 1, 0);
  EXPECT_EQ(figures(), "5510 AFG PRODUCT=15 t 2020 5000 \n");
  EXPECT_EQ(result.vintage.source, "FAOSTAT");
  EXPECT_EQ(store_.panel({}).provenances.at(0).attributes, "FLAG=A");
}

// FAO's code 2 is Afghanistan, and 4 Algeria; in M49 they are Africa and Afghanistan.
TEST_F(Layouts, FaostatWithoutM49IsReadByName) {
  import(
      "Domain Code,Domain,Area Code,Area,Element Code,Element,Item Code,Item,Year Code,Year,Unit,Value,Flag,Flag Description\n"
      "QC,Crops,2,Afghanistan,5510,Production,15,Wheat,2018,2018,tonnes,3613203,,Official data\n"
      "QC,Crops,4,Algeria,5510,Production,15,Wheat,2018,2018,tonnes,7,*,Unofficial figure\n");
  EXPECT_EQ(figures(), "5510 AFG PRODUCT=15 tonnes 2018 3613203 \n5510 DZA PRODUCT=15 tonnes 2018 7 \n");
}

TEST_F(Layouts, FaostatWide) {
  const ImportResult result = import(
      "Area Code,Area Code (M49),Area,Item Code,Item Code (CPC),Item,Element "
      "Code,Element,Unit,Y2023,Y2023F,Y2023N,Y2024,Y2024F,Y2024N\n"
      "100,'356,India,27,'0113,Rice,5312,Area harvested,ha,48.5,A,x,,,\n");
  expect_counts(result, 1, 1, 0);
  EXPECT_EQ(figures(), "5312 IND PRODUCT=27 ha 2023 48.5 \n");
  EXPECT_EQ(store_.panel({}).provenances.at(0).attributes, "SYMBOL=A");
  EXPECT_TRUE(result.warnings.empty()) << result.warnings.front();
}

TEST_F(Layouts, CodesThatAreNotThoseOfTheNamesBesideThem) {
  const ImportResult result = import(
      "Country,Country Code,Year,Value\nAfghanistan,512,2000,1\nAlbania,914,2000,2\nAlgeria,612,2000,3\nOman,449,2000,4\n"
      "Pitcairn,826,2000,5\n",
      of_series("X"));
  expect_in(result.warnings.at(0), {"'Country Code'", "'Country'", "names were taken"});
  EXPECT_EQ(figures(), "X AFG   2000 1 \nX ALB   2000 2 \nX DZA   2000 3 \nX OMN   2000 4 \nX PCN   2000 5 \n");
}

TEST_F(Layouts, RolesGivenByHandAreNotDoubted) {
  ImportOptions options = of_series("X");
  options.columns = {{"Country Code", "ref_area"}};
  import("Country,Country Code,Year,Value\nA,004,2000,1\nAlbania,012,2000,2\nAlgeria,008,2000,3\nOman,024,2000,4\n", options);
  EXPECT_EQ(figures(), "X AFG   2000 1 \nX AGO   2000 4 \nX ALB   2000 3 \nX DZA   2000 2 \n");
}

TEST_F(Layouts, ImfBulkIsReadByName) {
  const ImportResult result = import(
      "Country Name,Country Code,Indicator Name,Indicator Code,Attribute,2000,2001\nAfghanistan,512,GDP,NGDP_XDC,Value,1,2\n"
      "China,924,GDP,NGDP_XDC,Value,3,4\n");
  expect_counts(result, 4, 0, 0);
  EXPECT_EQ(result.vintage.format, "wide");
  EXPECT_EQ(figures(only({}, {"CHN"})), "NGDP_XDC CHN ATTRIBUTE=Value  2000 3 \nNGDP_XDC CHN ATTRIBUTE=Value  2001 4 \n");
}

TEST_F(Layouts, WorldEconomicOutlook) {
  const ImportResult result = import(
      "WEO Country Code\tISO\tWEO Subject Code\tCountry\tSubject Descriptor\tSubject Notes\tUnits\tScale\t"
      "Country/Series-specific Notes\t2000\t2001\tEstimates Start After\n"
      "512\tAFG\tNGDP_R\tAfghanistan\tGDP\tx\tNational currency\tBillions\tx\tn/a\t12.5\t2020\n");
  expect_counts(result, 1, 1, 0);
  EXPECT_EQ(figures(), "NGDP_R AFG SCALE=Billions National currency 2001 12.5 \n");
}

TEST_F(Layouts, Ilostat) {
  import(
      "ref_area,source,indicator,sex,classif1,time,obs_value,obs_status,note_classif,note_indicator,note_source\n"
      "\"JPN\",\"BA:259\",\"SDG_0852_SEX_AGE_RT\",\"SEX_T\",\"AGE_YTHADULT_YGE15\",\"2025\",2.5,,,,\n"
      "\"JPN\",\"BA:259\",\"SDG_0852_SEX_AGE_RT\",\"SEX_F\",\"AGE_YTHADULT_YGE15\",\"2025\",2.4,U,,,\n");
  EXPECT_EQ(figures(),
            "SDG_0852_SEX_AGE_RT JPN CLASSIF1=AGE_YTHADULT_YGE15  2025 2.5 \n"
            "SDG_0852_SEX_AGE_RT JPN CLASSIF1=AGE_YTHADULT_YGE15;SEX=F  2025 2.4 \n");
}

TEST_F(Layouts, OecdData) {
  const ImportResult result = import(
      "\xEF\xBB\xBF\"LOCATION\",\"INDICATOR\",\"SUBJECT\",\"MEASURE\",\"FREQUENCY\",\"TIME\",\"Value\",\"Flag Codes\"\n"
      "\"AUS\",\"RENEWABLE\",\"TOT\",\"KTOE\",\"A\",\"1960\",4436.932,\n\"AUS\",\"RENEWABLE\",\"TOT\",\"KTOE\",\"Q\",\"1960-Q1\","
      "1,\n");
  expect_counts(result, 1, 0, 1);
  EXPECT_EQ(figures(), "RENEWABLE AUS FREQ=A;SUBJECT=TOT KTOE 1960 4436.932 \n");
}

TEST_F(Layouts, UndataWithFootnotesBelow) {
  const std::string text =
      "\"Country or Area\",\"Year\",\"Item\",\"Value\",\"Value Footnotes\"\n\"Afghanistan\",\"2022\",\"GDP\",\"1000\",\"1\"\n"
      "\"Bolivia (Plurinational State of)\",\"2022\",\"GDP\",\"700\",\"\"\n\n\"footnoteSeqID\",\"Footnote\"\n\"1\",\"An "
      "estimate\"\n";
  const ImportResult result = import(text);
  expect_counts(result, 2, 0, 0);
  EXPECT_EQ(figures(), "GDP AFG   2022 1000 \nGDP BOL   2022 700 \n");
  expect_in(result.warnings.at(0), {"2 lines", "legend"});
  expect_in(refused("Country or Area,Year,Value\nChina,2000,1\n").what(), {"which series", "--series CODE"});
}

TEST_F(Layouts, WhoObservatory) {
  const ImportResult result = import(
      "IndicatorCode,Indicator,SpatialDimValueCode,Location,Period type,Period,Dim1 type,Dim1,Dim1ValueCode,FactValueNumeric,"
      "FactValueNumericLow,FactValueNumericHigh,Value\n"
      "AIR_41,x,KEN,Kenya,Year,2019,Sex,Female,SEX_FMLE,29.5,20.1,38.9,29.5 [20.1-38.9]\n");
  expect_counts(result, 1, 0, 0);
  EXPECT_EQ(figures(), "AIR_41 KEN DIM1=SEX_FMLE  2019 29.5  [20.1, 38.9]\n");
}

TEST_F(Layouts, OurWorldInData) {
  const ImportResult result = import(
      "Entity,Code,Year,Life expectancy "
      "(years),births__sex_all\nAfrica,,2000,53,1\nChina,CHN,2000,72.5,..\nWorld,OWID_WRL,2001,66,1\n");
  expect_counts(result, 1, 1, 4);
  EXPECT_EQ(figures(), "LIFE_EXPECTANCY_YEARS CHN   2000 72.5 \n");
  EXPECT_EQ(result.vintage.format, "columns");
  import("entity,code,year,hdi__sex_total,owid_region\nIndia,IND,2000,0.4,Asia\n");
  EXPECT_EQ(figures(only({"hdi__sex_total"})), "hdi__sex_total IND   2000 0.4 \n");
}

TEST_F(Layouts, HumanDevelopmentReport) {
  const ImportResult result = import(
      "iso3,country,hdicode,region,hdi_rank_2021,hdi_1990,hdi_1991,le_1990\nAFG,Afghanistan,Low,SA,180,0.273,0.279,45.967\n"
      "ZZA.VHHD,Very high,,,,0.8,0.8,\n");
  EXPECT_EQ(figures(), "hdi AFG   1990 0.273 \nhdi AFG   1991 0.279 \nhdi_rank AFG   2021 180 \nle AFG   1990 45.967 \n");
  expect_in(result.first_rejects.at(0).reason, {"unknown area 'ZZA.VHHD'"});
  expect_in(result.warnings.at(0), {"hdicode", "region"});
}

TEST_F(Layouts, DataBank) {
  const ImportResult result = import(
      "Series Name,Series Code,Country Name,Country Code,1990 [YR1990],1991 [YR1991]\nPop,SP.POP.TOTL,China,CHN,1,..\n\n\n\n"
      "Data from database: World Development Indicators\nLast Updated: 07/20/2023\n");
  expect_counts(result, 1, 1, 0);
  EXPECT_EQ(figures(), "SP.POP.TOTL CHN   1990 1 \n");
  expect_in(result.warnings.at(0), {"2 lines"});
}

TEST_F(Layouts, DataBankWithYearsAsRows) {
  expect_counts(import("Time,Time Code,Country Name,Country Code,\"Population, total [SP.POP.TOTL]\",GDP [NY.GDP.MKTP.CD]\n"
                       "1990,YR1990,China,CHN,1135185000,..\n1991,YR1991,China,CHN,1150780000,5\n"),
                3, 1, 0);
  EXPECT_EQ(figures(only({"NY.GDP.MKTP.CD"})), "NY.GDP.MKTP.CD CHN   1991 5 \n");
}

TEST_F(Layouts, Gapminder) {
  expect_counts(import("country,1800,1801,1802\nAfghanistan,3.28M,12.5k,1B\nChina,322,\xE2\x88\x92"
                       "0.5,\n",
                       of_series("POP")),
                5, 1, 0);
  EXPECT_EQ(figures(),
            "POP AFG   1800 3280000 \nPOP AFG   1801 12500 \nPOP AFG   1802 1e+09 \nPOP CHN   1800 322 \nPOP CHN   1801 -0.5 \n");
  // In a table with more columns a letter behind a number may be a flag.
  expect_counts(import("country,unit,1800\nAfghanistan,n,3M\nChina,n,1\n", of_series("Y")), 1, 0, 1);
}

TEST_F(Layouts, EurostatTsv) {
  const ImportResult result = import(
      "freq,unit,geo\\TIME_PERIOD\t2019 \t2020 \t2021 \nA,PC,EL\t30.0 \t27.5 b\t: \nA,PC,DE\t: c\t12.3 p\t7 bp\nA,PC\t1 \t2 \t3 "
      "\n",
      of_series("SDG_01_10"));
  expect_counts(result, 4, 2, 1);
  EXPECT_EQ(figures(),
            "SDG_01_10 DEU FREQ=A PC 2020 12.3 \nSDG_01_10 DEU FREQ=A PC 2021 7 \n"
            "SDG_01_10 GRC FREQ=A PC 2019 30 \nSDG_01_10 GRC FREQ=A PC 2020 27.5 \n");
  expect_in(result.first_rejects.at(0).reason, {"expected 3 codes", "found 2"});
  const Panel panel = store_.panel({});
  EXPECT_EQ(panel.provenances[panel.provenance[1]].attributes, "OBS_STATUS=bp");
}

TEST_F(Layouts, TitlesAboveTheHeader) {
  const ImportResult result =
      import("Table 3. Something\nSource: the office\n\nCountry,Year,Value\nChina,2000,1\nIndia,x,2\n", of_series("A"));
  expect_counts(result, 1, 0, 1);
  expect_in(result.warnings.at(0), {"header is in line 4"});
  EXPECT_EQ(result.first_rejects.at(0).line, 6);
}

TEST_F(Layouts, ColumnsWithoutFigures) {
  expect_in(refused("Country,Year,Note,Colour\nChina,2000,a,b\n").what(), {"no column holds figures", "--column"});
  expect_in(refused("Country,a_1990,a_1991,a_1992\nChina,x,y,z\n").what(), {"no column holds figures", "none the year"});
}

// Every role of the table is one that --column knows, and no layout takes the columns of another.
TEST_F(Layouts, TheTableIsSound) {
  for (const char* kind : {"long", "wide", "columns"}) {
    const KnownLayout* any = known_layout({"Entity", "Code", "Year"}, kind);
    EXPECT_EQ(any != nullptr, std::string(kind) == "columns");
  }
  EXPECT_EQ(known_layout({"Area Code", "Area", "Item Code", "Element Code", "Year", "Value"}, "long")->id, "faostat_old");
  EXPECT_EQ(known_layout({}, "long"), nullptr);
}

}  // namespace
}  // namespace stocktake
