#include "assess/run.h"

#include <algorithm>

#include "assess/candidates.h"
#include "assess/core.h"
#include "assess/headline.h"
#include "assess/methods/method.h"
#include "assess/panel_edit.h"
#include "assess/relative.h"
#include "assess/run_manifest.h"
#include "base/error.h"

namespace stocktake {
namespace {

bool wanted(const AssessOptions& options, const std::string& code) {
  return options.targets.empty() || std::find(options.targets.begin(), options.targets.end(), code) != options.targets.end();
}

const TargetRule& headline_rule(const Target& target) {
  const auto found = std::find_if(target.rules.begin(), target.rules.end(), [](const TargetRule& rule) { return rule.headline; });
  return found == target.rules.end() ? target.rules.front() : *found;
}

std::vector<RunTarget> targets_of(const Framework& framework, const AssessOptions& options) {
  for (const std::string& code : options.targets) {
    if (framework.find_target(code) == nullptr) {
      throw Error(ErrorKind::not_found, "framework '" + framework.id + "' has no target '" + code + "'",
                  "target codes are those of frameworks/" + framework.id + ".yaml");
    }
  }
  std::vector<RunTarget> targets;
  for (const Goal& goal : framework.goals) {
    for (const Target& target : goal.targets) {
      if (!wanted(options, target.code) || target.rules.empty()) continue;
      targets.push_back({&goal, &target, framework.deadline_of(target, headline_rule(target))});
    }
  }
  return targets;
}

// Rows hold these numbers in 16 bits.
void check_sizes(const AssessmentRun& run) {
  constexpr std::size_t most = 65535;
  bool fits = run.targets.size() <= most && run.bindings.size() <= most;
  for (const RunTarget& target : run.targets) fits = fits && target.target->rules.size() <= most;
  for (const Binding& binding : run.bindings) fits = fits && binding.series.size() <= most;
  if (!fits)
    throw Error(ErrorKind::input, "more than 65,535 targets, rules of a target, bindings or series of a binding",
                "Split the file");
}

CoreOptions core_options(const AssessOptions& options) { return {*options.data_until, options.base_window, 0}; }

std::vector<RuleView> views_of(const AssessmentRun& run, const std::vector<Candidate>& candidates) {
  std::vector<std::vector<RuleView>> by_rule(run.targets.size());
  for (std::size_t t = 0; t < run.targets.size(); ++t) {
    for (std::size_t r = 0; r < run.targets[t].target->rules.size(); ++r) {
      by_rule[t].push_back(rule_view(run, static_cast<std::uint16_t>(t), static_cast<std::uint16_t>(r)));
    }
  }
  std::vector<RuleView> views;
  views.reserve(candidates.size());
  for (const Candidate& one : candidates) views.push_back(by_rule[one.target][one.rule]);
  return views;
}

void judge_candidates(AssessmentRun& run, const Feeds& feeds, const std::vector<Candidate>& candidates) {
  const std::vector<RuleView> views = views_of(run, candidates);
  std::vector<std::uint32_t> series;
  series.reserve(candidates.size());
  for (const Candidate& one : candidates) series.push_back(one.series);
  std::vector<Facts> facts(candidates.size());
  compute_facts(run.panel, series, views, core_options(run.options), facts);
  std::vector<std::uint32_t> judged = series;
  relative_facts(run, feeds, candidates, views, core_options(run.options), facts, judged);
  std::vector<Verdict> mdg(candidates.size()), sdg(candidates.size());
  judge_mdg_chart(facts, views, mdg);
  judge_un_sdg_chart(facts, views, sdg);

  std::vector<bool> keys;
  keys.reserve(candidates.size());
  run.rows.reserve(candidates.size());
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const Candidate& one = candidates[i];
    const bool exact = feeds.entry({one.binding, one.entry}).exact;
    run.rows.push_back({one.target, one.rule, one.area, one.origin, false, exact, one.binding, one.entry, one.series, judged[i],
                        one.coverage, one.substitute_weight, facts[i], mdg[i], sdg[i], one.group_source});
    keys.push_back(one.key);
  }
  choose_headlines(run, keys, run.rows);
  sort_rows(run, run.rows);
}

// Of the row's latest figure; null when there is none.
const Panel::Provenance* provenance_of(const Panel& panel, const Assessment& row) {
  const auto begin = panel.year.begin() + panel.begin[row.series];
  const auto end = panel.year.begin() + panel.begin[row.series + 1];
  const auto latest = std::lower_bound(begin, end, row.facts.latest_year);
  if (latest == end || panel.provenance.empty()) return nullptr;
  return &panel.provenances[panel.provenance[static_cast<std::size_t>(latest - panel.year.begin())]];
}

// The areas to read for a run: only those asked for when they are countries; a group needs its members, so all are read.
std::vector<std::string> areas_wanted(const AreaRegistry& areas, const AssessOptions& options) {
  std::vector<std::string> codes;
  for (const std::string& code : options.areas) {
    const auto area = areas.find(code);
    if (!area || areas.is_group(*area)) return {};
    codes.push_back(areas.at(*area).code);
  }
  return codes;
}

}  // namespace

RuleView rule_view(const AssessmentRun& run, std::uint16_t target, std::uint16_t rule) {
  const Target& promised = *run.targets[target].target;
  const TargetRule& one = promised.rules[rule];
  return view_of(one, run.framework.find_indicator(one.indicator), run.framework.baseline_of(promised, one),
                 run.framework.deadline_of(promised, one), *run.options.data_until - run.options.max_age);
}

const Indicator& AssessmentRun::indicator(const Assessment& row) const {
  const Indicator* found = framework.find_indicator(rule(row).indicator);
  if (found == nullptr) {
    throw Error(ErrorKind::internal, "target " + targets[row.target].target->code + " has a rule for the unknown indicator '" +
                                         rule(row).indicator + "'");
  }
  return *found;
}

const SeriesBinding* AssessmentRun::binding_of(const Assessment& row) const { return &bindings[row.binding].series[row.entry]; }

const Vintage* AssessmentRun::vintage_of(const Assessment& row) const {
  const Panel::Provenance* own = provenance_of(panel, row);
  const int id = own != nullptr && own->vintage != 0 ? own->vintage : panel.series[row.series].vintage;
  const auto found = std::find_if(vintages.begin(), vintages.end(), [id](const Vintage& one) { return one.id == id; });
  return found == vintages.end() ? nullptr : &*found;
}

std::string AssessmentRun::edition_of(const Assessment& row) const {
  if (row.origin == Origin::computed_group) return {};
  const Panel::Provenance* own = provenance_of(panel, row);
  if (own != nullptr && !own->edition.empty()) return own->edition;
  // A row with a source text of its own is not of the vintage's edition.
  const Vintage* vintage = own != nullptr && !own->source.empty() ? nullptr : vintage_of(row);
  return vintage == nullptr ? std::string() : vintage->edition;
}

std::string AssessmentRun::source_of(const Assessment& row) const {
  const Binding& binding = bindings[row.binding];
  if (row.origin == Origin::computed_group) return binding.source_name;
  const Panel::Provenance* own = provenance_of(panel, row);
  std::string source = own == nullptr ? std::string() : own->source;
  if (const Vintage* vintage = vintage_of(row); source.empty() && vintage != nullptr) source = vintage->source;
  if (source.empty()) source = binding.source_name;
  const std::string edition = edition_of(row);
  return edition.empty() ? source : source + ", " + edition;
}

AssessmentRun assess_panel(Panel panel, std::vector<Vintage> vintages, Framework framework, AreaRegistry areas,
                           std::vector<Binding> bindings, AssessOptions options) {
  AssessmentRun run;
  run.framework = std::move(framework);
  run.areas = std::move(areas);
  run.bindings = std::move(bindings);
  run.options = std::move(options);
  run.panel = std::move(panel);
  run.vintages = std::move(vintages);
  if (!run.options.data_until) run.options.data_until = last_complete_year(run.options.at);
  keep_until(run.panel, *run.options.data_until);
  run.targets = targets_of(run.framework, run.options);
  check_sizes(run);

  const Scope scope(run);
  const Feeds feeds(run);
  std::vector<Candidate> candidates = observed_candidates(run, feeds, scope);
  if (run.options.computed_groups) {
    const std::vector<Candidate> computed = computed_candidates(run, feeds, scope);
    candidates.insert(candidates.end(), computed.begin(), computed.end());
  }
  judge_candidates(run, feeds, candidates);
  run.manifest = manifest_of(run);
  return run;
}

PanelQuery panel_query(const Framework& framework, const AreaRegistry& areas, const std::vector<Binding>& bindings,
                       const AssessOptions& options) {
  PanelQuery query;
  query.series = series_wanted(framework, bindings);
  query.areas = areas_wanted(areas, options);
  query.last_year = options.data_until.value_or(last_complete_year(options.at));
  query.as_of = options.as_of;
  return query;
}

AssessmentRun assess(const Store& store, Framework framework, AreaRegistry areas, std::vector<Binding> bindings,
                     AssessOptions options) {
  const PanelQuery query = panel_query(framework, areas, bindings, options);
  Panel panel;
  if (!query.series.empty()) panel = store.panel(query);
  return assess_panel(std::move(panel), store.vintages(), std::move(framework), std::move(areas), std::move(bindings),
                      std::move(options));
}

}  // namespace stocktake
