// One assessment run: a framework judged on the figures of a store on a given day. Built once, then read by many.
// A run may be moved, not copied: its targets and its panel point into its framework, areas and names.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "assess/aggregate.h"
#include "assess/assessment.h"
#include "assess/promise.h"
#include "base/manifest.h"
#include "framework/areas.h"
#include "framework/binding.h"
#include "framework/framework.h"
#include "store/store.h"

namespace stocktake {

struct AssessOptions {
  Date at;                           // the day on which stock is taken: decides group membership and the countdown
  std::optional<int> data_until;     // last year of figures; default last_complete_year(at)
  std::optional<Date> as_of;         // only vintages known by that day
  int base_window = 10;              // the base figure may be up to this many years from the baseline year
  int max_age = 5;                   // a latest figure older than this many years before data_until is 'data too old'
  double min_coverage = 0.5;         // a computed group needs figures for this share of its weight
  bool disaggregations = true;       // assess breakdowns too
  bool computed_groups = true;       // aggregate countries into groups
  std::vector<std::string> areas;    // only these areas and groups; empty means all
  std::vector<std::string> targets;  // only these targets; empty means all
  std::vector<std::string> methods{"mdg_chart",
                                   "un_sdg_chart"};  // ids, for the manifest: the two that every row carries, and more
};

struct RunTarget {
  const Goal* goal = nullptr;  // into AssessmentRun::framework
  const Target* target = nullptr;
  Date deadline;  // of the headline rule
};

// What computed groups were made of; all groups of an entry and indicator share one.
struct GroupSource {
  SeriesOfArea countries;
  std::optional<std::uint32_t> weights;  // index into AssessmentRun::group_weights; none: counted without
};

struct AssessmentRun {
  AssessmentRun() = default;
  AssessmentRun(AssessmentRun&&) = default;
  AssessmentRun& operator=(AssessmentRun&&) = default;

  Framework framework;
  AreaRegistry areas;
  std::vector<Binding> bindings;
  AssessOptions options;           // with the defaults filled in
  Panel panel;                     // the series assessed; computed groups are appended at the end
  std::vector<RunTarget> targets;  // in the order of the framework
  std::vector<Assessment> rows;    // by target, rule, area (registry order), headline first, then series
  std::vector<GroupSource> group_sources;
  std::vector<SeriesOfArea> group_weights;
  std::vector<Vintage> vintages;  // of the store, or of the test that made the panel
  Manifest manifest;

  const TargetRule& rule(const Assessment& row) const { return targets[row.target].target->rules[row.rule]; }
  const Indicator& indicator(const Assessment& row) const;
  const SeriesBinding* binding_of(const Assessment& row) const;  // the entry that bound the series; never null for rows of a run
  // Edition and source of the row's figures: the figure's own source text, else the vintage's source and edition.
  std::string source_of(const Assessment& row) const;
  // The edition alone, "IGME 2015"; "" for computed groups and where nothing names one.
  std::string edition_of(const Assessment& row) const;
  const Vintage* vintage_of(const Assessment& row) const;  // null for a vintage that the run does not know
};

// What assess() asks of the store: the bound series and weights, of the areas and years of the options. `series` is empty when
// nothing is bound; such a query would mean all.
PanelQuery panel_query(const Framework& framework, const AreaRegistry& areas, const std::vector<Binding>& bindings,
                       const AssessOptions& options);

// A rule of a target as the run judges by it.
RuleView rule_view(const AssessmentRun& run, std::uint16_t target, std::uint16_t rule);

// Reads the bound series from the store, aggregates groups, computes facts and judges them by both methods.
// Throws Error(not_found) for an unknown area, group or target in the options.
AssessmentRun assess(const Store& store, Framework framework, AreaRegistry areas, std::vector<Binding> bindings,
                     AssessOptions options);

// The same on figures that are at hand; those after data_until are taken out of the panel first, so that no mean, weight or
// gap looks ahead. The panel's views must point into panel.names or outlive the run.
AssessmentRun assess_panel(Panel panel, std::vector<Vintage> vintages, Framework framework, AreaRegistry areas,
                           std::vector<Binding> bindings, AssessOptions options);

// The same rows as a table, one column a figure, for `stocktake assess --format`.
Table to_table(const AssessmentRun& run, Language language);

}  // namespace stocktake
