#include "assess/compare/compare.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "assess/compare/panel_merge.h"
#include "assess/panel_edit.h"
#include "base/error.h"

namespace stocktake {
namespace {

// A method with the thresholds in force.
struct Judge {
  const Method* method = nullptr;
  const ParameterChanges* changes = nullptr;
};

Judge judge_of(const CompareState& state) {
  const Method& method = stocktake::method(state.method);
  for (const auto& [name, value] : state.changes) {
    if (name.first != state.method)
      throw Error(ErrorKind::usage, "a threshold of " + name.first + " is set, but " + state.method + " judges",
                  "Name the method too");
  }
  return {&method, &state.changes};
}

std::string name_of(const CompareState& state) {
  std::string text = state.method;
  for (const auto& [name, value] : state.changes) text += " " + name.second + "=" + number_text(value);
  return text;
}

void check_states(const CompareState& before, const CompareState& after) {
  const AssessOptions &a = before.options, &b = after.options;
  if (a.areas != b.areas || a.targets != b.targets || a.disaggregations != b.disaggregations ||
      a.computed_groups != b.computed_groups)
    throw Error(ErrorKind::usage, "the two states differ in the areas, targets or series that are assessed",
                "Choose these once, for both");
  for (const std::string& code : a.targets) {
    if (before.framework.find_target(code) == nullptr && after.framework.find_target(code) == nullptr)
      throw Error(ErrorKind::not_found, "neither framework has a target '" + code + "'",
                  "`stocktake framework show " + after.framework.id + "` lists them");
  }
}

void add_targets(const Framework& framework, bool ComparedTarget::*in, std::vector<ComparedTarget>& targets) {
  for (const Goal& goal : framework.goals) {
    for (const Target& target : goal.targets) {
      auto found = std::find_if(targets.begin(), targets.end(), [&](const auto& one) { return one.code == target.code; });
      if (found == targets.end()) {
        targets.push_back({goal.code, target.code, target.title});
        found = targets.end() - 1;
      }
      (*found).*in = true;
    }
  }
}

// Gathers the headline rows of the states, one state after the other.
class Collector {
 public:
  explicit Collector(Comparison& out) : out_(out) {
    for (std::uint16_t t = 0; t < out.targets.size(); ++t) target_of_[out.targets[t].code] = t;
  }

  void add(const AssessmentRun& run, std::size_t state, Judge judge) {
    const MethodRun judged = judge_rows(run, {judge.method}, *judge.changes);
    for (std::size_t i = 0; i < run.rows.size(); ++i) {
      const Assessment& row = run.rows[i];
      if (!row.headline) continue;
      const Facts& facts = row.facts;
      Snapshot& one = rows_[{target_of_.at(run.targets[row.target].target->code), row.area}].state[state];
      one.present = true;
      one.verdict = judged.at(0, i).verdict;
      one.base_year = facts.base_year;
      one.latest_year = facts.latest_year;
      one.series = series_of(run, row);
      one.base = facts.base;
      one.latest = facts.latest;
      one.target = facts.target;
      one.expected = facts.expected_linear;
      one.ratio = facts.ratio_linear;
    }
  }

  void repeat(std::size_t state) {
    for (auto& [place, row] : rows_) row.state[state] = row.state[state - 1];
  }

  void finish() {
    for (auto& [place, row] : rows_) {
      row.target = place.first;
      row.area = place.second;
      out_.rows.push_back(row);
    }
  }

 private:
  std::uint32_t series_of(const AssessmentRun& run, const Assessment& row) {
    const PanelSeries& one = run.panel.series[row.series];
    SeriesName name{run.rule(row).indicator, run.bindings[row.binding].id, std::string(one.series), std::string(one.dimensions),
                    run.indicator(row).unit};
    const auto slot = number_of_.try_emplace(std::move(name), static_cast<std::uint32_t>(out_.series.size()));
    if (slot.second) out_.series.push_back(slot.first->first);
    return slot.first->second;
  }

  Comparison& out_;
  std::map<std::string, std::uint16_t> target_of_;
  std::map<SeriesName, std::uint32_t> number_of_;
  std::map<std::pair<std::uint16_t, AreaId>, ComparedRow> rows_;
};

// The runs on the way. A step that changes nothing repeats the state before it.
class Walk {
 public:
  Walk(const std::vector<Vintage>& vintages, const AreaRegistry& areas, const std::vector<Binding>& bindings,
       Collector& collector)
      : vintages_(vintages), areas_(areas), bindings_(bindings), collector_(collector) {}

  // The panel's names must outlive the walk.
  void judge(std::size_t state, const Panel& panel, const Framework& framework, AssessOptions options, Judge judge) {
    run_.emplace();
    const std::vector<std::string> asked = std::exchange(options.targets, {});
    for (const std::string& code : asked) {
      if (framework.find_target(code) != nullptr) options.targets.push_back(code);
    }
    // Of a framework that has none of the targets asked for there is nothing to judge; an empty list would mean all.
    const bool any = asked.empty() || !options.targets.empty();
    run_ = assess_panel(any ? borrow_panel(panel) : Panel(), vintages_, framework, areas_, bindings_, std::move(options));
    if (!any) run_->rows.clear();
    collector_.add(*run_, state, judge);
  }
  void judge_again(std::size_t state, Judge judge) { collector_.add(*run_, state, judge); }
  void repeat(std::size_t state) { collector_.repeat(state); }
  const Manifest& manifest() const { return run_->manifest; }

 private:
  const std::vector<Vintage>& vintages_;
  const AreaRegistry& areas_;
  const std::vector<Binding>& bindings_;
  Collector& collector_;
  std::optional<AssessmentRun> run_;
};

constexpr std::size_t after(ChangeStep step) { return static_cast<std::size_t>(step) + 1; }

int data_until_of(const AssessOptions& options) { return options.data_until.value_or(last_complete_year(options.at)); }

// Steps 1 to 3: what is known of the figures. Returns the options in force after them.
AssessOptions walk_figures(Walk& walk, const Panel& before_panel, const Panel& after_panel, const CompareState& before,
                           const CompareState& later, Judge judge) {
  AssessOptions options = before.options;
  options.data_until = data_until_of(before.options);
  const Panel revised = merge_panels(before_panel, after_panel, Merge::revisions);
  if (same_figures(before_panel, revised)) {
    walk.repeat(after(ChangeStep::revisions));
  } else {
    walk.judge(after(ChangeStep::revisions), revised, before.framework, options, judge);
  }
  const int until = data_until_of(later.options);
  const bool same_until = until == *options.data_until;
  // The last year of figures moves, but what is too old stays so far: ageing is a step of its own.
  options.max_age += until - *options.data_until;
  options.data_until = until;
  const Panel known = merge_panels(before_panel, after_panel, Merge::new_years);
  if (same_until && same_figures(revised, known)) {
    walk.repeat(after(ChangeStep::new_years));
  } else {
    walk.judge(after(ChangeStep::new_years), known, before.framework, options, judge);
  }
  if (same_figures(known, after_panel)) {
    walk.repeat(after(ChangeStep::series));
  } else {
    walk.judge(after(ChangeStep::series), after_panel, before.framework, options, judge);
  }
  return options;
}

// Steps 4 to 8: how the figures are judged.
void walk_method(Walk& walk, const Panel& panel, AssessOptions options, const CompareState& before, const CompareState& later,
                 Judge judge_before, Judge judge_after) {
  const AssessOptions& last = later.options;
  const bool same_age = options.max_age == before.options.max_age;
  options.max_age = before.options.max_age;
  if (same_age) {
    walk.repeat(after(ChangeStep::ageing));
  } else {
    walk.judge(after(ChangeStep::ageing), panel, before.framework, options, judge_before);
  }
  const bool same_day = options.at == last.at;
  options.at = last.at;
  if (same_day) {
    walk.repeat(after(ChangeStep::membership));
  } else {
    walk.judge(after(ChangeStep::membership), panel, before.framework, options, judge_before);
  }
  const bool same_parameters =
      options.max_age == last.max_age && options.base_window == last.base_window && options.min_coverage == last.min_coverage;
  options.max_age = last.max_age;
  options.base_window = last.base_window;
  options.min_coverage = last.min_coverage;
  if (same_parameters) {
    walk.repeat(after(ChangeStep::parameters));
  } else {
    walk.judge(after(ChangeStep::parameters), panel, before.framework, options, judge_before);
  }
  options.as_of = last.as_of;  // only for the manifest: the panel is what was known then
  walk.judge(after(ChangeStep::framework), panel, later.framework, options, judge_before);
  walk.judge_again(after(ChangeStep::method), judge_after);
}

}  // namespace

StepVerdicts ComparedRow::verdicts() const {
  StepVerdicts all;
  for (std::size_t k = 0; k <= step_count; ++k) all[k] = {state[k].present, state[k].verdict};
  return all;
}

StepValues ComparedRow::values(double Snapshot::*figure) const {
  StepValues all;
  for (std::size_t k = 0; k <= step_count; ++k) all[k] = state[k].*figure;
  return all;
}

bool ComparedRow::moved() const {
  const Snapshot &a = before(), &b = after();
  const auto differ = [](double x, double y) { return !(x == y || (std::isnan(x) && std::isnan(y))); };
  return a.present != b.present || a.verdict != b.verdict || a.base_year != b.base_year || a.latest_year != b.latest_year ||
         a.series != b.series || differ(a.base, b.base) || differ(a.latest, b.latest) || differ(a.target, b.target) ||
         differ(a.expected, b.expected) || differ(a.ratio, b.ratio);
}

Comparison compare_panels(const Panel& before_panel, const Panel& after_panel, const std::vector<Vintage>& vintages,
                          const AreaRegistry& areas, const std::vector<Binding>& bindings, const CompareState& before,
                          const CompareState& later) {
  check_states(before, later);
  const Judge judge_before = judge_of(before), judge_after = judge_of(later);
  Comparison out;
  out.areas = areas;
  out.methods = {name_of(before), name_of(later)};
  add_targets(later.framework, &ComparedTarget::in_after, out.targets);
  add_targets(before.framework, &ComparedTarget::in_before, out.targets);

  // Neither side may know a figure after its own last year.
  Panel first = borrow_panel(before_panel), last = borrow_panel(after_panel);
  keep_until(first, data_until_of(before.options));
  keep_until(last, data_until_of(later.options));
  Collector collector(out);
  Walk walk(vintages, areas, bindings, collector);
  walk.judge(0, first, before.framework, before.options, judge_before);
  out.manifests[0] = walk.manifest();
  const AssessOptions options = walk_figures(walk, first, last, before, later, judge_before);
  walk_method(walk, last, options, before, later, judge_before, judge_after);
  out.manifests[1] = walk.manifest();
  collector.finish();
  return out;
}

Comparison compare(const Store& store, const AreaRegistry& areas, const std::vector<Binding>& bindings,
                   const CompareState& before, const CompareState& later) {
  const auto read = [&](const CompareState& state, const Framework* also) {
    PanelQuery query = panel_query(state.framework, areas, bindings, state.options);
    if (also != nullptr) {
      const PanelQuery other = panel_query(*also, areas, bindings, state.options);
      std::set<std::string> series(query.series.begin(), query.series.end());
      series.insert(other.series.begin(), other.series.end());
      query.series.assign(series.begin(), series.end());
    }
    return query.series.empty() ? Panel() : store.panel(query);
  };
  const Panel first = read(before, &later.framework);
  const Panel last = read(later, &before.framework);
  return compare_panels(first, last, store.vintages(), areas, bindings, before, later);
}

}  // namespace stocktake
