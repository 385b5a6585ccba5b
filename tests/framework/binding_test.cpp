// Bindings and the codes of dimensions.
#include "framework/binding.h"

#include <gtest/gtest.h>

#include "framework/samples.h"
#include "framework/temporary_folder.h"

namespace stocktake::testing {
namespace {

class BindingFile : public ::testing::Test {
 protected:
  BindingFile() {
    codes_ = DimensionCodes::load(folder_.write("dimension_codes.csv",
                                                "dimension,source_code,code\nCOLUMN,[Location],URBANISATION\nCOLUMN,[Sex],SEX\n"
                                                "SEX,BOTHSEX,_T\nSEX,FEMALE,F\n"));
    folder_.write("frameworks/plan-a.yaml", "framework: plan-a\n");
  }
  std::string write(const std::string& id, const std::string& body) const {
    return folder_.write("frameworks/bindings/" + id + ".yaml", "binding: " + id + "\n" + body);
  }
  // The faults of a binding with one series, whose entry begins on line 3, column 5.
  std::string faults_of(const std::string& series) const {
    return listed(check_binding(write("x", "series:\n  - " + series + "\n"), codes_));
  }

  TemporaryFolder folder_;
  DimensionCodes codes_;
};

TEST_F(BindingFile, IsReadWhole) {
  const Binding binding = load_binding(write("x",
                                             "title: {en: Source, zh: Yuan}\n"
                                             "source: {name: S, url: \"https://example.org\", licence: CC0}\n"
                                             "priority: 30\n"
                                             "series:\n"
                                             "  - series: A\n"
                                             "    mdg: \"5.1\"\n"
                                             "    sdg: [\"3.1.1\", \"3.1.2\"]\n"
                                             "    plan-a: \"1\"\n"
                                             "    name: {en: Mothers}\n"
                                             "    unit: PER_100000_LIVE_BIRTHS\n"
                                             "    filter: {\"[Sex]\": FEMALE, \"[Location]\": R, AGE: Y15T49}\n"
                                             "    multiply: 0.1\n"
                                             "    role: context\n"
                                             "    match: near\n"
                                             "    areas: groups\n"
                                             "    note: why\n"
                                             "weights:\n"
                                             "  population: {series: POP, filter: {SEX: BOTHSEX}}\n"),
                                       codes_);
  EXPECT_EQ(binding.id, "x");
  EXPECT_EQ(binding.title, "Source");
  EXPECT_EQ(binding.source_name, "S");
  EXPECT_EQ(binding.licence, "CC0");
  EXPECT_EQ(binding.priority, 30);
  EXPECT_EQ(binding.hash.size(), 64U);
  ASSERT_EQ(binding.series.size(), 1U);
  const SeriesBinding& series = binding.series[0];
  EXPECT_EQ(series.series, "A");
  EXPECT_EQ(series.indicators.at("mdg"), std::vector<std::string>{"5.1"});
  EXPECT_EQ(series.indicators.at("sdg"), (std::vector<std::string>{"3.1.1", "3.1.2"}));
  EXPECT_EQ(series.indicators.at("plan-a"), std::vector<std::string>{"1"});
  EXPECT_EQ(series.filter, (Filter{{"AGE", "Y15T49"}, {"SEX", "F"}, {"URBANISATION", "R"}}));
  EXPECT_EQ(series.multiply, 0.1);
  EXPECT_FALSE(series.judged);
  EXPECT_FALSE(series.exact);
  EXPECT_TRUE(series.group_figures);
  EXPECT_EQ(binding.weights.at("population").filter, (Filter{{"SEX", "_T"}}));
}

TEST_F(BindingFile, HasDefaults) {
  const Binding binding =
      load_binding(write("x", "title: Plain\nseries:\n  - {series: A, mdg: \"5.1\", unit: PERCENT}\n"), codes_);
  EXPECT_EQ(binding.title, "Plain");
  EXPECT_EQ(binding.priority, 100);
  EXPECT_TRUE(binding.series[0].judged);
  EXPECT_TRUE(binding.series[0].exact);
  EXPECT_FALSE(binding.series[0].group_figures);
  EXPECT_EQ(binding.series[0].multiply, 1);
}

TEST_F(BindingFile, FaultsHaveTheirPlace) {
  EXPECT_EQ(faults_of("{series: A, mdg: \"5.1\", unit: PERCENT}"), "");
  EXPECT_EQ(faults_of("{series: A, unit: PERCENT}"), "3:5 series: the series feeds no indicator\n");
  EXPECT_EQ(faults_of("{series: A, mgd: \"5.1\", mdg: \"5.1\", unit: PERCENT}"), "3:17 mgd: a series has no such field\n");
  EXPECT_EQ(faults_of("{series: A, plan-b: \"5.1\", mdg: \"5.1\", unit: PERCENT}"), "3:17 plan-b: a series has no such field\n");
  EXPECT_EQ(faults_of("{series: A, mdg: 5.1, unit: PERCENT}"),
            "3:22 mdg: 5.1 without quotes is not a text to YAML (1.10 would become 1.1)\n");
  EXPECT_EQ(faults_of("{series: A, mdg: {a: b}, unit: PERCENT}"), "3:22 mdg: expected a text, found a map\n");
  EXPECT_EQ(faults_of("{series: A, mdg: \"5 1\", unit: PERCENT}"), "3:22 mdg: '5 1' is not the code of an indicator\n");
  EXPECT_EQ(faults_of("{mdg: \"5.1\", unit: PERCENT}"), "3:5 series: a series needs this field, it is missing\n");
  EXPECT_EQ(faults_of("{series: A, mdg: \"5.1\"}"), "3:5 unit: a series needs this field, it is missing\n");
  EXPECT_EQ(faults_of("{series: A, mdg: \"5.1\", unit: PERCENT, filter: [SEX]}"),
            "3:52 filter: expected a map from dimensions to codes\n");
  EXPECT_EQ(faults_of("{series: A, mdg: \"5.1\", unit: PERCENT, filter: {SEX: F, \"[Sex]\": F}}"),
            "3:61 filter: the dimension SEX stands in the filter twice\n");
  EXPECT_EQ(faults_of("{series: A, mdg: \"5.1\", unit: PERCENT, multiply: 0}"),
            "3:54 multiply: a factor of 0 leaves nothing of the figures\n");
  EXPECT_EQ(faults_of("{series: A, mdg: \"5.1\", unit: PERCENT, role: judge}"),
            "3:50 role: expected target or context, found 'judge'\n");
  EXPECT_EQ(faults_of("{series: A, mdg: \"5.1\", unit: PERCENT, role: context}"), "3:50 role: a context series needs a note\n");
  EXPECT_EQ(faults_of("{series: A, mdg: \"5.1\", unit: PERCENT, match: near}"), "3:51 match: a near match needs a note\n");
  EXPECT_EQ(faults_of("{series: A, mdg: \"5.1\", unit: PERCENT}\n  - {series: A, mdg: [\"5.2\", \"5.1\"], unit: PERCENT}"),
            "4:22 mdg: the series 'A' feeds the indicator '5.1' twice with the same filter\n");
  EXPECT_EQ(listed(check_binding_text("binding: y\nseries: []\npriority: -1\n", folder_.path("x.yaml"), codes_)),
            "1:10 binding: the id is 'y', but the file is named 'x'\n3:11 priority: expected a whole number from 0 to 1000000\n");
  EXPECT_EQ(listed(check_binding_text("binding: x\nseries: A\nweights: {population: POP}\n", "x.yaml", codes_)),
            "2:9 series: expected a list, found 'A'\n3:23 : expected a weight, a map of fields, found 'POP'\n");
  EXPECT_EQ(listed(check_binding_text("binding: [", "x.yaml", codes_)).substr(0, 3), "1:1");
}

TEST_F(BindingFile, ThrowsTheFirstFault) {
  const std::string path = write("x", "series: A\n");
  try {
    load_binding(path, codes_);
    FAIL() << "expected an error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::input);
    EXPECT_EQ(error.where().line, 2U);
    EXPECT_EQ(error.where().column, 9U);
  }
}

TEST_F(BindingFile, AFolderIsReadByPriority) {
  const std::string entry = "series:\n  - {series: A, mdg: \"5.1\", unit: PERCENT}\n";
  write("b", "priority: 10\n" + entry);
  write("c", "priority: 5\n" + entry);
  write("a", "priority: 10\n" + entry);
  folder_.write("frameworks/bindings/README.md", "no binding");
  std::vector<std::string> ids;
  for (const Binding& binding : load_bindings(folder_.path("frameworks/bindings"), codes_)) ids.push_back(binding.id);
  EXPECT_EQ(ids, (std::vector<std::string>{"c", "a", "b"}));
  EXPECT_TRUE(load_bindings(folder_.path("."), codes_).empty());
  EXPECT_THROW(load_bindings(folder_.path("absent"), codes_), Error);
}

TEST_F(BindingFile, DimensionsHaveOneName) {
  EXPECT_EQ(codes_.dimension("[Sex]"), "SEX");
  EXPECT_EQ(codes_.dimension("[Location]"), "URBANISATION");
  EXPECT_EQ(codes_.dimension("[Cause Of Death]"), "CAUSE_OF_DEATH");
  EXPECT_EQ(codes_.dimension("[Income/wealth quantile]"), "INCOME_WEALTH_QUANTILE");
  EXPECT_EQ(codes_.dimension("causeOfDeath"), "CAUSE_OF_DEATH");
  EXPECT_EQ(codes_.dimension("EDUCATION_LEV"), "EDUCATION_LEV");
  EXPECT_EQ(codes_.dimension("[]"), "");
  EXPECT_EQ(codes_.code("SEX", "BOTHSEX"), "_T");
  EXPECT_EQ(codes_.code("SEX", "F"), "F");
  EXPECT_EQ(codes_.code("AGE", "BOTHSEX"), "BOTHSEX");
}

TEST(DimensionCodesFile, OfTheRepository) {
  const DimensionCodes codes = DimensionCodes::load(STOCKTAKE_SOURCE_DIR "/reference/dimension_codes.csv");
  EXPECT_EQ(codes.dimension("[Sex]"), "SEX");
  EXPECT_EQ(codes.dimension("[Location]"), "URBANISATION");
  EXPECT_EQ(codes.code("SEX", "BOTHSEX"), "_T");
}

TEST(DimensionCodesFile, FaultsHaveTheirPlace) {
  const TemporaryFolder folder;
  try {
    DimensionCodes::load(folder.write("d.csv", "dimension,source_code,code\nSEX,FEMALE,F\nSEX,FEMALE,_T\n"));
    FAIL() << "expected an error";
  } catch (const Error& error) {
    EXPECT_EQ(error.where().line, 3U);
    EXPECT_EQ(error.where().field, "source_code");
  }
}

}  // namespace
}  // namespace stocktake::testing
