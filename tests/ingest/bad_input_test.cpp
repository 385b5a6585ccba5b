// Each kind of bad file ends in a message that says where, what was found, what was expected and what to do, and leaves the
// store as it was; each kind of bad row is counted and kept.
#include <filesystem>
#include <tuple>

#include "ingest/csv_reader.h"
#include "ingest/gzip.h"
#include "ingest/importing.h"
#include "program.h"

namespace stocktake {

using namespace std::string_literals;

namespace {

using testing::expect_in;
using testing::gzip;

const std::string header = "series,ref_area,time_period,obs_value\n";
const std::string good = header + "A,CHN,2005,1\nA,CHN,2006,2\n";

class BadInput : public testing::Importing {
 protected:
  void SetUp() override { import(good); }  // there is something to damage
  void TearDown() override { EXPECT_EQ(figures(of("A")), "A CHN   2005 1 \nA CHN   2006 2 \n"); }
  static PanelQuery of(const char* series) {
    PanelQuery query;
    query.series = {series};
    return query;
  }
};

TEST_F(BadInput, Empty) {
  expect_in(refused("").what(), {"figures.csv:1", "the file is empty, expected a table", "fetched completely"});
  expect_in(refused(gzip("")).what(), {"the file is empty"});
  expect_in(refused("\xEF\xBB\xBF").what(), {"figures.csv"});
  expect_in(refused("\n\n\n").what(), {"figures.csv:1"});
}

TEST_F(BadInput, HeaderOnly) {
  expect_in(refused(header).what(), {"figures.csv", "no usable figure in 0 rows", "nothing was stored"});
}

TEST_F(BadInput, TruncatedGzip) {
  std::string text = header;
  for (int year = 1000; year < 2020; ++year)
    text += "B,CHN," + std::to_string(year) + "," + std::to_string(year * 7919 % 10007) + "\n";
  const std::string whole = gzip(text);
  for (const std::size_t size : {whole.size() - 1, whole.size() - 20, whole.size() / 2}) {
    expect_in(refused(whole.substr(0, size)).what(), {"figures.csv", "end early", "truncated", "Fetch the file again"});
  }
}

TEST_F(BadInput, DamagedGzip) {
  std::string bytes = gzip(header + "B,CHN,2005,1\n");
  bytes[bytes.size() - 5] = static_cast<char>(bytes[bytes.size() - 5] ^ 0x40);
  expect_in(refused(bytes).what(), {"figures.csv", "damaged", "Fetch the file again"});
}

TEST_F(BadInput, UnclosedQuote) {
  const Error error = refused(header + "B,CHN,2005,1\nB,CHN,2006,\"2\nB,CHN,2007,3\n");
  EXPECT_EQ(error.where().line, 3U);
  expect_in(error.what(), {"figures.csv:3", "not closed", "Close it"});
}

TEST_F(BadInput, Utf16AndBinaries) {
  expect_in(refused("\xFF\xFEs\0e\0r\0"s).what(), {"UTF-16, expected UTF-8", "CSV UTF-8"});
  expect_in(refused("PK\x03\x04\x14\0\x06\0"s).what(), {"ZIP file cannot be opened", "save it anew"});
  expect_in(refused("\x7F"
                    "ELF\0\0\0"s)
                .what(),
            {"binary file, expected text", "Export it as CSV"});
  expect_in(refused("a,b\r1,2\r").what(), {"CR alone", "expected LF or CRLF"});
}

TEST_F(BadInput, NotATable) {
  expect_in(refused("<!DOCTYPE html>\n<html><body>Not found</body></html>\n").what(),
            {"figures.csv:1", "not recognised", "--input-format"});
  expect_in(refused("{\"a\": [1, 2]}\n").what(), {"not recognised"});
  expect_in(refused("1,2,3\n4,5,6\n").what(), {"not recognised", "1, 2, 3", "--column NAME=ROLE"});
}

TEST_F(BadInput, MissingColumns) {
  const Error error = refused("series,country,year,value\nB,Atlantis,2005,1\n");
  EXPECT_EQ(error.where().field, "ref_area");
  expect_in(error.what(), {"figures.csv:1", "field 'ref_area'", "no column holds the ref_area", "series, country, year, value",
                           "--column NAME=ref_area"});
  expect_in(refused("ref_area,year,value\nCHN,2005,1\n").what(), {"no column holds the series"});
}

TEST_F(BadInput, NoUsableRow) {
  expect_in(refused(header + "B,QQQ,2005,1\nB,QQR,2005,2\n").what(),
            {"no usable figure in 2 rows", "line 2", "unknown area 'QQQ'", "nothing was stored"});
  expect_in(refused(header + "B,CHN,2005,\nB,CHN,2006,NA\n").what(), {"no usable figure in 2 rows"});
}

TEST_F(BadInput, UnknownFormat) {
  ImportOptions options;
  options.format = "dbase";
  expect_in(refused(good, options, ErrorKind::usage).what(),
            {"unknown input format 'dbase'", "unsd, unmdg, worldbank, ", ", tidy"});
}

// The second CHN row of 2005 is a duplicate even after rows of other series.
TEST_F(BadInput, RowsThatCannotBeUsed) {
  const ImportResult result = import(header +
                                     "B,CHN,2005,1\n"        // 2
                                     "B,CHN,2006\n"          // 3 too few
                                     "B,CHN,2007,3,4\n"      // 4 too many
                                     "B,QQQ,2008,5\n"        // 5
                                     "B,BGD,2005,6\n"        // 6
                                     "B,CHN,2005,7\n"        // 7 again
                                     "B,CHN,2090,8\n"        // 8
                                     "B,CHN,MMV,9\n"         // 9
                                     "B,CHN,2010,\"1,5\"\n"  // 10
                                     "B,CHN,2011,viel\n"     // 11
                                     "B,CHN,2012,\n"         // 12 missing
                                     "B\x01,CHN,2013,1\n"    // 13
                                     "B\xE9,CHN,2014,1\n");  // 14
  expect_counts(result, 2, 1, 10);
  const std::vector<std::tuple<int, const char*, const char*>> expected{
      {3, "", "expected 4 fields, found 3"},
      {4, "", "expected 4 fields, found 5"},
      {5, "ref_area", "unknown area 'QQQ', expected ISO 3166"},
      {7, "", "a second figure for the same series, area, dimensions and year; the first was kept"},
      {8, "time_period", "the year 2090 is after 2026; pass --allow-future"},
      {9, "time_period", "expected a year as 2005, found 'MMV'"},
      {10, "obs_value", "expected a number, found '1,5'"},
      {11, "obs_value", "expected a number, found 'viel'"},
      {13, "", "control character"},
      {14, "", "not valid UTF-8; save the file as UTF-8"},
  };
  const std::vector<Reject> rejects = store_.rejects(2);
  ASSERT_EQ(rejects.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(rejects[i].line, std::get<0>(expected[i]));
    EXPECT_EQ(rejects[i].column, std::get<1>(expected[i]));
    expect_in(rejects[i].reason, {std::get<2>(expected[i])});
  }
  EXPECT_EQ(rejects[9].text, "B?,CHN,2014,1");
  EXPECT_EQ(figures(of("B")), "B BGD   2005 6 \nB CHN   2005 1 \n");
}

TEST_F(BadInput, Bounds) {
  const ImportResult result = import(
      "series,ref_area,time_period,obs_value,lower,upper\nB,CHN,2005,1,0,x\nB,CHN,2006,1,0,\nB,CHN,2007,1,,\nB,CHN,2008,1,NA,"
      "2\n");
  expect_counts(result, 3, 0, 1);
  expect_in(store_.rejects(2).at(0).reason, {"expected numbers as bounds, found '0' and 'x'"});
  EXPECT_EQ(figures(of("B")), "B CHN   2006 1  [0, nan]\nB CHN   2007 1  [nan, nan]\nB CHN   2008 1  [nan, 2]\n");
}

// With semicolons the comma is decimal; with commas it is not, and such rows are refused rather than misread.
TEST_F(BadInput, DecimalCommas) {
  import("series;ref_area;time_period;obs_value\nB;CHN;2005;1,5\nB;CHN;2006;2.5\n");
  EXPECT_EQ(figures(of("B")), "B CHN   2005 1.5 \nB CHN   2006 2.5 \n");
  expect_counts(import(header + "C,CHN,2005,\"1,5\"\nC,CHN,2006,1\n"), 1, 0, 1);
  expect_counts(import(header + "C,CHN,2005,1,5\nC,CHN,2006,1\n"), 1, 0, 1);
}

TEST_F(BadInput, LongTextsAreCutBetweenCharacters) {
  std::string chinese;
  for (int i = 0; i < 300; ++i) chinese += "\u4E2D";
  import(header + "B,CHN,2005,1\nB,CHN,2006," + chinese + "\n");
  const Reject reject = store_.rejects(2).at(0);
  expect_in(reject.reason, {"found '\u4E2D\u4E2D", "\u2026'"});
  EXPECT_EQ(reject.text.size(), 11U + 3 * 163);
  EXPECT_TRUE(reject.text.ends_with("\u4E2D"));
}

TEST_F(BadInput, NamesThatAreNotUtf8) {
  ImportOptions options;
  options.source = "Minist\xE8re";
  options.edition = "\xFF";
  options.columns = {{"wert_\xE4", "obs_value"}};
  const ImportResult result = import("series,ref_area,time_period,wert_\xE4\nB,CHN,2005,1\nB,CHN,2006,x\n", options);
  expect_counts(result, 1, 0, 1);
  EXPECT_EQ(store_.vintages().at(1).source, "Minist?re");
  EXPECT_EQ(store_.vintages().at(1).edition, "?");
  EXPECT_EQ(store_.rejects(2).at(0).column, "wert_?");
}

// A row of a gigabyte, as a gzip file of a megabyte: refused at 16 MiB, without the memory of a gigabyte.
TEST(HugeRow, EndsEarlyAndInLittleMemory) {
  const testing::TemporaryFolder folder;
  std::string bytes = gzip(header + "A,CHN,2005,1\n");
  const std::string member = gzip(std::string(10'000'000, 'a'));
  for (int i = 0; i < 100; ++i) bytes += member;
  const std::string file = folder.write("huge.csv.gz", bytes);
  bytes = gzip(header + "A,CHN,2005,\"");
  for (int i = 0; i < 100; ++i) bytes += member;
  const std::string quoted = folder.write("quoted.csv.gz", bytes);
  bytes.clear();
  for (int i = 0; i < 100; ++i) bytes += member;
  const std::string one = folder.write("one.csv.gz", bytes);

  const std::string store = folder.path("store.duckdb");
  for (const auto& [path, line] : {std::pair{file, ":3: "}, std::pair{quoted, ":2: "}}) {
    const testing::Outcome outcome = testing::run({"--store", store, "import", path});
    EXPECT_EQ(outcome.exit_code, 3);
    EXPECT_EQ(outcome.out, "");
    expect_in(outcome.err, {line, "longer than 16 MiB", "Is a quote not closed"});
    if (!testing::sanitized) {
      EXPECT_LT(outcome.peak_kib, 256 * 1024);
    }
  }
  const testing::Outcome outcome = testing::run({"--store", store, "import", one});
  EXPECT_EQ(outcome.exit_code, 3);
  expect_in(outcome.err, {"one.csv.gz:1", "not recognised"});
  EXPECT_FALSE(std::filesystem::exists(store)) << "the failed imports made it";
}

// Hundreds of thousands of rejects are kept without filling the memory with them.
TEST(ManyRejects, InLittleMemory) {
  const testing::TemporaryFolder folder;
  std::string text = header + "A,CHN,2005,1\n";
  for (int i = 0; i < 1'000'000; ++i) text += "B,QQ" + std::to_string(i) + ",2005,1\n";
  const std::string store = folder.path("store.duckdb");
  const testing::Outcome outcome = testing::run({"--store", store, "import", folder.write("many.csv", text)});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  expect_in(outcome.out, {"stored 1 figure ", "1000000 rejected"});
  if (!testing::sanitized) {
    EXPECT_LT(outcome.peak_kib, 1024 * 1024);
  }
}

}  // namespace
}  // namespace stocktake
