#include "base/text.h"

#include <gtest/gtest.h>

namespace stocktake {
namespace {

TEST(Text, Joined) {
  EXPECT_EQ(joined({}, ", "), "");
  EXPECT_EQ(joined({"a"}, ", "), "a");
  EXPECT_EQ(joined({"a", "b", "c"}, ", "), "a, b, c");
  EXPECT_EQ(joined({"", "", "c"}, ","), ",,c");
}

}  // namespace
}  // namespace stocktake
