#include <algorithm>
#include <set>
#include <unordered_map>

#include "assess/candidates.h"
#include "assess/panel_edit.h"
#include "store/unit_text.h"

namespace stocktake {
std::vector<std::string> indicators_of(const SeriesBinding& entry, const Framework& framework) {
  std::vector<std::string> codes;
  for (const std::string& id : {framework.id, framework.extends}) {
    const auto found = entry.indicators.find(id);
    if (id.empty() || found == entry.indicators.end()) continue;
    for (const std::string& one : found->second) {
      if (std::find(codes.begin(), codes.end(), one) == codes.end()) codes.push_back(one);
    }
  }
  return codes;
}

std::vector<std::string> series_wanted(const Framework& framework, const std::vector<Binding>& bindings) {
  std::set<std::string> codes;
  for (const Binding& binding : bindings) {
    for (const SeriesBinding& entry : binding.series) {
      if (!indicators_of(entry, framework).empty()) codes.insert(entry.series);
    }
    for (const auto& [name, weight] : binding.weights) codes.insert(weight.series);
  }
  return {codes.begin(), codes.end()};
}

std::vector<std::string> series_judged(const AssessmentRun& run) {
  std::set<std::string, std::less<>> wanted, codes;
  for (const RunTarget& target : run.targets) {
    for (const TargetRule& rule : target.target->rules) {
      wanted.insert(rule.indicator);
      if (const Indicator* known = run.framework.find_indicator(rule.indicator); known != nullptr) wanted.insert(known->same_as);
    }
  }
  for (const Binding& binding : run.bindings) {
    for (const SeriesBinding& entry : binding.series) {
      const std::vector<std::string> fed = indicators_of(entry, run.framework);
      const bool one = std::any_of(fed.begin(), fed.end(), [&](const std::string& code) { return wanted.contains(code); });
      if (entry.judged && one) codes.insert(entry.series);
    }
  }
  return {codes.begin(), codes.end()};
}

Feeds::Feeds(AssessmentRun& run) : run_(run) {
  std::unordered_map<std::string_view, Series> found;  // only looked up, never walked
  for (std::uint32_t i = 0; i < run.panel.size(); ++i) {
    if (!in_ones(run.panel.series[i].unit)) continue;
    if (const auto area = run.areas.find(run.panel.series[i].area)) found[run.panel.series[i].series].emplace_back(i, *area);
  }
  std::map<std::string, double, std::less<>> scaled;  // the factor that was applied to the series itself
  for (std::size_t b = 0; b < run.bindings.size(); ++b) {
    auto& keys = keys_.emplace_back();
    for (std::size_t e = 0; e < run.bindings[b].series.size(); ++e) {
      const SeriesBinding& entry = run.bindings[b].series[e];
      keys.push_back(filter_text(entry.filter));
      const std::vector<std::string> codes = indicators_of(entry, run.framework);
      if (codes.empty() || !entry.judged) continue;
      for (const std::string& code : codes)
        by_indicator_[code].push_back({static_cast<std::uint16_t>(b), static_cast<std::uint16_t>(e)});
      const auto slot = by_code_.try_emplace({entry.series, entry.multiply});
      if (!slot.second) continue;
      Series& series = slot.first->second;
      series = found[entry.series];
      if (scaled.try_emplace(entry.series, entry.multiply).second) {
        if (entry.multiply == 1) continue;
        for (const auto& [index, area] : series) scale_in_place(run.panel, index, entry.multiply);
      } else {
        for (auto& [index, area] : series) index = append_scaled(run.panel, index, entry.multiply / scaled[entry.series]);
      }
    }
  }
}

std::vector<Feed> Feeds::of(std::string_view indicator) const {
  std::vector<Feed> all;
  const auto add = [&](std::string_view code) {
    const auto found = by_indicator_.find(code);
    if (found != by_indicator_.end()) all.insert(all.end(), found->second.begin(), found->second.end());
  };
  add(indicator);
  const Indicator* known = run_.framework.find_indicator(indicator);
  if (all.empty() && known != nullptr && !known->same_as.empty()) add(known->same_as);
  return all;
}

const Feeds::Series& Feeds::series(Feed feed) const {
  const SeriesBinding& bound = entry(feed);
  return by_code_.at({bound.series, bound.multiply});
}

SeriesOfArea Feeds::countries(Feed feed) const {
  SeriesOfArea found(run_.areas.all().size(), no_series);
  if (entry(feed).group_figures) return found;
  for (const auto& [index, area] : series(feed)) {
    const bool wanted = !run_.areas.is_group(area) && run_.panel.series[index].dimensions == key(feed);
    if (wanted && found[area] == no_series) found[area] = index;
  }
  return found;
}

}  // namespace stocktake
