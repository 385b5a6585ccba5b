// Messages that are long enough to be read in parts, on several threads: rows, lines and faults as in the text.
#include <gtest/gtest.h>

#include "ingest/importing.h"
#include "ingest/sdmx_rows.h"

namespace stocktake::testing {
namespace {

TEST(SdmxParts, CsvRowsLinesAndDataSets) {
  constexpr std::size_t rows = 200'000;
  std::string text = "STRUCTURE,STRUCTURE_ID,ACTION,A,TIME_PERIOD,OBS_VALUE,NOTE\n";
  std::vector<std::uint64_t> lines;
  std::vector<std::string> expected;
  std::uint64_t line = 2;
  for (std::size_t i = 0; i < rows; ++i) {
    const std::string flow = i < rows / 2 ? "X:FIRST(1.0)" : "X:SECOND(1.0)";
    if (i % 1000 == 999) {
      text += "dataflow,nothing,I,a,2000,1,\n";
      ++line;
    }
    if (i % (rows / 2) == 0 || i % 1000 == 999) expected.emplace_back("--");
    const std::string number = std::to_string(i);
    text +=
        "dataflow," + flow + ",I,a" + std::to_string(i / 7) + ",2000," + number + ".5,\"two\n lines, \"\"" + number + "\"\"\"\n";
    expected.push_back("A=a" + std::to_string(i / 7) + " TIME_PERIOD=2000 NOTE=two\n lines, \"" + number + "\" " + number + ".5");
    lines.push_back(line);
    line += 2;
  }
  const SdmxRows read = sdmx_rows_of(text);
  EXPECT_EQ(read.rows, expected);
  EXPECT_EQ(read.lines, lines);
  ASSERT_EQ(read.faults.size(), rows / 1000);
  EXPECT_EQ(read.faults[0].line, lines[999] - 1);
  EXPECT_EQ(read.faults.back().line, lines[rows - 1] - 1);
  EXPECT_EQ(read.datasets.front().structure.id, "FIRST");
  EXPECT_EQ(read.datasets.back().structure.id, "SECOND");
}

TEST(SdmxParts, CsvThatEndsWithinQuotes) {
  std::string text = "DATAFLOW,A,TIME_PERIOD,OBS_VALUE\n";
  for (int i = 0; i < 200'000; ++i) text += "X:F(1.0),a,2000,1\n";
  SdmxRows rows;
  const auto source = ByteSource::from_bytes(text + "X:F(1.0),\"a,2000,1\n", "message");
  try {
    sdmx::read_data(*source, nullptr, rows);
    ADD_FAILURE() << "read without a fault";
  } catch (const Error& error) {
    EXPECT_EQ(error.where().line, 200'002U);
  }
  EXPECT_EQ(rows.numbers, 200'000U);
}

const std::string json_head =
    R"({"data":{"structures":[{"dimensions":{"series":[{"id":"A","values":[{"id":"x"},{"id":"y"}]}],
"observation":[{"id":"TIME_PERIOD","values":[{"id":"2000"},{"id":"2001"}]}]},"measures":{"observation":[{"id":"OBS_VALUE"}]},
"attributes":{"observation":[{"id":"N","values":[{"id":"p"},{"id":"q"}]},{"id":"T"}]}}],
"dataSets":[{"action":"Information",)";

TEST(SdmxParts, JsonRowsLinesAndFaults) {
  constexpr std::size_t series = 60'000;
  std::string text = json_head + "\"series\":{\n";
  std::vector<std::string> expected{"--"};
  std::vector<std::uint64_t> lines;
  std::uint64_t line = 5;
  for (std::size_t i = 0; i < series; ++i) {
    const std::string a = i % 2 == 0 ? "x" : "y", number = std::to_string(i);
    text += i == 0 ? "" : ",\n";
    text += "\"" + std::to_string(i % 1000 == 500 ? 7 : i % 2) + "\":{\"observations\":{\"0\":[" + number + ".25,1],\"1\":[ -" +
            number + ",null,\n\"} ] \\\" {\"]}}";
    if (i % 1000 != 500) {
      expected.push_back("A=" + a + " TIME_PERIOD=2000 N=q " + number + ".25");
      expected.push_back("A=" + a + " TIME_PERIOD=2001 T=} ] \" { -" + number);
      lines.push_back(line);
      lines.push_back(line);
    }
    line += 2;
  }
  const SdmxRows read = sdmx_rows_of(text + "}}]}}");
  EXPECT_EQ(read.rows, expected);
  EXPECT_EQ(read.lines, lines);
  ASSERT_EQ(read.faults.size(), series / 1000);
  EXPECT_EQ(read.faults[1].line, 5U + 2 * 1500);
  EXPECT_EQ(read.faults[1].where, "/data/dataSets/0/series/7");
}

TEST(SdmxParts, JsonFaultsOfTheTextHaveTheirPlace) {
  std::string text = json_head + "\"observations\":{\n";
  const std::string row = "\"0:0\":[1.5,0]";
  for (int i = 0; i < 150'000; ++i) text += row + (i % 10 == 9 ? ",\n" : ",");
  const auto fault_of = [&](const std::string& end) {
    SdmxRows rows;
    const auto source = ByteSource::from_bytes(text + end, "message");
    try {
      sdmx::read_data(*source, nullptr, rows);
    } catch (const Error& error) {
      EXPECT_EQ(rows.numbers, 150'000U) << end;
      return to_string(error.where());
    }
    return std::string("no fault");
  };
  EXPECT_EQ(fault_of(row + "}}]}}"), "no fault");
  EXPECT_EQ(fault_of("\"0:0\":[1.5;0]}}]}}"), "message:15005:11");
  EXPECT_EQ(fault_of("}}]}}"), "message:15005:1");
  EXPECT_EQ(fault_of("\"0:0\":[1.5"), "message:15005:11");
}

}  // namespace
}  // namespace stocktake::testing
