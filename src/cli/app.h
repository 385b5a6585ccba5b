// The command line: one function a command, each in a file of its own. Commands parse, call one function of a lower layer and
// print; they hold no rules of their own. Exit codes: ErrorKind (base/error.h), 0 when all went well.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/language.h"
#include "base/table.h"
#include "framework/areas.h"
#include "framework/binding.h"
#include "framework/framework.h"
#include "store/store.h"

namespace stocktake {

// What every command may use. Filled by the parser before a command runs.
struct Context {
  std::string store_path;       // --store, else $STOCKTAKE_STORE, else ./stocktake.duckdb
  std::string language_text;    // --lang, else the first that is set of $LC_ALL, $LC_MESSAGES, $LANG
  std::string colour = "auto";  // auto, always, never
  bool quiet = false;

  Language language() const;  // for readers
  // Of a table in that format: machines get English wherever they run, unless --lang asks for another.
  Language language(const std::string& format) const;
  bool use_colour() const;    // for stdout
  std::size_t width() const;  // of the terminal; 0 in a pipe: nothing is cut there
};

// Runs the program: the parsed command line in, the exit code out. Messages go to stderr, results to stdout.
int run_program(int argc, const char* const* argv);
// Does the work and gives its exit code; whatever it throws becomes one message on stderr and the exit code of its kind.
int guarded(const std::function<int()>& work);

// Each adds its subcommand.
void add_init(CLI::App& app, Context& context);
void add_import(CLI::App& app, Context& context);
void add_assess(CLI::App& app, Context& context);
void add_aggregate(CLI::App& app, Context& context);
void add_priorities(CLI::App& app, Context& context);
void add_pace(CLI::App& app, Context& context);
void add_backtest(CLI::App& app, Context& context);
void add_show(CLI::App& app, Context& context);
void add_framework(CLI::App& app, Context& context);
void add_groups(CLI::App& app, Context& context);
void add_index(CLI::App& app, Context& context);
void add_report(CLI::App& app, Context& context);
void add_export(CLI::App& app, Context& context);
void add_methods(CLI::App& app, Context& context);
void add_compare(CLI::App& app, Context& context);
void add_commitments(CLI::App& app, Context& context);
void add_audit(CLI::App& app, Context& context);
void add_oda(CLI::App& app, Context& context);
void add_iati(CLI::App& app, Context& context);
void add_completion(CLI::App& app, Context& context);
void add_man(CLI::App& app, Context& context);

// Where and how a table is printed.
struct OutputOptions {
  std::string format = "table";  // table, csv, json, parquet
  std::string path;              // "" and "-" are stdout
};
void add_output_options(CLI::App& command, OutputOptions& output);
void write_table(const Table& table, const OutputOptions& output, const Context& context);
bool is_stdout(const std::string& path);
// Text to stdout or a file. Throws Error(interrupted) before anything is written.
void write_text(const std::string& text, const std::string& path);

// Something worth knowing that is no fault: "stocktake: note: TEXT" on stderr, unless --quiet.
void note(const Context& context, const std::string& text);
// Removes what a process that was killed left beside the store, and says so. Before the store is opened: remove_leftovers().
void clear_leftovers(const Context& context);

// Reference data and frameworks of data_home().
AreaRegistry load_areas();
// The registry's codes for areas as a user writes them. Throws Error(not_found) for an unknown one.
std::vector<std::string> area_codes(const std::vector<std::string>& texts);
DimensionCodes load_dimension_codes();
std::string framework_path(const std::string& id_or_path);
Date date_argument(const std::string& text, const char* option, bool end = false);

}  // namespace stocktake
