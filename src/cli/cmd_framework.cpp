#include <algorithm>
#include <filesystem>
#include <memory>

#include "base/error.h"
#include "base/files.h"
#include "cli/app.h"
#include "framework/diff.h"

namespace stocktake {
namespace {

std::vector<std::string> framework_files() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(data_home() + "/frameworks")) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

Table list(Language language) {
  Table table;
  auto& id = table.add_texts("framework");
  auto& version = table.add_texts("version");
  auto& title = table.add_texts("title");
  auto& goals = table.add_integers("goals");
  auto& targets = table.add_integers("targets");
  auto& indicators = table.add_integers("indicators");
  auto& deadline = table.add_texts("deadline");
  for (const auto& file : framework_files()) {
    const Framework framework = load_framework(file);
    id.push_back(framework.id);
    version.push_back(framework.version);
    title.push_back(framework.title.in(language));
    goals.push_back(static_cast<std::int64_t>(framework.goals.size()));
    std::int64_t count = 0;
    for (const Goal& goal : framework.goals) count += static_cast<std::int64_t>(goal.targets.size());
    targets.push_back(count);
    indicators.push_back(static_cast<std::int64_t>(framework.indicators.size()));
    deadline.push_back(to_string(framework.deadline));
  }
  return table;
}

// What a rule promises, in one short text: "reduce_by 2/3 of 1990 by 2015".
std::string rule_text(const Framework& framework, const Target& target, const TargetRule& rule) {
  std::string text(to_string(rule.type));
  switch (rule.type) {
    case RuleType::reduce_by:
      text += " " + number_text(100 * rule.fraction, 1) + " %";
      if (rule.complement) text += " of " + number_text(*rule.complement) + " - y";
      break;
    case RuleType::multiply_by: text += " " + number_text(rule.factor); break;
    case RuleType::reach: text += " " + number_text(rule.value); break;
    case RuleType::universal:
      text += " " + number_text(rule.value);
      if (rule.tolerance > 0) text += " (within " + number_text(rule.tolerance) + ")";
      break;
    case RuleType::parity: text += " " + number_text(rule.lower) + "-" + number_text(rule.upper); break;
    case RuleType::relative:
      text += std::string(rule.at_least ? " >= " : " <= ") + number_text(rule.factor) + " x " + rule.to;
      break;
    case RuleType::halt_and_reverse: break;
    case RuleType::none_quantified: return text;
  }
  text += ", " + std::to_string(framework.baseline_of(target, rule)) + " to " +
          std::to_string(framework.deadline_of(target, rule).year);
  if (rule.proxy) text += " (proxy)";
  return text;
}

// "sdsn: worst 130.1, red 50, green 25, best 2.6"
std::string scale_text(const SdsnScale& scale) {
  return "sdsn: worst " + number_text(scale.worst) + ", red " + number_text(scale.red) + ", green " + number_text(scale.green) +
         ", best " + number_text(scale.best);
}

Table show(const Framework& framework, const std::string& code, Language language) {
  Table table;
  auto& what = table.add_texts("what");
  auto& codes = table.add_texts("code");
  auto& title = table.add_texts("title");
  auto& rules = table.add_texts("rule");
  const auto row = [&](std::string kind, const std::string& c, const std::string& t, std::string r) {
    what.push_back(std::move(kind));
    codes.push_back(c);
    title.push_back(t);
    rules.push_back(std::move(r));
  };
  for (const Goal& goal : framework.goals) {
    const bool whole_goal = code.empty() || goal.code == code;
    if (whole_goal) row("goal", goal.code, goal.title.in(language), "");
    for (const Target& target : goal.targets) {
      const bool whole_target = whole_goal || target.code == code;
      if (whole_target) row("target", target.code, target.title.in(language), "");
      for (const auto& indicator_code : target.indicators) {
        if (!whole_target && indicator_code != code) continue;
        const Indicator* indicator = framework.find_indicator(indicator_code);
        std::string text;
        for (const TargetRule& rule : target.rules) {
          if (rule.indicator != indicator_code) continue;
          text += (text.empty() ? "" : "; ") + rule_text(framework, target, rule) + (rule.headline ? " *" : "");
        }
        if (indicator != nullptr && indicator->sdsn) text += (text.empty() ? "" : "; ") + scale_text(*indicator->sdsn);
        row("indicator", indicator_code, indicator == nullptr ? "" : indicator->name.in(language), text);
      }
    }
  }
  if (codes.empty()) {
    throw Error(ErrorKind::not_found, "the framework '" + framework.id + "' has no goal, target or indicator '" + code + "'",
                "`stocktake framework show " + framework.id + "` lists them");
  }
  return table;
}

bool is_binding(const std::string& path) { return std::filesystem::absolute(path).parent_path().filename() == "bindings"; }

void check(std::vector<std::string> files, bool quiet) {
  if (files.empty()) {
    files = framework_files();
    std::vector<std::string> bindings;
    for (const auto& entry : std::filesystem::directory_iterator(data_home() + "/frameworks/bindings")) {
      if (entry.path().extension() == ".yaml") bindings.push_back(entry.path().string());
    }
    std::sort(bindings.begin(), bindings.end());
    files.insert(files.end(), bindings.begin(), bindings.end());
  }
  const DimensionCodes codes = load_dimension_codes();
  std::size_t faults = 0;
  for (const auto& file : files) {
    const std::string path = framework_path(file);
    const auto found = is_binding(path) ? check_binding(path, codes) : check_framework(path);
    for (const Diagnostic& fault : found) {
      std::printf("%s: %s\n", to_string(fault.where).c_str(), fault.message.c_str());
      if (!fault.remedy.empty()) std::printf("  %s\n", fault.remedy.c_str());
    }
    if (found.empty() && !quiet) std::printf("%s: sound\n", path.c_str());
    faults += found.size();
  }
  if (faults > 0)
    throw Error(ErrorKind::check_failed, std::to_string(faults) + (faults == 1 ? " fault" : " faults") + " found",
                "Mend them where the lines above say, then check again");
}

Table diff(const std::string& a, const std::string& b) {
  Table table;
  auto& what = table.add_texts("what");
  auto& code = table.add_texts("code");
  auto& field = table.add_texts("field");
  auto& before = table.add_texts("before");
  auto& after = table.add_texts("after");
  for (const FrameworkChange& change : diff_frameworks(load_framework(framework_path(a)), load_framework(framework_path(b)))) {
    what.push_back(change.what);
    code.push_back(change.code);
    field.push_back(change.field);
    before.push_back(change.before);
    after.push_back(change.after);
  }
  return table;
}

}  // namespace

void add_framework(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("framework", "Goal frameworks: list, show, check, diff");
  command->require_subcommand(1);
  command->footer(
      "Examples:\n  stocktake framework list\n  stocktake framework show mdg 4.A --lang zh\n  stocktake framework check "
      "my-plan.yaml\n"
      "  stocktake framework diff sdg my-plan.yaml");
  struct Arguments {
    std::string framework, code, other;
    std::vector<std::string> files;
    OutputOptions output;
  };
  auto arguments = std::make_shared<Arguments>();

  CLI::App* listing = command->add_subcommand("list", "The frameworks there are");
  add_output_options(*listing, arguments->output);
  listing->callback(
      [&context, arguments] { write_table(list(context.language(arguments->output.format)), arguments->output, context); });

  CLI::App* showing = command->add_subcommand("show", "Goals, targets, indicators and rules; * marks the headline rule");
  showing->add_option("framework", arguments->framework, "Id, or path of a YAML file")->required()->option_text("FRAMEWORK");
  showing->add_option("code", arguments->code, "Only this goal, target or indicator")->option_text("CODE");
  add_output_options(*showing, arguments->output);
  showing->callback([&context, arguments] {
    const Language language = context.language(arguments->output.format);
    write_table(show(load_framework(framework_path(arguments->framework)), arguments->code, language), arguments->output,
                context);
  });

  CLI::App* checking = command->add_subcommand("check", "Faults of framework and binding files, as file:line:column");
  checking->add_option("files", arguments->files, "Files or ids; without any, all that come with the program")
      ->option_text("FILE ...");
  checking->callback([&context, arguments] { check(arguments->files, context.quiet); });

  CLI::App* comparing = command->add_subcommand("diff", "What changed between two frameworks");
  comparing->add_option("before", arguments->framework, "Id, or path of a YAML file")->required()->option_text("BEFORE");
  comparing->add_option("after", arguments->other, "Id, or path of a YAML file")->required()->option_text("AFTER");
  add_output_options(*comparing, arguments->output);
  comparing->callback(
      [&context, arguments] { write_table(diff(arguments->framework, arguments->other), arguments->output, context); });
}

}  // namespace stocktake
