// What a sound file becomes: the model, its defaults, and the rules about which period holds.
#include <gtest/gtest.h>

#include <algorithm>

#include "framework/diff.h"
#include "framework/samples.h"
#include "framework/temporary_folder.h"

namespace stocktake::testing {
namespace {

Framework load(const std::string& text) {
  const TemporaryFolder folder;
  return load_framework(folder.write("x.yaml", text));
}

TargetRule load_rule(const std::string& rule) {
  return load(sample_with(15, "          - " + rule)).find_target("1.A")->rules.at(0);
}

TEST(Load, ReadsTheWholeModel) {
  const Framework framework = load(sample("x"));
  EXPECT_EQ(framework.id, "x");
  EXPECT_EQ(framework.version, "1");
  EXPECT_EQ(framework.title.in(Language::en), "Sample");
  EXPECT_EQ(framework.source_title, "A list");
  EXPECT_EQ(framework.source_url, "https://example.org");
  EXPECT_EQ(framework.baseline, 1990);
  EXPECT_EQ(framework.deadline, (Date{2015, 12, 31}));
  EXPECT_EQ(framework.hash.size(), 64U);
  ASSERT_EQ(framework.goals.size(), 1U);
  EXPECT_EQ(framework.goals[0].title.in(Language::ru), "e");
  const Target* target = framework.find_target("1.A");
  ASSERT_NE(target, nullptr);
  EXPECT_EQ(target->indicators, (std::vector<std::string>{"1.1", "1.2"}));
  ASSERT_EQ(target->rules.size(), 2U);
  EXPECT_EQ(target->rules[0].type, RuleType::reduce_by);
  EXPECT_DOUBLE_EQ(target->rules[0].fraction, 2.0 / 3);
  EXPECT_EQ(target->rules[1].reason, "no number");
  const Indicator* indicator = framework.find_indicator("1.1");
  ASSERT_NE(indicator, nullptr);
  EXPECT_EQ(indicator->name.in(Language::zh), "Yi");
  EXPECT_EQ(indicator->direction, Direction::down);
  EXPECT_EQ(indicator->scale, Scale::logit);
  EXPECT_EQ(indicator->bounds.upper, 100);
  EXPECT_EQ(indicator->aggregate, Aggregate::weighted_mean);
  EXPECT_EQ(indicator->weight, "population");
  EXPECT_EQ(framework.find_indicator("1.2")->bounds.upper, std::numeric_limits<double>::infinity());
  EXPECT_EQ(framework.find_indicator("9"), nullptr);
  EXPECT_EQ(framework.find_target("9"), nullptr);
}

TEST(Load, TheFirstRuleIsTheHeadlineUnlessAnotherSaysSo) {
  EXPECT_TRUE(load(sample("x")).find_target("1.A")->rules[0].headline);
  const Framework other =
      load(sample_with(16, "          - {indicator: \"1.2\", type: none_quantified, reason: no, headline: true}"));
  EXPECT_FALSE(other.find_target("1.A")->rules[0].headline);
  EXPECT_TRUE(other.find_target("1.A")->rules[1].headline);
}

TEST(Load, RuleDefaultsAndFields) {
  EXPECT_DOUBLE_EQ(load_rule("{indicator: \"1.1\", type: reduce_by, fraction: 0.4, complement: 100, citation: a}").fraction, 0.4);
  EXPECT_EQ(load_rule("{indicator: \"1.1\", type: reduce_by, fraction: 1/2, complement: 100, citation: a}").complement, 100);
  EXPECT_EQ(load_rule("{indicator: \"1.1\", type: universal, citation: a}").value, 100);
  EXPECT_EQ(load_rule("{indicator: \"1.1\", type: universal, value: 0, tolerance: 3, citation: a}").value, 0);
  const TargetRule parity = load_rule("{indicator: \"1.1\", type: parity, citation: a}");
  EXPECT_EQ(parity.lower, 0.97);
  EXPECT_EQ(parity.upper, 1.03);
  const TargetRule relative =
      load_rule("{indicator: \"1.1\", type: relative, to: \"1.2\", factor: 0.5, compare: at_most, citation: a}");
  EXPECT_EQ(relative.to, "1.2");
  EXPECT_EQ(relative.factor, 0.5);
  EXPECT_FALSE(relative.at_least);
  EXPECT_EQ(load_rule("{indicator: \"1.1\", type: halt_and_reverse, applies_to: [LDC, BGD]}").applies_to,
            (std::vector<std::string>{"LDC", "BGD"}));
}

TEST(Load, AProxyReplacesTheRuleAndIsMarked) {
  const TargetRule rule = load_rule(
      "{indicator: \"1.1\", type: none_quantified, reason: no number, citation: Report, proxy: {type: reach, value: 90, reason: "
      "WHO shows it}}");
  EXPECT_EQ(rule.type, RuleType::reach);
  EXPECT_TRUE(rule.proxy);
  EXPECT_EQ(rule.value, 90);
  EXPECT_EQ(rule.indicator, "1.1");
  EXPECT_EQ(rule.citation, "Report");
  EXPECT_EQ(rule.reason, "WHO shows it");
}

TEST(Load, ATargetWithoutIndicatorsHasARuleWithoutOne) {
  const std::string target =
      "      - {code: \"1.B\", title: " + six_titles + ", indicators: [], rules: [{type: none_quantified, reason: none}]}";
  std::vector<std::string> lines = sample_lines("x");
  lines.insert(lines.begin() + 16, target);
  const Framework framework = load(joined(lines));
  EXPECT_EQ(framework.find_target("1.B")->rules.at(0).indicator, "");
  EXPECT_TRUE(framework.find_target("1.B")->rules.at(0).headline);
}

TEST(Load, ARepeatedIndicatorTakesTheOthersFields) {
  const Framework framework = load(sample_with(26, "      - {code: \"1.2\", same_as: \"1.1\", name: {en: Again, zh: You}}"));
  const Indicator* repeated = framework.find_indicator("1.2");
  EXPECT_EQ(repeated->same_as, "1.1");
  EXPECT_EQ(repeated->name.in(Language::en), "Again");
  EXPECT_EQ(repeated->unit, "PERCENT");
  EXPECT_EQ(repeated->scale, Scale::logit);
}

TEST(Load, PeriodsOfTheRuleThenTheTargetThenTheFramework) {
  Framework framework;
  framework.baseline = 1990;
  framework.deadline = {2015, 12, 31};
  Target target;
  TargetRule rule;
  EXPECT_EQ(framework.baseline_of(target, rule), 1990);
  EXPECT_EQ(framework.deadline_of(target, rule), (Date{2015, 12, 31}));
  target.baseline = 2000;
  target.deadline = Date{2010, 6, 30};
  EXPECT_EQ(framework.baseline_of(target, rule), 2000);
  EXPECT_EQ(framework.deadline_of(target, rule), (Date{2010, 6, 30}));
  rule.baseline = 2005;
  rule.deadline = Date{2020, 12, 31};
  EXPECT_EQ(framework.baseline_of(target, rule), 2005);
  EXPECT_EQ(framework.deadline_of(target, rule), (Date{2020, 12, 31}));
}

TEST(Load, ThrowsTheFirstFaultWithItsPlace) {
  const TemporaryFolder folder;
  const std::string path = folder.write("x.yaml", sample_with(21, "        direction: sideways"));
  try {
    load_framework(path);
    FAIL() << "expected an error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::input);
    EXPECT_EQ(error.where().file, path);
    EXPECT_EQ(error.where().line, 21U);
    EXPECT_EQ(error.where().column, 20U);
    EXPECT_EQ(error.where().field, "direction");
  }
  try {
    load_framework(folder.path("absent.yaml"));
    FAIL() << "expected an error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::not_found);
  }
}

TEST(Codes, SortAsPeopleDo) {
  std::vector<std::string> codes{"10.1", "1.a", "1.A", "1.10", "1.9", "2", "1.2", "1", "1.2.1"};
  std::sort(codes.begin(), codes.end(), code_less);
  EXPECT_EQ(codes, (std::vector<std::string>{"1", "1.2", "1.2.1", "1.9", "1.10", "1.A", "1.a", "2", "10.1"}));
  EXPECT_FALSE(code_less("1.1", "1.1"));
  EXPECT_NE(code_less("1.01", "1.1"), code_less("1.1", "1.01"));
}

TEST(Diff, SaysWhatChanged) {
  const Framework before = load(sample("x"));
  EXPECT_TRUE(diff_frameworks(before, before).empty());
  Framework after = before;
  after.deadline = {2020, 12, 31};
  after.goals[0].targets[0].rules[0].fraction = 0.5;
  after.goals[0].targets[0].rules.pop_back();
  after.goals[0].title.set(Language::fr, "nouveau");
  after.indicators.erase("1.2");
  Indicator added;
  added.code = "1.10";
  added.name = LocalText("Ten");
  after.indicators.emplace("1.10", added);
  const std::vector<FrameworkChange> expected{
      {"framework", "x", "deadline", "2015-12-31", "2020-12-31"},
      {"goal", "1", "title.fr", "d", "nouveau"},
      {"target", "1.A", "deadline", "2015-12-31", "2020-12-31"},
      {"rule", "1.A/1.1", "deadline", "2015-12-31", "2020-12-31"},
      {"rule", "1.A/1.1", "fraction", "0.6666666666666666", "0.5"},
      {"rule", "1.A/1.2", "", "none_quantified", ""},
      {"indicator", "1.2", "", "Two", ""},
      {"indicator", "1.10", "", "", "Ten"},
  };
  const auto changes = diff_frameworks(before, after);
  ASSERT_EQ(changes.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(changes[i], expected[i]) << changes[i].what << " " << changes[i].code << " " << changes[i].field << ": "
                                       << changes[i].before << " → " << changes[i].after;
  }
}

}  // namespace
}  // namespace stocktake::testing
