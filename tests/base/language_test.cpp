#include "base/language.h"

#include <gtest/gtest.h>

namespace stocktake {
namespace {

TEST(Languages, ParsedFromLocales) {
  EXPECT_EQ(parse_language("zh"), Language::zh);
  EXPECT_EQ(parse_language("zh_CN.UTF-8"), Language::zh);
  EXPECT_EQ(parse_language("ZH"), Language::zh);
  EXPECT_EQ(parse_language("fr-CH"), Language::fr);
  EXPECT_EQ(parse_language("en.UTF-8"), Language::en);
  for (const char* text : {"", "z", "C", "C.UTF-8", "POSIX", "de", "zho", "english", "e n"})
    EXPECT_FALSE(parse_language(text)) << text;
}

TEST(Languages, TheSix) {
  EXPECT_EQ(all_languages.size(), 6U);
  for (const Language language : all_languages) {
    EXPECT_EQ(parse_language(code(language)), language);
    EXPECT_EQ(right_to_left(language), language == Language::ar);
  }
}

TEST(LocalTexts, FallBack) {
  LocalText text;
  EXPECT_TRUE(text.empty());
  EXPECT_EQ(text.in(Language::fr), "");
  text.set(Language::es, "uno");
  EXPECT_EQ(text.in(Language::fr), "uno");  // any there is
  text.set(Language::en, "one");
  EXPECT_EQ(text.in(Language::fr), "one");  // English first
  text.set(Language::fr, "un");
  EXPECT_EQ(text.in(Language::fr), "un");
  EXPECT_TRUE(text.has(Language::fr));
  EXPECT_FALSE(text.has(Language::ar));
  EXPECT_EQ(LocalText("one").in(Language::en), "one");
}

}  // namespace
}  // namespace stocktake
