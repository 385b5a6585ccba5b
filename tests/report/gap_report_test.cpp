// The Gap report as a page, as text and as JSON: well formed, in six languages, the same bytes twice, and with what there is.
#include "report/gap_report.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "partnership/register/changes.h"
#include "report/gap_sections.h"
#include "report/sample.h"

namespace stocktake {
namespace {

using testing::hostile;
using testing::translator;

class GapReports : public ::testing::Test {
 protected:
  void add(const std::string& id, double amount, const std::string& language, const std::string& clause,
           const std::string& words) {
    Commitment one;
    one.id = id;
    one.text = "promise " + id + " " + hostile;
    one.actor = {"x", hostile, PartyKind::government};
    one.made = Date{2005, 1, 1};
    one.due = Date{2015, 1, 1};
    if (amount > 0) {
      one.measure.amount = amount;
      one.measure.currency = "USD";
    }
    one.source = {"A/RES/68/6", "", "14", language, clause, 0, 0};
    if (!words.empty()) {
      one.source.begin = static_cast<std::uint32_t>(clause.find(words));
      one.source.end = one.source.begin + static_cast<std::uint32_t>(words.size());
    }
    StatusChange first;
    first.on = {2005, 1, 1};
    apply(commitment_entry(one, first, "2010-01-01T00:00:00Z"));
  }
  void disbursed(const std::string& id, double amount) {
    StatusChange change;
    change.status = CommitmentStatus::disbursed;
    change.on = {2012, 1, 1};
    change.amount = amount;
    apply(status_entry(id, change, "2012-01-01T00:00:00Z"));
  }
  void apply(LogEntry entry) {
    entry.number = ++entries_;
    all_.apply(entry, "Office");
  }
  GapReport report(Date at, const DutiesOnDay* duties = nullptr) const {
    return gap_report(all_, at, nullptr, {}, nullptr, duties);
  }

  Register all_;
  std::uint64_t entries_ = 0;
};

// Every element that is opened is closed, in order; enough of a check for what one writer makes.
void expect_balanced(const std::string& html) {
  std::vector<std::string> open;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
    const std::size_t end = html.find('>', at);
    ASSERT_NE(end, std::string::npos);
    if (html[at + 1] == '!' || html[end - 1] == '/') continue;
    const bool closing = html[at + 1] == '/';
    std::size_t stop = at + 1;
    while (stop < end && html[stop] != ' ') ++stop;
    const std::string name = html.substr(at + (closing ? 2 : 1), stop - at - (closing ? 2 : 1));
    if (name == "style") {
      at = html.find("</style>", at);
      continue;
    }
    if (!closing) {
      open.push_back(name);
    } else {
      ASSERT_FALSE(open.empty());
      ASSERT_EQ(open.back(), name);
      open.pop_back();
    }
  }
  EXPECT_TRUE(open.empty());
}

TEST_F(GapReports, EmptyRegisterSaysWhatToDo) {
  const std::string html = render_gap_html(report({2014, 1, 1}), translator(Language::en));
  EXPECT_NE(html.find("The register has no commitments"), std::string::npos);
  EXPECT_NE(html.find("stocktake commitments import"), std::string::npos);
  expect_balanced(html);
  const std::string text = render_gap_text(report({2014, 1, 1}), translator(Language::en), {});
  EXPECT_NE(text.find("stocktake commitments import"), std::string::npos);
  const auto json = nlohmann::json::parse(render_gap_json(report({2014, 1, 1})));
  EXPECT_EQ(json["format"], "stocktake-gap-report");
  EXPECT_TRUE(json["commitments"].empty());
}

TEST_F(GapReports, WithoutMoneyAndWithOneCommitment) {
  add("a", 0, "en", "", "");
  const std::string html = render_gap_html(report({2014, 1, 1}), translator(Language::en));
  EXPECT_NE(html.find("No commitment has an amount of money"), std::string::npos);
  EXPECT_EQ(html.find("class=\"waterfall\""), std::string::npos);
  expect_balanced(html);
}

TEST_F(GapReports, SameBytesTwiceAndNothingHostile) {
  add("a", 2e9, "en", "We commit " + hostile + " to give 0.7 per cent.", "give 0.7 per cent");
  add("b", 0, "ar", "نلتزم بتخصيص 0.7 في المائة.", "بتخصيص 0.7");
  add("c", 100, "zh", "我们承诺提供援助。", "提供援助");
  disbursed("a", 5e8);
  for (const Language language : {Language::ar, Language::zh, Language::en, Language::fr, Language::ru, Language::es}) {
    const std::string html = render_gap_html(report({2016, 1, 1}), translator(language));
    EXPECT_EQ(html, render_gap_html(report({2016, 1, 1}), translator(language)));
    EXPECT_EQ(html.find("<script"), std::string::npos);
    EXPECT_NE(html.find("Content-Security-Policy"), std::string::npos);
    EXPECT_EQ(html.find("href=\"http"), std::string::npos);  // no evidence with an address here
    expect_balanced(html);
  }
  EXPECT_EQ(render_gap_json(report({2016, 1, 1})), render_gap_json(report({2016, 1, 1})));
}

TEST_F(GapReports, ClausesKeepTheirLanguageAndDirection) {
  add("b", 0, "ar", "نلتزم بتخصيص 0.7 في المائة.", "بتخصيص 0.7");
  add("c", 0, "zh", "我们承诺提供援助。", "提供援助");
  add("d", 0, "", "Unknown.", "");
  const std::string html = render_gap_html(report({2016, 1, 1}), translator(Language::en));
  EXPECT_NE(html.find("lang=\"ar\" dir=\"rtl\">نلتزم <mark>بتخصيص 0.7</mark> في المائة.</blockquote>"), std::string::npos);
  EXPECT_NE(html.find("lang=\"zh\" dir=\"ltr\">我们承诺<mark>提供援助</mark>。</blockquote>"), std::string::npos);
  EXPECT_NE(html.find("<blockquote class=\"clause\" dir=\"auto\">Unknown."), std::string::npos);
  const std::string arabic = render_gap_html(report({2016, 1, 1}), translator(Language::ar));
  EXPECT_NE(arabic.find("<html lang=\"ar\" dir=\"rtl\">"), std::string::npos);
  EXPECT_NE(arabic.find("lang=\"zh\" dir=\"ltr\""), std::string::npos);
}

TEST_F(GapReports, WaterfallHasLabelsAndATable) {
  add("a", 2e9, "en", "", "");
  disbursed("a", 5e8);
  const std::string html = render_gap_html(report({2016, 1, 1}), translator(Language::en));
  EXPECT_NE(html.find("role=\"img\" aria-label=\"USD: 1 commitment\""), std::string::npos);
  EXPECT_NE(html.find(">Gap: 1.5 billion USD (75%)</text>"), std::string::npos);
  // The bar of the gap hangs from the promise: from a quarter of 360 to its end.
  EXPECT_NE(html.find("class=\"stage-gap\" x=\"90.00\""), std::string::npos);
  EXPECT_NE(html.find("width=\"270.00\""), std::string::npos);
  EXPECT_NE(html.find("Of the gap, overdue: 1.5 billion USD."), std::string::npos);
  const auto json = nlohmann::json::parse(render_gap_json(report({2016, 1, 1})));
  EXPECT_EQ(json["waterfalls"][0]["gap"], 1.5e9);
  EXPECT_EQ(json["commitments"][0]["days_late"], 365);
  EXPECT_EQ(json["league"][0]["fulfilled"], 0.25);
}

TEST_F(GapReports, DutiesOnlyWhenGiven) {
  EXPECT_EQ(render_gap_html(report({2014, 1, 1}), translator(Language::en)).find("gap-duties"), std::string::npos);
  const DutiesOnDay duties =
      judge_duties(read_duties_text("name,joined,last_report\nA,2010-05-01,2013-03-01\nB,2010-05-01,2012-03-01\n", "x"),
                   load_duty_rules(testing::home("reference")), "un-global-compact", {}, {2014, 1, 1});
  const std::string html = render_gap_html(report({2014, 1, 1}, &duties), translator(Language::en));
  EXPECT_NE(html.find("2 actors: 1 in time, 1 late, 0 delisted."), std::string::npos);
  expect_balanced(html);
}

TEST_F(GapReports, IsAChapterOfTheStocktaking) {
  add("a", 2e9, "en", "", "");
  const testing::Sample sample = testing::make_sample();
  const Translator words = translator(Language::en);
  const std::string without = render_html(sample.run, sample.stock, sample.insights, words);
  EXPECT_EQ(without.find("id=\"commitments\""), std::string::npos);
  const GapReport one = report({2013, 9, 25});
  const std::string with = render_html(sample.run, sample.stock, sample.insights, words, &one);
  EXPECT_NE(with.find("<section id=\"commitments\""), std::string::npos);
  EXPECT_NE(with.find("href=\"#commitments\""), std::string::npos);
  expect_balanced(with);
}

}  // namespace
}  // namespace stocktake
