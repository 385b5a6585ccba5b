#include <memory>

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

}  // namespace

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
      "Examples:\n  stocktake assess mdg --at 2013-09-25 --summary\n  stocktake assess mdg --at 2013-09-25 --target 4.A --area "
      "CHN BGD\n"
      "  stocktake assess sdg --all --format parquet --output sdg.parquet\n\n"
      "Formulas and sources of the verdicts: docs/methods.md. --at decides group membership and the last year of figures;\n"
      "--as-of decides which vintages are known.");
  command->callback([&context, arguments] {
    if (arguments->summary && arguments->output.format != "table") {
      throw Error(ErrorKind::usage, "--summary is a text, it has no format " + arguments->output.format,
                  "Leave --format out, or use `stocktake report`");
    }
    const AssessmentRun run = run_assessment(context, arguments->assess);
    if (arguments->summary) {
      const TextStyle style{context.width() == 0 ? 120 : context.width(), context.use_colour(), false};
      write_text(render_text(run, take_stock(run), load_translator(context), style), arguments->output.path);
      return;
    }
    const bool brief = arguments->output.format == "table";
    Table table = brief ? brief_table(run, context.language()) : to_table(run, context.language(arguments->output.format));
    if (!arguments->all) table = table.where([&](std::size_t row) { return run.rows[row].headline; });
    write_table(table, arguments->output, context);
  });
}

}  // namespace stocktake
