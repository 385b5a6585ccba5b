// National layers: what they take from the parent, change, remove and add.
#include <gtest/gtest.h>

#include "framework/samples.h"
#include "framework/temporary_folder.h"

namespace stocktake::testing {
namespace {

const std::string head = "framework: x-bgd\nextends: x\nversion: \"1\"\ntitle: {en: Layer}\n";  // lines 1 to 4

class Layer : public ::testing::Test {
 protected:
  Layer() { folder_.write("x.yaml", sample("x")); }
  std::string write(const std::string& body) const { return folder_.write("x-bgd.yaml", head + body); }
  std::string faults_of(const std::string& body) const { return listed(check_framework(write(body))); }

  TemporaryFolder folder_;
};

TEST_F(Layer, KeepsTheParentAndChangesWhatItSays) {
  const Framework parent = load_framework(folder_.path("x.yaml"));
  const Framework layer = load_framework(write(
      "areas: [BGD]\n"
      "overrides:\n"
      "  targets:\n"
      "    \"1.A\": {deadline: 2028, title: {fr: autre}, rules: [{indicator: \"1.2\", type: reach, value: 22, citation: Plan}]}\n"
      "  indicators:\n"
      "    \"1.1\": {name: {fr: Un}}\n"));
  EXPECT_EQ(layer.id, "x-bgd");
  EXPECT_EQ(layer.extends, "x");
  EXPECT_EQ(layer.areas, std::vector<std::string>{"BGD"});
  EXPECT_EQ(layer.title.in(Language::en), "Layer");
  EXPECT_EQ(layer.baseline, 1990);
  EXPECT_NE(layer.hash, parent.hash);
  const Target* target = layer.find_target("1.A");
  ASSERT_EQ(target->rules.size(), 1U);
  EXPECT_EQ(target->rules[0].value, 22);
  EXPECT_TRUE(target->rules[0].headline);
  EXPECT_EQ(target->title.in(Language::fr), "autre");
  EXPECT_EQ(target->title.in(Language::en), "a");
  EXPECT_EQ(layer.deadline_of(*target, target->rules[0]), (Date{2028, 12, 31}));
  EXPECT_EQ(layer.find_indicator("1.1")->name.in(Language::fr), "Un");
  EXPECT_EQ(layer.find_indicator("1.1")->name.in(Language::en), "One");
}

TEST_F(Layer, TheHashDependsOnTheParent) {
  const std::string path = write("goals: []\n");
  const std::string before = load_framework(path).hash;
  folder_.write("x.yaml", sample_with(3, "title: {en: Other}"));
  EXPECT_NE(load_framework(path).hash, before);
}

TEST_F(Layer, RemovesAndAdds) {
  const Framework layer = load_framework(write(
      "remove: {indicators: [\"1.1\"]}\n"
      "goals:\n"
      "  - code: \"1\"\n"
      "    targets:\n"
      "      - {code: \"1.0\", title: {en: New}, indicators: [\"1.3\"], rules: [{indicator: \"1.3\", type: halt_and_reverse}]}\n"
      "    indicators:\n"
      "      - {code: \"1.3\", name: {en: Three}, unit: NUMBER, direction: up}\n"
      "  - {code: \"2\", title: {en: Second}}\n"));
  EXPECT_EQ(layer.find_indicator("1.1"), nullptr);
  ASSERT_EQ(layer.goals.size(), 2U);
  ASSERT_EQ(layer.goals[0].targets.size(), 2U);
  EXPECT_EQ(layer.goals[0].targets[0].code, "1.0");  // in the order of the codes
  const Target* target = layer.find_target("1.A");
  EXPECT_EQ(target->indicators, std::vector<std::string>{"1.2"});
  ASSERT_EQ(target->rules.size(), 1U);
  EXPECT_TRUE(target->rules[0].headline);
  EXPECT_EQ(load_framework(write("remove: {targets: [\"1.A\"]}\n")).find_target("1.A"), nullptr);
}

TEST_F(Layer, FaultsHaveTheirPlace) {
  EXPECT_EQ(faults_of("overrides: {targets: {\"1.B\": {deadline: 2028}}}\n"),
            "5:23 overrides.targets: 'x' has no target '1.B' (or this file removes it)\n");
  EXPECT_EQ(faults_of("overrides: {indicators: {\"9\": {unit: NUMBER}}}\n"),
            "5:26 overrides.indicators: 'x' has no indicator '9' (or this file removes it)\n");
  EXPECT_EQ(faults_of("overrides: {targets: {\"1.A\": {deadline: 1980}}}\n"),
            "5:41 deadline: the deadline 1980-12-31 does not lie after the baseline year 1990\n");
  EXPECT_EQ(faults_of("overrides: {targets: {\"1.A\": {code: \"1.C\"}}}\n"),
            "5:31 code: an overridden target has no such field\n");
  EXPECT_EQ(faults_of("overrides: {targets: [\"1.A\"]}\n"),
            "5:22 targets: expected a map from codes to the fields that change\n");
  EXPECT_EQ(faults_of("remove: {targets: [\"7\"], indicators: [\"8\"]}\n"),
            "5:20 targets: 'x' has no target '7' to remove\n5:39 indicators: 'x' has no indicator '8' to remove\n");
  EXPECT_EQ(faults_of("remove: {indicators: [\"1.1\", \"1.2\"]}\n"), "5:9 indicators: the target '1.A' is left without a rule\n");
  EXPECT_EQ(faults_of("goals: [{code: \"1\", targets: [{code: \"1.A\", title: {en: a}, rules: [{indicator: \"1.1\", type: "
                      "halt_and_reverse}]}]}]\n"),
            "5:38 code: the target '1.A' is already defined by 'x'\n");
  EXPECT_EQ(faults_of("goals: [{code: \"1\", indicators: [{code: \"1.1\", name: {en: a}, unit: NUMBER, direction: up}]}]\n"),
            "5:41 code: the indicator '1.1' is already defined by 'x'\n");
  EXPECT_EQ(faults_of("goals: [{code: \"2\", title: {fr: a}}]\n"), "5:28 title: no text in en\n");
  EXPECT_EQ(faults_of("deadline: 1980\n").substr(0, 14), "5:11 deadline:");
}

TEST_F(Layer, AMissingOrFaultyParentIsAFault) {
  folder_.write("y.yaml", "framework: y\nextends: absent\nversion: \"1\"\ntitle: {en: a}\n");
  const auto missing = check_framework(folder_.path("y.yaml"));
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(missing[0].where.line, 2U);
  EXPECT_EQ(missing[0].where.column, 10U);
  EXPECT_NE(missing[0].message.find("absent.yaml"), std::string::npos);
  folder_.write("x.yaml", sample_with(21, "        direction: sideways"));
  const auto faulty = check_framework(write("goals: []\n"));
  ASSERT_EQ(faulty.size(), 1U);
  EXPECT_EQ(faulty[0].where.file, folder_.path("x.yaml"));
  EXPECT_EQ(faulty[0].where.line, 21U);
  folder_.write("z.yaml", "framework: z\nextends: ../x\nversion: \"1\"\ntitle: {en: a}\n");
  EXPECT_EQ(listed(check_framework(folder_.path("z.yaml"))), "2:10 extends: '../x' is not the id of a framework\n");
}

TEST_F(Layer, AParentThatIsNotBesideTheFileIsOneThatComesWithTheProgram) {
  const std::string path =
      folder_.write("mdg-bgd.yaml", "framework: mdg-bgd\nextends: mdg\nversion: \"1\"\ntitle: {en: Plan}\nareas: [BGD]\n");
  const Framework plan = load_framework(path);
  EXPECT_EQ(plan.indicators.size(), 60U);
  EXPECT_EQ(plan.areas, std::vector<std::string>{"BGD"});
}

TEST_F(Layer, ACircleIsAFault) {
  folder_.write("a.yaml", "framework: a\nextends: b\nversion: \"1\"\ntitle: {en: a}\n");
  folder_.write("b.yaml", "framework: b\nextends: a\nversion: \"1\"\ntitle: {en: b}\n");
  const auto found = check_framework(folder_.path("a.yaml"));
  EXPECT_EQ(listed(found), "2:10 extends: the frameworks extend each other in a circle: a → b → a\n");
  EXPECT_EQ(found.at(0).where.file, folder_.path("b.yaml"));
}

TEST_F(Layer, ALayerCanExtendALayer) {
  write("deadline: 2020\n");
  const std::string path =
      folder_.write("x-dhaka.yaml", "framework: x-dhaka\nextends: x-bgd\nversion: \"1\"\ntitle: {en: City}\n");
  const Framework city = load_framework(path);
  EXPECT_EQ(city.deadline, (Date{2020, 12, 31}));
  EXPECT_NE(city.find_target("1.A"), nullptr);
}

}  // namespace
}  // namespace stocktake::testing
