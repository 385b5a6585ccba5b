#include <cstdio>
#include <memory>

#include "base/error.h"
#include "cli/iati_commands.h"
#include "ingest/iati/check.h"

namespace stocktake {

void add_iati_check(CLI::App& parent, Context& context) {
  CLI::App* command =
      parent.add_subcommand("check", "Faults of files with file and line: XML, elements, values, codes, rules, money");
  struct Arguments {
    std::vector<std::string> files;
    bool strict = false, faults_only = false;
    OutputOptions output;
  };
  auto arguments = std::make_shared<Arguments>();
  command->add_option("files", arguments->files, "IATI activity files, XML or gzip")->option_text("FILE...")->required();
  command->add_flag("--strict", arguments->strict, "Warnings count as faults");
  command->add_flag("--faults", arguments->faults_only, "List faults only");
  add_output_options(*command, arguments->output);
  command->footer("Examples:\n  stocktake iati check fcdo.xml\n  stocktake iati check *.xml --strict --format csv");
  command->callback([&context, arguments] {
    const iati::CheckTables tables = iati::CheckTables::load();
    Table table;
    auto& files = table.add_texts("file");
    auto& lines = table.add_integers("line");
    auto& severities = table.add_texts("severity");
    auto& kinds = table.add_texts("kind");
    auto& activities = table.add_texts("activity");
    auto& paths = table.add_texts("path");
    auto& messages = table.add_texts("message");
    std::uint64_t bad = 0;
    std::string summary;
    for (const std::string& path : arguments->files) {
      const auto source = ByteSource::open(path, false);
      const iati::CheckResult result = iati::check(*source, tables);
      for (const iati::Finding& finding : result.findings) {
        const bool fault = finding.severity == iati::Severity::fault;
        if (arguments->faults_only && !fault) continue;
        files.push_back(path);
        lines.push_back(static_cast<std::int64_t>(finding.line));
        severities.emplace_back(fault ? "fault" : "warning");
        kinds.push_back(finding.kind);
        activities.push_back(finding.activity);
        paths.push_back(finding.path);
        messages.push_back(finding.message);
      }
      bad += result.faults + (arguments->strict ? result.warnings : 0);
      summary += path + ": " + std::to_string(result.activities) + " activities, " + std::to_string(result.faults) + " faults, " +
                 std::to_string(result.warnings) + " warnings" +
                 (result.left_out == 0 ? "" : "; " + std::to_string(result.left_out) + " more are not listed") + "\n";
    }
    write_table(table, arguments->output, context);
    if (!context.quiet) std::fputs(summary.c_str(), stderr);
    if (bad != 0) throw Error(ErrorKind::check_failed, std::to_string(bad) + " faults", "Tell the publisher, with the lines");
  });
}

}  // namespace stocktake
