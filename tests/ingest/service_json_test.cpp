// Saved answers of the services (unsd-json, worldbank-json, gho-json, jsonstat): rows in the services' own shape, and changed
// schemas. tests/fetch_test.py tries them through the network.
#include "base/files.h"
#include "ingest/importing.h"
#include "ingest/json_scan.h"
#include "shared_data.h"

namespace stocktake {
namespace {

class ServiceJson : public testing::Importing {};

const char* const unsd_row =
    R"({"series": "S_A", "geoAreaCode": "4", "timePeriodStart": 2007.0, "value": "5.52", "upperBound": "6", "lowerBound": "5",
"attributes": {"Nature": "G", "Units": "PERCENT"}, "dimensions": {"Sex": "FEMALE", "Age": "WHOLE", "Reporting Type": "G"}})";

std::string unsd_page(const std::string& rows, int total) {
  return R"({"totalElements": )" + std::to_string(total) +
         R"(, "totalPages": 1, "pageNumber": 1, "dimensions": [{"id": "Age", "codes": [{"code": "WHOLE", "sdmx": "_T"}]}], "data": [)" +
         rows + "]}\n";
}

TEST_F(ServiceJson, ReadsUnsdRowsAndTotalsOfTheAnswer) {
  expect_counts(import(unsd_page(unsd_row, 1)), 1, 0, 0);
  EXPECT_EQ(figures(), "S_A AFG SEX=F PERCENT 2007 5.52 G [5, 6]\n");
}

TEST_F(ServiceJson, ReadsPagesBehindEachOtherAndTellsOfMissingOnes) {
  std::string second = unsd_row;
  second.replace(second.find("2007.0"), 6, "2008.0");
  const ImportResult result = import(unsd_page(unsd_row, 3) + unsd_page(second, 3));
  expect_counts(result, 2, 0, 0);
  ASSERT_EQ(result.warnings.size(), 1U);
  testing::expect_in(result.warnings[0], {"2 of 3 rows"});
}

TEST_F(ServiceJson, NamesTheFieldThatChanged) {
  for (const char* field : {"series", "geoAreaCode", "timePeriodStart", "value", "attributes", "dimensions"}) {
    std::string row = unsd_row;
    row.insert(row.find(std::string("\"") + field + "\"") + 1, "x");
    EXPECT_EQ(refused(unsd_page(row, 1)).where().field, field);
  }
  refused(unsd_page(unsd_row, 1).substr(0, 200));  // cut off
  refused(R"({"totalElements": 1, "data": {}})");
}

TEST_F(ServiceJson, ReadsWorldBankRowsWithNullsAndAggregates) {
  const std::string row =
      R"({"indicator": {"id": "S_B"}, "country": {"id": "KE"}, "countryiso3code": "KEN", "date": "2017", "value": 638})";
  const std::string none =
      R"({"indicator": {"id": "S_B"}, "country": {"id": "KE"}, "countryiso3code": "", "date": "2018", "value": null})";
  const std::string group =
      R"({"indicator": {"id": "S_B"}, "country": {"id": "XQ"}, "countryiso3code": "", "date": "2018", "value": 1})";
  const ImportResult result = import(R"([{"page": 1, "pages": 1, "per_page": "50", "total": 3, "lastupdated": "2019-10-02"}, [)" +
                                     row + "," + none + "," + group + "]]");
  expect_counts(result, 1, 1, 1);
  EXPECT_EQ(result.vintage.edition, "2019-10-02");
  EXPECT_EQ(figures(), "S_B KEN   2017 638 \n");
  ImportOptions options;
  options.format = "worldbank-json";
  testing::expect_in(refused(R"([{"message": [{"value": "not valid"}]}])", options).what(), {"not valid"});
}

TEST_F(ServiceJson, ReadsBoundsOfTheObservatory) {
  expect_counts(import(R"({"value": [{"IndicatorCode": "S_C", "SpatialDim": "AFG", "TimeDim": 2014, "Dim1Type": "SEX",
"Dim1": "SEX_MLE", "Value": "<0.1 [0-1]", "NumericValue": 0.1, "Low": 0, "High": 1},
{"IndicatorCode": "S_C", "SpatialDim": "AFG", "TimeDim": 2015, "Value": "No data", "NumericValue": null}]})"),
                1, 1, 0);
  EXPECT_EQ(figures(), "S_C AFG SEX=M  2014 0.1 < [0, 1]\n");
}

std::string cube(const std::string& value) {
  return R"({"version": "2.0", "class": "dataset", "source": "ESTAT", "updated": "2026-09-22T11:00:00+0200", "value": )" + value +
         R"(, "id": ["freq", "sex", "unit", "geo", "time"], "size": [1, 2, 1, 1, 2], "dimension": {
"freq": {"category": {"label": {"A": "Annual"}}}, "sex": {"category": {"index": {"F": 1, "T": 0}}},
"unit": {"category": {"index": ["PC"]}}, "geo": {"category": {"index": {"DE": 0}}},
"time": {"category": {"index": {"2019": 0, "2020": 1}}}}, "extension": {"id": "X_Y"}})";
}

TEST_F(ServiceJson, ReadsSparseAndFullCubes) {
  expect_counts(import(cube(R"({"3": 4.5, "0": 4})")), 2, 0, 0);
  EXPECT_EQ(figures(), "X_Y DEU  PC 2019 4 \nX_Y DEU SEX=F PC 2020 4.5 \n");
  expect_counts(import(cube("[1, null, 2, 3]")), 3, 1, 0);
  refused(cube("[1, 2]"));
  refused(cube(R"({"4": 1})"));
  refused(cube("{}"));  // nothing in it
}

TEST(JsonScan, TellsWholeTextsFromCutOnes) {
  for (const char* whole : {"{}", " [1, \"]\", {\"a\": \"\\\"\"}]\n", "{}\n{}", "1"}) EXPECT_TRUE(json_complete(whole)) << whole;
  for (const char* cut : {"", "{", "[1, \"]", "{}\n[", "}"}) EXPECT_FALSE(json_complete(cut)) << cut;
}

}  // namespace
}  // namespace stocktake
