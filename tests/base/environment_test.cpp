#include "base/environment.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace stocktake {
namespace {

TEST(Environment, UnsetAndEmptyAreTheSame) {
  ASSERT_EQ(::unsetenv("STOCKTAKE_TEST_VARIABLE"), 0);
  EXPECT_EQ(environment("STOCKTAKE_TEST_VARIABLE"), "");
  ASSERT_EQ(::setenv("STOCKTAKE_TEST_VARIABLE", "", 1), 0);
  EXPECT_EQ(environment("STOCKTAKE_TEST_VARIABLE"), "");
  ASSERT_EQ(::setenv("STOCKTAKE_TEST_VARIABLE", "ключи", 1), 0);
  EXPECT_EQ(environment("STOCKTAKE_TEST_VARIABLE"), "ключи");
  ::unsetenv("STOCKTAKE_TEST_VARIABLE");
}

}  // namespace
}  // namespace stocktake
