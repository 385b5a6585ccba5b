#include <filesystem>
#include <memory>

#include "assess/insights.h"
#include "assess/stocktaking.h"
#include "cli/assessing.h"
#include "cli/ledger.h"
#include "report/report.h"

namespace stocktake {
namespace {

// The chapter on commitments, where there is a register with some.
std::unique_ptr<GapReportParts> chapter(const Context& context, const RegisterArguments& where, Date at) {
  std::error_code missing;
  if (!std::filesystem::exists(register_file(context, where), missing)) return nullptr;
  ViewArguments view;
  view.where = where;
  view.at = to_string(at);
  auto parts = make_gap_report(context, view, "", "");
  return parts->report.accounts.rows.empty() ? nullptr : std::move(parts);
}

}  // namespace

void add_report(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("report", "The stocktaking as one self-contained HTML file");
  struct Arguments {
    AssessArguments assess;
    RegisterArguments where;
    std::string output, format = "html";
  };
  auto arguments = std::make_shared<Arguments>();
  add_assess_arguments(*command, arguments->assess);
  command->add_option("--format", arguments->format, "html, json or text")
      ->option_text("FORMAT")
      ->check(CLI::IsMember({"html", "json", "text"}))
      ->capture_default_str();
  add_register_option(*command, arguments->where);
  command->add_option("-o,--output", arguments->output, "File to write [standard output]")->option_text("FILE");
  command->footer(
      "Examples:\n  stocktake report mdg --at 2013-09-25 -o mdg.html\n  stocktake report mdg --at 2013-09-25 --lang zh -o "
      "mdg-zh.html\n\nWhere the store has a register of commitments, html has a chapter on them.");
  command->callback([&context, arguments] {
    const AssessmentRun run = run_assessment(context, arguments->assess);
    const Stocktaking stock = take_stock(run);
    const Insights insights = gain_insights(run);
    const Translator words = load_translator(context);
    std::string text;
    if (arguments->format == "html") {
      const auto commitments = chapter(context, arguments->where, run.options.at);
      text = render_html(run, stock, insights, words, commitments ? &commitments->report : nullptr);
    }
    if (arguments->format == "json") text = render_json(run, stock, insights);
    if (arguments->format == "text")
      text =
          render_text(run, stock, insights, words, {context.width() == 0 ? 120 : context.width(), context.use_colour(), false});
    write_text(text, arguments->output);
    if (!is_stdout(arguments->output) && !context.quiet) std::printf("wrote %s\n", arguments->output.c_str());
  });
}

}  // namespace stocktake
