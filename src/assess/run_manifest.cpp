#include "assess/run_manifest.h"

#include <set>

#include "assess/methods/method.h"
#include "base/table.h"
#include "base/text.h"

namespace stocktake {
namespace {

std::string yes_no(bool value) { return value ? "yes" : "no"; }

// Of all figures of the series that rows are made of, and of the weights where there are computed groups.
std::set<int> vintages_used(const AssessmentRun& run) {
  const Panel& panel = run.panel;
  std::vector<bool> series(panel.size(), false);
  bool computed = false;
  for (const Assessment& row : run.rows) {
    series[row.series] = true;
    computed = computed || row.origin == Origin::computed_group;
  }
  if (computed) {
    std::set<std::string_view> wanted;  // weights, and the countries that made the groups
    for (const Binding& binding : run.bindings) {
      for (const auto& [name, weight] : binding.weights) wanted.insert(weight.series);
    }
    for (const Assessment& row : run.rows) {
      if (row.origin == Origin::computed_group) wanted.insert(panel.series[row.series].series);
    }
    for (std::size_t i = 0; i < panel.size(); ++i) {
      if (wanted.count(panel.series[i].series) != 0) series[i] = true;
    }
  }
  std::set<int> used;
  std::vector<bool> provenances(panel.provenances.size(), false);
  for (std::size_t i = 0; i < panel.size(); ++i) {
    if (!series[i]) continue;
    used.insert(panel.series[i].vintage);
    for (std::size_t k = panel.begin[i]; k < panel.begin[i + 1] && k < panel.provenance.size(); ++k)
      provenances[panel.provenance[k]] = true;
  }
  for (std::size_t i = 0; i < provenances.size(); ++i) {
    if (provenances[i] && panel.provenances[i].vintage != 0) used.insert(panel.provenances[i].vintage);
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
  manifest.parameters = {{"at", to_string(options.at)},
                         {"data_until", std::to_string(options.data_until.value_or(0))},
                         {"as_of", options.as_of ? to_string(*options.as_of) : ""},
                         {"base_window", std::to_string(options.base_window)},
                         {"max_age", std::to_string(options.max_age)},
                         {"min_coverage", number_text(options.min_coverage)},
                         {"disaggregations", yes_no(options.disaggregations)},
                         {"computed_groups", yes_no(options.computed_groups)},
                         {"areas", joined(options.areas, ",")},
                         {"targets", joined(options.targets, ",")},
                         {"methods", joined(options.methods, ",")}};
  return manifest;
}

}  // namespace stocktake
