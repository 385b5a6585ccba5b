// The whole way: figures in a store, the bundled framework, groups and bindings, an assessment as of 25 September 2013.
#include <gtest/gtest.h>

#include <map>
#include <tuple>

#include "assess/stocktaking.h"
#include "base/files.h"
#include "framework/temporary_folder.h"

namespace stocktake {
namespace {

const std::string source = STOCKTAKE_SOURCE_DIR;

// Writes the rows of the bundled regional table into a new store, without the importers' help.
void import_regions(Store& store) {
  const SmallCsv csv = read_small_csv(source + "/data/starter/regions.csv",
                                      {"series", "ref_area", "time_period", "obs_value", "unit_measure", "source"});
  const auto import = store.begin_import();
  ObservationBlock block;
  for (const auto& row : csv.rows) {
    const std::string value = row[3].front() == '<' ? row[3].substr(1) : row[3];
    block.key.push_back(import->key(row[0], row[1], "", row[4]));
    block.year.push_back(static_cast<std::int16_t>(std::stoi(row[2])));
    block.value.push_back(std::stod(value));
    block.provenance.push_back(import->provenance(Nature::none, 0, "", row[5]));
  }
  import->append(block);
  Vintage vintage;
  vintage.source = "starter";
  vintage.format = "test";
  import->commit(vintage);
}

class StoreRun : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const testing::TemporaryFolder folder;
    Store store = Store::create(folder.path("store.duckdb"));
    import_regions(store);
    run_ = std::make_unique<AssessmentRun>(make(store));
    again_ = std::make_unique<AssessmentRun>(make(store));
  }
  static void TearDownTestSuite() {
    run_.reset();
    again_.reset();
  }
  static AssessmentRun make(const Store& store) {
    AssessOptions options;
    options.at = {2013, 9, 25};
    const DimensionCodes codes = DimensionCodes::load(source + "/reference/dimension_codes.csv");
    return assess(store, load_framework(source + "/frameworks/mdg.yaml"), AreaRegistry::load(source + "/reference"),
                  {load_binding(source + "/frameworks/bindings/starter.yaml", codes)}, options);
  }
  static const Assessment* find(std::string_view indicator, std::string_view area) {
    for (const Assessment& row : run_->rows) {
      if (run_->rule(row).indicator == indicator && run_->areas.at(row.area).code == area) return &row;
    }
    return nullptr;
  }
  static std::unique_ptr<AssessmentRun> run_, again_;
};
std::unique_ptr<AssessmentRun> StoreRun::run_, StoreRun::again_;

TEST_F(StoreRun, GoldenRegionsComeOutOfTheStore) {
  const SmallCsv golden = read_small_csv(source + "/tests/golden/mdg_regions.csv", {"indicator", "area", "target", "mdg"});
  for (const auto& row : golden.rows) {
    const Assessment* one = find(row[0], row[1]);
    ASSERT_NE(one, nullptr) << row[0] << " " << row[1];
    EXPECT_NEAR(one->facts.target, std::stod(row[2]), 5.1e-5) << row[0] << " " << row[1];
    EXPECT_EQ(to_string(one->mdg), row[3]) << row[0] << " " << row[1];
    EXPECT_EQ(one->origin, Origin::published_group);
  }
}

// None where a target has a number of its own and the area only figures for other rules.
TEST_F(StoreRun, AtMostOneHeadlineForEachTargetAndArea) {
  std::map<std::pair<int, int>, int> headlines;
  for (const Assessment& row : run_->rows) headlines[{row.target, row.area}] += row.headline ? 1 : 0;
  for (const auto& [place, count] : headlines) EXPECT_LE(count, 1) << place.first << " " << place.second;
}

TEST_F(StoreRun, SameBytesTwice) {
  EXPECT_EQ(to_csv(to_table(*run_, Language::en)), to_csv(to_table(*again_, Language::en)));
  EXPECT_EQ(manifest_hash(run_->manifest), manifest_hash(again_->manifest));
}

TEST(StoreRunOfOneArea, ReadsTheCountryAsked) {
  const testing::TemporaryFolder folder;
  Store store = Store::create(folder.path("store.duckdb"));
  const auto import = store.begin_import();
  ObservationBlock block;
  for (const auto& [area, year, value] :
       {std::tuple{"CHN", 1990, 42.1}, {"CHN", 2012, 11.5}, {"BGD", 1990, 99.7}, {"BGD", 2012, 35.3}}) {
    block.key.push_back(import->key("SP_DYN_IMRT", area, "", "deaths per 1000 live births"));
    block.year.push_back(static_cast<std::int16_t>(year));
    block.value.push_back(value);
    block.provenance.push_back(import->provenance(Nature::none, 0, "", ""));
  }
  import->append(block);
  import->commit({});
  AssessOptions options;
  options.at = {2013, 9, 25};
  options.areas = {"156"};  // China's M49 code
  const DimensionCodes codes = DimensionCodes::load(source + "/reference/dimension_codes.csv");
  const AssessmentRun run =
      assess(store, load_framework(source + "/frameworks/mdg.yaml"), AreaRegistry::load(source + "/reference"),
             {load_binding(source + "/frameworks/bindings/starter.yaml", codes)}, options);
  ASSERT_EQ(run.rows.size(), 1U);
  EXPECT_EQ(run.panel.size(), 1U);
  EXPECT_EQ(run.rule(run.rows[0]).indicator, "4.2");
  EXPECT_EQ(run.rows[0].mdg, Verdict::met);
  EXPECT_TRUE(run.rows[0].headline);
  EXPECT_FALSE(run.rows[0].exact);
}

TEST_F(StoreRun, ProgressChartOfTheRegions) {
  const Stocktaking stock = take_stock(*run_);
  EXPECT_EQ(stock.days_left, 827);  // 97 days of 2013, two years of 365 days
  ASSERT_EQ(stock.cell.size(), stock.groups.size() * stock.targets.size());
  EXPECT_GE(stock.targets.size(), 10U);
  EXPECT_GE(stock.groups.size(), 10U);
  for (const RankedTarget& one : stock.off_track) {
    EXPECT_GT(one.off_track, 0);
    EXPECT_LE(one.off_track, one.judged);
    EXPECT_LE(one.worst.size(), 3U);
  }
  EXPECT_TRUE(stock.furthest_behind.empty());  // no country figures in this store
  EXPECT_EQ(stock.gaps.size(), run_->targets.size());
}

}  // namespace
}  // namespace stocktake
