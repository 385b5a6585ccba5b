#include "assess/trial.h"

#include <algorithm>
#include <cmath>

#include "assess/core.h"

namespace stocktake {

TrialResult try_method(const Method& method, const Trial& trial, std::span<const double> parameters) {
  Panel panel;
  panel.provenances.emplace_back();
  panel.series.push_back({"", "", "", "", 0});
  for (const auto& [year, value] : trial.figures) {
    if (!std::isfinite(value)) continue;  // methods are promised finite figures
    panel.year.push_back(static_cast<std::int16_t>(std::clamp(year, -32000, 32000)));
    panel.value.push_back(value);
    panel.provenance.push_back(0);
  }
  panel.begin.push_back(static_cast<std::uint32_t>(panel.value.size()));
  const RuleView rule = view_of(trial.rule, &trial.indicator, trial.baseline, Date{trial.deadline, 12, 31}, trial.oldest);
  CoreOptions options;
  options.data_until = trial.data_until;
  TrialResult result;
  constexpr std::uint32_t series = 0;
  compute_facts(panel, std::span(&series, 1), std::span(&rule, 1), options, std::span(&result.facts, 1));
  const auto end = std::upper_bound(panel.year.begin(), panel.year.end(), trial.data_until);
  const Case one{{panel.year.data(), panel.value.data(), static_cast<std::size_t>(end - panel.year.begin())},
                 &result.facts,
                 &rule,
                 &trial.indicator};
  method.judge(std::span(&one, 1), parameters, std::span(&result.judgement, 1));
  return result;
}

}  // namespace stocktake
