#include "base/utf8.h"

#include <gtest/gtest.h>

namespace stocktake {
namespace {

TEST(Utf8, WellFormed) {
  for (const char* text :
       {"", "abc", "\u00E9", "\u4E2D\u6587", "\uFEFF", "\U0001F30D", "\u0000a", "\uD7FF", "\uE000", "\U0010FFFF", "\x7F"})
    EXPECT_TRUE(valid_utf8(text)) << text;
}

// Overlong forms, surrogates, what is above U+10FFFF, cut and stray bytes: Unicode 15, table 3-7 has no place for them.
TEST(Utf8, IllFormed) {
  for (const char* text : {"\x80", "\xC0\x80", "\xC1\xBF", "\xC3", "\xC3(", "\xE0\x9F\xBF", "\xE4\xB8", "\xED\xA0\x80",
                           "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "a\xE9z", "\xF0\x9F\x8C"}) {
    EXPECT_FALSE(valid_utf8(text)) << readable(text);
    EXPECT_TRUE(valid_utf8(readable(text)));
  }
}

TEST(Utf8, Readable) {
  EXPECT_EQ(readable("Minist\xE8re"), "Minist?re");
  EXPECT_EQ(readable("\u4E2D\xE4\xB8"), "\u4E2D??");
  EXPECT_EQ(readable("\u4E2D"), "\u4E2D");
}

TEST(Utf8, Printable) {
  EXPECT_EQ(printable("a\x1b[2J\n\x7f\u0085z\u00a0"), "a [2J   z\u00a0");
  EXPECT_EQ(printable("\xC2"), "?");
  EXPECT_EQ(printable(""), "");
}

}  // namespace
}  // namespace stocktake
