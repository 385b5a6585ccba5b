#include "report/html.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace stocktake {
namespace {

TEST(EscapeHtml, LeavesNoMarkup) {
  EXPECT_EQ(escape_html("<b a=\"x\" c='y'>&amp;"), "&lt;b a=&quot;x&quot; c=&#39;y&#39;&gt;&amp;amp;");
  EXPECT_EQ(escape_html("Côte d’Ivoire 中文 العربية"), "Côte d’Ivoire 中文 العربية");
}

TEST(EscapeHtml, DropsControlsAndRepairsBrokenText) {
  EXPECT_EQ(escape_html(std::string_view("a\0b\x1b[1mc\n", 9)), "ab[1mc\n");
  EXPECT_EQ(escape_html("\xC2\x85x"), "x");
  EXPECT_EQ(escape_html("a\xFF\xE4\xB8z"), "a\xEF\xBF\xBD\xEF\xBF\xBDz");
}

TEST(Html, WritesElementsAndAttributes) {
  Html html;
  html.open("p", {{"title", "1 < 2"}, {"hidden", ""}}).text("a & b").empty("br").close();
  EXPECT_EQ(html.take(), "<p title=\"1 &lt; 2\" hidden>a &amp; b<br/></p>");
}

TEST(Html, RefusesUnbalancedElements) {
  Html open;
  open.open("p");
  EXPECT_THROW(open.take(), Error);
  Html closed;
  EXPECT_THROW(closed.close(), Error);
}

}  // namespace
}  // namespace stocktake
