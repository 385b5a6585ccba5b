#include <gtest/gtest.h>

#include "ingest/sdmx_rows.h"

namespace stocktake::testing {
namespace {

struct SdmxJsonSamples : SharedData {};

const std::string structure =
    R"json("structures":[{"links":[{"urn":"urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=A:F(1.0)","rel":"dataflow"}],
"dimensions":{"series":[{"id":"AREA","keyPosition":0,"values":[{"id":"X"},{"id":"Y"}]}],
"observation":[{"id":"TIME_PERIOD","keyPosition":1,"values":[{"value":"2019"},{"value":"2020"}]}]},
"measures":{"observation":[{"id":"OBS_VALUE"}]},
"attributes":{"series":[{"id":"UNIT","values":[{"id":"KG"},{"id":"T"}],"default":"KG"}],
"dimensionGroup":[{"id":"NOTE","relationship":{"dimensions":["AREA"]}}],
"observation":[{"id":"STATUS","values":[null,{"id":"E"}]},{"id":"TEXT"}]}}])json";

std::string message(const std::string& datasets, bool structure_first = true) {
  const std::string data = "\"dataSets\":[" + datasets + "]";
  return R"({"meta":{"id":"M1","prepared":"2020-01-02","test":true,"sender":{"id":"S"}},"data":{)" +
         (structure_first ? structure + "," + data : data + "," + structure) + "}}";
}

const std::string usual = R"({"action":"Replace","dimensionGroupAttributes":{"1:":["of Y"]},
"series":{"0":{"attributes":[1],"observations":{"0":[1.50,1,"a"],"1":[null,0]}},"1":{"observations":{"1":[-2e3,null,{"en":"e","fr":"f;g"}]}}}})";
const std::vector<std::string> usual_rows{"--", "AREA=X TIME_PERIOD=2019 UNIT=T STATUS=E TEXT=a 1.50 [Replace]",
                                          "AREA=X TIME_PERIOD=2020 UNIT=T  [Replace]",
                                          "AREA=Y TIME_PERIOD=2020 UNIT=KG TEXT=en:e;fr:\"f;g\" NOTE=of Y -2e3 [Replace]"};

TEST(SdmxJsonData, SeriesWithAttributesOfEveryLevel) {
  const SdmxRows read = sdmx_rows_of(message(usual));
  EXPECT_EQ(read.rows, usual_rows);
  EXPECT_TRUE(read.faults.empty());
  EXPECT_EQ(read.head.id, "M1");
  EXPECT_TRUE(read.head.test);
  ASSERT_EQ(read.datasets.size(), 1U);
  EXPECT_EQ(read.datasets[0].structure, (sdmx::Reference{"Dataflow", "A", "F", "1.0", ""}));
  EXPECT_EQ(read.datasets[0].dimension_at_observation, "TIME_PERIOD");
  EXPECT_DOUBLE_EQ(read.sum, 1.5 - 2000);
}

TEST(SdmxJsonData, OrderOfMembersDoesNotMatter) {
  EXPECT_EQ(sdmx_rows_of(message(usual, false)).rows, usual_rows);
  // The action, the group attributes and a series' attributes behind the observations.
  const std::string late = R"({"series":{"0":{"observations":{"0":[1.50,1,"a"],"1":[null,0]},"attributes":[1]},
"1":{"observations":{"1":[-2e3,null,{"en":"e","fr":"f;g"}]}}},"dimensionGroupAttributes":{"1:":["of Y"]},"action":"Replace"})";
  EXPECT_EQ(sdmx_rows_of(message(late)).rows, usual_rows);
  EXPECT_EQ(sdmx_rows_of(message(late, false)).rows, usual_rows);
}

TEST(SdmxJsonData, RowsThatCannotBeUsedAreFaultsAndTheRestIsRead) {
  const SdmxRows read = sdmx_rows_of(message(R"({"action":"Information","dimensionGroupAttributes":{"7:":["lost"]},"series":{
"5":{"observations":{"0":[1]}},
"0":{"observations":{"9":[1],"0:0":[2],"99999999999999999999":[3],"x":[4],"1":[5,7,"kept"]}}}})"));
  EXPECT_EQ(read.rows, (std::vector<std::string>{"--", "AREA=X TIME_PERIOD=2020 UNIT=KG TEXT=kept 5"}));
  ASSERT_EQ(read.faults.size(), 7U);
  EXPECT_EQ(read.faults[0].where, "/data/dataSets/0/dimensionGroupAttributes/7:");
  EXPECT_EQ(read.faults[1].where, "/data/dataSets/0/series/5");
  EXPECT_EQ(read.faults[2].where, "/data/dataSets/0/series/0/observations/9");
  EXPECT_EQ(read.faults[2].problem,
            "TIME_PERIOD: index 9, but the message's structure has 2 values; the observation is left out");
  EXPECT_EQ(read.faults[6].problem, "STATUS: index 7, but the message's structure has 2 values; left out");
}

TEST(SdmxJsonData, DeletesHaveNoDefaultsAndMayLeaveDimensionsOut) {
  const SdmxRows read =
      sdmx_rows_of(message(R"({"action":"Delete","dimensionGroupAttributes":{},"series":{"":{"observations":{"1":[]}}}})"));
  EXPECT_EQ(read.rows, (std::vector<std::string>{"--", "TIME_PERIOD=2020  [Delete]"}));
}

TEST(SdmxJsonData, NumbersThatAreNoneStayAsWritten) {
  const SdmxRows read = sdmx_rows_of(
      message(R"({"action":"Merge","dimensionGroupAttributes":{},"series":{"0":{"observations":{"0":[1e999],"1":[NaN]}}}})"));
  EXPECT_EQ(read.rows[1], "AREA=X TIME_PERIOD=2019 UNIT=KG 1e999 [Merge]");
  EXPECT_EQ(read.rows[2], "AREA=X TIME_PERIOD=2020 UNIT=KG NaN [Merge]");
  EXPECT_EQ(read.numbers, 0U);
}

TEST(SdmxJsonData, ErrorsInsteadOfDataAreTold) {
  EXPECT_EQ(sdmx_error_of(R"({"meta":{},"errors":[{"code":404,"title":"No data","detail":"none"}]})"),
            "message: field '/errors': the message brings an error instead of data: 404: No data: none");
  const SdmxRows both = sdmx_rows_of(R"({"errors":["late"],"data":{)" + structure + R"(,"dataSets":[]}})");
  ASSERT_EQ(both.faults.size(), 1U);
  EXPECT_EQ(both.faults[0].problem, "the message reports: late");
}

TEST(SdmxJsonData, EveryCutEndsInAClearError) {
  const std::string whole = message(usual), late = message(usual, false);
  for (const std::string& text : {whole, late}) {
    for (std::size_t size = 60; size < text.size(); ++size) {
      SdmxRows rows;
      const auto source = ByteSource::from_bytes(text.substr(0, size), "cut");
      try {
        sdmx::read_data(*source, nullptr, rows);
        ADD_FAILURE() << "read " << size << " bytes of " << text.size();
      } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::input);
      }
    }
  }
}

TEST(SdmxJsonData, HostileTexts) {
  const std::string deep(100000, '[');
  EXPECT_NE(sdmx_error_of(R"({"meta":{},"dataSets":)" + deep).find("more than 512 deep"), std::string::npos);
  EXPECT_NE(
      sdmx_error_of(R"({"meta":{},"structure":{},"dataSets":[{"action":"Merge","attributes":[],"observations":{"0":[)" + deep)
          .find("deep"),
      std::string::npos);
  EXPECT_EQ(sdmx_error_of("{\"meta\":{\"id\":\"\xff\"},\"dataSets\":[]}"), "message:1:15: a text that is not UTF-8");
  EXPECT_EQ(sdmx_error_of("{\"dataSets\":[1,\n ]}"), "message:2:2: expected a value after ','");
  EXPECT_EQ(sdmx_error_of("{\"dataSets\":[{\"action\":\"Merge\"}]}"),
            "message:1: field '/dataSets': the message has data sets but no structure, without which its indices mean nothing");
}

TEST_F(SdmxJsonSamples, SdmxOfBothVersionsSayTheSame) {
  const auto at = [](const char* currency, const char* time, const char* value) {
    const std::string name = std::string(currency) == "NZD" ? "New Zealand dollar (NZD)" : "Russian rouble (RUB)";
    return std::string("FREQ=D CURRENCY=") + currency + " CURRENCY_DENOM=EUR EXR_TYPE=SP00 EXR_SUFFIX=A TIME_PERIOD=" + time +
           " TITLE=" + name + " OBS_STATUS=A " + value;
  };
  // The figures stand in each of these files.
  const std::vector<std::string> expected{"--", at("NZD", "2013-01-18", "1.5931"), at("NZD", "2013-01-21", "1.5925"),
                                          at("RUB", "2013-01-18", "40.3426"), at("RUB", "2013-01-21", "40.3000")};
  EXPECT_EQ(sdmx_rows_of_file("sdmx/samples/ECB_EXR/flat.json").rows, expected);
  EXPECT_EQ(sdmx_rows_of_file("sdmx/samples/ECB_EXR/ts.json").rows, expected);
  for (const char* name : {"ECB_EXR/xs.json", "v3/json/data/exr-cross-section.json", "v3/json/data/exr-flat.json",
                           "v3/json/data/exr-time-series.json"}) {
    const SdmxRows read = sdmx_rows_of_file(std::string("sdmx/samples/") + name);
    EXPECT_EQ(read.numbers, 4U) << name;
    EXPECT_NEAR(read.sum, 83.8282, 1e-12) << name;
    EXPECT_TRUE(read.faults.empty()) << name;
  }
}

TEST_F(SdmxJsonSamples, SdmxGroupsLanguagesAndSeveralValues) {
  const SdmxRows read = sdmx_rows_of_file("sdmx/samples/v3/json/data/agri.json");
  EXPECT_EQ(read.numbers, 12U);
  EXPECT_NEAR(read.sum, 24599.946, 1e-9);  // added up from the file
  EXPECT_TRUE(read.faults.empty());
  EXPECT_NE(read.rows[2].find("SOURCE=MAFF_Agricultural Statistics_2015;Other sources SERIES_COMMENT=en:Comment for Annual data "
                              "for Banteay Meanchey;km:"),
            std::string::npos);
  EXPECT_EQ(read.datasets[0].attributes.back(),
            (std::pair<std::string, std::string>{"CONTACT_EMAIL", "contact@organisation.org"}));
}

TEST_F(SdmxJsonSamples, SdmxFullSampleOfTheStandard) {
  const SdmxRows read = sdmx_rows_of_file("sdmx/sdmx-json/data-message/samples/constructed-sample-full.json");
  EXPECT_EQ(read.datasets.size(), 5U);
  EXPECT_EQ(read.rows.size(), 5U + 20U);
  // The sample's group keys are in the order of the message: UNIT_MEAS is of FREQ, EXR_TYPE and CURRENCY.
  EXPECT_EQ(read.rows[3],
            "FREQ=D CURRENCY=RUB CURRENCY_DENOM=EUR EXR_TYPE=SP00 EXR_SUFFIX=A TIME_PERIOD=2013-01-18 ID=ID2 "
            "EMBARGO_TIME=2013-03-18T11:00:00 UNIT_MEAS=NC 40.3426 [Merge]");
  ASSERT_EQ(read.faults.size(), 1U);
  EXPECT_EQ(read.faults[0].problem, "the message reports: 400: Invalid number of dimensions in parameter key");
}

TEST_F(SdmxJsonSamples, SdmxOfTheOldOecdService) {
  const SdmxRows read = sdmx_rows_of_file("sdmx/samples/OECD/data-PART2-all-all.json");
  EXPECT_EQ(read.numbers, 7U);
  EXPECT_EQ(read.rows[4], "LOCATION=NZL IND=5CLAT PER=CHG GRD=FOG FLD=MAT MSR=MN OBS_STATUS=w -2.45141648554599");
  EXPECT_EQ(read.datasets[0].structure.id, "PART2");
}

}  // namespace
}  // namespace stocktake::testing
