// Every kind of fault of a framework file, at its exact place.
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

#include "framework/samples.h"

namespace stocktake::testing {
namespace {

struct Case {
  const char* name;
  std::size_t line;
  const char* replacement;
  const char* expected;
  friend std::ostream& operator<<(std::ostream& out, const Case& one) { return out << one.replacement; }
};

class FrameworkFault : public ::testing::TestWithParam<Case> {};

TEST_P(FrameworkFault, IsFoundAtItsPlace) {
  EXPECT_EQ(faults(sample_with(GetParam().line, GetParam().replacement)), GetParam().expected);
}

std::string case_name(const ::testing::TestParamInfo<Case>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(
    Head, FrameworkFault,
    ::testing::Values(
        Case{"UnknownField", 4, "sourse: {title: A}", "4:1 sourse: a framework has no such field\n"},
        Case{"RepeatedField", 4, "title: {en: Again}", "4:1 title: the field stands here twice\n"},
        Case{"MissingField", 2, "", "1:1 version: a framework needs this field, it is missing\n"},
        Case{"EmptyField", 2, "version:", "2:1 version: a framework needs this field, it is empty\n"},
        Case{"UnquotedVersion", 2, "version: 1.10",
             "2:10 version: 1.10 without quotes is not a text to YAML (1.10 would become 1.1)\n"},
        Case{"UnquotedDate", 2, "version: 2008-01-15",
             "2:10 version: 2008-01-15 without quotes is not a text to YAML (1.10 would become 1.1)\n"},
        Case{"BadId", 1, "framework: X_1", "1:12 framework: 'X_1' is not an id\n"},
        Case{"IdIsNotTheFile", 1, "framework: y", "1:12 framework: the id is 'y', but the file is named 'x'\n"},
        Case{"TitleIsNoMap", 3, "title: Sample", "3:8 title: expected texts by language, found 'Sample'\n"},
        Case{"TitleWithoutEnglish", 3, "title: {fr: Exemple}", "3:8 title: no text in en\n"},
        Case{"YearIsNoNumber", 5, "baseline: then", "5:11 baseline: expected a year from 1900 to 2200, found 'then'\n"},
        Case{"YearInQuotes", 5, "baseline: \"1990\"", "5:11 baseline: expected a year from 1900 to 2200, found '1990'\n"},
        Case{"NoSuchDay", 6, "deadline: 2015-02-30",
             "6:11 deadline: expected a date or a year from 1900 to 2200, found '2015-02-30'\n"},
        Case{"DeadlineBeforeBaseline", 6, "deadline: 1989",
             "6:11 deadline: the deadline 1989-12-31 does not lie after the baseline year 1990\n"},
        Case{"NoCountry", 4, "areas: [BGD, LDCS]", "4:14 areas: 'LDCS' is not the code of a country\n"},
        Case{"OverridesWithoutParent", 4, "overrides: {targets: {}}",
             "4:12 overrides: overrides belongs to a framework that extends another\n"},
        Case{"RemoveWithoutParent", 4, "remove: {targets: []}",
             "4:9 remove: remove belongs to a framework that extends another\n"}),
    case_name);

INSTANTIATE_TEST_SUITE_P(
    GoalsAndTargets, FrameworkFault,
    ::testing::Values(
        Case{"MissingLanguages", 9, "    title: {en: a, zh: c, fr: d, es: f}", "9:12 title: no text in ar, ru\n"},
        Case{"EmptyLanguage", 12, "        title: {en: a, ar: b, zh: c, fr: \"\", ru: e, es: f}",
             "12:42 title.fr: expected a text, found an empty one\n"},
        Case{"UnknownLanguage", 12, "        title: {en: a, ar: b, zh: c, fr: d, ru: e, es: f, de: g}",
             "12:59 de: a text by language has no such field\n"},
        Case{"UnquotedCode", 8, "  - code: 1", "8:11 code: 1 without quotes is not a text to YAML (1.10 would become 1.1)\n"},
        Case{"CodeWithBlanks", 8, "  - code: \"1 A\"", "8:11 code: '1 A' is not a code\n"},
        Case{"TargetIsNoMap", 16, "          - {indicator: \"1.2\", type: none_quantified, reason: no}\n      - 1.B",
             "17:9 : expected a target, a map of fields, found '1.B'\n"},
        Case{"UnknownIndicator", 13, "        indicators: [\"1.1\", \"1.22\"]",
             "13:29 indicators: there is no indicator '1.22'\n"},
        Case{"IndicatorTwice", 13, "        indicators: [\"1.1\", \"1.2\", \"1.1\"]",
             "13:36 indicators: '1.1' stands in the list twice\n"},
        Case{"NoList", 13, "        indicators: \"1.1\"", "13:21 indicators: expected a list, found '1.1'\n"},
        Case{"DeadlineBeforeInheritedBaseline", 13, "        deadline: 1985",
             "13:19 deadline: the deadline 1985-12-31 does not lie after the baseline year 1990\n"},
        Case{"BaselineAfterInheritedDeadline", 13, "        baseline: 2015",
             "13:19 baseline: the deadline 2015-12-31 does not lie after the baseline year 2015\n"},
        Case{"SecondTargetOfACode", 16,
             "      - {code: \"1.A\", title: {en: a, ar: b, zh: c, fr: d, ru: e, es: f},\n"
             "         rules: [{indicator: \"1.2\", type: none_quantified, reason: no}]}",
             "16:16 code: the target '1.A' is already defined on line 11\n"},
        Case{"NoRules", 16, "      - {code: \"1.B\", title: {en: a, ar: b, zh: c, fr: d, ru: e, es: f}}",
             "16:9 rules: a target needs this field, it is missing\n"},
        Case{"EmptyRules", 16, "      - {code: \"1.B\", title: {en: a, ar: b, zh: c, fr: d, ru: e, es: f}, rules: []}",
             "16:81 rules: a target needs at least one rule, the list is empty\n"}),
    case_name);

INSTANTIATE_TEST_SUITE_P(
    Indicators, FrameworkFault,
    ::testing::Values(
        Case{"SecondIndicatorOfACode", 26, "      - {code: \"1.1\", name: {en: Two, zh: Er}, unit: NUMBER, direction: up}",
             "13:29 indicators: there is no indicator '1.2'\n16:25 indicator: there is no indicator '1.2'\n"
             "26:16 code: the indicator '1.1' is already defined on line 18\n"},
        Case{"NoChineseName", 19, "        name: {en: One}", "19:15 name: no text in zh\n"},
        Case{"NoDirection", 21, "", "18:9 direction: an indicator needs this field, it is missing\n"},
        Case{"UnknownDirection", 21, "        direction: sideways",
             "21:20 direction: expected up, down or none, found 'sideways'\n"},
        Case{"UnitWithBlanks", 20, "        unit: per cent", "20:15 unit: 'per cent' is not a code of a unit\n"},
        Case{"BoundsOrder", 22, "        bounds: [100, 0]",
             "22:17 bounds: the lower bound 100 is not below the upper bound 0\n23:16 scale: the scale logit needs two bounds\n"},
        Case{"OneBound", 22, "        bounds: [0]",
             "22:17 bounds: expected a list of two bounds\n23:16 scale: the scale logit needs two bounds\n"},
        Case{"BoundIsNoNumber", 22, "        bounds: [0, many]",
             "22:21 bounds: expected a number, found 'many'\n23:16 scale: the scale logit needs two bounds\n"},
        Case{"LogitWithoutUpperBound", 22, "        bounds: [0, ~]", "23:16 scale: the scale logit needs two bounds\n"},
        Case{"LogBelowZero", 26,
             "      - {code: \"1.2\", name: {en: Two, zh: Er}, unit: NUMBER, direction: up, scale: log, bounds: [-1, ~]}",
             "26:84 scale: the scale log needs a lower bound of 0 or more\n"},
        Case{"LogWithoutBound", 26, "      - {code: \"1.2\", name: {en: Two, zh: Er}, unit: NUMBER, direction: up, scale: log}",
             "26:84 scale: the scale log needs a lower bound of 0 or more\n"},
        Case{"MeanWithoutWeight", 25, "", "24:20 aggregate: a weighted_mean needs a weight\n"},
        Case{"WeightWithoutMean", 24, "        aggregate: sum",
             "25:17 weight: a weight belongs to weighted_mean only, aggregate is sum\n"},
        Case{"SameAsUnknown", 26, "      - {code: \"1.2\", same_as: \"9.9\"}", "26:32 same_as: there is no indicator '9.9'\n"},
        Case{"SameAsItself", 26, "      - {code: \"1.2\", same_as: \"1.2\"}", "26:32 same_as: the indicator names itself\n"},
        Case{"SameAsARepetition", 26, "      - {code: \"1.2\", same_as: \"1.1\"}\n      - {code: \"1.3\", same_as: \"1.2\"}",
             "27:32 same_as: '1.2' is itself a repetition\n"}),
    case_name);

// Rules stand on line 15, from column 13.
std::string rule_faults(const std::string& rule) { return faults(sample_with(15, "          - " + rule)); }

struct RuleCase {
  const char* name;
  const char* rule;
  const char* expected;
  friend std::ostream& operator<<(std::ostream& out, const RuleCase& one) { return out << one.rule; }
};

class RuleFault : public ::testing::TestWithParam<RuleCase> {};

TEST_P(RuleFault, IsFoundAtItsPlace) { EXPECT_EQ(rule_faults(GetParam().rule), GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(
    Rules, RuleFault,
    ::testing::Values(
        RuleCase{"NoIndicator", "{type: reach, value: 5, citation: a}",
                 "15:13 indicator: a rule needs this field, it is missing\n"},
        RuleCase{"NoType", "{indicator: \"1.1\", citation: a}", "15:13 type: a rule needs this field, it is missing\n"},
        RuleCase{"UnknownType", "{indicator: \"1.1\", type: reduce, fraction: 1/2, citation: a}",
                 "15:38 type: expected reduce_by, multiply_by, reach, universal, parity, halt_and_reverse, relative or "
                 "none_quantified, found "
                 "'reduce'\n"},
        RuleCase{"UnknownIndicator", "{indicator: \"1.9\", type: halt_and_reverse}",
                 "15:25 indicator: there is no indicator '1.9'\n"},
        RuleCase{"UnquotedIndicator", "{indicator: 1.1, type: halt_and_reverse}",
                 "15:25 indicator: 1.1 without quotes is not a text to YAML (1.10 would become 1.1)\n"},
        RuleCase{"UnknownField", "{indicator: \"1.1\", type: reach, value: 5, citation: a, tolerence: 1}",
                 "15:68 tolerence: a rule has no such field\n"},
        RuleCase{"FieldOfAnotherType", "{indicator: \"1.1\", type: reach, value: 5, fraction: 1/2, citation: a}",
                 "15:55 fraction: a rule of type reach has no such field\n"},
        RuleCase{"NoFraction", "{indicator: \"1.1\", type: reduce_by, citation: a}",
                 "15:13 fraction: a rule needs this field, it is missing\n"},
        RuleCase{"FractionAboveOne", "{indicator: \"1.1\", type: reduce_by, fraction: 3/2, citation: a}",
                 "15:59 fraction: expected a fraction between 0 and 1\n"},
        RuleCase{"FractionInPercent", "{indicator: \"1.1\", type: reduce_by, fraction: 50, citation: a}",
                 "15:59 fraction: expected a fraction between 0 and 1\n"},
        RuleCase{"FractionByZero", "{indicator: \"1.1\", type: reduce_by, fraction: 1/0, citation: a}",
                 "15:59 fraction: expected a fraction between 0 and 1\n"},
        RuleCase{"FractionInWords", "{indicator: \"1.1\", type: reduce_by, fraction: half, citation: a}",
                 "15:59 fraction: expected a number, found 'half'\n"},
        RuleCase{"NoFactor", "{indicator: \"1.1\", type: multiply_by, citation: a}",
                 "15:13 factor: a rule needs this field, it is missing\n"},
        RuleCase{"FactorZero", "{indicator: \"1.1\", type: multiply_by, factor: 0, citation: a}",
                 "15:59 factor: expected a number above 0\n"},
        RuleCase{"NoValue", "{indicator: \"1.1\", type: reach, citation: a}",
                 "15:13 value: a rule needs this field, it is missing\n"},
        RuleCase{"ValueInQuotes", "{indicator: \"1.1\", type: reach, value: \"5\", citation: a}",
                 "15:52 value: expected a number, found the text \"5\"\n"},
        RuleCase{"ValueNotFinite", "{indicator: \"1.1\", type: reach, value: nan, citation: a}",
                 "15:52 value: expected a number, found 'nan'\n"},
        RuleCase{"ToleranceBelowZero", "{indicator: \"1.1\", type: universal, tolerance: -1, citation: a}",
                 "15:60 tolerance: expected a distance, 0 or more\n"},
        RuleCase{"ParityOrder", "{indicator: \"1.1\", type: parity, lower: 1.1, citation: a}",
                 "15:53 lower: lower (1.1) is not below upper (1.03); the defaults are 0.97 and 1.03\n"},
        RuleCase{"ParityCentre", "{indicator: \"1.1\", type: parity, centre: 2, citation: a}",
                 "15:54 centre: centre (2) lies outside the band from 0.97 to 1.03; its default is 1\n"},
        RuleCase{"RelativeToNothing", "{indicator: \"1.1\", type: relative, citation: a}",
                 "15:13 to: a rule needs this field, it is missing\n"},
        RuleCase{"RelativeToUnknown", "{indicator: \"1.1\", type: relative, to: \"1.7\", citation: a}",
                 "15:52 to: there is no indicator '1.7'\n"},
        RuleCase{"RelativeCompare", "{indicator: \"1.1\", type: relative, to: \"1.2\", compare: more, citation: a}",
                 "15:68 compare: expected at_least or at_most, found 'more'\n"},
        RuleCase{"NoReason", "{indicator: \"1.1\", type: none_quantified}",
                 "15:13 reason: a rule of type none_quantified needs a reason\n"},
        RuleCase{"ProxyWithoutCitation",
                 "{indicator: \"1.1\", type: none_quantified, reason: a, proxy: {type: reach, value: 90}}",
                 "15:73 citation: a rule of type reach states a number and needs a citation\n"},
        RuleCase{"ProxyOfNothing", "{indicator: \"1.1\", type: none_quantified, reason: a, proxy: {type: none_quantified}}",
                 "15:80 type: a proxy is a rule with a number, found none_quantified\n"},
        RuleCase{"NotABoolean", "{indicator: \"1.1\", type: halt_and_reverse, headline: yes}",
                 "15:66 headline: expected true or false, found 'yes'\n"},
        RuleCase{"TwoHeadlines",
                 "{indicator: \"1.1\", type: halt_and_reverse, headline: true}\n"
                 "          - {indicator: \"1.2\", type: halt_and_reverse, headline: true}",
                 "16:66 headline: the target has another headline rule already\n"},
        RuleCase{"NoArea", "{indicator: \"1.1\", type: halt_and_reverse, applies_to: [Africa]}",
                 "15:68 applies_to: 'Africa' is not a code of an area or a group\n"},
        RuleCase{"DeadlineBeforeBaseline", "{indicator: \"1.1\", type: halt_and_reverse, baseline: 2010, deadline: 2000}",
                 "15:82 deadline: the deadline 2000-12-31 does not lie after the baseline year 2010\n"}),
    [](const ::testing::TestParamInfo<RuleCase>& info) { return std::string(info.param.name); });

TEST(RuleFaults, EveryNumberNeedsACitation) {
  for (const std::string fields : {"type: reduce_by, fraction: 1/2", "type: multiply_by, factor: 2", "type: reach, value: 5",
                                   "type: universal", "type: parity", "type: relative, to: \"1.2\""}) {
    const std::string found = rule_faults("{indicator: \"1.1\", " + fields + "}");
    EXPECT_TRUE(found.starts_with("15:13 citation: a rule of type ")) << fields << ": " << found;
    EXPECT_EQ(std::count(found.begin(), found.end(), '\n'), 1) << found;
  }
  EXPECT_EQ(rule_faults("{indicator: \"1.1\", type: halt_and_reverse}"), "");
}

TEST(YamlFaults, HaveAPlace) {
  EXPECT_EQ(faults("framework: x\ntitle: [a\nversion: 2\n").substr(0, 3), "3:8");
  EXPECT_EQ(faults("framework: x\n  version: 2\n"), "2:10 : not valid YAML: illegal map value\n");
  EXPECT_EQ(faults(""), "1:1 : the file is empty, expected a map of fields\n");
  EXPECT_EQ(faults("- a\n"), "1:1 : expected a framework, a map of fields, found a list\n");
  EXPECT_EQ(faults("a: &x 1\nb: *x\n"), "2:4 : an alias (*name) is not accepted\n");
  EXPECT_EQ(faults("a: 1\n---\nb: 1\n"), "3:1 : a second document begins, expected one in a file\n");
  EXPECT_NE(faults(std::string(100000, '[')), "");
  EXPECT_NE(faults("\xff\xfe\x00"), "");
}

TEST(Faults, SuggestTheNearestName) {
  const auto remedy = [](const std::string& text) { return check_framework_text(text, "x.yaml").at(0).remedy; };
  EXPECT_EQ(remedy(sample_with(4, "sourse: {title: A}")), "Did you mean 'source'?");
  EXPECT_EQ(remedy(sample_with(21, "        direction: dwon")), "Did you mean 'down'?");
  EXPECT_EQ(remedy(sample_with(13, "        indicators: [\"1.1\", \"1.22\"]")), "Did you mean '1.2'?");
}

TEST(Faults, ComeInTheOrderOfTheFile) {
  std::vector<std::string> lines = sample_lines("x");
  lines[25] = "      - {code: \"1.2\", name: {en: Two}, unit: NUMBER, direction: up}";
  lines[12] = "        indicators: [\"1.1\", \"1.2\", \"1.3\"]";
  lines[1] = "";
  EXPECT_EQ(faults(joined(lines)),
            "1:1 version: a framework needs this field, it is missing\n13:36 indicators: there is no indicator '1.3'\n26:29 "
            "name: no text in zh\n");
}

}  // namespace
}  // namespace stocktake::testing
