// `stocktake commitments report`: the Gap report.
#include <memory>

#include "cli/assessing.h"
#include "cli/ledger.h"
#include "report/gap_report.h"

namespace stocktake {
namespace {

struct Arguments {
  ViewArguments view;
  std::string format = "html", output, duties, rule = "un-global-compact";
};

std::string render(const Context& context, const Arguments& arguments, const GapReport& report) {
  if (arguments.format == "json") return render_gap_json(report);
  if (arguments.format == "csv") return to_csv(to_table(report));
  const Translator words = load_translator(context);
  if (arguments.format == "html") return render_gap_html(report, words);
  const bool terminal = is_stdout(arguments.output);
  return render_gap_text(report, words,
                         {terminal && context.width() != 0 ? context.width() : 120, terminal && context.use_colour(), false});
}

}  // namespace

void add_commitments_report(CLI::App& commitments, Context& context) {
  CLI::App* command = commitments.add_subcommand("report", "The Gap report: what was promised, what was delivered, who is late");
  auto arguments = std::make_shared<Arguments>();
  add_view_arguments(*command, arguments->view, false);
  command->add_option("--duties", arguments->duties, "Reporting duties, a table as for `stocktake commitments duties`")
      ->option_text("FILE.csv");
  command->add_option("--rule", arguments->rule, "Of the reporting duties")->option_text("ID")->capture_default_str();
  command->add_option("--format", arguments->format, "html, json, text or csv (one line a commitment)")
      ->option_text("FORMAT")
      ->check(CLI::IsMember({"html", "json", "text", "csv"}))
      ->capture_default_str();
  command->add_option("-o,--output", arguments->output, "File to write [standard output]")->option_text("FILE");
  command->footer(
      "Examples:\n  stocktake commitments report --at 2013-09-25 -o gaps.html\n"
      "  stocktake commitments report --at 2013-09-25 --lang ar --duties participants.csv -o gaps-ar.html\n"
      "  stocktake commitments report --format text\n\n"
      "The same register, figures, day and language give the same bytes.");
  command->callback([&context, arguments] {
    const auto parts = make_gap_report(context, arguments->view, arguments->duties, arguments->rule);
    write_text(render(context, *arguments, parts->report), arguments->output);
    if (!is_stdout(arguments->output) && !context.quiet) std::printf("wrote %s\n", arguments->output.c_str());
  });
}

}  // namespace stocktake
