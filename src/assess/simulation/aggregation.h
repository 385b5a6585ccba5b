// Group aggregates with their uncertainty for a whole framework or for a series: what `stocktake aggregate` prints.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "assess/simulation/contributions.h"
#include "assess/simulation/group_rule.h"
#include "assess/simulation/outlook.h"
#include "assess/simulation/run_jobs.h"
#include "base/table.h"
#include "framework/binding.h"
#include "framework/framework.h"
#include "store/store.h"

namespace stocktake {

struct AggregationOptions {
  Date at;                           // decides group membership
  std::optional<int> data_until;     // last year of figures; default last_complete_year(at)
  std::optional<Date> as_of;         // only vintages known by that day
  std::vector<std::string> groups;   // codes; empty: all
  std::vector<std::string> targets;  // of a framework; empty: all
  std::vector<int> years;            // to show; empty: base, latest and deadline of a framework's rule, the latest of a series
  std::optional<int> to;             // also every year from the latest to this one
  std::optional<GroupKind> kind;     // default: the indicator's own; of a series the mean
  std::string weight;             // a concept of the bindings or a series code; "": the indicator's own, of a series population
  Scale scale = Scale::identity;  // of a series; indicators have their own
  SimulationSettings simulation;
  int max_age = 5, base_window = 10;
  double interval = 0.9;
  bool impute = false;
  bool contributions = false;                       // make those too
  std::optional<Model> model = Model::combination;  // of the years after a country's last figure; none: random_walk()
};

// One (rule or) series that was aggregated. Texts are "" where they do not apply.
struct AggregatedSeries {
  std::string target, indicator, series, dimensions, weight;
  GroupKind kind = GroupKind::mean;
};

struct AggregateRow {
  std::uint32_t series = 0;  // index into Aggregation::series
  GroupEstimate estimate;
  GroupOutlook outlook;  // in the row of a rule's deadline year, else undefined
};

struct ContributionRow {
  std::uint32_t series = 0, group = 0;
  std::int16_t from_year = 0, to_year = 0;
  double group_from = no_figure, group_to = no_figure;
  Contribution part;
};

struct Aggregation {
  GroupMap map;
  std::vector<AggregatedSeries> series;
  std::vector<AggregateRow> rows;              // by series, group, year; groups without any figure are left out
  std::vector<ContributionRow> contributions;  // by series, group, size of the total
};

// Every indicator of the framework's rules that countries can be aggregated for. Throws Error(not_found) for an unknown group or
// target, and Error(usage) for options that do not fit together.
Aggregation aggregate_framework(const Store& store, Framework framework, const AreaRegistry& areas,
                                const std::vector<Binding>& bindings, const AggregationOptions& options);
// Every breakdown of a series of the store. Throws as above; Error(not_found) for a series that the store does not have.
Aggregation aggregate_series(const Store& store, const std::string& code, const AreaRegistry& areas,
                             const std::vector<Binding>& bindings, const AggregationOptions& options);

Table to_table(const Aggregation& aggregation, const AreaRegistry& areas, Language language);
Table contribution_table(const Aggregation& aggregation, const AreaRegistry& areas, Language language);

}  // namespace stocktake
