// A store of its own and short ways to put figures into it and to read them back.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "framework/temporary_folder.h"
#include "store/store.h"

namespace stocktake::testing {

struct Figure {
  std::string series, area;
  int year = 0;
  double value = 0;
  std::string dimensions{}, unit{};
  double lower = missing_value, upper = missing_value;
  Nature nature = Nature::none;
  char qualifier = 0;
  std::string edition{}, source{}, attributes{};
};

class SampleStore : public ::testing::Test {
 protected:
  Vintage add(const std::vector<Figure>& figures, bool update = false, std::optional<Date> published = std::nullopt) {
    const auto import = store_.begin_import();
    ObservationBlock block;
    for (const Figure& one : figures) {
      block.key.push_back(import->key(one.series, one.area, one.dimensions, one.unit));
      block.year.push_back(static_cast<std::int16_t>(one.year));
      block.value.push_back(one.value);
      block.lower.push_back(one.lower);
      block.upper.push_back(one.upper);
      block.provenance.push_back(import->provenance(one.nature, one.qualifier, one.edition, one.source, one.attributes));
    }
    import->append(block);
    Vintage vintage;
    vintage.source = "test";
    vintage.format = "test";
    vintage.update = update;
    vintage.published = published;
    vintage.rows_accepted = static_cast<std::int64_t>(figures.size());
    return import->commit(vintage);
  }
  // The winning figures of series A in CHN, as "2005:1 2006:2".
  std::string winners(PanelQuery query = {}) const {
    const Panel panel = store_.panel(query);
    std::string text;
    for (std::size_t i = 0; i < panel.value.size(); ++i)
      text += (i == 0 ? "" : " ") + std::to_string(panel.year[i]) + ":" + number_text(panel.value[i]);
    return text;
  }
  static PanelQuery as_of(Date date) {
    PanelQuery query;
    query.as_of = date;
    return query;
  }
  static PanelQuery years(std::optional<int> first, std::optional<int> last) {
    PanelQuery query;
    query.first_year = first;
    query.last_year = last;
    return query;
  }
  // The winners by the other way to read them: what an export writes.
  std::string exported(const PanelQuery& query = {}) const {
    const std::string path = folder_.path("exported.csv");
    store_.export_observations(query, path, "csv");
    const SmallCsv csv = read_small_csv(path, {"time_period", "obs_value"});
    std::string text;
    for (const auto& row : csv.rows) text += (text.empty() ? "" : " ") + row[0] + ":" + number_text(std::stod(row[1]));
    return text;
  }

  TemporaryFolder folder_;
  Store store_ = Store::create(folder_.path("store.duckdb"));
};

}  // namespace stocktake::testing
