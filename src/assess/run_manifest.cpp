#include "assess/run_manifest.h"

#include <algorithm>
#include <set>

#include "assess/methods/method.h"
#include "base/table.h"

namespace stocktake {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ",") + part;
  return text;
}

std::string yes_no(bool value) { return value ? "yes" : "no"; }

std::set<int> vintages_used(const AssessmentRun& run) {
  std::set<std::string_view> weights;
  for (const Binding& binding : run.bindings) {
    for (const auto& [name, weight] : binding.weights) weights.insert(weight.series);
  }
  std::set<int> used;
  bool computed = false;
  for (const Assessment& row : run.rows) {
    used.insert(run.panel.series[row.series].vintage);
    computed = computed || row.origin == Origin::computed_group;
  }
  for (const PanelSeries& series : run.panel.series) {
    if (computed && weights.count(series.series) != 0) used.insert(series.vintage);
  }
  std::set<std::string_view> sources;
  for (const Vintage& vintage : run.vintages) {
    if (used.count(vintage.id) != 0) sources.insert(vintage.source);
  }
  for (const Vintage& vintage : run.vintages) {
    if (vintage.update && sources.count(vintage.source) != 0) used.insert(vintage.id);
  }
  return used;
}

}  // namespace

Manifest manifest_of(const AssessmentRun& run) {
  Manifest manifest;
  manifest.program = "stocktake " + version();
  manifest.framework = run.framework.id;
  manifest.framework_version = run.framework.version;
  manifest.framework_hash = run.framework.hash;
  manifest.reference_hash = run.areas.hash();
  for (const Binding& binding : run.bindings) manifest.bindings.emplace_back(binding.id, binding.hash);
  const std::set<int> used = vintages_used(run);
  for (const Vintage& one : run.vintages) {
    if (used.count(one.id) == 0) continue;
    manifest.vintages.push_back({one.id, one.source, one.format, one.edition, one.hash, one.rows_accepted});
  }
  const AssessOptions& options = run.options;
  std::vector<std::string> ids;
  for (const Method* one : methods()) ids.emplace_back(one->id());
  manifest.parameters = {{"at", to_string(options.at)},
                         {"data_until", std::to_string(options.data_until.value_or(0))},
                         {"as_of", options.as_of ? to_string(*options.as_of) : ""},
                         {"base_window", std::to_string(options.base_window)},
                         {"max_age", std::to_string(options.max_age)},
                         {"min_coverage", number_text(options.min_coverage)},
                         {"disaggregations", yes_no(options.disaggregations)},
                         {"computed_groups", yes_no(options.computed_groups)},
                         {"areas", joined(options.areas)},
                         {"targets", joined(options.targets)},
                         {"methods", joined(ids)}};
  return manifest;
}

}  // namespace stocktake
