// What is promised of the default model, on real figures of areas that its calibration has not seen.
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "assess/projection/backtest_scores.h"
#include "assess/projection/calibrate.h"
#include "assess/projection/combination.h"
#include "assess/projection/reliability.h"
#include "framework/temporary_folder.h"
#include "ingest/importer.h"
#include "shared_data.h"
#include "store/store.h"

namespace stocktake {
namespace {

class RealPanels : public testing::SharedData {
 protected:
  // Forecasts of the series bound to a framework, unseen areas only, every model calibrated.
  void backtest(const std::string& file, const std::string& framework, BacktestOptions options) {
    const std::string source = STOCKTAKE_SOURCE_DIR;
    const AreaRegistry areas = AreaRegistry::load(source + "/reference");
    const DimensionCodes codes = DimensionCodes::load(source + "/reference/dimension_codes.csv");
    Store store = Store::create(folder_.path("store.duckdb"));
    ImportOptions quiet;
    quiet.quiet = true;
    import_file(store, areas, codes, testing::shared_data(file), quiet);
    panel_ = store.panel({});
    frameworks_.push_back(load_framework(source + "/frameworks/" + framework + ".yaml"));
    const std::vector<Binding> bindings = load_bindings(source + "/frameworks/bindings", codes);
    plan_ = plan_backtest(panel_, areas, frameworks_, bindings, true);
    std::erase_if(plan_.entries, [&](const BacktestEntry& one) { return in_calibration_half(areas.at(one.area).code); });
    options.calibrated = true;
    Progress progress("backtest", true);
    done_ = run_backtest(panel_, plan_, options, progress);
  }

  std::vector<BacktestScore> scores(const std::string& file, const std::string& framework) {
    backtest(file, framework, {});
    std::vector<BacktestScore> all = score_backtest(plan_, done_.cases);
    std::erase_if(all, [](const BacktestScore& one) { return one.subject != pooled; });
    return all;
  }

  // Coverage of the default model's 80 % interval over series drawn along lines, one to ten years ahead.
  void check_lines(const std::string& file, const std::string& framework) {
    BacktestOptions options;
    options.horizons = {1, 3, 5, 10};
    options.drawn = true;
    backtest(file, framework, options);
    std::array<double, 11> all{}, inside{};
    for (const BacktestCase& one : done_.cases) {
      if (one.drawn != Drawn::line) continue;
      const ModelForecast& forecast = one.models[static_cast<std::size_t>(default_model())];
      const auto h = static_cast<std::size_t>(one.horizon);
      all[h] += 1;
      inside[h] += std::abs(one.observed - forecast.mean) <= 1.2815515655446004 * forecast.sd ? 1 : 0;
    }
    for (const std::size_t h : {1U, 3U, 5U, 10U}) {
      EXPECT_GT(all[h], 100) << h;
      EXPECT_GE(inside[h] / all[h], 0.74) << h;
      EXPECT_LE(inside[h] / all[h], 0.87) << h;
    }
  }

  // The probability of parity as told is better than the bare one, and right on average, at every origin.
  void check_parity(const std::string& file, const std::string& framework, std::vector<int> origins) {
    BacktestOptions options;
    options.origins = std::move(origins);
    options.horizons = {3, 5, 10};
    backtest(file, framework, options);
    for (const int origin : options.origins) {
      double cases = 0, bare = 0, told = 0, said = 0, came = 0;
      for (const BacktestCase& one : done_.cases) {
        if (one.origin != origin || one.met < 0 || plan_.entries[one.entry].rule->type != RuleType::parity) continue;
        const ModelForecast& forecast = one.models[static_cast<std::size_t>(default_model())];
        const double as_is = probability_within(one.range, forecast.mean, forecast.sd);
        cases += 1;
        bare += (as_is - one.met) * (as_is - one.met);
        told += (forecast.met - one.met) * (forecast.met - one.met);
        said += forecast.met;
        came += one.met;
      }
      ASSERT_GT(cases, 100) << origin;
      EXPECT_LT(told, 0.95 * bare) << origin;
      EXPECT_NEAR(said / cases, came / cases, 0.15) << origin;
    }
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
  Panel panel_;
  std::vector<Framework> frameworks_;  // the plan points into them
  BacktestPlan plan_;
  BacktestCases done_;
};

TEST_F(RealPanels, TheDefaultModelIsCalibratedAndBestForMdgIndicatorsOfUnseenAreas) {
  check(scores("panel/observations.csv.gz", "mdg"));
}

TEST_F(RealPanels, TheDefaultModelIsCalibratedAndBestForSdgIndicatorsOfUnseenAreas) {
  check(scores("unsd/sdg_observations.csv.gz", "sdg"));
}

TEST_F(RealPanels, IntervalsOfSeriesDrawnAlongLinesHoldInGapmindersCompilation) {
  check_lines("panel/observations.csv.gz", "mdg");
}

TEST_F(RealPanels, IntervalsOfSeriesDrawnAlongLinesHoldInTheUnDatabase) { check_lines("unsd/sdg_observations.csv.gz", "sdg"); }

TEST_F(RealPanels, ParityIsToldBetterThanBareInGapmindersCompilation) {
  check_parity("panel/observations.csv.gz", "mdg", {1990, 1995, 2000, 2005, 2010});
}

TEST_F(RealPanels, ParityIsToldBetterThanBareInTheUnDatabase) {
  check_parity("unsd/sdg_observations.csv.gz", "sdg", {2005, 2010});
}

// At the deadline itself, for countries that the calibration has not seen: what 2000, 2005 and 2010 said of 2015.
TEST_F(RealPanels, ChancesSaidOfTheMdgDeadlineCameTrue) {
  BacktestOptions options;
  options.horizons = {5, 10, 15};
  options.drawn = true;
  backtest("panel/observations.csv.gz", "mdg", options);
  const std::vector<Reliability> all = reliability_of(plan_, done_.cases, default_model(), false);
  ASSERT_FALSE(all.empty());
  const Reliability& deadline = all[0];
  ASSERT_EQ(deadline.asked, Asked::deadline);
  EXPECT_GT(deadline.all.cases, 1000);
  EXPECT_GE(deadline.all.indicators, 8);
  EXPECT_GT(deadline.brier_skill, 0.35);
  EXPECT_GT(deadline.log_skill, 0.30);
  for (const ChanceBin& bin : deadline.bins) EXPECT_NEAR(bin.said, bin.came.value, 0.15) << bin.said;
}

}  // namespace
}  // namespace stocktake
