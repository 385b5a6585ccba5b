// Why a result is empty: a table without rows is no answer until that is said.
#include "assess/candidates.h"
#include "cli/assessing.h"

namespace stocktake {
namespace {

std::string listed(const char* one, const char* many, const std::vector<std::string>& names) {
  std::string text = names.size() == 1 ? one : many;
  for (std::size_t i = 0; i < names.size(); ++i) text += (i == 0 ? " " : ", ") + names[i];
  return text;
}

}  // namespace

std::string why_no_figures(const Store& store, const PanelQuery& query) {
  if (store.years(query)) return "";
  PanelQuery wider = query;
  wider.areas.clear();
  wider.first_year.reset();
  wider.last_year.reset();
  wider.as_of.reset();
  if (!store.years(wider)) {
    const bool any = store.years({}).has_value();
    return any && !query.series.empty()
               ? "the store has no figures of the series asked for (`stocktake show series` lists what it has)"
               : "the store has no figures yet (`stocktake import --starter` loads the bundled ones)";
  }
  wider.as_of = query.as_of;
  if (query.as_of && !store.years(wider)) {
    return "no vintage with figures of it was known by " + to_string(*query.as_of) + " (`stocktake show vintages` has the days)";
  }
  if (query.last_year) {
    if (const auto years = store.years(wider); years->first > *query.last_year) {
      return "the figures begin in " + std::to_string(years->first) + ", and only those up to " +
             std::to_string(*query.last_year) + " count (--at, --data-until)";
    }
  }
  wider.areas = query.areas;
  if (const auto years = store.years(wider); years && query.last_year) {
    return "the figures of " + listed("the area", "the areas", query.areas) + " begin in " + std::to_string(years->first) +
           ", and only those up to " + std::to_string(*query.last_year) + " count (--at, --data-until)";
  }
  return "the store has no figures of it for " + listed("the area", "the areas", query.areas);
}

std::string why_no_rows(const Context& context, const AssessmentRun& run) {
  const Framework& framework = run.framework;
  const AssessOptions& options = run.options;
  const std::string begins =
      framework.baseline == 0 ? "" : "; framework '" + framework.id + "' counts from " + std::to_string(framework.baseline);
  PanelQuery query = panel_query(framework, run.areas, run.bindings, options);
  query.series = series_judged(run);
  if (query.series.empty()) {
    return options.targets.empty() ? "no series is bound to an indicator of framework '" + framework.id + "'"
                                   : "no series is bound to an indicator of " + listed("target", "targets", options.targets) +
                                         " (`stocktake framework show " + framework.id + "` lists the indicators)";
  }
  const Store store = Store::open(context.store_path, Store::Access::read);
  const std::string why = why_no_figures(store, query);
  if (!why.empty()) return why + begins;
  return "the store has figures up to " + std::to_string(*query.last_year) + ", but none of an area" +
         (options.areas.empty() ? "" : " asked for") + " to which a rule of " +
         (options.targets.empty() ? "the framework" : listed("target", "targets", options.targets)) + " applies" + begins;
}

void note_if_empty(const Context& context, const AssessmentRun& run, std::size_t rows, const std::string& otherwise) {
  if (rows > 0 || context.quiet) return;
  note(context, "there is nothing to show: " + (run.rows.empty() ? why_no_rows(context, run) : otherwise));
}

}  // namespace stocktake
