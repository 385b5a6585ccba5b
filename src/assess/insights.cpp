#include "assess/insights.h"

#include "assess/projection/combination.h"

namespace stocktake {

Insights gain_insights(const AssessmentRun& run) {
  Insights out;
  out.outlook_options.model = default_model();
  out.counted.reserve(run.rows.size());
  for (const Assessment& row : run.rows) out.counted.push_back(row.headline);
  out.outlooks = outlooks_of(run, out.outlook_options, out.counted);
  out.judged = judge_rows(run, {methods().begin(), methods().end()}, {});
  out.agreement = agreement_of(run, out.judged, out.counted);
  out.priorities = set_priorities(run, out.priority_options, model_forecaster(run, out.outlook_options.model));
  out.paces = required_paces(run, PaceOptions{});
  return out;
}

Manifest manifest_of(const AssessmentRun& run, const Insights& insights) {
  Manifest manifest = run.manifest;
  std::string ids;
  for (const Method* one : insights.judged.methods) ids += (ids.empty() ? "" : ",") + std::string(one->info().id);
  for (auto& [name, value] : manifest.parameters) {
    if (name == "methods") value = ids;
  }
  manifest.parameters.emplace_back("model", to_string(insights.outlook_options.model));
  manifest.parameters.emplace_back("draws", std::to_string(insights.priority_options.draws));
  manifest.parameters.emplace_back("seed", std::to_string(insights.priority_options.seed));
  return manifest;
}

}  // namespace stocktake
