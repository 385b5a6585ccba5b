// SDMX data messages into the store: what components become, which rows are rejects.
#include <algorithm>

#include "base/files.h"
#include "ingest/importing.h"
#include "store/unit_text.h"

namespace stocktake::testing {
namespace {

using SdmxImport = Importing;

std::int64_t count(const ImportResult& result, const std::string& category) {
  for (const auto& [reason, n] : result.reject_reasons) {
    if (reason == category) return n;
  }
  return 0;
}

// Components in the order of the global SDG data structure: SDMX-CSV 1.0.
constexpr const char* head =
    "DATAFLOW,FREQ,REPORTING_TYPE,SERIES,REF_AREA,SEX,AGE,URBANISATION,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,NATURE,"
    "LOWER_BOUND,UPPER_BOUND,SOURCE_DETAIL,TIME_DETAIL\n";

TEST_F(SdmxImport, ComponentsOfTheSdgStructure) {
  const ImportResult result =
      import(std::string(head) +
             "IAEG-SDGs:DF_SDG_GLH(1.0),A,G,SI_POV_DAY1,156,_T,_T,_T,2015,1.5,PT,0,G,1.2,1.9,LFS,2014-2015\n"
             "IAEG-SDGs:DF_SDG_GLH(1.0),A,G,SI_POV_DAY1,CN,F,Y15T24,_Z,2016,0.7,PT,0,M,,,,\n"
             "IAEG-SDGs:DF_SDG_GLH(1.0),A,N,SP_POP,4,_T,_T,_T,2016,35.4,PS,6,X,,,,\n"
             "IAEG-SDGs:DF_SDG_GLH(1.0),A,G,SP_POP,4,_T,_T,_T,2016,35400000,PS,0,C,,,,\n"
             "IAEG-SDGs:DF_SDG_GLH(1.0),A,G,SP_POP,4,_T,_T,_T,2017,NaN,PS,0,C,,,,\n");
  EXPECT_EQ(result.vintage.format, "sdmx-csv");
  expect_counts(result, 4, 1, 0);
  EXPECT_EQ(figures(),
            "SI_POV_DAY1 CHN  PT 2015 1.5 G [1.2, 1.9]\n"
            "SI_POV_DAY1 CHN AGE=Y15T24;SEX=F PT 2016 0.7 M [nan, nan]\n"
            "SP_POP AFG  PS 2016 35400000 C [nan, nan]\n"
            "SP_POP AFG  PS x10^6 2016 35.4  [nan, nan]\n");
  const Panel panel = store_.panel({});
  const auto of = [&](std::size_t series) -> const Panel::Provenance& {
    return panel.provenances[panel.provenance[panel.begin[series]]];
  };
  EXPECT_EQ(of(0).source, "LFS");
  EXPECT_EQ(of(0).attributes, "TIME_DETAIL=2014-2015");
  EXPECT_EQ(of(3).attributes, "NATURE=X;REPORTING_TYPE=N;UNIT_MULT=6");
  expect_in(result.warnings.front(), {"codes were not checked", "IAEG-SDGs:DF_SDG_GLH"});
}

TEST_F(SdmxImport, PeriodsThatAreNoYears) {
  const ImportResult result = import(
      "DATAFLOW,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE\n"
      "X:FLOW(1.0),A,CHN,2001,1\nX:FLOW(1.0),A,CHN,2002-A1,2\nX:FLOW(1.0),A,CHN,2003-01-01/P1Y,3\n"
      "X:FLOW(1.0),A,CHN,2004-01-01T00:00:00/P1Y,4\n"
      "X:FLOW(1.0),A,CHN,2005-2007,5\nX:FLOW(1.0),A,CHN,2005-01-01/P3Y,5\nX:FLOW(1.0),A,CHN,2005-Q1,5\n"
      "X:FLOW(1.0),A,CHN,2005-07-01/P1Y,5\nX:FLOW(1.0),A,CHN,next,5\nX:FLOW(1.0),Q,CHN,2005,5\n"
      "X:FLOW(1.0),A,W0,2005,5\n");
  expect_counts(result, 4, 0, 7);
  EXPECT_EQ(count(result, "the period is of several years; the store has years only"), 2);
  EXPECT_EQ(count(result, "the period is a part of a year; the store has years only"), 1);
  EXPECT_EQ(count(result, "the period is a year that does not begin on 1 January"), 1);
  EXPECT_EQ(count(result, "the period is not a year"), 1);
  EXPECT_EQ(count(result, "a frequency other than annual"), 1);
  EXPECT_EQ(count(result, "unknown area 'W0'"), 1);
  EXPECT_EQ(figures(), "FLOW CHN   2001 1 \nFLOW CHN   2002 2 \nFLOW CHN   2003 3 \nFLOW CHN   2004 4 \n");
  EXPECT_EQ(result.first_rejects.front().line, 6);
}

TEST_F(SdmxImport, ActionsAndColumnsByHand) {
  ImportOptions options;
  options.columns = {{"MEASURE", "series"}, {"COUNTERPART", "ref_area"}, {"KIND", "PRODUCT"}, {"REMARK", "ignore"}};
  const ImportResult result = import(
      "STRUCTURE,STRUCTURE_ID,ACTION,MEASURE,REF_AREA,COUNTERPART,KIND,TIME_PERIOD,OBS_VALUE,REMARK\n"
      "dataflow,X:FLOW(1.0),I,M1,CHN,FRA,A,2001,1,so\ndataflow,X:FLOW(1.0),A,M1,CHN,FRA,A,2002,2,so\n"
      "dataflow,X:FLOW(1.0),D,M1,CHN,FRA,A,2003,,so\n",
      options);
  expect_counts(result, 2, 0, 1);
  EXPECT_EQ(count(result, "a deletion"), 1);
  EXPECT_EQ(figures(), "M1 FRA PRODUCT=A;REF_AREA=CHN  2001 1 \nM1 FRA PRODUCT=A;REF_AREA=CHN  2002 2 \n");
  expect_in(result.warnings.back(), {"Append or Merge", "--update"});
  const std::string text = "DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE\nX:FLOW(1.0),CHN,2001,1\n";
  options.columns = {{"NOWHERE", "series"}};
  expect_in(refused(text, options, ErrorKind::usage).what(), {"no component 'NOWHERE'"});
  options.columns = {{"REF_AREA", "ref area"}};
  expect_in(refused(text, options, ErrorKind::usage).what(), {"unknown role 'ref area'"});
  expect_in(refused("DATAFLOW,SEX,TIME_PERIOD,OBS_VALUE\nX:FLOW(1.0),F,2001,1\n").what(),
            {"no component holds the ref_area", "SEX"});
  expect_in(refused("DATAFLOW,REF_AREA,OBS_VALUE\nX:FLOW(1.0),CHN,1\n").what(), {"no component holds the time_period"});
}

// The same figures in all three formats give the same store.
TEST_F(SdmxImport, FormatsAgree) {
  const std::string csv =
      "DATAFLOW,SERIES,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE\nX:FLOW(1.0),S,CHN,F,2001,1.5,PT\nX:FLOW(1.0),S,CHN,F,"
      "2002,2,PT\n";
  const std::string xml =
      R"(<?xml version="1.0"?><message:GenericData xmlns:message="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" xmlns:g="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic" xmlns:c="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common">
<message:Header><message:ID>1</message:ID><message:Test>false</message:Test><message:Prepared>2020-01-01</message:Prepared><message:Sender id="UNSD"/>
<message:Structure structureID="A" dimensionAtObservation="TIME_PERIOD"><c:StructureUsage><Ref agencyID="X" id="FLOW" version="1.0"/></c:StructureUsage></message:Structure></message:Header>
<message:DataSet structureRef="A"><g:Series><g:SeriesKey><g:Value id="SERIES" value="S"/><g:Value id="REF_AREA" value="156"/><g:Value id="SEX" value="F"/></g:SeriesKey>
<g:Attributes><g:Value id="UNIT_MEASURE" value="PT"/></g:Attributes>
<g:Obs><g:ObsDimension value="2001"/><g:ObsValue value="1.5"/></g:Obs><g:Obs><g:ObsDimension value="2002"/><g:ObsValue value="2"/></g:Obs>
</g:Series></message:DataSet></message:GenericData>)";
  const std::string json =
      R"~({"header":{"id":"1","prepared":"2020-01-01T00:00:00Z","sender":{"id":"UNSD"}},
"structure":{"links":[{"rel":"dataflow","urn":"urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=X:FLOW(1.0)"}],
"dimensions":{"series":[{"id":"SERIES","values":[{"id":"S"}]},{"id":"REF_AREA","values":[{"id":"CN"}]},{"id":"SEX","values":[{"id":"F"}]}],
"observation":[{"id":"TIME_PERIOD","values":[{"id":"2001"},{"id":"2002"}]}]},
"attributes":{"series":[{"id":"UNIT_MEASURE","values":[{"id":"PT"}]}],"observation":[]}},
"dataSets":[{"action":"Information","series":{"0:0:0":{"attributes":[0],"observations":{"0":[1.5],"1":[2]}}}}]})~";
  const std::string expected = "S CHN SEX=F PT 2001 1.5 \nS CHN SEX=F PT 2002 2 \n";
  EXPECT_EQ(import(csv).vintage.format, "sdmx-csv");
  EXPECT_EQ(figures(), expected);
  const ImportResult ml = import(xml);
  EXPECT_EQ(ml.vintage.format, "sdmx-ml");
  EXPECT_EQ(ml.vintage.source, "UNSD");
  EXPECT_EQ(figures(), expected);
  EXPECT_EQ(store_.panel({}).series.front().vintage, 2);
  EXPECT_EQ(import(json).vintage.format, "sdmx-json");
  EXPECT_EQ(figures(), expected);
  EXPECT_EQ(store_.panel({}).series.front().vintage, 3);
}

// Our own export is a table that reads back equal: dimensions, signs and attributes too.
TEST_F(SdmxImport, OwnExportReadsBack) {
  import(std::string(head) +
         "X:F(1.0),A,G,S,CHN,F,Y15T24,_T,2015,<1.5,PT,0,G,1.2,1.9,\"LFS, 2015\",2014-2015\n"
         "X:F(1.0),A,N,S,CHN,F,_T,_T,2016,35.4,PS,6,X,,,,\n");
  const std::string path = folder_.path("export.csv"), again = folder_.path("again.csv");
  store_.export_observations({}, path, "csv");
  Store other = Store::create(folder_.path("other.duckdb"));
  ImportOptions options;
  options.quiet = true;
  const ImportResult result = import_file(other, *areas_, *codes_, path, options);
  expect_counts(result, 2, 0, 0);
  EXPECT_TRUE(result.warnings.empty());
  other.export_observations({}, again, "csv");
  EXPECT_EQ(read_file(path), read_file(again));
  expect_in(read_file(again), {"AGE=Y15T24;SEX=F", "TIME_DETAIL=2014-2015", "PS x10^6", "UNIT_MULT=6", "<"});
}

TEST(SdmxUnitText, SaysTheMultiplierAndBack) {
  using stocktake::scaled_unit;
  using stocktake::split_unit;
  EXPECT_EQ(scaled_unit("PS", ""), "PS");
  EXPECT_EQ(scaled_unit("PS", "0"), "PS");
  EXPECT_EQ(scaled_unit("PS", "3"), "PS x10^3");
  EXPECT_EQ(scaled_unit("", "-2"), "x10^-2");
  EXPECT_EQ(scaled_unit("USD", "Millions"), "USD x(Millions)");
  for (const auto& [unit, multiplier] : std::vector<std::pair<std::string, std::string>>{
           {"PS", "3"}, {"", "6"}, {"USD", "Millions"}, {"x", "-2"}, {"a x b", ""}}) {
    const auto [u, m] = split_unit(scaled_unit(unit, multiplier));
    EXPECT_EQ(u, unit);
    EXPECT_EQ(m, multiplier);
  }
}

}  // namespace
}  // namespace stocktake::testing
