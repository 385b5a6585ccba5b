// What is promised of the default model, on real figures of areas that its calibration has not seen.
#include <gtest/gtest.h>

#include "assess/projection/backtest_scores.h"
#include "assess/projection/calibrate.h"
#include "assess/projection/combination.h"
#include "framework/temporary_folder.h"
#include "ingest/importer.h"
#include "shared_data.h"
#include "store/store.h"

namespace stocktake {
namespace {

class RealPanels : public testing::SharedData {
 protected:
  // Pooled scores of the series bound to a framework, unseen areas only, every model calibrated.
  std::vector<BacktestScore> scores(const std::string& file, const std::string& framework) {
    const std::string source = STOCKTAKE_SOURCE_DIR;
    const AreaRegistry areas = AreaRegistry::load(source + "/reference");
    const DimensionCodes codes = DimensionCodes::load(source + "/reference/dimension_codes.csv");
    Store store = Store::create(folder_.path("store.duckdb"));
    ImportOptions quiet;
    quiet.quiet = true;
    import_file(store, areas, codes, testing::shared_data(file), quiet);
    Panel panel = store.panel({});
    std::vector<Framework> frameworks;
    frameworks.push_back(load_framework(source + "/frameworks/" + framework + ".yaml"));
    const std::vector<Binding> bindings = load_bindings(source + "/frameworks/bindings", codes);
    BacktestPlan plan = plan_backtest(panel, areas, frameworks, bindings, true);
    std::erase_if(plan.entries, [&](const BacktestEntry& one) { return in_calibration_half(areas.at(one.area).code); });
    BacktestOptions options;
    options.calibrated = true;
    Progress progress("backtest", true);
    const BacktestCases done = run_backtest(panel, plan, options, progress);
    std::vector<BacktestScore> all = score_backtest(plan, done.cases);
    std::erase_if(all, [](const BacktestScore& one) { return one.subject != pooled; });
    return all;
  }

  void check(const std::vector<BacktestScore>& all) {
    ASSERT_EQ(all.size(), 2 * model_count);
    for (std::size_t h = 0; h < 2; ++h) {
      const BacktestScore& chosen = all[h * model_count + static_cast<std::size_t>(default_model())];
      EXPECT_GT(chosen.cases, 2000);
      EXPECT_GE(chosen.within_80, 0.75) << chosen.horizon;
      EXPECT_LE(chosen.within_80, 0.85) << chosen.horizon;
      EXPECT_GT(chosen.over_last_value.low, 0) << chosen.horizon;
      EXPECT_GT(chosen.over_linear.low, 0) << chosen.horizon;
      for (std::size_t m = 0; m < model_count; ++m)
        EXPECT_LE(chosen.crps, all[h * model_count + m].crps) << chosen.horizon << " " << to_string(static_cast<Model>(m));
    }
  }

  testing::TemporaryFolder folder_;
};

TEST_F(RealPanels, TheDefaultModelIsCalibratedAndBestForMdgIndicatorsOfUnseenAreas) {
  check(scores("panel/observations.csv.gz", "mdg"));
}

TEST_F(RealPanels, TheDefaultModelIsCalibratedAndBestForSdgIndicatorsOfUnseenAreas) {
  check(scores("unsd/sdg_observations.csv.gz", "sdg"));
}

}  // namespace
}  // namespace stocktake
