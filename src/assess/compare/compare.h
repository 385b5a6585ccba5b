// Two stocktakings side by side: what changed for each target and area, and which step of the way from one to the other did it.
// Formulas, the order of the steps and its limits: docs/methods.md, "As of then, as of now".
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "assess/compare/decompose.h"
#include "assess/method_run.h"
#include "assess/run.h"

namespace stocktake {

// One of the two stocktakings. Areas, disaggregations and computed groups of both must be the same; targets may name codes that
// only one of the two frameworks has.
struct CompareState {
  AssessOptions options;
  Framework framework;
  std::string method = "mdg_chart";  // whose verdict is compared, on the scale that all methods share
  ParameterChanges changes;          // its thresholds, where they are not the published ones
};

// Which series spoke for a target in an area.
struct SeriesName {
  std::string indicator, binding, series, dimensions, unit;
  auto operator<=>(const SeriesName&) const = default;
};

// The headline row of a target and area in one state; figures as in Facts.
struct Snapshot {
  bool present = false;
  Verdict verdict = Verdict::insufficient_data;
  std::int16_t base_year = 0, latest_year = 0;  // 0: none
  std::uint32_t series = 0;                     // index into Comparison::series
  double base = no_figure, latest = no_figure, target = no_figure;
  double expected = no_figure, ratio = no_figure;  // expected_linear, ratio_linear
};

struct ComparedTarget {
  std::string goal, code;
  LocalText title;                           // of the later state, where it has the target
  bool in_before = false, in_after = false;  // whether the framework of that state has it
};

struct ComparedRow {
  std::uint16_t target = 0;  // index into Comparison::targets
  AreaId area = 0;
  std::array<Snapshot, step_count + 1> state;  // before the first step, and after each

  const Snapshot& before() const { return state.front(); }
  const Snapshot& after() const { return state.back(); }
  StepVerdicts verdicts() const;
  StepValues values(double Snapshot::*figure) const;
  VerdictChange change() const { return change_of(verdicts()); }
  // Whether the verdict, a year, a figure or the series differs between before and after.
  bool moved() const;
};

struct Comparison {
  AreaRegistry areas;
  std::vector<ComparedTarget> targets;  // of the later framework in its order, then those that only the earlier one has
  std::vector<SeriesName> series;
  std::vector<ComparedRow> rows;  // by target, then area in the registry's order
  std::array<Manifest, 2> manifests;
  std::array<std::string, 2> methods;  // id, and the thresholds that were changed
};

// Makes both stocktakings and those between them from the vintages of the store. Throws as assess() does, Error(not_found) for an
// unknown method, Error(usage) when the two states differ in what is assessed.
Comparison compare(const Store& store, const AreaRegistry& areas, const std::vector<Binding>& bindings,
                   const CompareState& before, const CompareState& after);

// The same on figures at hand: what each state knows of the series that either framework binds.
Comparison compare_panels(const Panel& before_panel, const Panel& after_panel, const std::vector<Vintage>& vintages,
                          const AreaRegistry& areas, const std::vector<Binding>& bindings, const CompareState& before,
                          const CompareState& after);

// One row for each of comparison.rows: verdicts and figures after each step, and the steps' effects.
Table to_table(const Comparison& comparison, Language language);
// The columns that fit a terminal.
Table to_brief_table(const Comparison& comparison, Language language);
// Verdicts by what became of them, one row for each combination of causes that occurs, then all: the rows add up to the last.
Table summary_table(const Comparison& comparison);
// What differs between the two states: framework, days, parameters, method.
Table states_table(const Comparison& comparison);
// Targets and areas that have rows in only one of the two states.
Table coming_and_going_table(const Comparison& comparison, Language language);

}  // namespace stocktake
