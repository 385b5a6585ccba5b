#include "assess/pace/episodes.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "assess/aggregate.h"
#include "assess/deviation.h"

namespace stocktake {
namespace {

constexpr int remembered = 10;    // years before a window in which a better figure makes it a recovery
constexpr double inside = 0.005;  // of the distance of the bounds: where a logit of 0 or 100 per cent is put

bool feeds_framework(const SeriesBinding& entry, const Framework& framework) {
  return entry.indicators.contains(framework.id) || (!framework.extends.empty() && entry.indicators.contains(framework.extends));
}

bool feeds_indicator(const SeriesBinding& entry, const Framework& framework, const std::string& indicator) {
  for (const std::string& id : {framework.id, framework.extends}) {
    const auto found = entry.indicators.find(id);
    if (!id.empty() && found != entry.indicators.end() && std::ranges::find(found->second, indicator) != found->second.end())
      return true;
  }
  return false;
}

// The factor that was applied to the panel's own figures of a series: that of the first entry in use (Feeds). Series of an
// entry with another factor are copies at the end of the panel.
double applied_factor(const AssessmentRun& run, const std::string& series) {
  for (const Binding& binding : run.bindings) {
    for (const SeriesBinding& entry : binding.series) {
      if (entry.series == series && entry.judged && feeds_framework(entry, run.framework)) return entry.multiply;
    }
  }
  return 1;
}

// The series of countries under the headline key of an entry.
CountrySeries series_of(const AssessmentRun& run, const SeriesBinding& entry) {
  CountrySeries out;
  const double applied = applied_factor(run, entry.series);
  if (applied != 0) out.factor = entry.multiply / applied;
  const std::string key = filter_text(entry.filter);
  std::vector<bool> seen(run.areas.all().size(), false);
  for (std::uint32_t i = 0; i < run.panel.size(); ++i) {
    const PanelSeries& series = run.panel.series[i];
    if (series.series != entry.series || series.dimensions != key) continue;
    const auto area = run.areas.find(series.area);
    if (!area || run.areas.is_group(*area) || seen[*area]) continue;
    seen[*area] = true;
    out.series.emplace_back(i, *area);
  }
  const auto by_area = [](const auto& a, const auto& b) { return a.second < b.second; };
  std::sort(out.series.begin(), out.series.end(), by_area);  // sums do not depend on the order of the store
  return out;
}

struct Usable {
  const AssessmentRun& run;
  int data_until = *run.options.data_until;
  bool operator()(std::uint32_t i) const {
    const Panel& panel = run.panel;
    if (panel.year[i] > data_until || !std::isfinite(panel.value[i])) return false;
    return panel.provenance.size() != panel.value.size() || panel.provenances[panel.provenance[i]].qualifier == 0;
  }
};

}  // namespace

double position_on_scale(const Indicator& indicator, double value) {
  if (!std::isfinite(value)) return no_figure;
  if (indicator.scale == Scale::log) return value > 0 ? std::log(value) : no_figure;
  const double width = indicator.bounds.upper - indicator.bounds.lower;
  if (indicator.scale != Scale::logit || !std::isfinite(width) || !(width > 0)) return value;
  const double share = std::clamp((value - indicator.bounds.lower) / width, inside, 1 - inside);
  return std::log(share / (1 - share));
}

CountrySeries country_series(const AssessmentRun& run, const Assessment& row) {
  const SeriesBinding& own = *run.binding_of(row);
  if (!own.group_figures) return series_of(run, own);
  const std::string& indicator = run.rule(row).indicator;
  for (const Binding& binding : run.bindings) {
    for (const SeriesBinding& entry : binding.series) {
      if (entry.group_figures || !entry.judged || !feeds_indicator(entry, run.framework, indicator)) continue;
      CountrySeries found = series_of(run, entry);
      if (!found.series.empty()) return found;
    }
  }
  return {};
}

double spread_on_scale(const AssessmentRun& run, const CountrySeries& countries, const Indicator& indicator) {
  const Usable usable{run};
  std::vector<double> latest;
  for (const auto& [series, area] : countries.series) {
    std::uint32_t i = run.panel.begin[series + 1];
    while (i > run.panel.begin[series] && !usable(i - 1)) --i;
    if (i == run.panel.begin[series]) continue;
    const double position = position_on_scale(indicator, run.panel.value[i - 1] * countries.factor);
    if (std::isfinite(position)) latest.push_back(position);
  }
  return sample_deviation(latest);
}

Windows find_windows(const AssessmentRun& run, const CountrySeries& countries, const Indicator& indicator, int length,
                     int slack) {
  const Usable usable{run};
  const Panel& panel = run.panel;
  Windows out;
  for (const auto& [series, area] : countries.series) {
    const std::uint32_t end = panel.begin[series + 1];
    for (std::uint32_t i = panel.begin[series]; i < end; ++i) {
      if (!usable(i)) continue;
      std::uint32_t best = i;
      for (std::uint32_t j = i + 1; j < end && panel.year[j] - panel.year[i] <= length + slack; ++j) {
        const int off = std::abs(panel.year[j] - panel.year[i] - length);
        if (off > slack || !usable(j)) continue;
        if (best == i || off <= std::abs(panel.year[best] - panel.year[i] - length)) best = j;
      }
      if (best == i) continue;
      const double start = panel.value[i] * countries.factor;
      const double position = position_on_scale(indicator, start);
      if (!std::isfinite(position)) continue;
      out.area.push_back(area);
      out.from.push_back(panel.year[i]);
      out.to.push_back(panel.year[best]);
      out.start.push_back(start);
      out.end.push_back(panel.value[best] * countries.factor);
      out.position.push_back(position);
    }
  }
  return out;
}

bool made_good_a_loss(const AssessmentRun& run, const CountrySeries& countries, AreaId area, int from, double start, double end,
                      int sense) {
  const auto found = std::lower_bound(countries.series.begin(), countries.series.end(), area,
                                      [](const auto& one, AreaId wanted) { return one.second < wanted; });
  const double gain = sense * (end - start);
  if (found == countries.series.end() || found->second != area || !(gain > 0)) return false;
  const Usable usable{run};
  const Panel& panel = run.panel;
  for (std::uint32_t i = panel.begin[found->first]; i < panel.begin[found->first + 1] && panel.year[i] < from; ++i) {
    if (panel.year[i] < from - remembered || !usable(i)) continue;
    if (sense * (panel.value[i] * countries.factor - start) >= gain / 2) return true;
  }
  return false;
}

}  // namespace stocktake
