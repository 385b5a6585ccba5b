#include "assess/relative.h"

#include <tuple>

#include "assess/panel_edit.h"

namespace stocktake {
namespace {

// The series compared with: the same breakdown of the other indicator, else its headline key. An indicator compared with itself
// (the poorest 40 per cent with everybody) is compared with its total.
std::uint32_t find_other(const AssessmentRun& run, const Feeds& feeds, const Candidate& candidate, const TargetRule& rule) {
  const bool within = rule.to == rule.indicator;
  const std::string_view wanted = within ? std::string_view() : run.panel.series[candidate.series].dimensions;
  std::tuple<bool, bool> best{true, true};
  std::uint32_t other = no_series;
  for (const Feed feed : feeds.of(rule.to)) {
    for (const auto& [index, area] : feeds.series(feed)) {
      const std::string_view dimensions = run.panel.series[index].dimensions;
      if (area != candidate.area || index == candidate.series) continue;
      if (dimensions != wanted && (within || dimensions != feeds.key(feed))) continue;
      const std::tuple<bool, bool> rank{feed.binding != candidate.binding, dimensions != wanted};
      if (other != no_series && rank >= best) continue;
      best = rank;
      other = index;
    }
  }
  return other;
}

std::uint32_t append_gap(Panel& panel, std::uint32_t series, std::uint32_t other, double factor) {
  std::vector<std::int16_t> years;
  std::vector<double> values;
  for (std::size_t i = panel.begin[series], j = other == no_series ? 0 : panel.begin[other];
       other != no_series && i < panel.begin[series + 1]; ++i) {
    while (j < panel.begin[other + 1] && panel.year[j] < panel.year[i]) ++j;
    if (j == panel.begin[other + 1] || panel.year[j] != panel.year[i]) continue;
    years.push_back(panel.year[i]);
    values.push_back(panel.value[i] - factor * panel.value[j]);
  }
  // A gap is nobody's figure: it has no source text, and is no "<5" where a figure is.
  if (panel.provenances.empty() || !(panel.provenances.back() == Panel::Provenance{})) panel.provenances.emplace_back();
  return append_series(panel, panel.series[series], years, values, static_cast<std::uint32_t>(panel.provenances.size() - 1));
}

}  // namespace

void relative_facts(AssessmentRun& run, const Feeds& feeds, std::span<const Candidate> candidates,
                    std::span<const RuleView> rules, const CoreOptions& options, std::span<Facts> facts,
                    std::span<std::uint32_t> judged) {
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (rules[i].type != RuleType::relative) continue;
    const TargetRule& rule = run.targets[candidates[i].target].target->rules[candidates[i].rule];
    const std::uint32_t other = find_other(run, feeds, candidates[i], rule);
    judged[i] = append_gap(run.panel, candidates[i].series, other, rule.factor);
    compute_facts(run.panel, judged.subspan(i, 1), rules.subspan(i, 1), options, facts.subspan(i, 1));
  }
}

}  // namespace stocktake
