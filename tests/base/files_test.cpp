#include "base/files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "base/error.h"
#include "framework/temporary_folder.h"

namespace stocktake {
namespace {

class Files : public ::testing::Test {
 protected:
  Error fault_of(const auto& action) const {
    try {
      action();
    } catch (const Error& error) {
      return error;
    }
    ADD_FAILURE() << "no fault";
    return {ErrorKind::internal, ""};
  }
  SmallCsv csv(const std::string& text, const std::vector<std::string>& columns) const {
    return read_small_csv(folder_.write("t.csv", text), columns);
  }
  testing::TemporaryFolder folder_;
};

TEST_F(Files, BytesComeBackAsTheyWere) {
  std::string bytes(200'000, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 7);
  EXPECT_EQ(read_file(folder_.write("a", bytes)), bytes);
  EXPECT_EQ(read_file(folder_.write("empty", "")), "");
}

TEST_F(Files, WhatCannotBeRead) {
  EXPECT_EQ(fault_of([&] { read_file(folder_.path("none")); }).kind(), ErrorKind::not_found);
  const Error folder = fault_of([&] { read_file(folder_.path("")); });
  EXPECT_EQ(folder.kind(), ErrorKind::input);
  EXPECT_NE(folder.remedy().find("folder"), std::string::npos);
}

// A reader sees the old file or the new one: the new bytes are written beside and renamed, so the old inode stays as it was.
TEST_F(Files, WritingReplacesAtOnce) {
  const std::string path = folder_.write("a", "old");
  std::FILE* reader = std::fopen(path.c_str(), "rb");
  write_file(path, "new");
  std::string seen(3, ' ');
  EXPECT_EQ(std::fread(seen.data(), 1, 3, reader), 3U);
  std::fclose(reader);
  EXPECT_EQ(seen, "old");
  EXPECT_EQ(read_file(path), "new");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path("")), {}), 1);
}

TEST_F(Files, ALinkStaysAndItsTargetIsReplaced) {
  const std::string link = folder_.path("link"), target = folder_.write("target", "old");
  std::filesystem::create_symlink(target, link);
  write_file(link, "new");
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_EQ(read_file(target), "new");
  EXPECT_EQ(link_target(link), std::filesystem::canonical(target));
  EXPECT_EQ(link_target(folder_.path("free")), folder_.path("free"));
}

TEST_F(Files, WritingMakesTheFolder) {
  write_file(folder_.path("a/b/c"), "x");
  EXPECT_EQ(read_file(folder_.path("a/b/c")), "x");
}

TEST_F(Files, AFailedWriteLeavesTheOldFile) {
  folder_.write("a", "old");
  const Error below = fault_of([&] { write_file(folder_.path("a/b"), "new"); });
  EXPECT_EQ(below.kind(), ErrorKind::store);
  EXPECT_EQ(below.where().file, folder_.path("a/b"));
  std::filesystem::create_directory(folder_.path("folder"));
  EXPECT_EQ(fault_of([&] { write_file(folder_.path("folder"), "new"); }).kind(), ErrorKind::store);
  EXPECT_EQ(read_file(folder_.path("a")), "old");
}

// As root, a rename over /dev/null succeeds and breaks the machine.
TEST_F(Files, DevicesAndPipesAreWrittenNotReplaced) {
  write_file("/dev/null", "x");
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
  EXPECT_EQ(fault_of([] { write_file("/dev/full", "x"); }).kind(), ErrorKind::store);
  EXPECT_FALSE(replaceable("/dev/null"));
  EXPECT_FALSE(replaceable(folder_.path("")));
  EXPECT_TRUE(replaceable(folder_.path("free")));
  EXPECT_TRUE(replaceable(folder_.write("file", "")));
}

TEST_F(Files, SmallCsvChoosesColumnsByName) {
  const SmallCsv rows =
      csv("\xEF\xBB\xBF"
          "a,b,c\r\n1,\"2,\"\"x\"\"\n\",3\r\n\n4,,6\n",
          {"c", "b"});
  EXPECT_EQ(rows.rows, (std::vector<std::vector<std::string>>{{"3", "2,\"x\"\n"}, {"6", ""}}));
  EXPECT_EQ(rows.lines, (std::vector<std::size_t>{2, 5}));
}

TEST_F(Files, SmallCsvWithoutFinalNewline) {
  EXPECT_EQ(csv("a,b\n1,2", {"b"}).rows, (std::vector<std::vector<std::string>>{{"2"}}));
}
TEST_F(Files, SmallCsvWithAHeaderAlone) { EXPECT_TRUE(csv("a,b\n", {"a"}).rows.empty()); }

TEST_F(Files, SmallCsvFaultsHaveTheirLine) {
  EXPECT_EQ(fault_of([&] { csv("", {"a"}); }).where().line, 1U);
  const Error column = fault_of([&] { csv("a,b\n1,2\n", {"a", "z"}); });
  EXPECT_EQ(column.where().field, "z");
  const Error width = fault_of([&] { csv("a,b\n1,2\n1\n", {"a"}); });
  EXPECT_EQ(width.where().line, 3U);
  EXPECT_NE(width.problem().find("1 fields, the header 2"), std::string::npos);
  EXPECT_EQ(fault_of([&] { csv("a,b\n1,\"2\n3,4\n", {"a"}); }).where().line, 2U);
}

TEST_F(Files, DataHome) {
  EXPECT_TRUE(std::filesystem::exists(data_home() + "/frameworks/mdg.yaml"));
  ::setenv("STOCKTAKE_HOME", folder_.path("").c_str(), 1);
  const Error error = fault_of([] { data_home(); });
  EXPECT_EQ(error.kind(), ErrorKind::not_found);
  EXPECT_NE(error.problem().find(folder_.path("")), std::string::npos);
  std::filesystem::create_directories(folder_.path("frameworks"));
  std::filesystem::create_directories(folder_.path("reference"));
  EXPECT_EQ(data_home(), folder_.path(""));
  ::unsetenv("STOCKTAKE_HOME");
}

}  // namespace
}  // namespace stocktake
