#include "exchange/check/sources.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "assess/aggregate.h"
#include "assess/candidates.h"
#include "base/table.h"
#include "base/text.h"

namespace stocktake {
namespace {

const SeriesGroup* group_of(const Panel& panel, const std::vector<SeriesGroup>& groups, std::string_view code) {
  const auto found = std::lower_bound(groups.begin(), groups.end(), code, [&](const SeriesGroup& group, std::string_view text) {
    return panel.series[group.begin].series < text;
  });
  return found == groups.end() || panel.series[found->begin].series != code ? nullptr : &*found;
}

// Entries that feed an indicator, by the order of bindings; those of the indicator that it is the same as count too.
struct BoundEntry {
  std::size_t binding = 0;
  const SeriesBinding* entry = nullptr;
};
std::vector<std::pair<const Indicator*, std::vector<BoundEntry>>> feeds_of(const CheckInput& input) {
  std::map<std::string, std::vector<BoundEntry>, std::less<>> by_code;
  for (std::size_t b = 0; b < input.bindings.size(); ++b) {
    for (const SeriesBinding& entry : input.bindings[b].series) {
      for (const std::string& code : indicators_of(entry, *input.framework)) by_code[code].push_back({b, &entry});
    }
  }
  std::vector<std::pair<const Indicator*, std::vector<BoundEntry>>> all;
  std::set<std::string, std::less<>> seen;
  for (const Goal& goal : input.framework->goals) {
    for (const Target& target : goal.targets) {
      for (const std::string& code : target.indicators) {
        const Indicator* indicator = input.framework->find_indicator(code);
        if (indicator == nullptr || !seen.insert(code).second) continue;
        std::vector<BoundEntry> feeds = by_code[code];
        if (feeds.empty() && !indicator->same_as.empty()) feeds = by_code[indicator->same_as];
        all.emplace_back(indicator, std::move(feeds));
      }
    }
  }
  return all;
}

// Every country with a figure in the panel, or those asked for, groups by their members; in the order of the registry.
std::vector<bool> counted_areas(const CheckInput& input, const CheckOptions& options) {
  std::vector<bool> counted(input.areas.all().size(), false);
  for (const std::string& code : options.areas) {
    const auto id = input.areas.find(code);
    if (!id) continue;
    if (!input.areas.is_group(*id)) counted[*id] = true;
    if (input.areas.is_group(*id)) {
      for (const AreaId member : input.areas.members(*id, options.at)) counted[member] = true;
    }
  }
  if (!options.areas.empty()) return counted;
  for (const PanelSeries& series : input.panel.series) {
    const auto id = input.areas.find(series.area);
    if (id && input.areas.at(*id).kind == AreaKind::country) counted[*id] = true;
  }
  return counted;
}

}  // namespace

std::vector<SeriesFacts> series_facts(const CheckInput& input, const std::vector<SeriesGroup>& groups) {
  std::vector<SeriesFacts> facts(groups.size());
  for (const Binding& binding : input.bindings) {
    for (const SeriesBinding& entry : binding.series) {
      const SeriesGroup* group = group_of(input.panel, groups, entry.series);
      if (group == nullptr) continue;
      SeriesFacts& one = facts[static_cast<std::size_t>(group - groups.data())];
      if (one.unit == nullptr) one.unit = input.units.find(entry.unit);
      if (input.framework == nullptr || !one.indicator.empty()) continue;
      const std::vector<std::string> codes = indicators_of(entry, *input.framework);
      if (codes.empty()) continue;
      one.indicator = codes.front();
      one.unit = input.units.find(entry.unit);
      const Indicator* indicator = input.framework->find_indicator(one.indicator);
      if (indicator == nullptr || !(entry.multiply > 0) || indicator->unit != entry.unit) continue;
      one.may_exceed = std::isinf(indicator->bounds.upper);
      // What is shown as context beside an indicator may be on another scale (of 6.b.1: levels 0 to 3, and codes 0, 5, 10).
      if (entry.judged) one.bounds = {indicator->bounds.lower / entry.multiply, indicator->bounds.upper / entry.multiply};
    }
  }
  return facts;
}

void check_completeness(const CheckInput& input, const CheckOptions& options, const std::vector<SeriesGroup>& groups,
                        CheckResult& result) {
  const Panel& panel = input.panel;
  const int first = options.first_year.value_or(input.framework->baseline);
  const int last = options.last_year.value_or(last_complete_year(options.at));
  const std::vector<bool> counted = counted_areas(input, options);
  const auto areas = static_cast<std::int64_t>(std::count(counted.begin(), counted.end(), true));
  if (areas == 0 || last < first) return;
  for (const auto& [indicator, feeds] : feeds_of(input)) {
    std::vector<std::set<int>> years(counted.size());
    for (const BoundEntry& feed : feeds) {
      const SeriesGroup* group = feed.entry->judged ? group_of(panel, groups, feed.entry->series) : nullptr;
      if (group == nullptr) continue;
      const std::string key = filter_text(feed.entry->filter);
      for (std::size_t s = group->begin; s < group->end; ++s) {
        const auto id = panel.series[s].dimensions == key ? input.areas.find(panel.series[s].area) : std::nullopt;
        if (!id || !counted[*id]) continue;
        for (std::uint32_t i = panel.begin[s]; i < panel.begin[s + 1]; ++i) {
          if (panel.year[i] >= first && panel.year[i] <= last) years[*id].insert(panel.year[i]);
        }
      }
    }
    std::vector<std::string> without;
    for (std::size_t id = 0; id < counted.size(); ++id) {
      if (!counted[id]) continue;
      CompletenessRow row{indicator->code,
                          input.areas.at(static_cast<AreaId>(id)).code,
                          last - first + 1,
                          static_cast<int>(years[id].size()),
                          0,
                          0,
                          {}};
      if (row.years == 0) without.push_back(row.area);
      if (row.years != 0) {
        row.first = *years[id].begin();
        row.last = *years[id].rbegin();
      }
      std::vector<int> missing;
      for (int year = first; year <= last; ++year) {
        if (!years[id].contains(year)) missing.push_back(year);
      }
      row.missing = ranges_text(missing);
      result.completeness.push_back(std::move(row));
    }
    if (without.empty()) continue;
    const auto lacking = static_cast<std::int64_t>(without.size());
    Finding& finding = result.findings.emplace_back();
    finding.kind = lacking == areas ? CheckKind::missing_indicator : CheckKind::missing_areas;
    finding.indicator = indicator->code;
    finding.first_year = first;
    finding.last_year = last;
    finding.figures = lacking;
    finding.expected = static_cast<double>(areas);
    finding.score = static_cast<double>(lacking) / static_cast<double>(areas);
    finding.evidence = std::to_string(lacking) + " / " + std::to_string(areas);
    if (lacking != areas) finding.evidence += ": " + joined(without, " ");
  }
}

namespace {

struct Source {
  const SeriesBinding* entry = nullptr;
  std::map<AreaId, std::size_t> series;  // of the panel, by area
};

void compare(const CheckInput& input, const CheckOptions& options, const std::string& indicator, const Source& a, const Source& b,
             std::vector<Finding>& findings) {
  constexpr double least_points = 2;  // percentage points of shares: small ones differ by much of themselves
  const Panel& panel = input.panel;
  const bool shares = is_share(input.units.find(a.entry->unit));
  for (const auto& [area, s] : a.series) {
    const auto other = b.series.find(area);
    if (other == b.series.end()) continue;
    std::uint32_t i = panel.begin[s], j = panel.begin[other->second];
    std::int64_t compared = 0;
    Finding worst;
    while (i < panel.begin[s + 1] && j < panel.begin[other->second + 1]) {
      if (panel.year[i] != panel.year[j]) {
        panel.year[i] < panel.year[j] ? ++i : ++j;
        continue;
      }
      const double x = panel.value[i] * a.entry->multiply, y = panel.value[j] * b.entry->multiply;
      const double largest = std::max(std::fabs(x), std::fabs(y)), apart = std::fabs(x - y);
      ++compared;
      if (largest > 0 && apart / largest > options.disagreement && (!shares || apart >= least_points)) {
        if (worst.figures++ == 0) worst.first_year = panel.year[i];
        worst.last_year = panel.year[i];
        if (!(apart / largest <= worst.score)) {  // the first is compared with NaN
          worst.value = x;
          worst.expected = y;
          worst.score = apart / largest;
          worst.evidence = std::to_string(panel.year[i]) + " " + a.entry->series + " " + number_text(x) + "; " + b.entry->series +
                           " " + number_text(y);
        }
      }
      ++i;
      ++j;
    }
    if (worst.figures == 0) continue;
    worst.kind = CheckKind::disagreement;
    worst.indicator = indicator;
    worst.series = a.entry->series + " | " + b.entry->series;
    worst.area = input.areas.at(area).code;
    worst.evidence += "; " + std::to_string(worst.figures) + " / " + std::to_string(compared);
    findings.push_back(std::move(worst));
  }
}

}  // namespace

void check_agreement(const CheckInput& input, const CheckOptions& options, const std::vector<SeriesGroup>& groups,
                     std::vector<Finding>& findings) {
  const Panel& panel = input.panel;
  for (const auto& [indicator, feeds] : feeds_of(input)) {
    std::vector<Source> sources;
    std::set<std::size_t> bindings;
    for (const BoundEntry& feed : feeds) {
      if (!feed.entry->exact || !feed.entry->judged || bindings.contains(feed.binding)) continue;
      const SeriesGroup* group = group_of(panel, groups, feed.entry->series);
      if (group == nullptr) continue;
      Source source{feed.entry, {}};
      const std::string key = filter_text(feed.entry->filter);
      for (std::size_t s = group->begin; s < group->end; ++s) {
        const auto id = panel.series[s].dimensions == key ? input.areas.find(panel.series[s].area) : std::nullopt;
        if (id) source.series.try_emplace(*id, s);
      }
      if (source.series.empty()) continue;
      bindings.insert(feed.binding);
      sources.push_back(std::move(source));
    }
    for (std::size_t a = 0; a < sources.size(); ++a) {
      for (std::size_t b = a + 1; b < sources.size(); ++b) {
        if (sources[a].entry->series == sources[b].entry->series || sources[a].entry->unit != sources[b].entry->unit) continue;
        compare(input, options, indicator->code, sources[a], sources[b], findings);
      }
    }
  }
}

}  // namespace stocktake
