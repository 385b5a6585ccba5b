// The style sheet's promises: colours that can be read in both themes and on paper, and no side that is left or right.
#include "report/style.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <regex>
#include <string>

namespace stocktake {
namespace {

using Colours = std::map<std::string, std::string>;

Colours colours_in(const std::string& css) {
  Colours colours;
  const std::regex declaration(R"re(--([a-z-]+): (#[0-9a-f]{6})\b)re");
  for (std::sregex_iterator it(css.begin(), css.end(), declaration), last; it != last; ++it) colours[(*it)[1]] = (*it)[2];
  return colours;
}

// The relative luminance of WCAG 2.
double luminance(const std::string& colour) {
  double sum = 0;
  const double weights[] = {0.2126, 0.7152, 0.0722};
  for (std::size_t i = 0; i < 3; ++i) {
    const double c = std::stoi(colour.substr(1 + 2 * i, 2), nullptr, 16) / 255.0;
    sum += weights[i] * (c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4));
  }
  return sum;
}

double contrast(const std::string& a, const std::string& b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

// The block of :root in a part of the sheet, laid over the light colours.
Colours theme(std::string_view start) {
  const std::string css(report_css);
  Colours colours = colours_in(css.substr(0, css.find("@media")));
  if (!start.empty()) {
    const std::size_t at = css.find(start);
    EXPECT_NE(at, std::string::npos);
    for (const auto& [name, colour] : colours_in(css.substr(at, css.find("}", css.find(":root", at)) - at)))
      colours[name] = colour;
  }
  return colours;
}

TEST(Style, TextHasContrastInEveryTheme) {
  for (const std::string_view start : {"", "@media (prefers-color-scheme: dark)", "@media print"}) {
    const Colours c = theme(start);
    const std::pair<const char*, const char*> pairs[] = {
        {"ink", "paper"},       {"ink", "panel"},       {"muted", "paper"},   {"muted", "panel"},     {"link", "paper"},
        {"link", "panel"},      {"met-f", "met-b"},     {"on-f", "on-b"},     {"fair-f", "fair-b"},   {"slow-f", "slow-b"},
        {"worse-f", "worse-b"}, {"quiet-f", "quiet-b"}, {"quiet-f", "paper"}, {"cover-ink", "cover"}, {"cover-muted", "cover"}};
    for (const auto& [front, back] : pairs) {
      EXPECT_GE(contrast(c.at(front), c.at(back)), 4.5) << start << ": " << front << " on " << back;
    }
    for (const char* line : {"observed", "required", "expected"})
      EXPECT_GE(contrast(c.at(line), c.at("paper")), 3) << start << ": " << line;
  }
}

TEST(Style, UsesLogicalSidesOnly) {
  const std::string css(report_css);
  const std::regex sided(
      R"re((?:^|[\s;{])(?:left|right|margin-left|margin-right|padding-left|padding-right|border-left|border-right)\s*:)re");
  EXPECT_FALSE(std::regex_search(css, sided));
  EXPECT_FALSE(std::regex_search(css, std::regex("text-align: (?:left|right)")));
}

TEST(Style, IsThePlainTextOfTheFile) {
  EXPECT_TRUE(report_css.starts_with("/* The HTML report"));
  EXPECT_TRUE(report_css.ends_with("}\n"));
  EXPECT_EQ(report_css.find('\0'), std::string_view::npos);
  EXPECT_EQ(report_css.find("</"), std::string_view::npos) << "it stands inside a style element";
}

}  // namespace
}  // namespace stocktake
