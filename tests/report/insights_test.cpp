// What the report says beyond the two charts: probabilities and intervals, what needs action first, agreement of methods.
#include "assess/insights.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <regex>

#include "report/interval_drawing.h"
#include "report/report.h"
#include "report/sample.h"
#include "report/shown.h"
#include "report/view.h"

namespace stocktake {
namespace {

using testing::make_sample;
using testing::translator;

const testing::Sample& sample() {
  static const testing::Sample one = make_sample();
  return one;
}

std::size_t row_of(const AssessmentRun& run, const std::string& target, const std::string& area) {
  for (std::size_t i = 0; i < run.rows.size(); ++i) {
    const Assessment& row = run.rows[i];
    if (row.headline && run.targets[row.target].target->code == target && run.areas.at(row.area).code == area) return i;
  }
  ADD_FAILURE() << "no headline row of " << target << " " << area;
  return 0;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++n;
  return n;
}

std::string section(const std::string& html, const std::string& id) {
  const std::size_t from = html.find("<section id=\"" + id + "\"");
  EXPECT_NE(from, std::string::npos) << id;
  return html.substr(from, html.find("</section>", from) - from);
}

std::string page(const testing::Sample& one, Language language = Language::en) {
  return render_html(one.run, one.stock, one.insights, translator(language));
}

// Sub-Saharan Africa on 1.A: 56.5 in 1990, target 28.25 in 2015, with an outlook set by hand.
struct ByHand {
  testing::Sample made = make_sample();
  Translator words = translator(Language::en);
  std::size_t index = row_of(made.run, "1.A", "MDG_SSA");
  ByHand() {
    Outlook& outlook = made.insights.outlooks[index].deadline;
    outlook.state = OutlookState::forecast;
    outlook.deadline = 2015;
    outlook.probability = 0.42;
    outlook.fan = {20, 28.25, 35.3125, 42.375, 50, 56.5, 60};
    outlook.met_now = false;
    outlook.year_met = {2014, 2018, 2024};
    outlook.last_year = 2045;
  }
  Outlook& outlook() { return made.insights.outlooks[index].deadline; }
  const Assessment& row() const { return made.run.rows[index]; }
  View view() const { return View(made.run, made.stock, made.insights, words); }
  std::string interval() const {
    Html html;
    write_interval(html, view(), row());
    return html.take();
  }
};

TEST(ReportChance, IsRoundedButNeverToNothingOrCertainty) {
  ByHand one;
  EXPECT_EQ(one.view().chance(one.row()), "42%");
  const std::pair<double, const char*> cases[] = {{0.001, "<1%"}, {0.0099, "<1%"}, {0.01, "1%"},    {0.5, "50%"},
                                                  {0.989, "99%"}, {0.99, "99%"},   {0.991, ">99%"}, {0.999, ">99%"}};
  for (const auto& [probability, text] : cases) {
    one.outlook().probability = probability;
    EXPECT_EQ(one.view().chance(one.row()), text) << probability;
  }
  one.outlook().probability = no_figure;
  EXPECT_EQ(one.view().chance(one.row()), "") << "a target without a number has a fan, but no probability";
  EXPECT_EQ(one.view().likely_range(one.row()), "28.3–56.5") << "lower end first";
}

TEST(ReportChance, IsLeftOutWithoutAForecast) {
  ByHand one;
  one.outlook().state = OutlookState::decided;
  EXPECT_EQ(one.view().outlook(one.row()), nullptr);
  EXPECT_EQ(one.view().chance(one.row()), "");
  EXPECT_EQ(one.view().likely_range(one.row()), "");
  EXPECT_EQ(one.view().likely_year(one.row()), "");
  EXPECT_EQ(one.interval(), "<span class=\"pair\"><span class=\"figure\"><bdi>–</bdi></span></span>");
}

TEST(ReportChance, TellsTheYearsOfAchievement) {
  ByHand one;
  EXPECT_EQ(one.view().likely_year(one.row()), "2018 (2014–2024)");
  one.outlook().year_met = {2014, 2030, 0};
  EXPECT_EQ(one.view().likely_year(one.row()), "2030 (2014–after 2045)");
  one.outlook().year_met = {0, 0, 0};
  EXPECT_EQ(one.view().likely_year(one.row()), "after 2045");
  one.outlook().met_now = true;
  EXPECT_EQ(one.view().likely_year(one.row()), "already met");
}

TEST(ReportInterval, LiesBetweenBaseAndTarget) {
  ByHand one;
  // The axis goes from -1/4 to 5/4 of the promised change: base 100/6, target 500/6. 80 %: 0 to 1; 50 %: 6.5/28.25 to 3/4.
  const std::string bar = one.interval();
  EXPECT_NE(bar.find("<path class=\"base\" d=\"M16.7 1V11\"/>"), std::string::npos) << bar;
  EXPECT_NE(bar.find("<path class=\"goal\" d=\"M83.3 0V12\"/>"), std::string::npos) << bar;
  EXPECT_NE(bar.find("<rect class=\"r80\" x=\"16.7\" width=\"66.7\""), std::string::npos) << bar;
  EXPECT_NE(bar.find("<rect class=\"r50\" x=\"32.0\" width=\"34.7\""), std::string::npos) << bar;
  EXPECT_NE(bar.find("<bdi>28.3–56.5</bdi>"), std::string::npos) << bar;
}

TEST(ReportInterval, IsCutAtTheEndsAndSeenWhenNarrow) {
  ByHand one;
  one.outlook().fan = {-200, -100, 42.2, 42.3, 42.4, 400, 500};
  const std::string bar = one.interval();
  EXPECT_NE(bar.find("<rect class=\"r80\" x=\"0.0\" width=\"100.0\""), std::string::npos) << bar;
  EXPECT_NE(bar.find("width=\"1.0\""), std::string::npos) << "not thinner than one part in a hundred";
}

TEST(ReportInterval, HasNoBarWhereNothingWasPromised) {
  ByHand one;
  Assessment& row = one.made.run.rows[one.index];
  row.facts.base_met = true;
  EXPECT_EQ(one.interval().find("<svg"), std::string::npos);
  EXPECT_NE(one.interval().find("28.3–56.5"), std::string::npos) << "the figures are told all the same";
  row.facts.base_met = false;
  row.facts.target = row.facts.base;
  EXPECT_EQ(one.interval().find("<svg"), std::string::npos);
  row.facts.target = no_figure;
  EXPECT_EQ(one.interval().find("<svg"), std::string::npos);
}

TEST(ReportRank, DrawsTheRangeOnTheRanksShown) {
  const ByHand one;
  const auto drawn = [&](std::size_t rank, double low, double high, std::size_t ranks) {
    Html html;
    write_rank_range(html, one.view(), rank, {low, high, 0, 0}, ranks);
    return html.take();
  };
  const std::string bar = drawn(2, 1, 3, 10);
  EXPECT_NE(bar.find("x=\"0.0\" width=\"30.0\""), std::string::npos) << bar;
  EXPECT_NE(bar.find("M15.0 1V11"), std::string::npos) << "in the middle of the second rank";
  EXPECT_NE(bar.find("<bdi>1–3</bdi>"), std::string::npos);
  EXPECT_NE(drawn(1, 1, 1, 10).find("<bdi>1</bdi>"), std::string::npos);
  EXPECT_EQ(drawn(1, no_figure, no_figure, 10), "<span class=\"pair\"><span class=\"figure\"><bdi>–</bdi></span></span>");
  EXPECT_EQ(drawn(1, 1, 1, 1).find("<svg"), std::string::npos) << "one rank needs no axis";
}

TEST(ReportPage, ShowsTheProbabilityWhereverARowIsListed) {
  ByHand one;
  const std::string html = page(one.made);
  EXPECT_NE(section(html, "chart").find("<span class=\"f\">P 42%</span>"), std::string::npos) << "in the cell";
  EXPECT_NE(section(html, "chart").find("Probability that the target is met by its deadline: 42%"), std::string::npos)
      << "in its tooltip";
  EXPECT_NE(section(html, "chart").find("data-label=\"Probability of being met\">42%</td>"), std::string::npos) << "in the table";
  EXPECT_NE(section(html, "paths").find("P 42%"), std::string::npos);
  EXPECT_NE(section(html, "paths").find("class=\"fan80\""), std::string::npos);
}

TEST(ReportPage, TellsNoProbabilityAfterTheDeadline) {
  testing::Sample one = make_sample();
  for (RowOutlook& outlook : one.insights.outlooks) outlook = RowOutlook();
  const std::string html = page(one);
  EXPECT_EQ(html.find("Probability of being met"), std::string::npos) << "no empty columns";
  EXPECT_EQ(html.find("<svg class=\"range\""), html.find("<svg class=\"range\"", html.find("id=\"action\"")))
      << "ranges of ranks alone are drawn";
  EXPECT_EQ(html.find("class=\"fan80\""), std::string::npos);
}

TEST(ReportPage, RanksWhatNeedsActionFirst) {
  const std::string text = section(page(sample()), "action");
  for (const char* part : {"Priority targets", "Countries furthest behind over all targets", "At risk of reversal",
                           "On track: sustain", "href=\"#how-action\""})
    EXPECT_NE(text.find(part), std::string::npos) << part;
  // Lesotho moves the wrong way, Niger too slowly.
  EXPECT_LT(text.find("Lesotho"), text.find("Niger"));
  EXPECT_NE(text.find("Every country was judged on fewer than 3 targets"), std::string::npos);
  EXPECT_EQ(text.find("\u00A0*"), std::string::npos) << "a mark on every line says nothing";
}

TEST(ReportPage, PutsMethodsSideBySide) {
  const std::string text = section(page(sample()), "methods");
  const std::size_t methods = sample().insights.judged.methods.size();
  EXPECT_EQ(methods, 16U);
  const std::size_t body = text.find("<tbody>"), end = text.find("</tbody>");
  const std::string rows = text.substr(body, end - body);
  const std::size_t shown = compared_rows(sample().run, sample().stock).size();
  ASSERT_GT(shown, 0U);
  EXPECT_EQ(count(rows, "<tr>"), shown);
  EXPECT_EQ(count(rows, "<th scope=\"row\""), shown);
  EXPECT_EQ(count(rows, "<td"), shown * (methods + 2)) << "a cell a method, the answers and why they differ";
  for (const Method* method : sample().insights.judged.methods) {
    const std::string id(method->info().id);
    EXPECT_NE(text.find("href=\"#method-" + id + "\""), std::string::npos) << id;
    EXPECT_NE(text.find("id=\"method-" + id + "\""), std::string::npos) << id;
    EXPECT_NE(text.find(escape_html(method->info().formula)), std::string::npos) << id;
    EXPECT_NE(text.find(escape_html(method->info().citation)), std::string::npos) << id;
  }
}

TEST(ReportPage, ComparesMethodsOnTheAreasAskedForElseTheWorldElseTheFullestGroup) {
  testing::Sample one = make_sample();
  const auto areas = [&] {
    std::vector<std::string> codes;
    for (const std::uint32_t row : compared_rows(one.run, one.stock))
      codes.push_back(one.run.areas.at(one.run.rows[row].area).code);
    return codes;
  };
  // No row of the world: Sub-Saharan Africa is judged on two targets, the others on one.
  EXPECT_EQ(areas(), (std::vector<std::string>{"MDG_SSA", "MDG_SSA"}));
  one.run.options.areas = {"LSO", "MDG_EAS"};
  EXPECT_EQ(areas(), (std::vector<std::string>{"MDG_EAS", "MDG_EAS", "LSO"}));
  one.run.options.areas.clear();
  one.stock.groups.clear();
  one.stock.cell.clear();
  EXPECT_TRUE(areas().empty());
}

TEST(Insights, AgreementOnRowsAddsUp) {
  const AssessmentRun& run = sample().run;
  const Insights& insights = sample().insights;
  std::size_t rows = 0, unanimous = 0, contested = 0;
  std::vector<std::size_t> same(insights.agreement.pairs.size(), 0), differing(same.size(), 0);
  for (std::size_t i = 0; i < run.rows.size(); ++i) {
    if (!run.rows[i].headline) continue;
    const Agreement one = agreement_on(run, insights.judged, i);
    rows += one.rows;
    unanimous += one.unanimous;
    contested += one.contested;
    for (std::size_t k = 0; k < one.pairs.size(); ++k) {
      same[k] += one.pairs[k].same;
      for (const std::size_t cause : one.pairs[k].causes) differing[k] += cause;
    }
  }
  EXPECT_EQ(rows, insights.agreement.rows);
  EXPECT_EQ(unanimous, insights.agreement.unanimous);
  EXPECT_EQ(contested, insights.agreement.contested);
  EXPECT_GT(contested, 0U);
  for (std::size_t k = 0; k < same.size(); ++k) {
    EXPECT_EQ(same[k], insights.agreement.pairs[k].same);
    EXPECT_EQ(differing[k], insights.agreement.pairs[k].both - insights.agreement.pairs[k].same);
  }
}

TEST(Insights, AreInTheManifest) {
  const Manifest manifest = manifest_of(sample().run, sample().insights);
  const auto value = [&](std::string_view name) {
    for (const auto& [key, text] : manifest.parameters) {
      if (key == name) return text;
    }
    return std::string("missing");
  };
  EXPECT_TRUE(value("methods").starts_with("mdg_chart,un_sdg_chart,"));
  EXPECT_NE(value("methods").find("oecd_distance"), std::string::npos);
  EXPECT_EQ(value("model"), "combination");
  EXPECT_EQ(value("draws"), "1000");
  EXPECT_EQ(value("seed"), "1");
  EXPECT_NE(page(sample()).find(manifest_hash(manifest)), std::string::npos);
}

TEST(JsonInsights, HaveTheSameFiguresAsTheRun) {
  const ByHand one;
  const auto json = nlohmann::json::parse(render_json(one.made.run, one.made.stock, one.made.insights));
  const auto& methods = json["methods"];
  ASSERT_EQ(methods.size(), one.made.insights.judged.methods.size());
  EXPECT_EQ(json["outlook_model"], "combination");
  bool found = false;
  for (const auto& row : json["rows"]) {
    ASSERT_EQ(row["methods"].size(), methods.size());
    EXPECT_TRUE(row.contains("pace"));
    if (row["area"] != "MDG_SSA" || row["target"] != "1.A") continue;
    found = true;
    EXPECT_EQ(row["outlook"]["p_met"], 0.42);
    EXPECT_EQ(row["outlook"]["q10"], 28.25);
    EXPECT_EQ(row["outlook"]["year_p50"], 2018);
    EXPECT_EQ(row["methods"][0], "insufficient");
    EXPECT_EQ(methods[0]["classes"]["insufficient"], "insufficient");
    EXPECT_NEAR(row["scores"]["mdg_chart"].get<double>(), 46.375, 1e-9);
  }
  EXPECT_TRUE(found);
  for (const auto& pair : json["agreement"]["pairs"]) {
    EXPECT_EQ(pair["both_judge"].get<int>(), pair["same_answer"].get<int>() + pair["level_or_trend"].get<int>() +
                                                 pair["linear_or_geometric"].get<int>() + pair["window_or_fit"].get<int>() +
                                                 pair["cut_points"].get<int>());
  }
  const auto& urgent = json["priorities"];
  EXPECT_EQ(urgent["countries"][0]["area"], "LSO");
  for (const char* list : {"behind", "risk", "sustain"}) {
    for (const auto& entry : urgent[list]) EXPECT_LT(entry["row"].get<std::size_t>(), json["rows"].size()) << list;
  }
  EXPECT_EQ(json.dump().find("null"), std::string::npos);
}

TEST(TextInsights, TellPrioritiesAndProbabilities) {
  const std::string text = render_text(sample().run, sample().stock, sample().insights, translator(Language::en), {});
  EXPECT_NE(text.find("What needs action first\n"), std::string::npos);
  EXPECT_NE(text.find("All methods that judge agree on"), std::string::npos);
  EXPECT_TRUE(std::regex_search(text, std::regex("Lesotho .*must turn around  P [<>]?[0-9]+%"))) << text;
}

}  // namespace
}  // namespace stocktake
