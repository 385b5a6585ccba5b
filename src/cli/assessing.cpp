#include "cli/assessing.h"

#include <algorithm>

#include "base/error.h"
#include "base/files.h"

namespace stocktake {

void add_assess_arguments(CLI::App& command, AssessArguments& a) {
  // Required: where --area takes it for one more area (MDG is Madagascar), that must be an error and not another framework.
  command.add_option("framework", a.framework, "Id (`stocktake framework list`), or path of a YAML file")
      ->required()
      ->option_text("FRAMEWORK");
  command.add_option("--at", a.at, "The day on which stock is taken [today]")->option_text("DATE");
  command.add_option("--data-until", a.data_until, "Last year of figures [the last year complete on that day]")
      ->option_text("YEAR")
      ->check(CLI::Range(1000, 2999));
  command.add_option("--as-of", a.as_of, "Only vintages known by that day")->option_text("DATE");
  command.add_option("--area", a.areas, "Only these areas and groups")->option_text("CODE ...");
  command.add_option("--target", a.targets, "Only these targets")->option_text("CODE ...");
  command.add_option("--binding", a.bindings, "Only these bindings (sources): ids, or paths of YAML files")
      ->option_text("ID ...");
  command.add_option("--min-coverage", a.min_coverage, "Share of a group's weight that must be observed [0.5]")
      ->option_text("SHARE");
  command.add_option("--max-age", a.max_age, "Years after which a latest figure is too old [5]")
      ->option_text("YEARS")
      ->check(CLI::Range(0, 100));
  command.add_option("--base-window", a.base_window, "Years that the base figure may be away from the baseline [10]")
      ->option_text("YEARS")
      ->check(CLI::Range(0, 100));
  command.add_flag("--no-groups", a.no_groups, "Do not aggregate countries into groups");
}

AssessOptions assess_options(const AssessArguments& a) {
  AssessOptions options;
  options.at = a.at.empty() ? today() : date_argument(a.at, "--at");
  options.data_until = a.data_until;
  if (!a.as_of.empty()) options.as_of = date_argument(a.as_of, "--as-of", true);
  if (a.min_coverage) options.min_coverage = *a.min_coverage;
  if (!(options.min_coverage >= 0 && options.min_coverage <= 1)) {  // CLI::Range would let NaN pass
    throw Error(ErrorKind::usage, "--min-coverage: expected a share from 0 to 1",
                "Write 0.5 for half of the weight; 0 takes whatever there is");
  }
  if (a.max_age) options.max_age = *a.max_age;
  if (a.base_window) options.base_window = *a.base_window;
  options.areas = a.areas;
  options.targets = a.targets;
  options.computed_groups = !a.no_groups;
  return options;
}

std::vector<Binding> assess_bindings(const AssessArguments& a) {
  const DimensionCodes codes = load_dimension_codes();
  std::vector<Binding> bindings = load_bindings(data_home() + "/frameworks/bindings", codes);
  std::vector<std::string> ids;
  for (const std::string& text : a.bindings) {
    const bool path = text.find('/') != std::string::npos || text.ends_with(".yaml");
    if (path) bindings.push_back(load_binding(text, codes));
    ids.push_back(path ? bindings.back().id : text);
  }
  keep_bindings(bindings, ids);
  return bindings;
}

AssessmentRun run_assessment(const Context& context, const AssessArguments& a) {
  const AssessOptions options = assess_options(a);
  Framework framework = load_framework(framework_path(a.framework));
  std::vector<Binding> bindings = assess_bindings(a);
  const Store store = Store::open(context.store_path, Store::Access::read);
  return assess(store, std::move(framework), load_areas(), std::move(bindings), options);
}

void keep_bindings(std::vector<Binding>& bindings, const std::vector<std::string>& ids) {
  if (ids.empty()) return;
  for (const auto& id : ids) {
    const bool known = std::any_of(bindings.begin(), bindings.end(), [&](const Binding& b) { return b.id == id; });
    if (!known)
      throw Error(ErrorKind::not_found, "there is no binding '" + id + "'", "Bindings are the files of frameworks/bindings");
  }
  std::erase_if(bindings, [&](const Binding& b) { return std::find(ids.begin(), ids.end(), b.id) == ids.end(); });
}

Translator load_translator(const Context& context) { return Translator::load(data_home() + "/i18n", context.language()); }

}  // namespace stocktake
