#include "base/translate.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/table.h"
#include "framework/temporary_folder.h"

namespace stocktake {
namespace {

const std::string folder = std::string(STOCKTAKE_SOURCE_DIR) + "/i18n";

Translator words(Language language) { return Translator::load(folder, language); }

TEST(TranslationFiles, HaveTheSameKeysAndArgumentsInAllLanguages) {
  const Translator english = words(Language::en);
  for (const Language language : all_languages) {
    const Translator other = words(language);
    EXPECT_EQ(other.own_keys(), english.own_keys()) << code(language);
    for (const std::string& key : english.own_keys()) {
      EXPECT_EQ(other.arguments(key), english.arguments(key)) << code(language) << " " << key;
    }
  }
  EXPECT_GT(english.own_keys().size(), 150U);
}

TEST(TranslationFiles, SayItInTheirOwnScript) {
  const auto share_above_ascii = [](const std::string& text) {
    std::size_t bytes = 0;
    for (const char c : text) bytes += static_cast<unsigned char>(c) >= 0x80 ? 1 : 0;
    return bytes;
  };
  for (const Language language : {Language::zh, Language::ar, Language::ru}) {
    const Translator other = words(language);
    for (const std::string& key : other.own_keys()) {
      // Marks, codes and "12 of 15" need no words; everything else does.
      if (key.starts_with("mark.") || key.starts_with("report.") || key.starts_with("chart.tip_") ||
          key.starts_with("paths.from_to") || !other.arguments(key).empty()) {
        continue;
      }
      EXPECT_GT(share_above_ascii(other.text(key)), 0U) << code(language) << " " << key;
    }
  }
}

TEST(Translator, WritesDatesAsEachLanguageDoes) {
  const Date day{2013, 9, 25};
  EXPECT_EQ(words(Language::en).date(day), "25 September 2013");
  EXPECT_EQ(words(Language::zh).date(day), "2013年9月25日");
  EXPECT_EQ(words(Language::fr).date(day), "25 septembre 2013");
  EXPECT_EQ(words(Language::es).date(day), "25 de septiembre de 2013");
  EXPECT_EQ(words(Language::ar).date(day), "25 سبتمبر 2013");
  EXPECT_TRUE(words(Language::ru).date(day).starts_with("25 сентября 2013"));
  EXPECT_EQ(words(Language::en).date({1990, 12, 31}), "31 December 1990");
}

TEST(Translator, DoesNotDependOnTheTimeZoneOfTheProcess) {
  const char* before = ::getenv("TZ");
  const std::string kept = before == nullptr ? "" : before;
  for (const char* zone : {"Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"}) {
    ::setenv("TZ", zone, 1);
    ::tzset();
    EXPECT_EQ(words(Language::en).date({2015, 12, 31}), "31 December 2015") << zone;
  }
  if (before == nullptr)
    ::unsetenv("TZ");
  else
    ::setenv("TZ", kept.c_str(), 1);
  ::tzset();
}

TEST(Translator, WritesNumbersWithLatinDigitsAndTheLanguagesSeparators) {
  EXPECT_EQ(words(Language::en).number(1234.56, 1), "1,234.6");
  EXPECT_EQ(words(Language::fr).number(48.4, 1), "48,4");
  EXPECT_EQ(words(Language::ru).number(48.4, 1), "48,4");
  EXPECT_EQ(words(Language::es).number(48.4, 1), "48,4");
  EXPECT_EQ(words(Language::zh).number(1234.56, 1), "1,234.6");
  EXPECT_EQ(words(Language::ar).number(48.4, 1), "48.4");
  EXPECT_EQ(words(Language::en).number(22.0, 1, 0), "22");
  EXPECT_EQ(words(Language::en).number(0.125, 2), "0.13") << "half up";
  EXPECT_EQ(words(Language::en).percent(0.028, 1), "2.8%");
  EXPECT_EQ(words(Language::en).percent(-0.0277, 1), "−2.8%");
}

TEST(Translator, ShowsNoSignOnNothingAndNothingForNoFigure) {
  const Translator english = words(Language::en);
  EXPECT_EQ(english.number(-0.04, 1), "0.0");
  EXPECT_EQ(english.percent(-0.0001, 1), "0.0%");
  EXPECT_EQ(english.number(-0.0, 2), "0.00");
  EXPECT_EQ(english.percent(-0.0, 1), "0.0%");
  EXPECT_EQ(english.number(std::numeric_limits<double>::quiet_NaN(), 1), "");
  EXPECT_EQ(english.percent(std::numeric_limits<double>::infinity(), 1), "");
}

TEST(Translator, ChoosesPluralFormsOfTheLanguage) {
  const auto left = [](Language language, int days) {
    return words(language).text("report.days_left", {{"days", days}, {"date", "X"}});
  };
  EXPECT_EQ(left(Language::en, 1), "1 day left to X");
  EXPECT_EQ(left(Language::en, 827), "827 days left to X");
  EXPECT_EQ(left(Language::ru, 1), "До X остался 1 день");
  EXPECT_EQ(left(Language::ru, 3), "До X осталось 3 дня");
  EXPECT_EQ(left(Language::ru, 827), "До X осталось 827 дней");
  EXPECT_EQ(left(Language::ru, 821), "До X остался 821 день");
  EXPECT_EQ(left(Language::ar, 2), "بقي يومان حتى X");
  EXPECT_EQ(left(Language::ar, 5), "بقيت 5 أيام حتى X");
  EXPECT_EQ(left(Language::ar, 827), "بقي 827 يوماً حتى X");
  EXPECT_EQ(left(Language::zh, 827), "距离X还有827天");
}

TEST(Translator, JoinsLists) {
  EXPECT_EQ(words(Language::en).list({"a", "b", "c"}), "a, b and c");
  EXPECT_EQ(words(Language::en).list({"a"}), "a");
  EXPECT_EQ(words(Language::en).list({}), "");
}

TEST(Translator, FallsBackToEnglishForAMissingKey) {
  const testing::TemporaryFolder temporary;
  temporary.write("en.json", R"({"a": "one {n, plural, one {day} other {days}}", "b": "plain"})");
  temporary.write("ru.json", R"({"b": "просто"})");
  const Translator russian = Translator::load(temporary.path(""), Language::ru);
  EXPECT_EQ(russian.text("b"), "просто");
  EXPECT_EQ(russian.text("a", {{"n", 3}}), "one days") << "with English plural forms";
  EXPECT_TRUE(russian.has("a"));
  EXPECT_FALSE(russian.has("c"));
}

// What a call throws, by its kind; internal counts as "nothing thrown" nowhere, so that the tests stay readable.
template <typename Call>
std::optional<ErrorKind> error_of(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.kind();
  }
  return std::nullopt;
}

TEST(Translator, SaysWhatIsWrongWithAFile) {
  const testing::TemporaryFolder temporary;
  EXPECT_EQ(error_of([&] { Translator::load(temporary.path("none"), Language::en); }), ErrorKind::not_found);
  for (const char* text : {"[1]", "{", R"({"a": 1})", R"({"a": "{n, plural, one {x}}"})", R"({"a": "{0}"})", R"({"a": "{n"})"}) {
    temporary.write("en.json", text);
    EXPECT_EQ(error_of([&] { Translator::load(temporary.path(""), Language::en); }), ErrorKind::input) << text;
  }
}

TEST(Translator, RefusesUnknownKeysAndMissingArguments) {
  const Translator english = words(Language::en);
  EXPECT_EQ(error_of([&] { static_cast<void>(english.text("no.such.key")); }), ErrorKind::internal);
  EXPECT_EQ(error_of([&] { static_cast<void>(english.text("report.days_left", {{"days", 1}})); }), ErrorKind::internal);
}

}  // namespace
}  // namespace stocktake
