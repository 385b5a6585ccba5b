// What the commands that assess share: their arguments, the run that these ask for, and the words to tell of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "assess/run.h"
#include "base/translate.h"
#include "cli/app.h"

namespace stocktake {

struct AssessArguments {
  std::string framework;  // id or path of a YAML file
  std::string at, as_of;
  std::optional<int> data_until;
  std::optional<double> min_coverage;
  std::optional<int> max_age, base_window;
  std::vector<std::string> areas, targets, bindings;
  bool no_groups = false;
};
void add_assess_arguments(CLI::App& command, AssessArguments& arguments);

// The parts of a run that the arguments ask for. Throw Error(usage | not_found) for arguments that name nothing.
AssessOptions assess_options(const AssessArguments& arguments);
std::vector<Binding> assess_bindings(const AssessArguments& arguments);

// Opens the store of the context and assesses. Throws Error(usage | not_found) for arguments that name nothing.
AssessmentRun run_assessment(const Context& context, const AssessArguments& arguments);

// Leaves only the bindings with these ids; none given: all stay. Throws Error(not_found) for an unknown one.
void keep_bindings(std::vector<Binding>& bindings, const std::vector<std::string>& ids);

// Why the run has no rows, in one sentence: figures that begin later, a vintage not yet known, areas or targets without figures.
std::string why_no_rows(const Context& context, const AssessmentRun& run);
// Why a query finds nothing in the store; "" when it does find something.
std::string why_no_figures(const Store& store, const PanelQuery& query);
// A note on stderr for a result without rows: the run's reason, or, of a run that has rows, `otherwise`.
void note_if_empty(const Context& context, const AssessmentRun& run, std::size_t rows, const std::string& otherwise);

Translator load_translator(const Context& context);

}  // namespace stocktake
