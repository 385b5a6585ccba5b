// How much of the frameworks the real panels reach: counts of indicators, areas and series, not of verdicts' contents.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "assess/run.h"
#include "assess/stocktaking.h"
#include "framework/temporary_folder.h"
#include "ingest/importer.h"
#include "shared_data.h"

namespace stocktake {
namespace {

const std::string source = STOCKTAKE_SOURCE_DIR;

DimensionCodes codes() { return DimensionCodes::load(source + "/reference/dimension_codes.csv"); }

AssessmentRun run_of(const std::string& store_path, const std::vector<std::string>& files, const std::string& framework,
                     const AssessOptions& options) {
  Store store = Store::create(store_path);
  const AreaRegistry areas = AreaRegistry::load(source + "/reference");
  const DimensionCodes dimension_codes = codes();
  ImportOptions quiet;
  quiet.quiet = true;
  for (const auto& file : files) import_file(store, areas, dimension_codes, file, quiet);
  return assess(store, load_framework(source + "/frameworks/" + framework + ".yaml"), AreaRegistry::load(source + "/reference"),
                load_bindings(source + "/frameworks/bindings", dimension_codes), options);
}

// Countries with a row, by indicator.
std::map<std::string, std::set<AreaId>> countries_by_indicator(const AssessmentRun& run) {
  std::map<std::string, std::set<AreaId>> countries;
  for (const Assessment& row : run.rows) {
    if (row.origin == Origin::country && row.facts.latest_year != 0) countries[run.rule(row).indicator].insert(row.area);
  }
  return countries;
}

class Coverage : public testing::SharedData {
 protected:
  testing::TemporaryFolder folder_;
  std::string store() const { return folder_.path("store.duckdb"); }
};

TEST_F(Coverage, MdgStocktakingOnThePanelReachesThirtyIndicatorsTwentyOfThemForAHundredCountries) {
  AssessOptions options;
  options.at = {2013, 9, 25};
  const AssessmentRun run = run_of(store(), {testing::shared_data("panel/observations.csv.gz")}, "mdg", options);
  const auto countries = countries_by_indicator(run);
  std::size_t wide = 0;
  for (const auto& [indicator, areas] : countries) wide += areas.size() >= 100 ? 1 : 0;
  EXPECT_GE(countries.size(), 30U);
  EXPECT_GE(wide, 20U);
}

TEST_F(Coverage, SdgStocktakingOnTheUnDatabaseReachesEverySeriesWithAQuantifiedTarget) {
  AssessOptions options;
  options.at = {2020, 12, 31};
  const AssessmentRun run = run_of(store(), {testing::shared_data("unsd/sdg_observations.csv.gz")}, "sdg", options);
  std::set<std::string> quantified;  // indicators that a rule with a number is about
  for (const RunTarget& target : run.targets) {
    for (const TargetRule& rule : target.target->rules) {
      if (rule.type != RuleType::none_quantified) quantified.insert(rule.indicator);
    }
  }
  std::set<std::string> assessed;
  for (const Assessment& row : run.rows) assessed.insert(std::string(run.panel.series[row.series].series));
  const Binding* unsd = nullptr;
  for (const Binding& binding : run.bindings) {
    if (binding.id == "unsd") unsd = &binding;
  }
  ASSERT_NE(unsd, nullptr);
  std::set<std::string> bound, expected;
  for (const SeriesBinding& entry : unsd->series) {
    bound.insert(entry.series);
    const auto indicators = entry.indicators.find("sdg");
    if (indicators == entry.indicators.end()) continue;
    for (const std::string& indicator : indicators->second) {
      if (!quantified.contains(indicator)) continue;
      if (entry.judged) expected.insert(entry.series);
      EXPECT_TRUE(entry.judged || !entry.note.empty()) << entry.series << " is not judged and does not say why";
    }
  }
  EXPECT_EQ(bound.size(), 472U) << "series codes in the database";  // counted with: cut -d, -f4 | sort -u
  EXPECT_GT(expected.size(), 80U);
  for (const std::string& series : expected)
    EXPECT_TRUE(assessed.contains(series)) << series << " has a quantified target and no assessment";
}

TEST(BundledFigures, TheProgressChartCoversNineTargetsWithOneEditionACell) {
  const testing::TemporaryFolder folder;
  AssessOptions options;
  options.at = {2013, 9, 25};
  const AssessmentRun run =
      run_of(folder.path("store.duckdb"), {source + "/data/starter/observations.csv.gz", source + "/data/starter/regions.csv"},
             "mdg", options);
  const Stocktaking stock = take_stock(run);
  std::map<std::string, int> regions;  // cells with figures, by target
  for (std::size_t t = 0; t < stock.targets.size(); ++t) {
    for (std::size_t g = 0; g < stock.groups.size(); ++g) {
      const std::int32_t cell = stock.cell[t * stock.groups.size() + g];
      if (cell >= 0 && run.rows[static_cast<std::size_t>(cell)].facts.latest_year != 0)
        ++regions[run.targets[stock.targets[t]].target->code];
    }
  }
  for (const char* target : {"1.A", "1.C", "2.A", "3.A", "4.A", "5.A", "6.B", "6.C", "7.A"})
    EXPECT_GE(regions[target], target == std::string("5.A") ? 10 : 11) << target;
  // A series of a group is of one edition and one source: two vintages never make one trend.
  for (std::size_t s = 0; s < run.panel.size(); ++s) {
    for (std::uint32_t i = run.panel.begin[s] + 1; i < run.panel.begin[s + 1]; ++i) {
      const auto& first = run.panel.provenances[run.panel.provenance[run.panel.begin[s]]];
      const auto& other = run.panel.provenances[run.panel.provenance[i]];
      EXPECT_EQ(first.edition + first.source, other.edition + other.source)
          << run.panel.series[s].series << " " << run.panel.series[s].area;
    }
  }
  EXPECT_EQ(stock.days_left, 827);
}

}  // namespace
}  // namespace stocktake
