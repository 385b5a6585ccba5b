// A small run for tests of the report: published figures of target 1.A by region, a hostile source text and a few invented
// countries. Figures of 1.A: United Nations, Millennium Development Goals, targets and indicators, 2014: statistical tables.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "assess/insights.h"
#include "assess/stocktaking.h"
#include "base/translate.h"

namespace stocktake::testing {

struct Sample {
  AssessmentRun run;
  Stocktaking stock;
  Insights insights;
};

inline std::string home(const std::string& path) { return std::string(STOCKTAKE_SOURCE_DIR) + "/" + path; }
inline Translator translator(Language language) { return Translator::load(home("i18n"), language); }

struct SampleSeries {
  std::string code, area, unit;
  std::vector<std::pair<int, double>> figures;
  std::string source;
  bool bounded = false;  // with bounds of 5 per cent on either side
};

inline Panel make_panel(const std::vector<SampleSeries>& all) {
  Panel panel;
  panel.names.reserve(all.size() * 3);
  const auto view = [&](const std::string& text) -> std::string_view { return panel.names.emplace_back(text); };
  for (const SampleSeries& one : all) {
    const auto provenance = static_cast<std::uint16_t>(panel.provenances.size());
    panel.provenances.emplace_back().source = one.source;
    panel.series.push_back({view(one.code), view(one.area), {}, view(one.unit), 1});
    for (const auto& [year, value] : one.figures) {
      panel.year.push_back(static_cast<std::int16_t>(year));
      panel.value.push_back(value);
      panel.lower.push_back(one.bounded ? value * 0.95 : missing_value);
      panel.upper.push_back(one.bounded ? value * 1.05 : missing_value);
      panel.provenance.push_back(provenance);
    }
    panel.begin.push_back(static_cast<std::uint32_t>(panel.year.size()));
  }
  return panel;
}

inline const std::string hostile = "<script>alert('x')</script> & \"quoted\"";

inline Sample make_sample() {
  const std::string un = "UN, MDG targets and indicators 2014: statistical tables; Indicator 1.1";
  Panel panel = make_panel({
      {"MDG_1_1", "MDG_SSA", "PERCENT", {{1990, 56.5}, {1999, 57.9}, {2005, 52.3}, {2010, 48.4}}, un, false},
      {"MDG_1_1", "MDG_EAS", "PERCENT", {{1990, 60.2}, {2010, 11.6}}, un, false},
      {"MDG_1_1", "MDG_SAS", "PERCENT", {{1990, 51.5}, {2010, 29.7}}, hostile, false},
      {"MDG_4_1", "MDG_SSA", "PER_1000_LIVE_BIRTHS", {{1990, 180}, {2000, 155}, {2012, 98}}, "invented figures", true},
      {"MDG_4_1", "MDG_EAS", "PER_1000_LIVE_BIRTHS", {{1990, 50}, {2003, 30}}, "invented figures, old", false},
      {"SP_DYN_IMRT", "LSO", "PER_1000_LIVE_BIRTHS", {{1990, 70}, {2000, 80}, {2012, 75}}, "invented figures", false},
      {"SP_DYN_IMRT", "NER", "PER_1000_LIVE_BIRTHS", {{1990, 130}, {2000, 100}, {2012, 60}}, "invented figures", false},
  });
  const DimensionCodes codes = DimensionCodes::load(home("reference/dimension_codes.csv"));
  std::vector<Binding> bindings;
  bindings.push_back(load_binding(home("frameworks/bindings/starter.yaml"), codes));
  AssessOptions options;
  options.at = {2013, 9, 25};
  options.computed_groups = false;
  Vintage vintage;
  vintage.id = 1;
  vintage.source = "sample";
  Sample sample{assess_panel(std::move(panel), {vintage}, load_framework(home("frameworks/mdg.yaml")),
                             AreaRegistry::load(home("reference")), std::move(bindings), options),
                {},
                {}};
  sample.stock = take_stock(sample.run);
  sample.insights = gain_insights(sample.run);
  return sample;
}

}  // namespace stocktake::testing
