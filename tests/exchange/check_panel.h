// Small panels for tests of `stocktake check`, made by hand.
#pragma once

#include <string>
#include <vector>

#include "exchange/check/check.h"

namespace stocktake::testing {

struct Key {
  std::string series, area, dimensions, unit;
  std::vector<int> years;
  std::vector<double> values;
};

// `keys` ordered by series, area, dimensions, as the store gives them.
inline Panel make_panel(const std::vector<Key>& keys) {
  Panel panel;
  for (const Key& key : keys) panel.names.insert(panel.names.end(), {key.series, key.area, key.dimensions, key.unit});
  panel.provenances.emplace_back();
  for (std::size_t k = 0; k < keys.size(); ++k) {
    const std::string* names = &panel.names[4 * k];
    panel.series.push_back({names[0], names[1], names[2], names[3], 1});
    for (std::size_t i = 0; i < keys[k].years.size(); ++i) {
      panel.year.push_back(static_cast<std::int16_t>(keys[k].years[i]));
      panel.value.push_back(keys[k].values[i]);
      panel.provenance.push_back(0);
    }
    panel.begin.push_back(static_cast<std::uint32_t>(panel.year.size()));
  }
  return panel;
}
inline Panel one_series(const std::vector<int>& years, const std::vector<double>& values) {
  return make_panel({{"X", "FRA", "", "", years, values}});
}

inline const AreaRegistry& areas_of_check() {
  static const AreaRegistry areas = AreaRegistry::load(std::string(STOCKTAKE_SOURCE_DIR) + "/reference");
  return areas;
}
inline const UnitCodes& units_of_check() {
  static const UnitCodes units = UnitCodes::load(std::string(STOCKTAKE_SOURCE_DIR) + "/reference/units.csv");
  return units;
}
inline CheckResult check(const Panel& panel, const CheckOptions& options = {}, const std::vector<Binding>& bindings = {},
                         const Framework* framework = nullptr, const std::vector<VintageOverlap>& overlaps = {},
                         const std::vector<SecondFigures>& second = {}) {
  return check_store({framework, bindings, areas_of_check(), units_of_check(), panel, overlaps, second}, options);
}
inline std::vector<Finding> of_kind(const CheckResult& result, CheckKind kind) {
  std::vector<Finding> some;
  for (const Finding& one : result.findings) {
    if (one.kind == kind) some.push_back(one);
  }
  return some;
}

}  // namespace stocktake::testing
