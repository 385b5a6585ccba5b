#include <algorithm>
#include <memory>

#include "assess/priorities/priorities.h"
#include "base/error.h"
#include "cli/assessing.h"

namespace stocktake {
namespace {

const std::vector<std::string> list_names = {"targets", "countries", "behind", "risk", "sustain", "situations"};

struct Arguments {
  AssessArguments assess;
  PriorityOptions priorities;
  std::string weights, list, model = "combination";
  std::size_t top = 10;
  OutputOptions output;
};

std::vector<std::string> model_names() {
  std::vector<std::string> names{"none"};
  for (std::size_t i = 0; i < model_count; ++i) names.emplace_back(to_string(static_cast<Model>(i)));
  return names;
}

Forecaster forecaster_of(const AssessmentRun& run, const std::string& name) {
  const std::vector<std::string> names = model_names();
  const auto place = std::find(names.begin(), names.end(), name) - names.begin();
  return place == 0 ? Forecaster(no_forecast) : model_forecaster(run, static_cast<Model>(place - 1));
}

Table list_table(const AssessmentRun& run, const Priorities& all, const std::string& list, Language language, bool brief) {
  if (list == "targets") return targets_table(run, all, language, brief);
  if (list == "countries") return countries_table(run, all, language, brief);
  if (list == "behind") return behind_table(run, all, language, brief);
  if (list == "risk") return risk_table(run, all.risk, language, brief);
  if (list == "sustain") return risk_table(run, all.sustain, language, brief);
  return situations_table(run, all, language);
}

// All lists one below the other, the first lines of each.
std::string overview(const AssessmentRun& run, const Priorities& all, const Arguments& arguments, const Context& context) {
  std::string text;
  for (const std::string& list : list_names) {
    const Table table = list_table(run, all, list, context.language(), true);
    const std::size_t rows = table.rows();
    if (list != "targets") text += "\n";
    text += list + ": " + std::to_string(rows) + "\n";
    if (rows == 0) continue;
    text += to_text(table.where([&](std::size_t row) { return row < arguments.top; }),
                    is_stdout(arguments.output.path) ? context.width() : 0);
  }
  return text;
}

}  // namespace

void add_priorities(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("priorities", "Who and what needs action first, and how sure each rank is");
  auto arguments = std::make_shared<Arguments>();
  add_assess_arguments(*command, arguments->assess);
  PriorityOptions& options = arguments->priorities;
  command->add_option("--weights", arguments->weights, "Exponents [off_track=1,stalled=1,people=1,gap=1]")
      ->option_text("NAME=NUMBER,...");
  command->add_option("--group", options.groups, "Only countries that are members of one of these on the day")
      ->option_text("CODE ...");
  command->add_option("--draws", options.draws, "Draws for the range of each rank; 0: none [1000]")
      ->option_text("NUMBER")
      ->check(CLI::Range(0, 100000));
  command->add_option("--seed", options.seed, "Of the draws [1]")->option_text("NUMBER")->check(CLI::Range(0, 2'000'000'000));
  command->add_option("--model", arguments->model, "Of the projection to the deadline; none: ranks without a range [combination]")
      ->option_text("NAME")
      ->check(CLI::IsMember(model_names()));
  command->add_option("--recent", options.recent_years, "Years of the recent pace [5]")
      ->option_text("YEARS")
      ->check(CLI::Range(2, 100));
  command->add_option("--risk-below", options.risk_probability, "Met or on track, but less probable than this: at risk [0.5]")
      ->option_text("SHARE");
  command->add_option("--list", arguments->list, "One list: targets, countries, behind, risk, sustain, situations [all]")
      ->option_text("NAME")
      ->check(CLI::IsMember(list_names));
  command->add_option("--top", arguments->top, "Lines of each list where all are shown [10]")
      ->option_text("NUMBER")
      ->check(CLI::Range(0, 2'000'000'000));
  add_output_options(*command, arguments->output);
  command->footer(
      "Examples:\n  stocktake priorities mdg --at 2013-09-25\n"
      "  stocktake priorities mdg --at 2013-09-25 --group LDC --list behind\n"
      "  stocktake priorities mdg --at 2013-09-25 --weights people=2 --list targets --format csv\n\n"
      "csv, json and parquet give one list, the targets unless --list says otherwise. Rules: docs/methods.md, \"Priorities\".");
  command->callback([&context, arguments] {
    arguments->priorities.weights = parse_weights(arguments->weights);
    const double risk = arguments->priorities.risk_probability;
    if (!(risk >= 0 && risk <= 1))
      throw Error(ErrorKind::usage, "--risk-below: expected a share from 0 to 1", "Write 0.5 for an even chance");
    const AssessmentRun run = run_assessment(context, arguments->assess);
    const Priorities all = set_priorities(run, arguments->priorities, forecaster_of(run, arguments->model));
    const bool brief = arguments->output.format == "table";
    note_if_empty(context, run, run.rows.size(), "");
    if (brief && arguments->list.empty()) {
      write_text(overview(run, all, *arguments, context), arguments->output.path);
      return;
    }
    const std::string list = arguments->list.empty() ? "targets" : arguments->list;
    const Table table = list_table(run, all, list, context.language(arguments->output.format), brief);
    if (!run.rows.empty()) note_if_empty(context, run, table.rows(), "nothing belongs on the list '" + list + "'");
    write_table(table, arguments->output, context);
  });
}

}  // namespace stocktake
