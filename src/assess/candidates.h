// Which series are judged by which rule for which area: the framework, the bindings and the scope of a run brought together.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "assess/aggregate.h"
#include "assess/run.h"

namespace stocktake {

// A series under a rule; becomes one row of the run.
struct Candidate {
  std::uint16_t target = 0, rule = 0;  // as in Assessment
  std::uint16_t binding = 0, entry = 0;
  std::uint32_t series = 0;  // in the panel
  AreaId area = 0;
  Origin origin = Origin::country;
  bool key = false;  // its dimensions are the entry's headline key
  float coverage = 1;
  bool substitute_weight = false;  // as in Assessment
  std::uint32_t group_source = 0;  // as in Assessment
};

// The indicator codes that an entry names for this framework; a national layer also uses what its parent's data feed.
std::vector<std::string> indicators_of(const SeriesBinding& entry, const Framework& framework);

// The entry of a binding that feeds an indicator of the framework.
struct Feed {
  std::uint16_t binding = 0, entry = 0;
};

// Bindings by indicator, and the panel's series by entry. Entries with `multiply` see scaled series: the panel is changed.
class Feeds {
 public:
  explicit Feeds(AssessmentRun& run);

  const SeriesBinding& entry(Feed feed) const { return run_.bindings[feed.binding].series[feed.entry]; }
  // Entries of an indicator (or of the one it is the same as), by binding order; context entries are left out.
  std::vector<Feed> of(std::string_view indicator) const;
  // Panel series of an entry with a known area, in panel order, as (series, area).
  const std::vector<std::pair<std::uint32_t, AreaId>>& series(Feed feed) const;
  // Text of the entry's headline key, as in PanelSeries::dimensions.
  const std::string& key(Feed feed) const { return keys_[feed.binding][feed.entry]; }
  // Countries with a figure under the headline key.
  SeriesOfArea countries(Feed feed) const;

 private:
  using Series = std::vector<std::pair<std::uint32_t, AreaId>>;
  const AssessmentRun& run_;
  std::map<std::string, std::vector<Feed>, std::less<>> by_indicator_;
  std::map<std::pair<std::string, double>, Series> by_code_;  // code and factor
  std::vector<std::vector<std::string>> keys_;
};

// Areas to which a run, and within it a rule, is confined.
class Scope {
 public:
  explicit Scope(const AssessmentRun& run);  // Throws Error(not_found) for an unknown area of the options.
  bool covers(AreaId area) const { return covered_[area]; }
  // By AreaId; empty when the rule applies to everyone.
  std::vector<bool> of_rule(const TargetRule& rule) const;

 private:
  const AssessmentRun& run_;
  std::vector<bool> covered_;
};

// All candidates with figures of their own: countries and published groups.
std::vector<Candidate> observed_candidates(const AssessmentRun& run, const Feeds& feeds, const Scope& scope);

// Aggregates countries into the groups for which nobody published a series of the indicator, appends them to the panel and
// returns their candidates.
std::vector<Candidate> computed_candidates(AssessmentRun& run, const Feeds& feeds, const Scope& scope);

// Codes of the series that are bound to a rule of the run's targets, sorted, each once; without those of weights.
std::vector<std::string> series_judged(const AssessmentRun& run);

// Codes of all series that a run reads from a store: bound ones and weights, sorted, each once.
std::vector<std::string> series_wanted(const Framework& framework, const std::vector<Binding>& bindings);

}  // namespace stocktake
