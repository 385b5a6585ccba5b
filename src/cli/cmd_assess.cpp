#include <algorithm>
#include <memory>

#include "assess/stocktaking.h"
#include "base/error.h"
#include "base/files.h"
#include "base/translate.h"
#include "cli/app.h"
#include "report/report.h"

namespace stocktake {
namespace {

// The columns that fit a terminal; every figure is in the CSV, JSON and Parquet forms.
Table brief_table(const AssessmentRun& run, Language language) {
  Table table;
  auto& target = table.add_texts("target");
  auto& area = table.add_texts("area");
  auto& name = table.add_texts("name");
  auto& indicator = table.add_texts("indicator");
  auto& dimensions = table.add_texts("dimensions");
  auto& base_year = table.add_integers("base_year");
  auto& base = table.add_numbers("base", 2);
  auto& year = table.add_integers("year");
  auto& latest = table.add_numbers("latest", 2);
  auto& goal = table.add_numbers("target_value", 2);
  auto& expected = table.add_numbers("expected", 2);
  auto& acceleration = table.add_numbers("acceleration", 1);
  auto& mdg = table.add_texts("mdg_chart");
  auto& sdg = table.add_texts("sdg_chart");
  auto& origin = table.add_texts("origin");
  for (const Assessment& row : run.rows) {
    const Facts& facts = row.facts;
    target.push_back(run.targets[row.target].target->code);
    area.push_back(run.areas.at(row.area).code);
    name.push_back(run.areas.at(row.area).name.in(language));
    indicator.push_back(run.rule(row).indicator);
    dimensions.emplace_back(run.panel.series[row.series].dimensions);
    base_year.push_back(facts.base_year == 0 ? Table::no_integer : facts.base_year);
    base.push_back(facts.base);
    year.push_back(facts.latest_year == 0 ? Table::no_integer : facts.latest_year);
    latest.push_back(facts.latest);
    goal.push_back(facts.target);
    expected.push_back(facts.expected_linear);
    acceleration.push_back(facts.acceleration);
    mdg.emplace_back(to_string(row.mdg));
    sdg.emplace_back(to_string(row.sdg));
    origin.emplace_back(to_string(row.origin));
  }
  return table;
}

Translator load_translator(const Context& context) { return Translator::load(data_home() + "/i18n", context.language()); }

}  // namespace

void add_assess_arguments(CLI::App& command, AssessArguments& a) {
  // Required, or `--area CHN mdg` would take the framework for one more area: MDG is Madagascar.
  command.add_option("framework", a.framework, "Id (`stocktake framework list`), or path of a YAML file")->required()->option_text("FRAMEWORK");
  command.add_option("--at", a.at, "The day on which stock is taken [today]")->option_text("DATE");
  command.add_option("--data-until", a.data_until, "Last year of figures [the last year complete on that day]")
      ->option_text("YEAR")
      ->check(CLI::Range(1000, 2999));
  command.add_option("--as-of", a.as_of, "Only vintages known by that day")->option_text("DATE");
  command.add_option("--area", a.areas, "Only these areas and groups")->option_text("CODE ...");
  command.add_option("--target", a.targets, "Only these targets")->option_text("CODE ...");
  command.add_option("--binding", a.bindings, "Only these bindings (sources)")->option_text("ID ...");
  command.add_option("--min-coverage", a.min_coverage, "Share of a group's weight that must be observed [0.5]")->option_text("SHARE");
  command.add_option("--max-age", a.max_age, "Years after which a latest figure is too old [5]")->option_text("YEARS")->check(CLI::Range(0, 100));
  command.add_option("--base-window", a.base_window, "Years that the base figure may be away from the baseline [10]")
      ->option_text("YEARS")
      ->check(CLI::Range(0, 100));
  command.add_flag("--no-groups", a.no_groups, "Do not aggregate countries into groups");
}

AssessmentRun run_assessment(const Context& context, const AssessArguments& a) {
  AssessOptions options;
  options.at = a.at.empty() ? today() : date_argument(a.at, "--at");
  options.data_until = a.data_until;
  if (!a.as_of.empty()) options.as_of = date_argument(a.as_of, "--as-of", true);
  if (a.min_coverage) options.min_coverage = *a.min_coverage;
  if (!(options.min_coverage >= 0 && options.min_coverage <= 1)) {  // CLI::Range would let NaN pass
    throw Error(ErrorKind::usage, "--min-coverage: expected a share from 0 to 1");
  }
  if (a.max_age) options.max_age = *a.max_age;
  if (a.base_window) options.base_window = *a.base_window;
  options.areas = a.areas;
  options.targets = a.targets;
  options.computed_groups = !a.no_groups;
  Framework framework = load_framework(framework_path(a.framework));
  const DimensionCodes codes = load_dimension_codes();
  std::vector<Binding> bindings = load_bindings(data_home() + "/frameworks/bindings", codes);
  if (!a.bindings.empty()) {
    for (const auto& id : a.bindings) {
      const bool known = std::any_of(bindings.begin(), bindings.end(), [&](const Binding& b) { return b.id == id; });
      if (!known) throw Error(ErrorKind::not_found, "there is no binding '" + id + "'", "Bindings are the files of frameworks/bindings");
    }
    std::erase_if(bindings, [&](const Binding& b) { return std::find(a.bindings.begin(), a.bindings.end(), b.id) == a.bindings.end(); });
  }
  const Store store = Store::open(context.store_path, Store::Access::read);
  return assess(store, std::move(framework), load_areas(), std::move(bindings), options);
}

void add_assess(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("assess", "Judge every target for every country and group");
  struct Arguments {
    AssessArguments assess;
    bool all = false, summary = false;
    OutputOptions output;
  };
  auto arguments = std::make_shared<Arguments>();
  add_assess_arguments(*command, arguments->assess);
  command->add_flag("--all", arguments->all, "Every series and breakdown, not only the headline of a target and area");
  command->add_flag("--summary", arguments->summary, "The stocktaking for reading: progress chart, rankings, gaps");
  add_output_options(*command, arguments->output);
  command->footer(
      "Examples:\n  stocktake assess mdg --at 2013-09-25 --summary\n  stocktake assess mdg --at 2013-09-25 --target 4.A --area CHN BGD\n"
      "  stocktake assess sdg --all --format parquet --output sdg.parquet\n\n"
      "Formulas and sources of the verdicts: docs/methods.md. --at decides group membership and the last year of figures;\n"
      "--as-of decides which vintages are known.");
  command->callback([&context, arguments] {
    if (arguments->summary && arguments->output.format != "table") {
      throw Error(ErrorKind::usage, "--summary is a text, it has no format " + arguments->output.format, "Leave --format out, or use `stocktake report`");
    }
    const AssessmentRun run = run_assessment(context, arguments->assess);
    if (arguments->summary) {
      const TextStyle style{context.width() == 0 ? 120 : context.width(), context.use_colour(), false};
      write_text(render_text(run, take_stock(run), load_translator(context), style), arguments->output.path);
      return;
    }
    const bool brief = arguments->output.format == "table";
    Table table = brief ? brief_table(run, context.language()) : to_table(run, context.language());
    if (!arguments->all) table = table.where([&](std::size_t row) { return run.rows[row].headline; });
    write_table(table, arguments->output, context);
  });
}

}  // namespace stocktake
