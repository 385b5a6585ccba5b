// Episodes of under-five mortality on the real panel, against a recount by tests/golden/under_five_episodes.py.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "assess/pace/pace.h"
#include "base/files.h"
#include "framework/temporary_folder.h"
#include "ingest/importer.h"
#include "shared_data.h"

namespace stocktake {
namespace {

class RealPanelsPace : public testing::SharedData {};

TEST_F(RealPanelsPace, UnderFiveMortality) {
  const std::string source = STOCKTAKE_SOURCE_DIR;
  const testing::TemporaryFolder folder;
  Store store = Store::create(folder.path("store.duckdb"));
  const DimensionCodes codes = DimensionCodes::load(source + "/reference/dimension_codes.csv");
  ImportOptions quiet;
  quiet.quiet = true;
  import_file(store, AreaRegistry::load(source + "/reference"), codes, testing::shared_data("panel/observations.csv.gz"), quiet);
  AssessOptions options;
  options.at = {2013, 9, 25};
  options.targets = {"4.A"};
  options.computed_groups = false;
  const AssessmentRun run =
      assess(store, load_framework(source + "/frameworks/mdg.yaml"), AreaRegistry::load(source + "/reference"),
             {load_binding(source + "/frameworks/bindings/gapminder.yaml", codes)}, options);
  const std::vector<Pace> paces = required_paces(run, {});
  std::map<std::string, const Pace*> by_area;
  for (const Pace& one : paces) {
    const Assessment& row = run.rows[one.row];
    if (run.rule(row).indicator == "4.1" && one.status == PaceStatus::compared) by_area[run.areas.at(row.area).code] = &one;
  }
  const SmallCsv csv = read_small_csv(source + "/tests/golden/under_five_episodes.csv",
                                      {"area", "needed", "episodes", "achieved", "countries", "achieved_by", "percentile",
                                       "median", "best", "best_from", "best_pace"});
  EXPECT_EQ(csv.rows.size(), by_area.size());
  EXPECT_GT(csv.rows.size(), 100U);
  for (const auto& row : csv.rows) {
    const auto found = by_area.find(row[0]);
    ASSERT_NE(found, by_area.end()) << row[0];
    const Pace& pace = *found->second;
    EXPECT_TRUE(pace.geometric);
    EXPECT_NEAR(pace.rate.needed, std::stod(row[1]), 1e-9) << row[0];
    EXPECT_EQ(pace.rate.episodes, std::stoi(row[2])) << row[0];
    EXPECT_EQ(pace.rate.achieved, std::stoi(row[3])) << row[0];
    EXPECT_EQ(pace.rate.countries, std::stoi(row[4])) << row[0];
    EXPECT_EQ(pace.rate.achieved_by, std::stoi(row[5])) << row[0];
    EXPECT_EQ(std::isnan(pace.rate.percentile), row[6].empty()) << row[0];
    if (!row[6].empty()) {
      EXPECT_NEAR(pace.rate.percentile, std::stod(row[6]), 1e-9) << row[0];
      EXPECT_NEAR(pace.rate.median, std::stod(row[7]), 1e-9) << row[0];
    }
    ASSERT_FALSE(pace.best.empty());
    EXPECT_EQ(run.areas.at(pace.best[0].area).code, row[8]) << row[0];
    EXPECT_EQ(pace.best[0].from, std::stoi(row[9])) << row[0];
    EXPECT_NEAR(pace.best[0].pace, std::stod(row[10]), 1e-9) << row[0];
  }
}

}  // namespace
}  // namespace stocktake
