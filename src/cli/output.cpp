#include <cstdio>

#include "base/error.h"
#include "base/files.h"
#include "base/progress.h"
#include "base/text.h"
#include "cli/app.h"

namespace stocktake {

void add_output_options(CLI::App& command, OutputOptions& output) {
  command.add_option("--format", output.format, "table, csv, json or parquet")
      ->option_text("FORMAT")
      ->check(CLI::IsMember({"table", "csv", "json", "parquet"}))
      ->capture_default_str();
  command.add_option("-o,--output", output.path, "Write to a file instead of standard output (-)")->option_text("FILE");
}

void note(const Context& context, const std::string& text) {
  if (!context.quiet) std::fprintf(stderr, "stocktake: note: %s\n", text.c_str());
}

void clear_leftovers(const Context& context) {
  const std::vector<std::string> removed = remove_leftovers(context.store_path);
  if (!removed.empty()) note(context, "removed " + joined(removed, " and ") + ", left by a process that ended before its time");
}

bool is_stdout(const std::string& path) { return path.empty() || path == "-"; }

void write_text(const std::string& text, const std::string& path) {
  check_interrupted();
  if (!is_stdout(path)) {
    write_file(path, text);
    return;
  }
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) {
    throw Error(ErrorKind::store, "cannot write the output", "Is the disk full, or the reader gone?");
  }
}

void write_table(const Table& table, const OutputOptions& output, const Context& context) {
  if (output.format == "parquet") {
    if (is_stdout(output.path)) throw Error(ErrorKind::usage, "Parquet needs a file", "Add --output FILE");
    check_interrupted();
    write_parquet(table, output.path);
    return;
  }
  const std::string text = output.format == "csv"    ? to_csv(table)
                           : output.format == "json" ? to_json(table)
                                                     : to_text(table, is_stdout(output.path) ? context.width() : 0);
  write_text(text, output.path);
}

}  // namespace stocktake
