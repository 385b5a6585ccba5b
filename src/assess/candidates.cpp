#include "assess/candidates.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "assess/panel_edit.h"

namespace stocktake {
namespace {

// Whether a further entry of the same binding and indicator has these dimensions as its own headline key.
bool claimed_elsewhere(const Feeds& feeds, const std::vector<Feed>& all, Feed feed, std::string_view dimensions) {
  return std::any_of(all.begin(), all.end(), [&](Feed other) {
    return other.binding == feed.binding && other.entry != feed.entry && feeds.entry(other).series == feeds.entry(feed).series &&
           feeds.key(other) == dimensions;
  });
}

// Calls use(target index, rule index, rule) for every rule of the run.
template <typename Use>
void each_rule(const AssessmentRun& run, const Use& use) {
  for (std::size_t t = 0; t < run.targets.size(); ++t) {  // the run has checked that all numbers fit into 16 bits
    const auto& rules = run.targets[t].target->rules;
    for (std::size_t r = 0; r < rules.size(); ++r) use(static_cast<std::uint16_t>(t), static_cast<std::uint16_t>(r), rules[r]);
  }
}

// Groups for which somebody published a series of the indicator, under any key and from any source.
std::vector<bool> published_groups(const AssessmentRun& run, const Feeds& feeds, const std::vector<Feed>& all) {
  std::vector<bool> published(run.areas.all().size(), false);
  for (const Feed feed : all) {
    for (const auto& [index, area] : feeds.series(feed)) {
      if (run.areas.is_group(area)) published[area] = true;
    }
  }
  return published;
}

// Group series that were made already: the same entry may feed several indicators.
struct Made {
  std::uint32_t series = no_series;
  float coverage = 0;
  bool substitute_weight = false;
  std::uint32_t source = 0;  // index into AssessmentRun::group_sources
};
using SourceKey = std::tuple<std::uint16_t, std::uint16_t, Aggregate, std::string>;
using MadeKey = std::tuple<std::uint16_t, std::uint16_t, Aggregate, std::string, AreaId>;

class Aggregator {
 public:
  explicit Aggregator(AssessmentRun& run) : run_(run), groups_(run.areas.groups()) {
    members_.reserve(groups_.size());
    for (const AreaId group : groups_) members_.push_back(run.areas.members(group, run.options.at));
  }

  std::size_t groups() const { return groups_.size(); }
  AreaId group(std::size_t g) const { return groups_[g]; }

  Made make(Feed feed, const SeriesOfArea& countries, const Indicator& indicator, std::size_t g) {
    const MadeKey key{feed.binding, feed.entry, indicator.aggregate, indicator.weight, groups_[g]};
    const auto slot = made_.try_emplace(key);
    if (slot.second) slot.first->second = compute(feed, countries, indicator, g);
    return slot.first->second;
  }

 private:
  // Index into the weights of the run.
  std::optional<std::uint32_t> weights(const std::string& concept_name) {
    const auto slot = weights_.try_emplace(concept_name);
    if (!slot.second) return slot.first->second;
    if (auto found = find_weights(run_.panel, run_.areas, run_.bindings, concept_name)) {
      slot.first->second = static_cast<std::uint32_t>(run_.group_weights.size());
      run_.group_weights.push_back(std::move(*found));
    }
    return slot.first->second;
  }

  std::uint32_t source(Feed feed, const SeriesOfArea& countries, const Indicator& indicator,
                       const std::optional<std::uint32_t>& weight) {
    const auto next = static_cast<std::uint32_t>(run_.group_sources.size());
    const auto slot = sources_.try_emplace({feed.binding, feed.entry, indicator.aggregate, indicator.weight}, next);
    if (slot.second) run_.group_sources.push_back({countries, weight});
    return slot.first->second;
  }

  Made compute(Feed feed, const SeriesOfArea& countries, const Indicator& indicator, std::size_t g) {
    const bool sum = indicator.aggregate == Aggregate::sum;
    std::optional<std::uint32_t> weight = weights(sum ? "population" : indicator.weight);
    const bool substitute = !weight && !sum;
    if (substitute) weight = weights("population");
    const GroupFigures figures =
        aggregate_group(run_.panel, members_[g], countries, weight ? &run_.group_weights[*weight] : nullptr, indicator.aggregate,
                        run_.options.min_coverage, *run_.options.data_until);
    if (figures.year.empty()) return {};
    PanelSeries series = run_.panel.series[first_of(countries)];
    series.area = run_.areas.at(groups_[g]).code;
    if (!provenance_) {
      provenance_ = static_cast<std::uint32_t>(run_.panel.provenances.size());
      run_.panel.provenances.emplace_back();
    }
    return {append_series(run_.panel, series, figures.year, figures.value, *provenance_), figures.share.back(), substitute,
            source(feed, countries, indicator, weight)};
  }

  static std::uint32_t first_of(const SeriesOfArea& countries) {
    return *std::find_if(countries.begin(), countries.end(), [](std::uint32_t one) { return one != no_series; });
  }

  AssessmentRun& run_;
  std::vector<AreaId> groups_;
  std::vector<std::vector<AreaId>> members_;
  std::map<std::string, std::optional<std::uint32_t>> weights_;
  std::map<SourceKey, std::uint32_t> sources_;
  std::map<MadeKey, Made> made_;
  std::optional<std::uint32_t> provenance_;
};

}  // namespace

Scope::Scope(const AssessmentRun& run) : run_(run), covered_(run.areas.all().size(), true) {
  const auto confine = [&](const std::vector<std::string>& codes, bool strict) {
    if (codes.empty()) return;
    std::vector<bool> listed(covered_.size(), false);
    for (const std::string& code : codes) {
      const auto area = run.areas.find(code);
      if (area) listed[*area] = true;
      if (!area && strict) {
        throw Error(ErrorKind::not_found, "there is no area or group '" + code + "'",
                    "use an ISO 3166 alpha-3 code or a group code of reference/group_defs.csv");
      }
    }
    for (std::size_t i = 0; i < covered_.size(); ++i) covered_[i] = covered_[i] && listed[i];
  };
  confine(run.framework.areas, false);
  confine(run.options.areas, true);
}

std::vector<bool> Scope::of_rule(const TargetRule& rule) const {
  std::vector<bool> applies;
  if (rule.applies_to.empty()) return applies;
  applies.assign(run_.areas.all().size(), false);
  for (const std::string& code : rule.applies_to) {
    const auto area = run_.areas.find(code);
    if (!area) continue;
    applies[*area] = true;
    if (!run_.areas.is_group(*area)) continue;
    for (const AreaId member : run_.areas.members(*area, run_.options.at)) applies[member] = true;
  }
  return applies;
}

std::vector<Candidate> observed_candidates(const AssessmentRun& run, const Feeds& feeds, const Scope& scope) {
  std::vector<Candidate> out;
  each_rule(run, [&](std::uint16_t t, std::uint16_t r, const TargetRule& rule) {
    const std::vector<bool> applies = scope.of_rule(rule);
    const std::vector<Feed> all = feeds.of(rule.indicator);
    for (const Feed feed : all) {
      for (const auto& [index, area] : feeds.series(feed)) {
        const bool group = run.areas.is_group(area);
        if (!scope.covers(area) || (!applies.empty() && !applies[area])) continue;
        if (feeds.entry(feed).group_figures && !group) continue;
        const std::string_view dimensions = run.panel.series[index].dimensions;
        const bool key = dimensions == feeds.key(feed);
        if (!key && (!run.options.disaggregations || claimed_elsewhere(feeds, all, feed, dimensions))) continue;
        out.push_back({t, r, feed.binding, feed.entry, index, area, group ? Origin::published_group : Origin::country, key, 1});
      }
    }
  });
  return out;
}

std::vector<Candidate> computed_candidates(AssessmentRun& run, const Feeds& feeds, const Scope& scope) {
  std::vector<Candidate> out;
  Aggregator aggregator(run);
  each_rule(run, [&](std::uint16_t t, std::uint16_t r, const TargetRule& rule) {
    const Indicator* indicator = run.framework.find_indicator(rule.indicator);
    if (indicator == nullptr || indicator->aggregate == Aggregate::none) return;
    const std::vector<bool> applies = scope.of_rule(rule);
    const std::vector<Feed> all = feeds.of(rule.indicator);
    const std::vector<bool> published = published_groups(run, feeds, all);
    for (const Feed feed : all) {
      const SeriesOfArea countries = feeds.countries(feed);
      if (std::all_of(countries.begin(), countries.end(), [](std::uint32_t one) { return one == no_series; })) continue;
      for (std::size_t g = 0; g < aggregator.groups(); ++g) {
        const AreaId group = aggregator.group(g);
        if (published[group] || !scope.covers(group) || (!applies.empty() && !applies[group])) continue;
        const Made made = aggregator.make(feed, countries, *indicator, g);
        if (made.series == no_series) continue;
        out.push_back({t, r, feed.binding, feed.entry, made.series, group, Origin::computed_group, true, made.coverage,
                       made.substitute_weight, made.source});
      }
    }
  });
  return out;
}

}  // namespace stocktake
