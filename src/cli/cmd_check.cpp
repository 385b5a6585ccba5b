#include <cstdio>
#include <memory>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "cli/assessing.h"
#include "cli/exchange_commands.h"
#include "exchange/check/check.h"

namespace stocktake {
namespace {

struct Arguments {
  std::string framework = "sdg", at, as_of, fail_on, list;
  std::vector<std::string> series, areas, kinds;
  std::size_t top = 20;
  CheckOptions options;
  OutputOptions output;
};

void add_thresholds(CLI::App& command, CheckOptions& options) {
  command.add_option("--from", options.first_year, "First year of completeness [the framework's baseline]")->option_text("YEAR");
  command.add_option("--to", options.last_year, "Last year of completeness [the last complete year]")->option_text("YEAR");
  command.add_option("--z", options.z, "Robust z from which a rate is unusual")
      ->option_text("NUMBER")
      ->check(CLI::Range(0.1, 1000.0))
      ->capture_default_str();
  command.add_option("--change", options.change, "Least relative change of a jump or an outlier")
      ->option_text("SHARE")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  command.add_option("--points", options.points, "Least change of a share, in percentage points")
      ->option_text("NUMBER")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  command.add_option("--least-figures", options.least_figures, "Figures from which rates are judged")
      ->option_text("NUMBER")
      ->check(CLI::Range(4, 1000))
      ->capture_default_str();
  command.add_option("--disagreement", options.disagreement, "Relative difference between two sources")
      ->option_text("SHARE")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command.add_option("--revision", options.revision, "Relative change by a later vintage")
      ->option_text("SHARE")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command.add_option("--stopped", options.stopped_years, "Years behind the other areas")
      ->option_text("YEARS")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command.add_option("--hole", options.hole_years, "Years left out of a yearly series that are accepted")
      ->option_text("YEARS")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command.add_option("--repeats", options.repeats, "Equal figures one after the other")
      ->option_text("NUMBER")
      ->check(CLI::Range(2, 1000))
      ->capture_default_str();
  command.add_option("--threads", options.threads, "Threads; 0: one a core [0]")
      ->option_text("NUMBER")
      ->check(CLI::Range(0, 1024));
}

CheckResult run_check(const Context& context, const Arguments& arguments) {
  CheckOptions options = arguments.options;
  options.at = arguments.at.empty() ? today() : date_argument(arguments.at, "--at");
  options.areas = area_codes(arguments.areas);
  const AreaRegistry areas = load_areas();
  const std::vector<Binding> bindings = load_bindings(data_home() + "/frameworks/bindings", load_dimension_codes());
  const UnitCodes units = UnitCodes::load(data_home() + "/reference/units.csv");
  std::optional<Framework> framework;
  if (arguments.framework != "none") framework = load_framework(framework_path(arguments.framework));
  PanelQuery query;
  query.series = arguments.series;
  if (!arguments.as_of.empty()) query.as_of = date_argument(arguments.as_of, "--as-of", true);
  for (const std::string& code : options.areas) {
    query.areas.push_back(code);
    const AreaId id = *areas.find(code);
    if (!areas.is_group(id)) continue;
    for (const AreaId member : areas.members(id, options.at)) query.areas.push_back(areas.at(member).code);
  }
  const Panel panel = [&] {
    const Store store = Store::open(context.store_path, Store::Access::read);
    if (const std::string why = why_no_figures(store, query); !why.empty()) {
      throw Error(ErrorKind::not_found, "there is nothing to check: " + why, "`stocktake import` loads figures");
    }
    return store.panel(query);
  }();
  const CheckInput input{framework ? &*framework : nullptr,
                         bindings,
                         areas,
                         units,
                         panel,
                         vintage_overlaps(context.store_path, query, options.revision),
                         second_figures(context.store_path, query)};
  return check_store(input, options);
}

// Leaves findings of the kinds and severities asked for.
void keep_kinds(CheckResult& result, const std::vector<std::string>& kinds) {
  if (kinds.empty()) return;
  std::array<bool, check_kinds> kept{};
  for (const std::string& name : kinds) {
    bool known = false;
    for (std::size_t k = 0; k < check_kinds; ++k) {
      const auto kind = static_cast<CheckKind>(k);
      if (name != to_string(kind) && name != to_string(severity_of(kind))) continue;
      kept[k] = known = true;
    }
    if (!known)
      throw Error(ErrorKind::usage, "--kind: there is no kind of finding '" + name + "'",
                  "`stocktake check` lists those it finds");
  }
  std::erase_if(result.findings, [&](const Finding& one) { return !kept[static_cast<std::size_t>(one.kind)]; });
  for (std::size_t k = 0; k < check_kinds; ++k) {
    if (!kept[k]) result.count[k] = 0;
  }
}

void print(const CheckResult& result, const Arguments& arguments, const Context& context) {
  const OutputOptions& output = arguments.output;
  if (output.format == "sarif") {
    write_text(to_sarif(result, Translator::load(data_home() + "/i18n", context.language("json"))), output.path);
    return;
  }
  const Translator words = Translator::load(data_home() + "/i18n", context.language(output.format));
  if (arguments.list == "summary") return write_table(summary_table(result, words), output, context);
  if (arguments.list == "completeness") return write_table(completeness_table(result), output, context);
  if (output.format != "table" || arguments.list == "findings")
    return write_table(findings_table(result, words), output, context);
  const std::size_t width = is_stdout(output.path) ? context.width() : 0;
  std::string text = to_text(summary_table(result, words), width);
  const Table findings = findings_table(result, words);
  // The first of each kind, so that the most numerous does not hide the rest.
  std::array<std::size_t, check_kinds> told{};
  const std::size_t each = arguments.top;
  const Table some =
      findings.where([&](std::size_t row) { return told[static_cast<std::size_t>(result.findings[row].kind)]++ < each; });
  if (some.rows() != 0) text += "\n" + to_text(some, width);
  write_text(text, output.path);
}

}  // namespace

void add_check(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("check", "Faults and doubts of the figures: gaps, duplicates, jumps, units, bounds");
  auto arguments = std::make_shared<Arguments>();
  command
      ->add_option("--framework", arguments->framework, "Id or path of the framework whose indicators count; none: no framework")
      ->option_text("FRAMEWORK")
      ->capture_default_str();
  command->add_option("--series", arguments->series, "Only these series")->option_text("CODE ...");
  command->add_option("--area", arguments->areas, "Only these areas; a group stands for its members")->option_text("CODE ...");
  command->add_option("--at", arguments->at, "The day on which stock is taken [today]")->option_text("DATE");
  command->add_option("--as-of", arguments->as_of, "Only vintages known by that day")->option_text("DATE");
  command->add_option("--kind", arguments->kinds, "Only these kinds or severities of findings")->option_text("KIND ...");
  command
      ->add_option("--fail-on", arguments->fail_on,
                   "Exit code 7 when there are more than N (0) findings of a kind, of a severity, or any")
      ->option_text("KIND[=N],...");
  command->add_option("--list", arguments->list, "One list: summary, findings, completeness [summary, then findings]")
      ->option_text("NAME")
      ->check(CLI::IsMember({"summary", "findings", "completeness"}));
  command->add_option("--top", arguments->top, "Findings of each kind that are shown below the summary")
      ->option_text("NUMBER")
      ->check(CLI::Range(0, 2'000'000'000))
      ->capture_default_str();
  add_thresholds(*command, arguments->options);
  command->add_option("--format", arguments->output.format, "table, csv, json, parquet or sarif")
      ->option_text("FORMAT")
      ->check(CLI::IsMember({"table", "csv", "json", "parquet", "sarif"}))
      ->capture_default_str();
  command->add_option("-o,--output", arguments->output.path, "Write to a file instead of standard output (-)")
      ->option_text("FILE");
  command->footer(
      "Examples:\n  stocktake check\n  stocktake check --framework mdg --area LDC --list completeness --format csv\n"
      "  stocktake check --fail-on fault,outlier=20 --format sarif -o findings.sarif\n\n"
      "Nothing in the store is changed. Rules and thresholds: docs/check.md.");
  command->callback([&context, arguments] {
    CheckResult result = run_check(context, *arguments);
    keep_kinds(result, arguments->kinds);
    const std::vector<std::string> beyond = beyond_limits(result, arguments->fail_on);
    print(result, *arguments, context);
    if (!beyond.empty()) {
      throw Error(ErrorKind::check_failed, "more findings than --fail-on accepts: " + joined(beyond, "; "),
                  "Mend the figures, or accept more with KIND=N");
    }
  });
}

}  // namespace stocktake
