// Published regional figures of the Millennium Goals and what the MDG chart makes of them (tests/golden/README.md).
#include <gtest/gtest.h>

#include <string>

#include "assess/sample.h"
#include "base/files.h"

namespace stocktake {
namespace {

TEST(Golden, MdgRegions) {
  const std::string path = STOCKTAKE_SOURCE_DIR "/tests/golden/mdg_regions.csv";
  const SmallCsv csv = read_small_csv(
      path, {"indicator", "area", "base_year", "base", "latest_year", "latest", "target", "expected_2015", "mdg", "published"});
  ASSERT_EQ(csv.rows.size(), 30U);
  for (const auto& row : csv.rows) {
    const std::string name = row[0] + " " + row[1];
    const RuleView rule = sample::reduce_by(row[0] == "1.1" ? 1.0 / 2 : 2.0 / 3);
    const sample::Judged one =
        sample::judge({{std::stoi(row[2]), std::stod(row[3])}, {std::stoi(row[4]), std::stod(row[5])}}, rule);
    EXPECT_NEAR(one.facts.target, std::stod(row[6]), 5.1e-5) << name;
    EXPECT_NEAR(one.facts.expected_linear, std::stod(row[7]), 5.1e-5) << name;
    EXPECT_EQ(to_string(one.mdg), row[8]) << name;
    const bool good = one.mdg == Verdict::met || one.mdg == Verdict::on_track;
    EXPECT_TRUE(row[9].empty() || good == (row[9] == "met")) << name;
  }
}

}  // namespace
}  // namespace stocktake
