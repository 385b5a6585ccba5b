#include "assess/simulation/aggregation.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "assess/candidates.h"
#include "assess/simulation/impute.h"
#include "base/error.h"
#include "store/unit_text.h"

namespace stocktake {
namespace {

// A job with what its result is for. `rule` only in the case of a framework.
struct Task {
  SimulationJob job;
  AggregatedSeries label;
  std::optional<GroupRule> rule;
  std::vector<bool> applies;  // by AreaId; empty: to every group
  int latest = 0;
  std::vector<std::int16_t> shown;  // years of the output; a rule's base year is added group by group
  std::vector<AggregateRow> rows;
  std::vector<ContributionRow> contributions;
};

std::vector<AreaId> groups_wanted(const AreaRegistry& areas, const std::vector<std::string>& codes) {
  if (codes.empty()) return areas.groups();
  std::vector<AreaId> groups;
  for (const std::string& code : codes) {
    const auto group = areas.find(code);
    if (!group || !areas.is_group(*group)) {
      throw Error(ErrorKind::not_found, "there is no group '" + code + "'", "`stocktake groups` lists them");
    }
    if (std::find(groups.begin(), groups.end(), *group) == groups.end()) groups.push_back(*group);
  }
  return groups;
}

void check(const AggregationOptions& options) {
  const auto share = [](double x) { return x >= 0 && x <= 1; };
  if (!share(options.simulation.draws.min_coverage))
    throw Error(ErrorKind::usage, "the least coverage is a share from 0 to 1", "Give --min-coverage such as 0.5");
  if (!share(options.simulation.draws.correlation))
    throw Error(ErrorKind::usage, "the correlation is a number from 0 to 1",
                "Give --correlation such as 0.3; 0 draws every country on its own");
  if (!(options.interval > 0 && options.interval < 1)) {
    throw Error(ErrorKind::usage, "the probability of published bounds lies between 0 and 1",
                "Give --interval such as 0.9 or 0.95; neither 0 nor 1 is a spread");
  }
  if (options.simulation.draws.draws == 0)
    throw Error(ErrorKind::usage, "at least one draw is needed", "Give --draws such as 1000");
  const bool medians = options.kind == GroupKind::median || options.kind == GroupKind::weighted_median;
  if (options.contributions && medians) {
    throw Error(ErrorKind::usage, "the change of a median is no sum of the countries' changes", "Ask for a mean or a sum");
  }
}

GroupSettings settings_of(const AggregationOptions& options) {
  return {*options.data_until, options.max_age, options.base_window, options.interval,
          options.model,       options.impute,  options.simulation};
}

class Aggregator {
 public:
  Aggregator(const AreaRegistry& areas, const std::vector<Binding>& bindings, const AggregationOptions& options)
      : areas_(areas), bindings_(bindings), options_(options), settings_(settings_of(options)) {
    check(options);
    out_.map = map_groups(areas, groups_wanted(areas, options.groups), options.at);
    regions_ = regions_of(areas, out_.map, options.at);
  }

  // The weights of a concept, or of a series code; null where there are none.
  const SeriesOfArea* weights(const Panel& panel, const std::string& name) {
    auto slot = weights_.find(name);
    if (slot == weights_.end()) {
      auto found = find_weights(panel, areas_, bindings_, name);
      if (!found) found = by_code(panel, name, "");
      slot = weights_.emplace(name, std::move(found)).first;
    }
    return slot->second ? &*slot->second : nullptr;
  }

  std::optional<SeriesOfArea> by_code(const Panel& panel, std::string_view code, std::string_view dimensions) const {
    SeriesOfArea found(areas_.all().size(), no_series);
    bool any = false;
    for (std::uint32_t i = 0; i < panel.size(); ++i) {
      if (panel.series[i].series != code || panel.series[i].dimensions != dimensions || !in_ones(panel.series[i].unit)) continue;
      const auto area = areas_.find(panel.series[i].area);
      if (!area || areas_.is_group(*area) || found[*area] != no_series) continue;
      found[*area] = i;
      any = true;
    }
    if (any) return found;
    return std::nullopt;
  }

  // Adds a task, or nothing where there is nothing to aggregate. own_weight: a concept or a code.
  void add(const Panel& panel, SeriesOfArea series, AggregatedSeries label, GroupKind kind, const std::string& own_weight,
           const Indicator* indicator, std::optional<RuleView> view, std::vector<bool> applies) {
    Task task;
    const SeriesOfArea* weight = nullptr;
    if (kind != GroupKind::median) {
      label.weight = own_weight;
      weight = weights(panel, own_weight);
      if (weight == nullptr && !options_.weight.empty()) {
        throw Error(ErrorKind::not_found, "the store has no weights '" + own_weight + "'",
                    "Name a concept of the bindings, such as population, or a series of the store");
      }
      if (weight == nullptr) {
        label.weight = "population";
        weight = weights(panel, "population");
      }
      if (weight == nullptr) label.weight = "";
      if (weight == nullptr && kind != GroupKind::sum) return;
    }
    label.kind = kind;
    task.job = group_job(label.series, label.dimensions, std::move(series), weight, kind, indicator, settings_);
    task.label = std::move(label);
    task.applies = std::move(applies);
    task.latest = latest_year(panel, out_.map, task.job.series, *options_.data_until, task.job.weights);
    if (task.latest == 0) return;
    if (view) task.rule = group_rule(panel, out_.map, regions_, task.job, *view, task.latest, settings_);
    choose_years(task);
    tasks_.push_back(std::move(task));
  }

  Aggregation run(const Panel& panel) {
    std::vector<SimulationJob> jobs;
    for (Task& task : tasks_) jobs.push_back(std::move(task.job));
    run_jobs(panel, areas_, out_.map, regions_, jobs, settings_.simulation,
             [&](std::size_t j, const FigureTable& table, const GroupDraws& draws, const std::vector<GroupEstimate>& estimates) {
               collect(tasks_[j], table, draws, estimates);
             });
    for (Task& task : tasks_) {
      const auto index = static_cast<std::uint32_t>(out_.series.size());
      for (AggregateRow& row : task.rows) row.series = index;
      for (ContributionRow& row : task.contributions) row.series = index;
      out_.rows.insert(out_.rows.end(), task.rows.begin(), task.rows.end());
      out_.contributions.insert(out_.contributions.end(), task.contributions.begin(), task.contributions.end());
      out_.series.push_back(std::move(task.label));
    }
    return std::move(out_);
  }

 private:
  void choose_years(Task& task) const {
    std::set<std::int16_t> shown, simulated;
    const auto year = [](int y) { return static_cast<std::int16_t>(y); };
    for (const int one : options_.years) shown.insert(year(one));
    if (options_.years.empty()) {
      shown.insert(year(task.latest));
      if (task.rule) shown.insert(task.rule->view.deadline);
    }
    for (int one = task.latest; options_.to && one <= *options_.to; ++one) shown.insert(year(one));
    simulated = shown;
    if (task.rule) {
      for (const std::int16_t one : years_of_rule(*task.rule)) simulated.insert(one);
    }
    task.shown.assign(shown.begin(), shown.end());
    task.job.years.assign(simulated.begin(), simulated.end());
  }

  static std::size_t place(const FigureTable& table, int year) {
    return static_cast<std::size_t>(std::lower_bound(table.years.begin(), table.years.end(), year) - table.years.begin());
  }

  void collect(Task& task, const FigureTable& table, const GroupDraws& draws, const std::vector<GroupEstimate>& estimates) const {
    const std::size_t groups = out_.map.groups.size();
    for (std::uint32_t g = 0; g < groups; ++g) {
      if (!task.applies.empty() && !task.applies[out_.map.groups[g]]) continue;
      const int base = task.rule ? task.rule->base_year[g] : 0;
      for (std::size_t y = 0; y < table.years.size(); ++y) {
        const int year = table.years[y];
        const bool shown =
            std::binary_search(task.shown.begin(), task.shown.end(), year) || (options_.years.empty() && year == base);
        const GroupEstimate& estimate = estimates[y * groups + g];
        if (!shown || estimate.figures == 0) continue;
        AggregateRow row{0, estimate, {}};
        if (task.rule && year == task.rule->view.deadline) row.outlook = outlook_of_group(*task.rule, g, table, draws, estimates);
        task.rows.push_back(row);
      }
      if (options_.contributions) contribute(task, table, estimates, g, base);
    }
  }

  void contribute(Task& task, const FigureTable& table, std::span<const GroupEstimate> estimates, std::uint32_t g,
                  int base) const {
    int from = base, to = task.latest;
    if (options_.years.size() >= 2) {
      from = *std::min_element(options_.years.begin(), options_.years.end());
      to = *std::max_element(options_.years.begin(), options_.years.end());
    }
    if (from == 0 || from >= to) return;
    const std::size_t groups = out_.map.groups.size();  // of a group without a published value nothing is told
    if (!estimates[place(table, from) * groups + g].published() || !estimates[place(table, to) * groups + g].published()) return;
    const Decomposition parts =
        decompose(out_.map.members[g], table.year(place(table, from)), table.year(place(table, to)), task.label.kind);
    const std::size_t first = task.contributions.size();
    for (const Contribution& part : parts.countries) {
      task.contributions.push_back(
          {0, g, static_cast<std::int16_t>(from), static_cast<std::int16_t>(to), parts.from, parts.to, part});
    }
    std::stable_sort(
        task.contributions.begin() + static_cast<std::ptrdiff_t>(first), task.contributions.end(),
        [](const ContributionRow& a, const ContributionRow& b) { return std::abs(a.part.total()) > std::abs(b.part.total()); });
  }

  const AreaRegistry& areas_;
  const std::vector<Binding>& bindings_;
  const AggregationOptions& options_;
  const GroupSettings settings_;
  std::vector<std::uint8_t> regions_;
  std::map<std::string, std::optional<SeriesOfArea>> weights_;
  std::vector<Task> tasks_;
  Aggregation out_;
};

AggregationOptions completed(AggregationOptions options) {
  if (!options.data_until) options.data_until = last_complete_year(options.at);
  return options;
}

// The entry by which an indicator's countries are aggregated: the first, by the bindings' order, that is the indicator itself and
// has figures of countries; else the first near one.
std::optional<std::pair<Feed, SeriesOfArea>> feed_of(const Feeds& feeds, const std::string& indicator) {
  for (const bool exact : {true, false}) {
    for (const Feed feed : feeds.of(indicator)) {
      if (feeds.entry(feed).exact != exact) continue;
      SeriesOfArea countries = feeds.countries(feed);
      const bool any = std::any_of(countries.begin(), countries.end(), [](std::uint32_t one) { return one != no_series; });
      if (any) return std::pair(feed, std::move(countries));
    }
  }
  return std::nullopt;
}

std::optional<GroupKind> kind_of(const Indicator& indicator, const AggregationOptions& options) {
  if (options.kind) return options.kind;
  return group_kind(indicator.aggregate);
}

Panel read(const Store& store, std::vector<std::string> series, const AggregationOptions& options) {
  PanelQuery query;
  query.series = std::move(series);
  query.last_year = options.data_until;
  query.as_of = options.as_of;
  return query.series.empty() ? Panel() : store.panel(query);
}

std::vector<std::string> with_weights(std::vector<std::string> series, const std::vector<Binding>& bindings,
                                      const AggregationOptions& options) {
  std::set<std::string> codes(series.begin(), series.end());
  for (const Binding& binding : bindings) {
    for (const auto& [name, weight] : binding.weights) codes.insert(weight.series);
  }
  if (!options.weight.empty()) codes.insert(options.weight);
  return {codes.begin(), codes.end()};
}

}  // namespace

Aggregation aggregate_framework(const Store& store, Framework framework, const AreaRegistry& areas,
                                const std::vector<Binding>& bindings, const AggregationOptions& given) {
  const AggregationOptions options = completed(given);
  for (const std::string& code : options.targets) {
    if (framework.find_target(code) == nullptr) {
      throw Error(ErrorKind::not_found, "framework '" + framework.id + "' has no target '" + code + "'",
                  "Target codes are those of frameworks/" + framework.id + ".yaml");
    }
  }
  AssessmentRun run;  // for its bindings of series to indicators; nothing is assessed
  run.framework = std::move(framework);
  run.areas = areas;
  run.bindings = bindings;
  run.options.at = options.at;
  run.options.data_until = options.data_until;
  run.panel = read(store, with_weights(series_wanted(run.framework, bindings), bindings, options), options);
  const Feeds feeds(run);
  const Scope scope(run);
  Aggregator aggregator(areas, bindings, options);
  for (const Goal& goal : run.framework.goals) {
    for (const Target& target : goal.targets) {
      const auto& wanted = options.targets;
      if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), target.code) == wanted.end()) continue;
      for (const TargetRule& rule : target.rules) {
        const Indicator* indicator = run.framework.find_indicator(rule.indicator);
        if (indicator == nullptr) continue;
        const auto kind = kind_of(*indicator, options);
        auto feed = kind ? feed_of(feeds, rule.indicator) : std::nullopt;
        if (!feed) continue;
        const RuleView view = view_of(rule, indicator, run.framework.baseline_of(target, rule),
                                      run.framework.deadline_of(target, rule), *options.data_until - options.max_age);
        const std::string weight = !options.weight.empty()   ? options.weight
                                   : *kind == GroupKind::sum ? "population"
                                                             : indicator->weight;
        aggregator.add(run.panel, std::move(feed->second),
                       {target.code, rule.indicator, feeds.entry(feed->first).series, feeds.key(feed->first), "", *kind}, *kind,
                       weight, indicator, view, scope.of_rule(rule));
      }
    }
  }
  return aggregator.run(run.panel);
}

Aggregation aggregate_series(const Store& store, const std::string& code, const AreaRegistry& areas,
                             const std::vector<Binding>& bindings, const AggregationOptions& given) {
  const AggregationOptions options = completed(given);
  if (options.contributions && options.years.size() < 2) {
    throw Error(ErrorKind::usage, "contributions are those to the change between two years", "Add --year FROM TO");
  }
  const Panel panel = read(store, with_weights({code}, bindings, options), options);
  std::set<std::string_view> breakdowns;
  for (const PanelSeries& one : panel.series) {
    if (one.series == code) breakdowns.insert(one.dimensions);
  }
  if (breakdowns.empty()) {
    throw Error(ErrorKind::not_found, "the store has no figures of series '" + code + "' there",
                "`stocktake show series` lists the series");
  }
  Aggregator aggregator(areas, bindings, options);
  Indicator indicator;  // only its scale and bounds count
  indicator.scale = options.scale;
  if (options.scale == Scale::logit) indicator.bounds = {0, 100};
  const std::string weight = options.weight.empty() ? "population" : options.weight;
  for (const std::string_view dimensions : breakdowns) {
    auto series = aggregator.by_code(panel, code, dimensions);
    if (!series) continue;
    const GroupKind kind = options.kind.value_or(GroupKind::mean);
    aggregator.add(panel, std::move(*series), {"", "", code, std::string(dimensions), "", kind}, kind, weight, &indicator, {},
                   {});
  }
  return aggregator.run(panel);
}

}  // namespace stocktake
