#include <algorithm>
#include <memory>

#include "assess/agreement.h"
#include "assess/insights.h"
#include "assess/method_run.h"
#include "assess/outlooks.h"
#include "assess/priorities/priorities.h"
#include "assess/projection/combination.h"
#include "assess/stocktaking.h"
#include "base/error.h"
#include "cli/assessing.h"
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

// What --methods prints for reading: a row a target and area, a column a method.
Table side_by_side(const AssessmentRun& run, Language language) {
  Table table;
  auto& target = table.add_texts("target");
  auto& area = table.add_texts("area");
  auto& name = table.add_texts("name");
  auto& indicator = table.add_texts("indicator");
  auto& year = table.add_integers("year");
  auto& latest = table.add_numbers("latest", 2);
  auto& goal = table.add_numbers("target_value", 2);
  for (const Assessment& row : run.rows) {
    target.push_back(run.targets[row.target].target->code);
    area.push_back(run.areas.at(row.area).code);
    name.push_back(run.areas.at(row.area).name.in(language));
    indicator.push_back(run.rule(row).indicator);
    year.push_back(row.facts.latest_year == 0 ? Table::no_integer : row.facts.latest_year);
    latest.push_back(row.facts.latest);
    goal.push_back(row.facts.target);
  }
  return table;
}

struct MethodArguments {
  std::optional<std::string> methods;  // an empty text is a fault, not the same as none
  std::vector<std::string> changes;
  bool agreement = false;
};

struct ChosenMethods {
  std::vector<const Method*> methods;
  ParameterChanges changes;
};

// Before anything is read: a fault in a threshold need not wait for the figures.
ChosenMethods choose_methods(const MethodArguments& arguments) {
  ChosenMethods chosen;
  for (const std::string& text : arguments.changes) {
    const auto [name, value] = parse_parameter(text);
    chosen.changes.insert_or_assign(name, value);
  }
  chosen.methods = parse_methods(*arguments.methods);
  for (const auto& [name, value] : chosen.changes) {
    const auto is_it = [&id = name.first](const Method* one) { return one->info().id == id; };
    if (std::none_of(chosen.methods.begin(), chosen.methods.end(), is_it)) {
      throw Error(ErrorKind::usage, "--set changes method '" + name.first + "', which is not among --methods",
                  "Add it to --methods");
    }
  }
  for (const Method* one : chosen.methods) changed_parameters(*one, chosen.changes);
  return chosen;
}

void print_methods(const Context& context, const AssessmentRun& run, const ChosenMethods& chosen, bool agreed, bool all,
                   const OutputOptions& output) {
  const MethodRun judged = judge_rows(run, chosen.methods, chosen.changes);
  std::vector<bool> counted;
  for (const Assessment& row : run.rows) counted.push_back(all || row.headline);
  const bool brief = output.format == "table";
  if (agreed) {
    const Agreement agreement = agreement_of(run, judged, counted);
    if (brief) return write_text(render_text(agreement, judged), output.path);
    return write_table(to_table(agreement, judged), output, context);
  }
  Table table = brief ? side_by_side(run, context.language()) : to_table(run, context.language(output.format));
  add_judgements(judged, brief, table);
  add_outlooks(outlooks_of(run, {.model = default_model()}, counted), brief, table);
  table = table.where([&](std::size_t row) { return counted[row]; });
  if (!brief) return write_table(table, output, context);
  const std::size_t width = is_stdout(output.path) ? context.width() : 0;
  const Priorities urgent = set_priorities(run, PriorityOptions{}, model_forecaster(run, default_model()));
  const auto first_lines = [width](const Table& all) {
    constexpr std::size_t shown = 10;
    return to_text(all.where([](std::size_t row) { return row < shown; }), width);
  };
  write_text(to_text(table, width) + "\n" + render_text(agreement_of(run, judged, counted), judged) +
                 "\nWhat needs action first (more, and other weights: stocktake priorities)\n\n" +
                 first_lines(targets_table(run, urgent, context.language(), true)) + "\n" +
                 first_lines(countries_table(run, urgent, context.language(), true)),
             output.path);
}

}  // namespace

void add_assess(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("assess", "Judge every target for every country and group");
  struct Arguments {
    AssessArguments assess;
    MethodArguments methods;
    bool all = false, summary = false;
    OutputOptions output;
  };
  auto arguments = std::make_shared<Arguments>();
  add_assess_arguments(*command, arguments->assess);
  command->add_flag("--all", arguments->all, "Every series and breakdown, not only the headline of a target and area");
  command->add_flag("--summary", arguments->summary, "The stocktaking for reading: progress chart, rankings, gaps");
  command->add_option("--methods", arguments->methods.methods, "all, or ids of `stocktake methods`: their verdicts side by side")
      ->option_text("all|ID,...");
  command->add_option("--set", arguments->methods.changes, "A threshold of a method, instead of the published one")
      ->option_text("METHOD.PARAMETER=NUMBER")
      ->allow_extra_args(false);
  command->add_flag("--agreement", arguments->methods.agreement, "Where methods agree, and why they do not, instead of the rows");
  add_output_options(*command, arguments->output);
  command->footer(
      "Examples:\n  stocktake assess mdg --at 2013-09-25 --summary\n  stocktake assess mdg --at 2013-09-25 --target 4.A --area "
      "CHN BGD\n"
      "  stocktake assess sdg --methods all --agreement\n"
      "  stocktake assess sdg --methods escap_api,open_sdg --set escap_api.maintain=15\n"
      "  stocktake assess sdg --all --format parquet --output sdg.parquet\n\n"
      "Formulas and sources of the verdicts: docs/methods.md. --at decides group membership and the last year of figures;\n"
      "--as-of decides which vintages are known.");
  command->callback([&context, arguments] {
    if (arguments->summary && arguments->output.format != "table") {
      throw Error(ErrorKind::usage, "--summary is a text, it has no format " + arguments->output.format,
                  "Leave --format out, or use `stocktake report`");
    }
    if (!arguments->methods.methods && arguments->methods.agreement) arguments->methods.methods = "all";
    if (!arguments->methods.methods && !arguments->methods.changes.empty()) {
      throw Error(ErrorKind::usage, "--set changes a threshold of a method, but no method is asked for", "Add --methods");
    }
    if (arguments->summary && (arguments->all || arguments->methods.methods)) {
      throw Error(ErrorKind::usage,
                  "--summary is the stocktaking by the two charts: --all, --methods and --agreement do not go with it",
                  "Leave one of them out");
    }
    ChosenMethods chosen;
    if (arguments->methods.methods) chosen = choose_methods(arguments->methods);
    const AssessmentRun run = run_assessment(context, arguments->assess);
    note_if_empty(context, run, run.rows.size(), "");
    if (arguments->methods.methods) {
      return print_methods(context, run, chosen, arguments->methods.agreement, arguments->all, arguments->output);
    }
    if (arguments->summary) {
      const TextStyle style{context.width() == 0 ? 120 : context.width(), context.use_colour(), false};
      write_text(render_text(run, take_stock(run), gain_insights(run), load_translator(context), style), arguments->output.path);
      return;
    }
    const bool brief = arguments->output.format == "table";
    Table table = brief ? brief_table(run, context.language()) : to_table(run, context.language(arguments->output.format));
    if (!arguments->all) table = table.where([&](std::size_t row) { return run.rows[row].headline; });
    write_table(table, arguments->output, context);
  });
}

}  // namespace stocktake
