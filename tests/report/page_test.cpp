// The HTML report: what it says of published figures, that it is sound, self-contained and the same every time.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <clocale>
#include <map>
#include <regex>
#include <set>

#include "report/report.h"
#include "report/sample.h"

namespace stocktake {
namespace {

using testing::make_sample;
using testing::translator;

const testing::Sample& sample() {
  static const testing::Sample one = make_sample();
  return one;
}

std::string page(Language language) { return render_html(sample().run, sample().stock, sample().insights, translator(language)); }

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++n;
  return n;
}

TEST(Page, CountsDownToTheDeadline) {
  const std::string html = page(Language::en);
  EXPECT_NE(html.find("<strong>827</strong>"), std::string::npos);
  EXPECT_NE(html.find("days left to 31 December 2015"), std::string::npos);
  EXPECT_NE(html.find("25 September 2013"), std::string::npos);
  EXPECT_NE(html.find("91% of the time"), std::string::npos);  // 8,304 of 9,131 days
  EXPECT_NE(page(Language::zh).find("2013年9月25日"), std::string::npos);
}

TEST(Page, ShowsEachCellWithWordFigureYearAndSource) {
  const std::string html = page(Language::en);
  const std::size_t cell = html.find("<td class=\"m-slow");
  ASSERT_NE(cell, std::string::npos) << "Sub-Saharan Africa, 1.A: progress insufficient";
  const std::string text = html.substr(cell, html.find("</td>", cell) - cell);
  EXPECT_NE(text.find("#i-slow"), std::string::npos);
  EXPECT_NE(text.find("Too slow"), std::string::npos);
  EXPECT_NE(text.find("48.4"), std::string::npos);
  EXPECT_NE(text.find("(2010)"), std::string::npos);
  EXPECT_NE(text.find("56.5 (1990)"), std::string::npos) << "the tooltip tells the base";
  EXPECT_NE(text.find("28.3 (2015)"), std::string::npos) << "and the target value, 28.25";
  EXPECT_NE(text.find("statistical tables"), std::string::npos) << "and the source";
  EXPECT_NE(html.find("class=\"m-met"), std::string::npos) << "Eastern Asia";
  EXPECT_NE(html.find("class=\"m-on"), std::string::npos) << "Southern Asia";
  EXPECT_NE(html.find("class=\"m-old"), std::string::npos);
  EXPECT_NE(html.find("class=\"m-none"), std::string::npos);
}

TEST(Page, EscapesWhatDataSays) {
  const std::string html = page(Language::en);
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_NE(html.find("&lt;script&gt;alert(&#39;x&#39;)"), std::string::npos);
}

TEST(Page, LoadsNothingAndRunsNothing) {
  for (const Language language : all_languages) {
    const std::string html = page(language);
    EXPECT_NE(html.find("default-src &#39;none&#39;"), std::string::npos);
    for (const char* part :
         {"<script", "<link", "<img", "<iframe", " src=", "url(", "@import", "@font-face", " onload", "javascript:"}) {
      EXPECT_EQ(html.find(part), std::string::npos) << part;
    }
    for (std::size_t at = html.find(" href=\""); at != std::string::npos; at = html.find(" href=\"", at + 1)) {
      EXPECT_EQ(html[at + 7], '#') << html.substr(at, 60);
    }
  }
}

TEST(Page, IsWellFormed) {
  const std::regex tag(R"re(<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(/?)>)re");
  for (const Language language : all_languages) {
    std::string html = page(language);
    const std::size_t style = html.find("<style>"), end = html.find("</style>");
    html.erase(style, end - style + 8);
    std::vector<std::string> open;
    std::size_t tags = 0;
    for (std::sregex_iterator it(html.begin(), html.end(), tag), last; it != last; ++it) {
      ++tags;
      if ((*it)[4].length() > 0) continue;
      if ((*it)[1].length() == 0)
        open.push_back((*it)[2]);
      else {
        ASSERT_FALSE(open.empty());
        ASSERT_EQ(open.back(), (*it)[2]) << "at " << it->position();
        open.pop_back();
      }
    }
    EXPECT_TRUE(open.empty());
    EXPECT_EQ(tags + 1, count(html, "<")) << "every < starts a tag or the doctype";
  }
}

TEST(Page, LinksLeadSomewhereAndIdsAreUnique) {
  const std::string html = page(Language::en);
  std::set<std::string> ids;
  const std::regex id(R"re( id="([^"]+)")re"), reference(R"re( (?:href="#|for="|aria-labelledby=")([^"]+)")re");
  for (std::sregex_iterator it(html.begin(), html.end(), id), last; it != last; ++it)
    EXPECT_TRUE(ids.insert((*it)[1]).second) << (*it)[1];
  for (std::sregex_iterator it(html.begin(), html.end(), reference), last; it != last; ++it)
    EXPECT_TRUE(ids.contains((*it)[1])) << (*it)[1];
}

TEST(Page, SaysItsLanguageAndDirection) {
  for (const Language language : all_languages) {
    const std::string html = page(language);
    const std::string direction = language == Language::ar ? "rtl" : "ltr";
    EXPECT_NE(html.find("<html lang=\"" + std::string(code(language)) + "\" dir=\"" + direction + "\">"), std::string::npos);
    EXPECT_EQ(count(html, "<h1>"), 1U);
    EXPECT_EQ(count(html, "<table "), count(html, "<caption>")) << "every table has a caption";
    EXPECT_EQ(html.find("<th>"), std::string::npos) << "every header cell has a scope";
  }
}

TEST(Page, IsTheSameEveryTimeAndEverywhere) {
  const std::string before = page(Language::fr);
  ::setenv("TZ", "Pacific/Kiritimati", 1);
  ::tzset();
  std::setlocale(LC_ALL, "C");
  EXPECT_EQ(page(Language::fr), before);
  ::setenv("TZ", "UTC", 1);
  ::tzset();
  const testing::Sample again = make_sample();
  EXPECT_EQ(render_html(again.run, again.stock, again.insights, translator(Language::fr)), before);
}

TEST(Page, ShowsBoundsAsABand) { EXPECT_GT(count(page(Language::en), "<polygon class=\"band\""), 0U); }

TEST(Page, RanksCountriesAndTellsWhoMustTurnAround) {
  const std::string html = page(Language::en);
  const std::size_t section = html.find("<section id=\"countries\"");
  const std::size_t lesotho = html.find("Lesotho", section), niger = html.find("Niger", section);
  ASSERT_NE(lesotho, std::string::npos);
  EXPECT_LT(lesotho, niger) << "the one that moves the wrong way comes first";
  EXPECT_NE(html.find("must turn around", section), std::string::npos);
  EXPECT_NE(html.find("‡", section), std::string::npos) << "infant mortality of this source is a near match";
}

TEST(Page, StandsWithoutAnyData) {
  AssessOptions options;
  options.at = {2016, 1, 1};
  const AssessmentRun run = assess_panel(Panel(), {}, load_framework(testing::home("frameworks/mdg.yaml")),
                                         AreaRegistry::load(testing::home("reference")), {}, options);
  const Stocktaking stock = take_stock(run);
  const Insights insights = gain_insights(run);
  for (const Language language : all_languages) EXPECT_FALSE(render_html(run, stock, insights, translator(language)).empty());
  EXPECT_NE(render_html(run, stock, insights, translator(Language::en)).find("since the deadline"), std::string::npos);
}

}  // namespace
}  // namespace stocktake
