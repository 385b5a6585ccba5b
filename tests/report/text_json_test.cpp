// The stocktaking for a terminal and the JSON bundle, on the sample and on the bundled data.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "base/table.h"
#include "framework/temporary_folder.h"
#include "ingest/importer.h"
#include "report/report.h"
#include "report/sample.h"

namespace stocktake {
namespace {

using testing::home;
using testing::translator;

const testing::Sample& sample() {
  static const testing::Sample one = testing::make_sample();
  return one;
}

// The bundled data, judged as on the day of the special event of 25 September 2013.
const testing::Sample& bundled() {
  static const testing::Sample one = [] {
    const testing::TemporaryFolder temporary;
    Store store = Store::create(temporary.path("store.duckdb"));
    AreaRegistry areas = AreaRegistry::load(home("reference"));
    const DimensionCodes codes = DimensionCodes::load(home("reference/dimension_codes.csv"));
    ImportOptions quiet;
    quiet.quiet = true;
    for (const char* file : {"observations.csv.gz", "regions.csv"})
      import_file(store, areas, codes, home("data/starter/") + file, quiet);
    AssessOptions options;
    options.at = {2013, 9, 25};
    testing::Sample made{assess(store, load_framework(home("frameworks/mdg.yaml")), std::move(areas),
                                load_bindings(home("frameworks/bindings"), codes), options),
                         {},
                         {}};
    made.stock = take_stock(made.run);
    made.insights = gain_insights(made.run);
    return made;
  }();
  return one;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t from = 0;
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', from)) {
    lines.push_back(text.substr(from, at - from));
    from = at + 1;
  }
  EXPECT_EQ(from, text.size()) << "the last line ends, too";
  return lines;
}

TEST(TextReport, FitsTheTerminal) {
  for (const Language language : all_languages) {
    for (const std::size_t width : {80U, 100U, 120U}) {
      const auto lines =
          lines_of(render_text(bundled().run, bundled().stock, bundled().insights, translator(language), {width, false, false}));
      EXPECT_LE(lines.size(), 70U) << code(language) << " " << width;
      for (std::size_t i = 2; i < lines.size(); ++i) {  // the title and the countdown are sentences
        EXPECT_LE(display_width(lines[i]), width) << code(language) << ": " << lines[i];
      }
    }
  }
}

TEST(TextReport, SaysTheSameAsThePage) {
  const std::string text = render_text(sample().run, sample().stock, sample().insights, translator(Language::en), {});
  EXPECT_NE(text.find("827 days left to 31 December 2015"), std::string::npos);
  EXPECT_NE(text.find("SSA"), std::string::npos);
  EXPECT_NE(text.find("✔"), std::string::npos);
  EXPECT_NE(text.find("➚"), std::string::npos);
  EXPECT_NE(text.find("➙"), std::string::npos);
  EXPECT_NE(text.find("Lesotho"), std::string::npos);
  EXPECT_EQ(text.find('\x1b'), std::string::npos) << "no colour unless asked for";
}

TEST(TextReport, ColoursAndAsciiOnRequest) {
  EXPECT_NE(
      render_text(sample().run, sample().stock, sample().insights, translator(Language::en), {80, true, false}).find("\x1b["),
      std::string::npos);
  for (const auto& line :
       lines_of(render_text(sample().run, sample().stock, sample().insights, translator(Language::en), {80, false, true}))) {
    for (const std::string symbol : {"✔", "➚", "➙", "✘", "█", "░", "…"}) EXPECT_EQ(line.find(symbol), std::string::npos) << line;
  }
}

TEST(TextReport, StandsOnANarrowTerminal) {
  for (const std::size_t width : {0U, 1U, 10U, 20U, 40U}) {
    EXPECT_FALSE(
        render_text(sample().run, sample().stock, sample().insights, translator(Language::zh), {width, false, false}).empty());
  }
}

TEST(JsonReport, HasTheFiguresAndTheirPlaces) {
  const std::string text = render_json(sample().run, sample().stock, sample().insights);
  const auto json = nlohmann::json::parse(text);
  EXPECT_EQ(json["format"], "stocktake-report");
  EXPECT_EQ(json["version"], 1);
  EXPECT_EQ(json["at"], "2013-09-25");
  EXPECT_EQ(json["days_left"], 827);
  EXPECT_EQ(json["data_until"], 2012);
  const auto& rows = json["rows"];
  bool found = false;
  for (const auto& row : rows) {
    if (row["area"] != "MDG_SSA" || row["target"] != "1.A") continue;
    found = true;
    EXPECT_EQ(row["mdg"], "insufficient");
    EXPECT_DOUBLE_EQ(row["facts"]["latest"], 48.4);
    EXPECT_DOUBLE_EQ(row["facts"]["target"], 28.25);
    EXPECT_NEAR(row["facts"]["expected_linear"], 46.375, 1e-9);
    EXPECT_EQ(row["years"], nlohmann::json({1990, 1999, 2005, 2010}));
  }
  EXPECT_TRUE(found);
  const auto& chart = json["chart"];
  ASSERT_EQ(chart["cells"].size(), chart["targets"].size());
  for (std::size_t t = 0; t < chart["cells"].size(); ++t) {
    ASSERT_EQ(chart["cells"][t].size(), chart["groups"].size());
    for (std::size_t g = 0; g < chart["groups"].size(); ++g) {
      const int place = chart["cells"][t][g];
      if (place < 0) continue;
      EXPECT_EQ(rows.at(static_cast<std::size_t>(place))["area"], chart["groups"][g]);
      EXPECT_EQ(rows.at(static_cast<std::size_t>(place))["target"], chart["targets"][t]);
    }
  }
  for (const auto& country : json["furthest_behind"]) EXPECT_LT(country["row"].get<std::size_t>(), rows.size());
  EXPECT_EQ(json["manifest_hash"].get<std::string>().size(), 64U);
}

TEST(JsonReport, HasNoNullAndIsTheSameEveryTime) {
  const std::string text = render_json(bundled().run, bundled().stock, bundled().insights);
  EXPECT_EQ(text.find("null"), std::string::npos);
  EXPECT_TRUE(text.ends_with("}\n"));
  EXPECT_EQ(render_json(bundled().run, bundled().stock, bundled().insights), text);
}

TEST(BundledReport, RendersInEveryLanguage) {
  EXPECT_GE(bundled().stock.targets.size(), 10U);
  for (const Language language : all_languages) {
    const std::string html = render_html(bundled().run, bundled().stock, bundled().insights, translator(language));
    EXPECT_GT(html.size(), 100'000U);
    EXPECT_LT(html.size(), 2'000'000U) << "a file that can be mailed";
    EXPECT_FALSE(std::regex_search(html, std::regex(R"re([ ,"(>]-?(?:nan|inf)[ ,"%)<])re"))) << "no NaN reaches the page";
  }
}

}  // namespace
}  // namespace stocktake
