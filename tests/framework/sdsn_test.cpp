// The sdsn blocks of a framework file: what they give, their faults, and what a layer makes of them.
#include <gtest/gtest.h>

#include "framework/diff.h"
#include "framework/samples.h"
#include "framework/temporary_folder.h"

namespace stocktake::testing {
namespace {

const std::string weight = "        weight: population\n";
std::string indicator_with(const std::string& block) { return sample_with(25, weight + "        sdsn: " + block); }
std::string head_with(const std::string& block) { return sample_with(6, "deadline: 2015\nsdsn: " + block); }

TEST(Sdsn, SoundBlocks) {
  EXPECT_EQ(faults(indicator_with("{worst: 50, best: 0, red: 20, green: 5}")), "");
  EXPECT_EQ(faults(indicator_with("{worst: 0, best: 50, red: 0, green: 30}")), "");   // red is the worst
  EXPECT_EQ(faults(indicator_with("{worst: 0, best: 50, red: 10, green: 50}")), "");  // green is the best
  EXPECT_EQ(faults(head_with("{regions: [LAC, SSA], not_applicable: {\"1\": [LLDC, AUT], \"1.2\": [BGD]}}")), "");
  EXPECT_EQ(faults(head_with("{}")), "");
}

TEST(Sdsn, FaultsOfAScale) {
  EXPECT_EQ(faults(indicator_with("{worst: 50, best: 0, red: 20}")),
            "26:15 green: an sdsn block needs this field, it is missing\n");
  EXPECT_EQ(faults(indicator_with("{worst: 50, best: 50, red: 20, green: 5}")),
            "26:33 best: worst and best are both 50: there is nothing between them\n");
  EXPECT_EQ(faults(indicator_with("{worst: 50, best: 0, red: 5, green: 20}")),
            "26:41 red: the order worst, red, green, best is broken: 50, 5, 20, 0\n");
  EXPECT_EQ(faults(indicator_with("{worst: 50, best: 0, red: 60, green: 20}")),
            "26:41 red: the order worst, red, green, best is broken: 50, 60, 20, 0\n");
  EXPECT_EQ(faults(indicator_with("{worst: 50, best: 0, red: 20, green: 20}")),
            "26:41 red: the order worst, red, green, best is broken: 50, 20, 20, 0\n");
  EXPECT_EQ(faults(indicator_with("{worst: high, best: 0, red: 20, green: 5}")),
            "26:23 worst: expected a number, found 'high'\n");
  EXPECT_EQ(faults(indicator_with("{worst: 50, best: 0, red: 20, green: 5, blue: 1}")),
            "26:55 blue: an sdsn block has no such field\n");
}

TEST(Sdsn, FaultsOfTheHead) {
  EXPECT_EQ(faults(head_with("{not_applicable: {\"9\": [LLDC]}}")), "7:25 not_applicable: there is no goal or indicator '9'\n");
  EXPECT_EQ(faults(head_with("{regions: [south]}")), "7:18 regions: 'south' is not the code of a group or area\n");
  EXPECT_EQ(faults(head_with("{not_applicable: {\"1\": [dry]}}")),
            "7:31 not_applicable: 'dry' is not the code of a group or area\n");
  EXPECT_EQ(faults(head_with("{not_applicable: [LLDC]}")),
            "7:24 not_applicable: expected a map from goals or indicators to groups\n");
  EXPECT_EQ(faults(head_with("{region: [LAC]}")), "7:8 region: sdsn has no such field\n");
}

TEST(Sdsn, LayersAndDiffs) {
  const TemporaryFolder folder;
  std::string parent = sample_with(25, weight + "        sdsn: {worst: 50, best: 0, red: 20, green: 5}");
  parent.insert(parent.find("goals:"), "sdsn: {regions: [LAC], not_applicable: {\"1\": [LLDC]}}\n");
  folder.write("x.yaml", parent);
  folder.write("x-a.yaml",
               "framework: x-a\nextends: x\nversion: \"1\"\ntitle: {en: A}\nsdsn: {regions: [SSA]}\n"
               "overrides: {indicators: {\"1.1\": {sdsn: {worst: 60, best: 0, red: 20, green: 5}}}}\n");
  const Framework x = load_framework(folder.path("x.yaml")), layer = load_framework(folder.path("x-a.yaml"));
  EXPECT_EQ(x.find_indicator("1.1")->sdsn, (SdsnScale{50, 0, 20, 5}));
  EXPECT_FALSE(x.find_indicator("1.2")->sdsn);
  EXPECT_EQ(layer.find_indicator("1.1")->sdsn->worst, 60);
  EXPECT_EQ(layer.sdsn.regions, std::vector<std::string>{"SSA"});
  EXPECT_EQ(layer.sdsn.not_applicable.at("1"), std::vector<std::string>{"LLDC"});  // the parent's stands
  std::string changes;
  for (const FrameworkChange& change : diff_frameworks(x, layer)) {
    if (change.field.starts_with("sdsn")) changes += change.field + ": " + change.before + " -> " + change.after + "\n";
  }
  EXPECT_EQ(changes,
            "sdsn.regions: LAC -> SSA\n"
            "sdsn: worst 50, red 20, green 5, best 0 -> worst 60, red 20, green 5, best 0\n");
}

}  // namespace
}  // namespace stocktake::testing
