// Packages: Data Packages, CSV on the Web, DDF and ZIPs of tables; Parquet.
#include <filesystem>

#include "ingest/importing.h"
#include "ingest/packages/package_import.h"
#include "ingest/packages/table_schema.h"
#include "ingest/zipped.h"

namespace stocktake {
namespace {

using testing::expect_in;
using testing::zipped;

class Packages : public testing::Importing {
 protected:
  std::string folder(const testing::Parts& files) {
    const std::string root = folder_.path("p" + std::to_string(++made_));
    for (const auto& [name, text] : files) {
      std::filesystem::create_directories(std::filesystem::path(root + "/" + name).parent_path());
      write_file(root + "/" + name, text);
    }
    return root;
  }
  ImportResult package(const std::string& path, ImportOptions options = {}) {
    options.quiet = true;
    EXPECT_TRUE(is_package(path)) << path;
    return import_package(store_, *areas_, *codes_, path, options);
  }
  std::string fault(const std::string& path, const ImportOptions& options = {}) {
    try {
      package(path, options);
    } catch (const Error& error) {
      return error.what();
    }
    return "accepted";
  }

 private:
  int made_ = 0;
};

const std::string descriptor =
    R"({"title":"An office","version":"2","resources":[{"name":"my-series","path":"data.csv","dialect":{"delimiter":";"},"schema":{
    "fields":[{"name":"country","type":"string"},{"name":"year","type":"year"},{"name":"breakdown","type":"string"},
    {"name":"value","type":"number","decimalChar":",","groupChar":".","constraints":{"required":true}}],
    "missingValues":["n/k"],"primaryKey":["country","year","breakdown"]}},
    {"name":"map","path":"map.png"},{"name":"secret","path":"../x.csv"}]})";
const std::string data =
    "country;year;breakdown;value\nCHN;2000;a;1.234,5\nCHN;2000;b;n/k\nIND;x;b;3\nIND;2001;;\"3\"\nIND;2001;;4\nIND;2002;;3 "
    "EUR\n";

TEST_F(Packages, SchemaIsHonoured) {
  const ImportResult result = package(folder({{"datapackage.json", descriptor}, {"data.csv", data}}));
  // Rejected: a required value that is missing, a year that is none, a second row of the key, a number with a sign.
  expect_counts(result, 2, 0, 4);
  EXPECT_EQ(figures(), "MY_SERIES CHN BREAKDOWN=a  2000 1234.5 \nMY_SERIES IND   2001 3 \n");
  EXPECT_EQ(result.vintage.format, "tidy (datapackage)");
  EXPECT_EQ(result.vintage.source, "An office");
  EXPECT_EQ(result.vintage.edition, "2");
  EXPECT_FALSE(result.vintage.hash.empty());
  const std::vector<Reject> rejects = store_.rejects(1);
  ASSERT_EQ(rejects.size(), 4U);
  expect_in(rejects[0].reason, {"'value'", "required"});
  EXPECT_EQ(rejects[0].line, 3);
  EXPECT_EQ(rejects[0].column, "data.csv!");
  std::string notes;
  for (const auto& warning : result.warnings) notes += warning + "\n";
  expect_in(notes, {"map (it is no CSV file)", "secret (its path '../x.csv' is outside the package)"});
}

TEST_F(Packages, TheSameAsZipAndByItsDescriptor) {
  const std::string root = folder({{"datapackage.json", descriptor}, {"data.csv", data}});
  expect_counts(package(root + "/datapackage.json"), 2, 0, 4);
  const std::string before = figures();
  const ImportResult result = import(zipped({{"root/datapackage.json", descriptor}, {"root/data.csv", data}}));
  expect_counts(result, 2, 0, 4);
  EXPECT_EQ(figures(), before);
}

TEST_F(Packages, PartsOfOneTable) {
  const std::string json =
      R"({"resources":[{"name":"s","path":["a.csv","b.csv"],"schema":{"fields":[{"name":"ref_area"},{"name":"year"},{"name":"value"}]}}]})";
  package(folder({{"datapackage.json", json},
                  {"a.csv", "ref_area,year,value\nCHN,2000,1\n"},
                  {"b.csv", "ref_area,year,value\nCHN,2001,2\n"}}));
  EXPECT_EQ(figures(), "S CHN   2000 1 \nS CHN   2001 2 \n");
}

TEST_F(Packages, WithoutHeaderNamesComeFromTheSchema) {
  const std::string json =
      R"({"resources":[{"name":"s","path":"a.csv","dialect":{"header":false},"schema":{"fields":[{"name":"ref_area"},{"name":"year"},{"name":"value"}]}}]})";
  package(folder({{"datapackage.json", json}, {"a.csv", "CHN,2000,1\nIND,2001,2\n"}}));
  EXPECT_EQ(figures(), "S CHN   2000 1 \nS IND   2001 2 \n");
}

TEST_F(Packages, Refused) {
  expect_in(fault(folder({{"datapackage.json", "{"}})), {"datapackage.json"});
  expect_in(fault(folder({{"datapackage.json", ""}})), {"empty"});
  expect_in(fault(folder({{"datapackage.json", "[]"}})), {"no list 'resources'"});
  expect_in(fault(folder({{"datapackage.json", R"({"resources":[]})"}})), {"no table of figures"});
  expect_in(fault(folder({{"datapackage.json", R"({"resources":[{"path":"gone.csv"}]})"}})), {"gone.csv"});
  expect_in(fault(folder({{"datapackage.json",
                           R"({"resources":[{"path":"/etc/x.csv"},{"data":[]},{"path":"a.csv","encoding":"latin-1"}]})"}})),
            {"outside the package", "stand in the descriptor", "latin-1"});
  ImportOptions options;
  options.sheet = "b";
  expect_in(fault(folder({{"datapackage.json", descriptor}, {"data.csv", data}}), options), {"no table 'b'", "my-series"});
  EXPECT_FALSE(is_package(folder({{"a.csv", "x"}})));
  EXPECT_TRUE(figures().empty());
}

TEST_F(Packages, CsvOnTheWeb) {
  const std::string metadata =
      R"({"@context":"http://www.w3.org/ns/csvw","url":"d.csv","dialect":{"delimiter":";"},"null":["--"],"tableSchema":{"columns":[
      {"titles":"Pays","name":"ref_area"},{"titles":["An","Year"],"name":"time_period","datatype":"gYear"},
      {"titles":{"fr":"Valeur"},"name":"obs_value","datatype":{"base":"decimal","format":{"decimalChar":","}}},
      {"name":"v","virtual":true,"default":"x"}]}})";
  const std::string root =
      folder({{"d.csv", "Pays;An;Valeur\nChine;2000;1,5\nInde;2001;--\nInde;2002;x\n"}, {"d.csv-metadata.json", metadata}});
  const ImportResult result = package(root + "/d.csv");
  expect_counts(result, 1, 1, 1);
  EXPECT_EQ(result.vintage.format, "tidy (csvw)");
  EXPECT_EQ(figures(), "D CHN   2000 1.5 \n");
  expect_in(result.first_rejects.at(0).reason, {"'obs_value'", "expected a number, found 'x'"});
  expect_counts(package(root + "/d.csv-metadata.json"), 1, 1, 1);
  expect_counts(package(root), 1, 1, 1);
  expect_in(fault(folder({{"a.csv", "x\n"}, {"a.csv-metadata.json", "{}"}})), {"name no table"});
  expect_in(fault(folder({{"a.csv", "x\n"}, {"a.csv-metadata.json", R"({"url":"http://x/y.csv"})"}})), {"outside the folder"});
}

const testing::Parts ddf{
    {"ddf--concepts.csv",
     "concept,concept_type,name,domain\ngeo,entity_domain,Geo,\ncountry,entity_set,Country,geo\nyear,time,Year,\n"
     "gender,entity_domain,Gender,\nimr,measure,IMR,\n"},
    {"ddf--entities--geo--country.csv",
     "country,name,is--country,iso3166_1_alpha3\nswe,Sweden,TRUE,SWE\ncod,\"Congo, Dem. Rep.\",TRUE,COD\n"
     "chn_x,China,TRUE,\n"},
    {"ddf--datapoints--imr--by--country--year.csv", "country,year,imr\nswe,2000,3.4\nchn_x,2001,30\nabkh,2000,1\n"},
    {"sub/ddf--datapoints--imr--by--country-swe--gender--year.csv", "country,gender,year,imr\nswe,male,2000,3.6\n"},
    {"ddf--datapoints--x--by--gender.csv", "gender,x\nmale,1\n"}};

TEST_F(Packages, Ddf) {
  const ImportResult result = package(folder(ddf));
  expect_counts(result, 3, 0, 1);
  EXPECT_EQ(figures(), "imr CHN   2001 30 \nimr SWE   2000 3.4 \nimr SWE GENDER=male  2000 3.6 \n");
  EXPECT_EQ(result.vintage.format, "ddf");
  expect_in(result.warnings.at(0), {"1 files of datapoints"});
  expect_in(result.first_rejects.at(0).reason, {"unknown area 'abkh'"});
  EXPECT_EQ(import(zipped(ddf)).vintage.format, "ddf");
}

TEST_F(Packages, ZipOfTables) {
  const ImportResult result = import(
      zipped({{"API.csv", "Country Name,Country Code,Indicator Name,Indicator Code,1960\nAruba,ABW,Pop,SP.POP.TOTL,54208\n"},
              {"Metadata_Country.csv", "Country Code,Region,IncomeGroup,SpecialNotes,TableName\nABW,x,y,,Aruba\n"}}));
  expect_counts(result, 1, 0, 0);
  EXPECT_EQ(result.vintage.format, "worldbank (zip)");
  expect_in(result.warnings.back(), {"Metadata_Country"});
  expect_in(refused(zipped({{"a.txt", "x"}})).what(), {"no workbook and no table", "a.txt"});
}

TEST_F(Packages, ParquetOfOurOwnIsReadBackEqual) {
  import(
      "series,ref_area,time_period,obs_value,lower,upper,unit_measure,nature,SEX\nA,CHN,2000,0.1,0,1,%,E,F\nA,CHN,2001,<5,,,%,C,"
      "\n");
  const std::string before = figures();
  store_.export_observations({}, folder_.path("a[1].parquet"), "parquet");
  Store other = Store::create(folder_.path("other.duckdb"));
  ImportOptions options;
  options.quiet = true;
  const ImportResult result = import_file(other, *areas_, *codes_, folder_.path("a[1].parquet"), options);
  EXPECT_EQ(result.vintage.format, "tidy (parquet)");
  std::swap(store_, other);
  EXPECT_EQ(figures(), before);
}

TEST_F(Packages, ParquetThatIsNone) {
  expect_in(refused("PAR1xxxxxxxxxxxxxxxxxxxxPAR1").what(), {"Name the file itself"});
  write_file(folder_.path("bad.parquet"), "PAR1xxxxxxxxxxxxxxxxxxxxPAR1");
  try {
    import_file(store_, *areas_, *codes_, folder_.path("bad.parquet"), {});
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::input);
    expect_in(error.what(), {"cannot be read", "fetched completely"});
  }
}

TEST(SafePaths, WhatMayBeFollowed) {
  for (const char* path : {"a.csv", "data/a.csv", "a..b/c.csv"}) EXPECT_TRUE(is_safe_path(path)) << path;
  for (const char* path : {"", "/a", "../a", "a/../b", "a/..", "C:/a", "http://a/b", "\\a", "a\\..\\b"})
    EXPECT_FALSE(is_safe_path(path)) << path;
}

}  // namespace
}  // namespace stocktake
