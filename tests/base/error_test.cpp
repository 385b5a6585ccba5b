#include "base/error.h"

#include <gtest/gtest.h>

namespace stocktake {
namespace {

TEST(Errors, ExitCodes) {
  EXPECT_EQ(exit_code(ErrorKind::usage), 2);
  EXPECT_EQ(exit_code(ErrorKind::input), 3);
  EXPECT_EQ(exit_code(ErrorKind::not_found), 4);
  EXPECT_EQ(exit_code(ErrorKind::busy), 5);
  EXPECT_EQ(exit_code(ErrorKind::store), 6);
  EXPECT_EQ(exit_code(ErrorKind::check_failed), 7);
  EXPECT_EQ(exit_code(ErrorKind::interrupted), 130);
  EXPECT_EQ(exit_code(ErrorKind::internal), 70);
}

TEST(Errors, Places) {
  EXPECT_EQ(to_string(Location{}), "");
  EXPECT_EQ(to_string(Location{"a.csv", 0, 0, ""}), "a.csv");
  EXPECT_EQ(to_string(Location{"a.csv", 3, 0, ""}), "a.csv:3");
  EXPECT_EQ(to_string(Location{"a.csv", 3, 14, ""}), "a.csv:3:14");
  EXPECT_EQ(to_string(Location{"a.csv", 3, 14, "year"}), "a.csv:3:14: field 'year'");
  EXPECT_EQ(to_string(Location{"", 3, 0, ""}), "line 3");
  EXPECT_EQ(to_string(Location{"", 0, 0, "year"}), "field 'year'");
  EXPECT_EQ(to_string(Location{"a.csv", 0, 14, ""}), "a.csv");
}

TEST(Errors, TheWholeMessage) {
  const Error error(ErrorKind::input, "expected a year, found 'x'", "Correct it", {"a.csv", 3, 0, "year"});
  EXPECT_STREQ(error.what(), "a.csv:3: field 'year': expected a year, found 'x'. Correct it");
  EXPECT_EQ(error.problem(), "expected a year, found 'x'");
  EXPECT_EQ(error.remedy(), "Correct it");
  EXPECT_STREQ(Error(ErrorKind::usage, "wrong").what(), "wrong");
}

}  // namespace
}  // namespace stocktake
