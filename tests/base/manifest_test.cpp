#include "base/manifest.h"

#include <gtest/gtest.h>

namespace stocktake {
namespace {

Manifest sample_manifest() {
  Manifest manifest;
  manifest.program = "stocktake 0.1.0";
  manifest.framework = "mdg";
  manifest.bindings = {{"starter", "ab"}};
  manifest.vintages = {{3, "World Bank", "tidy", "", "cd", 12}};
  manifest.parameters = {{"at", "2013-09-25"}, {"areas", "CHN,\"x\""}};
  return manifest;
}

TEST(Manifest, KeysComeInAFixedOrder) {
  EXPECT_EQ(to_json(sample_manifest()),
            "{\n"
            "  \"program\": \"stocktake 0.1.0\",\n"
            "  \"framework\": \"mdg\",\n"
            "  \"framework_version\": \"\",\n"
            "  \"framework_hash\": \"\",\n"
            "  \"reference_hash\": \"\",\n"
            "  \"bindings\": {\n"
            "    \"starter\": \"ab\"\n"
            "  },\n"
            "  \"vintages\": [\n"
            "    {\n"
            "      \"vintage\": 3,\n"
            "      \"source\": \"World Bank\",\n"
            "      \"format\": \"tidy\",\n"
            "      \"edition\": \"\",\n"
            "      \"hash\": \"cd\",\n"
            "      \"rows\": 12\n"
            "    }\n"
            "  ],\n"
            "  \"parameters\": {\n"
            "    \"at\": \"2013-09-25\",\n"
            "    \"areas\": \"CHN,\\\"x\\\"\"\n"
            "  }\n"
            "}\n");
}

TEST(Manifest, HashChangesWithEveryPart) {
  const std::string before = manifest_hash(sample_manifest());
  EXPECT_EQ(before.size(), 64U);
  EXPECT_EQ(before, manifest_hash(sample_manifest()));
  Manifest changed = sample_manifest();
  changed.vintages[0].rows = 13;
  EXPECT_NE(before, manifest_hash(changed));
  changed = sample_manifest();
  changed.parameters[0].second = "2013-09-26";
  EXPECT_NE(before, manifest_hash(changed));
}

TEST(Manifest, BytesThatAreNotUtf8AreReplaced) {
  Manifest manifest = sample_manifest();
  manifest.vintages[0].source = "\xff\xfe";
  EXPECT_NO_THROW(to_json(manifest));
}

TEST(Manifest, VersionIsKnown) { EXPECT_FALSE(version().empty()); }

}  // namespace
}  // namespace stocktake
