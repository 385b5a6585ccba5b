#include <charconv>
#include <memory>

#include "assess/compare/compare.h"
#include "base/error.h"
#include "cli/assessing.h"

namespace stocktake {
namespace {

const char* const keys = "at, as-of, data-until, framework, max-age, base-window, min-coverage, method, set";

template <typename Number>
Number number_of(const std::string& text, const std::string& key, Number least, Number most) {
  Number number{};
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size() || !(number >= least && number <= most))
    throw Error(ErrorKind::usage,
                key + ": '" + text + "' is not a number from " + number_text(static_cast<double>(least)) + " to " +
                    number_text(static_cast<double>(most)),
                "Write KEY=NUMBER with a number of that range");
  return number;
}

// "at=2013-09-25" and the like, over what both states have in common.
CompareState state_of(AssessArguments common, const std::vector<std::string>& settings, const char* option) {
  CompareState state;
  for (const std::string& text : settings) {
    const auto equals = text.find('=');
    const std::string key = text.substr(0, equals), name = std::string(option) + " " + key;
    const std::string value = equals == std::string::npos ? "" : text.substr(equals + 1);
    if (value.empty())
      throw Error(ErrorKind::usage, std::string(option) + ": '" + text + "', expected KEY=VALUE", std::string("Keys: ") + keys);
    if (key == "at") {
      date_argument(value, name.c_str());
      common.at = value;
    } else if (key == "as-of") {
      date_argument(value, name.c_str());
      common.as_of = value;
    } else if (key == "data-until") {
      common.data_until = number_of(value, name, 1000, 2999);
    } else if (key == "framework") {
      common.framework = value;
    } else if (key == "max-age") {
      common.max_age = number_of(value, name, 0, 100);
    } else if (key == "base-window") {
      common.base_window = number_of(value, name, 0, 100);
    } else if (key == "min-coverage") {
      common.min_coverage = number_of(value, name, 0.0, 1.0);
    } else if (key == "method") {
      state.method = value;
    } else if (key == "set") {
      const auto change = parse_parameter(value);
      state.changes.insert_or_assign(change.first, change.second);
    } else {
      throw Error(ErrorKind::usage, std::string(option) + ": unknown key '" + key + "'", std::string("Keys: ") + keys);
    }
  }
  state.options = assess_options(common);
  state.framework = load_framework(framework_path(common.framework));
  return state;
}

struct Arguments {
  AssessArguments assess;
  std::vector<std::string> from, to;
  std::string rows = "verdicts";
  bool summary = false;
  OutputOptions output;
};

void print(const Context& context, const Comparison& comparison, const Arguments& arguments) {
  const OutputOptions& output = arguments.output;
  const Language language = context.language(output.format);
  const bool brief = output.format == "table";
  if (arguments.summary && !brief) return write_table(summary_table(comparison), output, context);
  Table rows = brief ? to_brief_table(comparison, language) : to_table(comparison, language);
  if (arguments.rows != "all") {
    const bool figures = arguments.rows == "figures";
    rows = rows.where([&](std::size_t i) {
      const ComparedRow& row = comparison.rows[i];
      return row.change() != VerdictChange::same || (figures && row.moved());
    });
  }
  if (!comparison.rows.empty() && !brief && rows.rows() == 0) {
    note(context, "there is nothing to show: no verdict changed (--rows all gives those that stayed)");
  }
  if (!brief) return write_table(rows, output, context);
  const std::size_t width = is_stdout(output.path) ? context.width() : 0;
  std::string text = to_text(states_table(comparison), width) + "\n" + to_text(summary_table(comparison), width);
  const Table coming = coming_and_going_table(comparison, language);
  if (coming.rows() > 0) text += "\n" + to_text(coming, width);
  if (!arguments.summary && rows.rows() > 0) text += "\n" + to_text(rows, width);
  write_text(text, output.path);
}

}  // namespace

void add_compare(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("compare", "What changed between two stocktakings: new data, revisions, method");
  auto arguments = std::make_shared<Arguments>();
  add_assess_arguments(*command, arguments->assess);
  command->add_option("--from", arguments->from, "The earlier state, where it differs from the options above")
      ->option_text("KEY=VALUE ...");
  command->add_option("--to", arguments->to, "The later state, likewise")->option_text("KEY=VALUE ...");
  command->add_option("--rows", arguments->rows, "verdicts that changed; figures: also changed figures; all")
      ->option_text("WHICH")
      ->check(CLI::IsMember({"verdicts", "figures", "all"}))
      ->capture_default_str();
  command->add_flag("--summary", arguments->summary, "Only the counts by what became of the verdicts and why");
  add_output_options(*command, arguments->output);
  command->footer(
      "Examples:\n  stocktake compare mdg --from at=2005-09-25 --to at=2013-09-25\n"
      "  stocktake compare mdg --at 2013-09-25 --from as-of=2013-01 --to as-of=2014-07 --target 4.A\n"
      "  stocktake compare mdg --at 2013-09-25 --to framework=my-mdg.yaml --rows all --format csv\n\n"
      "Keys: at, as-of, data-until, framework, max-age, base-window, min-coverage, method (an id of --methods),\n"
      "set (METHOD.PARAMETER=NUMBER).\n"
      "The steps by which a change is split, and their order: docs/methods.md, \"As of then, as of now\".");
  command->callback([&context, arguments] {
    if (arguments->from.empty() && arguments->to.empty())
      throw Error(ErrorKind::usage, "both states are the same",
                  std::string("Name what differs with --from or --to; keys: ") + keys);
    const CompareState before = state_of(arguments->assess, arguments->from, "--from");
    const CompareState after = state_of(arguments->assess, arguments->to, "--to");
    const std::vector<Binding> bindings = assess_bindings(arguments->assess);
    const Store store = Store::open(context.store_path, Store::Access::read);
    const Comparison comparison = compare(store, load_areas(), bindings, before, after);
    if (comparison.rows.empty()) {
      const AssessmentRun run = assess(store, after.framework, load_areas(), bindings, after.options);
      note_if_empty(context, run, 0, "neither state has a verdict");
    }
    print(context, comparison, *arguments);
  });
}

}  // namespace stocktake
