#include "cli/app.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <new>
#include <stdexcept>
#include <system_error>

#include "base/environment.h"
#include "base/error.h"
#include "base/files.h"
#include "base/manifest.h"
#include "base/progress.h"
#include "cli/cmd_fetch.h"
#include "cli/cmd_sdmx.h"
#include "cli/exchange_commands.h"

namespace stocktake {
namespace {

const char* const footer_text =
    "Examples:\n"
    "  stocktake init                                     make a store, ./stocktake.duckdb\n"
    "  stocktake import --starter                         load the bundled figures\n"
    "  stocktake import observations.csv.gz               load a file; the format is detected\n"
    "  stocktake assess mdg --at 2013-09-25               judge every target as it stood on a day\n"
    "  stocktake report mdg --at 2013-09-25 -o mdg.html   the stocktaking as one HTML file\n"
    "  stocktake framework check frameworks/mdg.yaml      faults with file:line:column\n"
    "\n"
    "Exit codes: 0 done, 2 wrong command line, 3 wrong input, 4 not found, 5 store in use, or a service or the network\n"
    "fails, 6 store damaged or disk full, 7 a check found faults, 70 internal fault, 71 out of memory, 130 interrupted.\n"
    "More: `stocktake COMMAND --help`, `stocktake man`.";

const char* const please_report = "Please report it with the command that you ran";

void report(const Error& error) {
  std::string text = "stocktake: " + std::string(to_string(error.where()));
  if (!to_string(error.where()).empty()) text += ": ";
  text += error.problem() + "\n";
  if (!error.remedy().empty()) text += "  " + error.remedy() + "\n";
  if (error.remedy().empty() && error.kind() == ErrorKind::internal) text += std::string("  ") + please_report + "\n";
  std::fputs(text.c_str(), stderr);
}

int report_exhausted(const char* what) {
  // No memory is asked for here: there may be none.
  std::fputs("stocktake: ", stderr);
  std::fputs(what, stderr);
  std::fputs("\n  Ask for less at a time (--area, --target, fewer --draws), or raise the limit (ulimit -v)\n", stderr);
  return exit_code(ErrorKind::memory);
}

}  // namespace

Language Context::language() const {
  if (!language_text.empty()) {
    if (const auto language = parse_language(language_text)) return *language;
    throw Error(ErrorKind::usage, "unknown language '" + language_text + "', expected one of ar, zh, en, fr, ru, es",
                "Correct --lang, or leave it out for the language of $LANG");
  }
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    // The first that is set decides, even where it names none of the six ("C").
    if (const std::string text = environment(name); !text.empty()) return parse_language(text).value_or(Language::en);
  }
  return Language::en;
}

Language Context::language(const std::string& format) const {
  return format == "table" || !language_text.empty() ? language() : Language::en;
}

bool Context::use_colour() const {
  if (colour == "always") return true;
  if (colour == "never" || !environment("NO_COLOR").empty()) return false;
  return ::isatty(STDOUT_FILENO) == 1;
}

std::size_t Context::width() const {
  if (::isatty(STDOUT_FILENO) != 1) return 0;
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) return size.ws_col;
  return 100;
}

int guarded(const std::function<int()>& work) {
  try {
    return work();
  } catch (const Error& error) {
    std::fflush(stdout);
    report(error);
    return exit_code(error.kind());
  } catch (const std::bad_alloc&) {
    std::fflush(stdout);
    return report_exhausted("memory has run out");
  } catch (const std::length_error&) {  // a text or a list longer than any memory
    std::fflush(stdout);
    return report_exhausted("memory has run out: more was asked for than there can be");
  } catch (const std::system_error& error) {
    std::fflush(stdout);
    if (error.code() == std::errc::resource_unavailable_try_again) return report_exhausted("the system gives no more threads");
    if (error.code() == std::errc::not_enough_memory) return report_exhausted("memory has run out");
    std::fprintf(stderr, "stocktake: internal fault: %s\n  %s\n", error.what(), please_report);
    return exit_code(ErrorKind::internal);
  } catch (const std::exception& error) {
    std::fflush(stdout);
    std::fprintf(stderr, "stocktake: internal fault: %s\n  %s\n", error.what(), please_report);
    return exit_code(ErrorKind::internal);
  }
}

namespace {

int parse_and_run(int argc, const char* const* argv) {
  install_interrupt_handler();
  Context context;
  CLI::App app("Takes stock of the world's development goals: from data to a defensible answer.", "stocktake");
  app.footer(footer_text);
  app.set_version_flag("--version", "stocktake " + version());
  app.require_subcommand(0, 1);
  app.fallthrough();
  app.get_formatter()->column_width(32);
  app.add_option("--store", context.store_path, "The store, a DuckDB file [$STOCKTAKE_STORE, ./stocktake.duckdb]")
      ->option_text("FILE");
  app.add_option("--lang", context.language_text, "Language of results: ar, zh, en, fr, ru, es [$LANG]")->option_text("CODE");
  app.add_option("--color", context.colour, "When to colour: auto, always, never")
      ->option_text("WHEN")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  app.add_flag("-q,--quiet", context.quiet, "No progress, no summaries");

  // CLI11 runs a command's callback within parse(); errors of ours pass through it.
  add_init(app, context);
  add_import(app, context);
  add_fetch(app, context);
  add_assess(app, context);
  add_aggregate(app, context);
  add_priorities(app, context);
  add_pace(app, context);
  add_backtest(app, context);
  add_show(app, context);
  add_framework(app, context);
  add_groups(app, context);
  add_index(app, context);
  add_report(app, context);
  add_export(app, context);
  add_check(app, context);
  add_map(app, context);
  add_methods(app, context);
  add_compare(app, context);
  add_iati(app, context);
  add_commitments(app, context);
  add_audit(app, context);
  add_oda(app, context);
  add_sdmx(app, context);
  add_completion(app, context);
  add_man(app, context);
  app.parse_complete_callback([&] {
    if (context.store_path.empty()) context.store_path = environment("STOCKTAKE_STORE");
    if (context.store_path.empty()) context.store_path = "stocktake.duckdb";
    if (context.store_path.starts_with(":memory:")) {
      throw Error(ErrorKind::usage, "--store: a store is a file, there is none in memory",
                  "Name a file; for one of that name write ./" + context.store_path);
    }
  });
  try {
    app.parse(argc, argv);
    if (app.get_subcommands().empty()) {
      std::fputs(app.help().c_str(), stdout);
      return exit_code(ErrorKind::usage);
    }
    if (std::fflush(stdout) != 0) throw Error(ErrorKind::store, "cannot write the output", "Is the disk full?");
    return 0;
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    std::string problem = error.what();
    const std::vector<std::string> rest = app.remaining();
    if (app.get_subcommands().empty() && !rest.empty()) problem = "unknown command '" + rest.front() + "'";
    report(Error(ErrorKind::usage, problem, "See `stocktake --help`, or --help behind a command"));
    return exit_code(ErrorKind::usage);
  }
}

}  // namespace

int run_program(int argc, const char* const* argv) {
  return guarded([&] { return parse_and_run(argc, argv); });
}

AreaRegistry load_areas() { return AreaRegistry::load(data_home() + "/reference"); }

std::vector<std::string> area_codes(const std::vector<std::string>& texts) {
  std::vector<std::string> codes;
  if (texts.empty()) return codes;
  const AreaRegistry areas = load_areas();
  for (const auto& text : texts) {
    const auto id = areas.find(text);
    if (!id)
      throw Error(ErrorKind::not_found, "unknown area '" + text + "'", "Use ISO 3166, M49 or a group code of `stocktake groups`");
    codes.push_back(areas.at(*id).code);
  }
  return codes;
}

DimensionCodes load_dimension_codes() { return DimensionCodes::load(data_home() + "/reference/dimension_codes.csv"); }

std::string framework_path(const std::string& id_or_path) {
  const bool path = id_or_path.find('/') != std::string::npos || id_or_path.ends_with(".yaml") || id_or_path.ends_with(".yml");
  return path ? id_or_path : data_home() + "/frameworks/" + id_or_path + ".yaml";
}

Date date_argument(const std::string& text, const char* option, bool end) {
  if (const auto date = parse_date(text, end)) return *date;
  throw Error(ErrorKind::usage, std::string(option) + ": '" + text + "' is not a date, expected as 2013-09-25 or 2013",
              "Write year, month and day of a day that there is; a month or a year alone will do");
}

}  // namespace stocktake
