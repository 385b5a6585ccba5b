#include <cmath>
#include <memory>

#include "base/text.h"
#include "cli/app.h"
#include "cli/trying.h"

namespace stocktake {
namespace {

std::string_view text_of(Basis basis) { return basis == Basis::trend ? "trend" : "level"; }
std::string_view text_of(Path path) { return path == Path::none ? "none" : path == Path::linear ? "linear" : "geometric"; }
std::string_view text_of(Fit fit) { return fit == Fit::ends ? "ends" : fit == Fit::regression ? "regression" : "recent"; }

Table method_list() {
  Table table;
  auto& id = table.add_texts("method");
  auto& title = table.add_texts("title");
  auto& formula = table.add_texts("formula");
  auto& evidence = table.add_texts("evidence");
  auto& basis = table.add_texts("basis");
  auto& path = table.add_texts("path");
  auto& fit = table.add_texts("fit");
  auto& window = table.add_integers("window_years");
  auto& target = table.add_texts("needs_target");
  auto& score = table.add_texts("score");
  auto& citation = table.add_texts("citation");
  for (const Method* one : methods()) {
    const MethodInfo& info = one->info();
    id.emplace_back(info.id);
    title.emplace_back(info.title);
    formula.emplace_back(info.formula);
    evidence.emplace_back(to_string(info.evidence));
    basis.emplace_back(text_of(info.traits.basis));
    path.emplace_back(text_of(info.traits.path));
    fit.emplace_back(text_of(info.traits.fit));
    window.push_back(info.traits.window_years == 0 ? Table::no_integer : info.traits.window_years);
    target.emplace_back(info.traits.needs_target ? "yes" : "no");
    score.emplace_back(info.score);
    citation.emplace_back(info.citation);
  }
  return table;
}

// Its classes, then its parameters.
Table method_parts(const Method& method) {
  Table table;
  auto& part = table.add_texts("part");
  auto& id = table.add_texts("id");
  auto& value = table.add_numbers("default");
  auto& range = table.add_texts("range");
  auto& verdict = table.add_texts("verdict");
  auto& evidence = table.add_texts("evidence");
  auto& text = table.add_texts("meaning");
  for (const MethodClass& one : method.classes()) {
    part.emplace_back("class");
    id.emplace_back(one.id);
    value.push_back(no_figure);
    range.emplace_back("");
    verdict.emplace_back(to_string(one.verdict));
    evidence.emplace_back("");
    text.emplace_back(one.label);
  }
  for (const MethodParameter& one : method.parameters()) {
    part.emplace_back("parameter");
    id.emplace_back(one.id);
    value.push_back(one.value);
    range.push_back(to_string(one.range));
    verdict.emplace_back("");
    evidence.emplace_back(to_string(one.evidence));
    text.emplace_back(one.meaning);
  }
  return table;
}

std::string heading(const MethodInfo& info) {
  std::string text = std::string(info.id) + ": " + std::string(info.title) + "\n";
  text += "  formula   " + std::string(info.formula) + "\n";
  text += "  score     " + std::string(info.score) + "\n";
  text += "  source    " + std::string(info.citation) + "\n";
  text += "  evidence  " + std::string(to_string(info.evidence)) + "\n";
  text += "  looks at  " + std::string(text_of(info.traits.basis)) + ", path " + std::string(text_of(info.traits.path)) + ", " +
          std::string(text_of(info.traits.fit));
  if (info.traits.window_years > 0) text += " " + std::to_string(info.traits.window_years) + " years";
  return text + (info.traits.needs_target ? ", needs a target\n\n" : ", with or without a target\n\n");
}

Table result_table(const Method& method, std::span<const double> parameters, const TrialResult& result) {
  const Facts& facts = result.facts;
  const Judgement& judgement = result.judgement;
  const MethodClass* const own = judgement.own == no_class ? nullptr : &method.classes()[judgement.own];
  Table table;
  const auto text = [&table](const char* name, std::string_view value) { table.add_texts(name).emplace_back(value); };
  const auto figure = [&table](const char* name, double value) { table.add_numbers(name).push_back(value); };
  const auto year = [&table](const char* name, int value) {
    table.add_integers(name).push_back(value == 0 ? Table::no_integer : value);
  };
  text("method", method.info().id);
  text("class", own == nullptr ? "" : own->id);
  text("label", own == nullptr ? "" : own->label);
  text("verdict", to_string(judgement.verdict));
  figure("score", judgement.score);
  table.add_integers("points").push_back(facts.points);
  year("base_year", facts.base_year);
  figure("base", facts.base);
  year("latest_year", facts.latest_year);
  figure("latest", facts.latest);
  year("deadline", facts.deadline_year);
  figure("target", facts.target);
  text("target_met", facts.target_met ? "yes" : "no");
  text("base_met", facts.base_met ? "yes" : "no");
  figure("observed_linear", facts.observed_linear);
  figure("required_linear", facts.required_linear);
  figure("ratio_linear", facts.ratio_linear);
  figure("expected_linear", facts.expected_linear);
  figure("observed_rate", facts.observed_rate);
  figure("required_rate", facts.required_rate);
  figure("ratio_rate", facts.ratio_rate);
  figure("expected_rate", facts.expected_rate);
  std::vector<std::string> set;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    set.push_back(std::string(method.parameters()[i].id) + "=" + number_text(parameters[i]));
  }
  text("parameters", joined(set, " "));
  return table;
}

// A table of one row, upright: for reading.
Table upright(const Table& table) {
  Table made;
  auto& names = made.add_texts("figure");
  auto& values = made.add_texts("value");
  for (std::size_t column = 0; column < table.columns().size(); ++column) {
    names.push_back(table.columns()[column].name);
    values.push_back(table.cell(0, column, false));
  }
  return made;
}

struct Arguments {
  std::string method;
  TryArguments trial;
  OutputOptions output;
};

void show(const Arguments& arguments, const Context& context) {
  const Method& one = method(arguments.method);
  const Table parts = method_parts(one);
  if (arguments.output.format != "table") return write_table(parts, arguments.output, context);
  write_text(heading(one.info()) + to_text(parts, is_stdout(arguments.output.path) ? context.width() : 0), arguments.output.path);
}

void try_figures(const Arguments& arguments, const Context& context) {
  const Method& one = method(arguments.trial.method);
  const std::vector<double> parameters = parameters_of(one, arguments.trial.changes);
  const Table table = result_table(one, parameters, try_method(one, trial_of(arguments.trial), parameters));
  write_table(arguments.output.format == "table" ? upright(table) : table, arguments.output, context);
}

}  // namespace

void add_methods(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("methods", "Methods of judging progress: formulas, sources, thresholds; try one");
  command->require_subcommand(0, 1);
  auto arguments = std::make_shared<Arguments>();
  add_output_options(*command, arguments->output);
  command->footer(
      "Examples:\n  stocktake methods\n  stocktake methods show open_sdg\n"
      "  stocktake methods try open_sdg --series 2015:40,2022:33 --reach 20 --direction down --deadline 2030");
  command->callback([&context, arguments, command] {
    if (command->get_subcommands().empty()) write_table(method_list(), arguments->output, context);
  });

  CLI::App* showing = command->add_subcommand("show", "Classes and thresholds of a method, and how sure we are of them");
  showing->add_option("method", arguments->method, "Its id")->required()->option_text("METHOD");
  add_output_options(*showing, arguments->output);
  showing->callback([&context, arguments] { show(*arguments, context); });

  CLI::App* trying = command->add_subcommand("try", "Judge figures given by hand, to check a published example");
  add_try_arguments(*trying, arguments->trial);
  add_output_options(*trying, arguments->output);
  trying->footer(
      "Example:\n  stocktake methods try open_sdg --series 2015:40,2022:33 --reach 20 --direction down --baseline 2015 "
      "--deadline "
      "2030\nWithout a promise (--reach, ...) there is no target: the way it moves is judged, where the method can.");
  trying->callback([&context, arguments] { try_figures(*arguments, context); });
}

}  // namespace stocktake
