#include "assess/simulation/outlook.h"

#include <cmath>
#include <vector>

#include "assess/core.h"
#include "assess/methods/method.h"

namespace stocktake {
namespace {

bool judged_by_draws(RuleType type) {
  return type != RuleType::none_quantified && type != RuleType::halt_and_reverse && type != RuleType::relative;
}

// The chart's verdict of every draw: a panel with one series a draw and two figures a series.
std::vector<Verdict> chart_verdicts(const RuleView& rule, int base_year, std::span<const double> base, int latest_year,
                                    std::span<const double> latest) {
  Panel panel;
  panel.series.resize(base.size());
  std::vector<std::uint32_t> all(base.size());
  for (std::size_t s = 0; s < base.size(); ++s) {
    panel.year.insert(panel.year.end(), {static_cast<std::int16_t>(base_year), static_cast<std::int16_t>(latest_year)});
    panel.value.insert(panel.value.end(), {base[s], latest[s]});
    panel.begin.push_back(static_cast<std::uint32_t>(panel.value.size()));
    all[s] = static_cast<std::uint32_t>(s);
  }
  RuleView at_base = rule;  // the base year was chosen before; whether a figure is too old is not a matter of chance
  at_base.baseline = static_cast<std::int16_t>(base_year);
  at_base.oldest = 0;
  CoreOptions options;
  options.data_until = latest_year;
  options.threads = 1;
  std::vector<Facts> facts(base.size());
  compute_facts(panel, all, std::span(&at_base, 1), options, facts);
  std::vector<Verdict> verdicts(base.size());
  judge_mdg_chart(facts, std::span(&at_base, 1), verdicts);
  return verdicts;
}

}  // namespace

GroupOutlook outlook(const RuleView& rule, int base_year, std::span<const double> base, int latest_year,
                     std::span<const double> latest, std::span<const double> deadline) {
  GroupOutlook out;
  if (!judged_by_draws(rule.type) || latest.empty()) return out;
  const bool needs_base = rule.type == RuleType::reduce_by || rule.type == RuleType::multiply_by;
  if (base.empty() && needs_base) return out;
  const double draws = static_cast<double>(latest.size());
  std::size_t defined = 0, met = 0, met_now = 0;
  for (std::size_t s = 0; s < latest.size(); ++s) {
    const Promise promise = promise_of(rule, base.empty() ? latest[s] : base[s], latest[s]);
    if (!std::isfinite(promise.target)) continue;
    ++defined;
    met_now += meets(promise, rule, latest[s]) ? 1 : 0;
    met += !deadline.empty() && meets(promise, rule, deadline[s]) ? 1 : 0;
  }
  if (defined == 0) return out;
  out.met_now = static_cast<double>(met_now) / draws;
  if (!deadline.empty()) out.met = static_cast<double>(met) / draws;
  if (base.empty() || base_year >= latest_year) return out;
  std::size_t on_track = 0, insufficient = 0, deterioration = 0, judged = 0;
  for (const Verdict verdict : chart_verdicts(rule, base_year, base, latest_year, latest)) {
    judged += is_judgement(verdict) ? 1 : 0;
    on_track += verdict == Verdict::met || verdict == Verdict::on_track ? 1 : 0;
    insufficient += verdict == Verdict::insufficient ? 1 : 0;
    deterioration += verdict == Verdict::deterioration ? 1 : 0;
  }
  if (judged == 0) return out;
  out.on_track = static_cast<double>(on_track) / draws;
  out.insufficient = static_cast<double>(insufficient) / draws;
  out.deterioration = static_cast<double>(deterioration) / draws;
  return out;
}

}  // namespace stocktake
