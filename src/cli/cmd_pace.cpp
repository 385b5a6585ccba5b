#include <algorithm>
#include <memory>

#include "assess/pace/pace.h"
#include "base/error.h"
#include "cli/assessing.h"

namespace stocktake {

void add_pace(CLI::App& app, Context& context) {
  CLI::App* command =
      app.add_subcommand("pace", "What it would take: the pace needed from now, against what countries have done");
  struct Arguments {
    AssessArguments assess;
    PaceOptions pace;
    bool performers = false;
    OutputOptions output;
  };
  auto arguments = std::make_shared<Arguments>();
  add_assess_arguments(*command, arguments->assess);
  PaceOptions& pace = arguments->pace;
  command->add_option("--band", pace.band, "Half width of a similar level, in standard deviations of the countries [0.25]")
      ->option_text("NUMBER");
  command->add_option("--min-years", pace.min_years, "Shortest episode [5]")->option_text("YEARS")->check(CLI::Range(1, 100));
  command->add_option("--slack", pace.slack, "Years by which an episode may be longer or shorter [1]")
      ->option_text("YEARS")
      ->check(CLI::Range(0, 100));
  command->add_option("--min-episodes", pace.min_episodes, "Episodes below which there is no percentile [10]")
      ->option_text("NUMBER")
      ->check(CLI::Range(1, 100000));
  command->add_option("--best", pace.best, "Best performers of each target and area [3]")
      ->option_text("NUMBER")
      ->check(CLI::Range(0, 1000));
  command->add_flag("--performers", arguments->performers, "The best performers, one a line");
  command->add_flag("--all", pace.all, "Every series and breakdown, not only the headline of a target and area");
  add_output_options(*command, arguments->output);
  command->footer(
      "Examples:\n  stocktake pace mdg --at 2013-09-25 --target 4.A --area BGD NGA\n"
      "  stocktake pace mdg --at 2013-09-25 --target 4.A --area NGA --performers --best 10\n\n"
      "An area is held against the countries of the same source that began an episode of the same length from a similar\n"
      "level. Rates are per cent a year in the table, fractions elsewhere. Rule and limits: docs/methods.md, \"What it would "
      "take\".");
  command->callback([&context, arguments] {
    if (!(arguments->pace.band >= 0 && arguments->pace.band <= 1000)) {
      throw Error(ErrorKind::usage, "--band: expected a number from 0 to 1000",
                  "Write 0.25 for a quarter of a standard deviation to either side");
    }
    // All countries are read: they are the history. The areas asked for are those shown.
    AssessArguments assess = arguments->assess;
    const std::vector<std::string> shown = area_codes(assess.areas);
    assess.areas.clear();
    const AssessmentRun run = run_assessment(context, assess);
    std::vector<Pace> paces = required_paces(run, arguments->pace);
    std::erase_if(paces, [&](const Pace& one) {
      const std::string& code = run.areas.at(run.rows[one.row].area).code;
      return !shown.empty() && std::find(shown.begin(), shown.end(), code) == shown.end();
    });
    const Language language = context.language(arguments->output.format);
    const bool brief = arguments->output.format == "table";
    const Table table = arguments->performers ? performer_table(run, paces, language) : pace_table(run, paces, language, brief);
    note_if_empty(context, run, table.rows(),
                  paces.empty() ? "no target with figures is judged for the areas asked for"
                                : "no country began an episode of that length from a similar level (wider: --band, --slack)");
    write_table(table, arguments->output, context);
  });
}

}  // namespace stocktake
