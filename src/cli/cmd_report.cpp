#include <memory>

#include "assess/insights.h"
#include "assess/stocktaking.h"
#include "cli/assessing.h"
#include "report/report.h"

namespace stocktake {

void add_report(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("report", "The stocktaking as one self-contained HTML file");
  struct Arguments {
    AssessArguments assess;
    std::string output, format = "html";
  };
  auto arguments = std::make_shared<Arguments>();
  add_assess_arguments(*command, arguments->assess);
  command->add_option("--format", arguments->format, "html, json or text")
      ->option_text("FORMAT")
      ->check(CLI::IsMember({"html", "json", "text"}))
      ->capture_default_str();
  command->add_option("-o,--output", arguments->output, "File to write [standard output]")->option_text("FILE");
  command->footer(
      "Examples:\n  stocktake report mdg --at 2013-09-25 -o mdg.html\n  stocktake report mdg --at 2013-09-25 --lang zh -o "
      "mdg-zh.html");
  command->callback([&context, arguments] {
    const AssessmentRun run = run_assessment(context, arguments->assess);
    const Stocktaking stock = take_stock(run);
    const Insights insights = gain_insights(run);
    const Translator words = load_translator(context);
    std::string text;
    if (arguments->format == "html") text = render_html(run, stock, insights, words);
    if (arguments->format == "json") text = render_json(run, stock, insights);
    if (arguments->format == "text")
      text =
          render_text(run, stock, insights, words, {context.width() == 0 ? 120 : context.width(), context.use_colour(), false});
    write_text(text, arguments->output);
    if (!is_stdout(arguments->output) && !context.quiet) std::printf("wrote %s\n", arguments->output.c_str());
  });
}

}  // namespace stocktake
