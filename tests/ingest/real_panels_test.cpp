// Every real panel, with the counts that it must give. The expected counts were determined twice: by the program, and by an
// independent count in Python (modules csv and gzip): rows are split, areas resolved through reference/areas.csv and
// group_defs.csv, values matched against the grammar of docs/data-model.md, and the keys (series, area, unit, dimensions
// without totals, year) put into a set; what is in it already is a duplicate.
#include <gtest/gtest.h>

#include <map>

#include "ingest/importing.h"
#include "program.h"
#include "shared_data.h"

namespace stocktake {
namespace {

using testing::expect_in;
using testing::Importing;
using testing::Outcome;
using testing::run;
using testing::shared_data;

struct Counts {
  std::int64_t accepted = 0, missing = 0, rejected = 0;
};

class RealPanels : public testing::SharedData {
 protected:
  // Imports a file of the shared data by the program into a new store, and opens that.
  Store imported(const std::string& path, Counts counts, std::vector<std::string> options = {}) {
    const std::string store = folder_.path("store.duckdb");
    std::vector<std::string> arguments{"--store", store, "import", path};
    arguments.insert(arguments.end(), options.begin(), options.end());
    outcome_ = run(arguments);
    EXPECT_EQ(outcome_.exit_code, 0) << outcome_.err;
    Store opened = Store::open(store, Store::Access::read);
    const std::vector<Vintage> vintages = opened.vintages();
    EXPECT_EQ(vintages.size(), 1U);
    const Vintage& vintage = vintages.back();
    EXPECT_EQ(vintage.rows_accepted, counts.accepted);
    EXPECT_EQ(vintage.rows_missing, counts.missing);
    EXPECT_EQ(vintage.rows_rejected, counts.rejected);
    EXPECT_EQ(vintage.rows_read, counts.accepted + counts.missing + counts.rejected);
    const Panel panel = opened.panel({});
    EXPECT_EQ(panel.value.size(), static_cast<std::size_t>(counts.accepted));
    keys_ = panel.size();
    return opened;
  }
  static std::map<std::string, int> reasons(const Store& store) {
    std::map<std::string, int> all;
    for (const Reject& reject : store.rejects(1, 1'000'000)) ++all[reject.column];
    return all;
  }
  testing::TemporaryFolder folder_;
  Outcome outcome_;
  std::size_t keys_ = 0;
};

// 2,822,110 rows. The values of income_mountains are JSON texts: 66 areas have one.
TEST_F(RealPanels, Panel) {
  const Store store = imported(shared_data("panel/observations.csv.gz"), {2'822'044, 0, 66});
  EXPECT_EQ(keys_, 86'691U);
  for (const Reject& reject : store.rejects(1)) {
    EXPECT_TRUE(reject.text.starts_with("income_mountains")) << reject.text;
    EXPECT_EQ(reject.column, "obs_value");
    expect_in(reject.reason, {"expected a number, found '{\"yMax_immediate\""});
  }
  if (!testing::sanitized) {
    EXPECT_LT(outcome_.peak_kib, 1024 * 1024);
  }
}

// 1,128,726 rows; a value of 'N' is no number.
TEST_F(RealPanels, SdgDatabase) {
  const Store store = imported(shared_data("unsd/sdg_observations.csv.gz"), {1'125'812, 0, 2'914});
  EXPECT_EQ(keys_, 156'306U);
  EXPECT_EQ(reasons(store), (std::map<std::string, int>{{"Value", 2'914}}));
  if (!testing::sanitized) {
    EXPECT_LT(outcome_.peak_kib, 1024 * 1024);
  }
  // No total survives as a dimension, and codes are the DSD's.
  const Panel panel = store.panel({});
  std::size_t women = 0;
  for (const PanelSeries& series : panel.series) {
    for (const auto& [name, code] : parse_dimensions(series.dimensions)) {
      ASSERT_NE(code, "_T");
      ASSERT_NE(name, "OBS_STATUS");
      ASSERT_TRUE(code != "BOTHSEX" && code != "FEMALE" && code != "ALLAGE" && code != "ALLAREA" && code != "URBAN")
          << series.dimensions;
      women += name == "SEX" && code == "F" ? 1U : 0U;
    }
  }
  EXPECT_GT(women, 10'000U);
}

TEST_F(RealPanels, ChildMortalityWithBounds) {
  const Store store = imported(shared_data("igme/child_mortality.csv.gz"), {57'981, 0, 0});
  EXPECT_EQ(keys_, 1'170U);
  PanelQuery query;
  query.series = {"imr"};
  query.areas = {"AFG"};
  query.last_year = 1960;
  const Panel panel = store.panel(query);
  ASSERT_EQ(panel.value.size(), 1U);
  EXPECT_EQ(panel.value[0], 245.7);
  EXPECT_EQ(panel.lower.at(0), 206.4);
  EXPECT_EQ(panel.upper.at(0), 292.5);
}

TEST_F(RealPanels, WealthGaps) {
  const Store store = imported(shared_data("iceh/wealth_gaps.csv.gz"), {76'664, 0, 0},
                               {"--column", "wealth_group=INCOME_WEALTH_QUANTILE", "--column", "name=ignore"});
  EXPECT_EQ(keys_, 22'234U);
  EXPECT_EQ(outcome_.out.find("note:"), std::string::npos) << outcome_.out;
}

TEST_F(RealPanels, MdgLayout) { imported(shared_data("mdg/mdg_unsd_layout.csv.gz"), {10'503, 23'037, 0}); }
TEST_F(RealPanels, MdgDatabase) { imported(shared_data("mdg/mdg_database.csv.gz"), {34'046, 35'348, 0}); }
TEST_F(RealPanels, MdgExportOfGoal7) { imported(shared_data("mdg/mdg_export_20191227_goal7.csv.gz"), {6'136, 14'564, 0}); }
TEST_F(RealPanels, MdgExportOf2019) { imported(shared_data("formats/csv/unsd_MDG_Export_20191227.csv"), {6'136, 14'564, 0}); }

// The legend behind the table is nine lines.
TEST_F(RealPanels, MdgExportWithLegend) {
  imported(shared_data("mdg/mdg_export_20170913_slums.csv.gz"), {424, 2'264, 0});
  expect_in(outcome_.out, {"9 lines behind the table are its legend"});
}

// 266 rows of 62 years; the 41 aggregates with codes of the World Bank alone are refused, cell by cell.
TEST_F(RealPanels, WorldBankPopulation) {
  const Store store = imported(shared_data("formats/csv/wb_API_SP.POP.TOTL_DS2_en_csv_v2_4019998.csv"), {13'683, 267, 2'542});
  EXPECT_EQ(reasons(store), (std::map<std::string, int>{{"ref_area", 2'542}}));
  EXPECT_EQ(store.vintages().at(0).published, (Date{2022, 4, 27}));
}

TEST_F(RealPanels, StarterOfTheSharedData) {
  imported(shared_data("starter/observations.csv.gz"), {63'861, 0, 0});
  EXPECT_EQ(keys_, 1'337U);
}

// The bundled figures need no shared data.
TEST(BundledFigures, Starter) {
  const testing::TemporaryFolder folder;
  const std::string path = folder.path("store.duckdb");
  EXPECT_EQ(run({"--store", path, "import", "--starter"}).exit_code, 0);
  const std::vector<Vintage> vintages = Store::open(path, Store::Access::read).vintages();
  ASSERT_EQ(vintages.size(), 2U);
  EXPECT_EQ(vintages[0].rows_accepted, 63'861);
  EXPECT_EQ(vintages[1].rows_accepted, 1'151);
  EXPECT_EQ(vintages[0].rows_rejected + vintages[1].rows_rejected, 0);
}

}  // namespace
}  // namespace stocktake
