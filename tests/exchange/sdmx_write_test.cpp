// What is written reads back equal, in every format.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "base/files.h"
#include "exchange/sdmx/write.h"
#include "ingest/sdmx_rows.h"

namespace stocktake::testing {
namespace {

std::string temporary() {
  return (std::filesystem::temp_directory_path() / ("sdmx_write_" + std::to_string(::getpid()))).string();
}

// The message in another format.
std::string converted(const std::string& message, sdmx::Format format, const sdmx::Structures* structures = nullptr,
                      const std::string& ending = "") {
  const std::string path = temporary() + ending;
  sdmx::WriteOptions options;
  options.format = format;
  options.structures = structures;
  Output output(path);
  sdmx::write_message(
      [&](sdmx::DataHandler& handler) {
        const auto source = ByteSource::from_bytes(message, "message");
        sdmx::read_data(*source, structures, handler);
      },
      output, options);
  output.close();
  std::string text = read_file(path);
  std::filesystem::remove(path);
  return text;
}

// Each row's components in the order of their names: formats order columns as they like.
std::vector<std::string> sorted_rows(const SdmxRows& read) {
  std::vector<std::string> rows;
  for (const std::string& row : read.rows) {
    if (row == "--") continue;
    std::vector<std::string> parts(1);
    for (const char c : row) {
      if (c == ' ') {
        parts.emplace_back();
      } else {
        parts.back() += c;
      }
    }
    std::sort(parts.begin(), parts.end());
    rows.emplace_back();
    for (const std::string& part : parts) rows.back().append(part).append(" ");
  }
  return rows;
}

constexpr sdmx::Format every[] = {sdmx::Format::csv2, sdmx::Format::json, sdmx::Format::json2,
                                  sdmx::Format::ml,   sdmx::Format::ml3,  sdmx::Format::generic};

struct SdmxWriteSamples : SharedData {};

TEST_F(SdmxWriteSamples, GenericMessagesReadBackEqualInEveryFormat) {
  for (const char* name : {"ng-ts", "ng-flat", "ng-xs", "rg-ts-gf", "rg-ts", "ng-ts-gf"}) {
    const std::string message = read_file(shared_data(std::string("sdmx/samples/ECB_EXR/") + name + ".xml"));
    const auto wanted = sorted_rows(sdmx_rows_of(message));
    EXPECT_EQ(wanted.size(), 12U) << name;
    for (const sdmx::Format format : every) {
      const SdmxRows read = sdmx_rows_of(converted(message, format));
      EXPECT_EQ(sorted_rows(read), wanted) << name << " as " << title_of(format);
      EXPECT_TRUE(read.faults.empty()) << name << " as " << title_of(format);
    }
  }
}

const std::string hostile =
    "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,TIME_PERIOD,OBS_VALUE,NOTE\n"
    "dataflow,A:F(1.0),I,A,2019,1.50,\"a \"\"quote\"\", <tag> & 'more'\"\n"
    "dataflow,A:F(1.0),I,A,2020,NaN,two  blanks\\back\n"
    "dataflow,A:F(1.0),A,B,2020,,\xE4\xB8\xAD\xE6\x96\x87\n";

sdmx::Structures small_structure() {
  sdmx::Structures all;
  sdmx::DataStructure& dsd = all.data_structures.emplace_back();
  dsd.agency = "A";
  dsd.id = "D";
  dsd.version = "1.0";
  for (const char* id : {"FREQ", "TIME_PERIOD"}) {
    sdmx::Component& one = dsd.dimensions.emplace_back();
    one.id = id;
    one.role = one.id == "FREQ" ? sdmx::Role::dimension : sdmx::Role::time_dimension;
  }
  sdmx::Component& measure = dsd.measures.emplace_back();
  measure.id = "OBS_VALUE";
  measure.role = sdmx::Role::measure;
  sdmx::Component& note = dsd.attributes.emplace_back();
  note.id = "NOTE";
  note.role = sdmx::Role::attribute;
  sdmx::Dataflow& flow = all.dataflows.emplace_back();
  flow.agency = "A";
  flow.id = "F";
  flow.version = "1.0";
  flow.structure = sdmx::Reference{"DataStructure", "A", "D", "1.0", ""};
  return all;
}

TEST(SdmxWrite, MarksActionsAndGapsSurviveEveryFormat) {
  const sdmx::Structures structures = small_structure();
  const auto wanted = sorted_rows(sdmx_rows_of(hostile, &structures));
  ASSERT_EQ(wanted.size(), 3U);
  for (const sdmx::Format format : every)
    EXPECT_EQ(sorted_rows(sdmx_rows_of(converted(hostile, format, &structures), &structures)), wanted) << title_of(format);
}

TEST(SdmxWrite, RolesThatAreNotKnownAreAskedFor) {
  EXPECT_THROW(converted(hostile, sdmx::Format::json2), Error);
  EXPECT_THROW(converted(hostile, sdmx::Format::generic), Error);
  // Structure-specific messages need none: all components of a row stand on it.
  EXPECT_NE(converted(hostile, sdmx::Format::ml).find("dimensionAtObservation=\"AllDimensions\""), std::string::npos);
}

TEST(SdmxWrite, WhatAFormatCannotSayIsRefused) {
  const std::string deletion = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,TIME_PERIOD,OBS_VALUE\ndataflow,A:F(1.0),D,A,2019,\n";
  EXPECT_THROW(converted(deletion, sdmx::Format::csv), Error);
  EXPECT_THROW(converted("FREQ,TIME_PERIOD,OBS_VALUE\nA,2019,1\n", sdmx::Format::csv2), Error);
}

TEST(SdmxWrite, AFileThatIsNotFinishedLeavesTheTargetAsItWas) {
  const std::string path = temporary() + ".keep";
  write_file(path, "before");
  {
    Output output(path);
    output.buffer = "half";
    output.flush();
  }
  EXPECT_EQ(read_file(path), "before");
  EXPECT_FALSE(std::filesystem::exists(path + "." + std::to_string(::getpid()) + ".part"));
  std::filesystem::remove(path);
}

TEST(SdmxWrite, CompressedIsTheSame) {
  const std::string packed = converted(hostile, sdmx::Format::ml, nullptr, ".gz");
  EXPECT_EQ(packed.substr(0, 2), "\x1f\x8b");
  EXPECT_EQ(sorted_rows(sdmx_rows_of(packed)), sorted_rows(sdmx_rows_of(hostile)));
}

}  // namespace
}  // namespace stocktake::testing
