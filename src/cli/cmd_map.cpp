#include <cstdio>
#include <filesystem>
#include <memory>

#include "base/error.h"
#include "base/files.h"
#include "cli/exchange_commands.h"
#include "exchange/map/map.h"

namespace stocktake {
namespace {

struct Arguments {
  std::string file, output, delimiter;
  bool force = false;
  MapOptions options;
};

void run_map(const Context& context, const Arguments& arguments) {
  const std::string path = arguments.output.empty() ? arguments.file + ".map.csv" : arguments.output;
  std::error_code unknown;
  if (!is_stdout(path) && !arguments.force && std::filesystem::exists(path, unknown)) {
    throw Error(ErrorKind::usage, path + " exists, perhaps with confirmations",
                "Name another with --output, or --force to replace it");
  }
  const AreaRegistry areas = load_areas();
  const DimensionCodes codes = load_dimension_codes();
  const std::vector<Binding> bindings = load_bindings(data_home() + "/frameworks/bindings", codes);
  const auto source = ByteSource::open(arguments.file);
  const char delimiter = arguments.delimiter == "tab" ? '\t' : arguments.delimiter.empty() ? '\0' : arguments.delimiter.front();
  const TableProfile profile = profile_table(*source, delimiter);
  const std::vector<MapLine> lines =
      propose_map(profile, load_vocabulary(data_home() + "/reference", areas, bindings), codes, arguments.options);
  write_text(to_csv(map_table(lines)), path);
  if (context.quiet || is_stdout(path)) return;
  std::size_t exact = 0, unknown_texts = 0, suggested = 0;
  for (const MapLine& line : lines) {
    if (line.kind == "column") {
      std::printf("%s: %s (%s%s)\n", line.column.c_str(), line.proposed.c_str(),
                  line.how.empty() ? "not understood" : line.how.c_str(),
                  line.score < 1 && line.proposed != "ignore" ? ", to be confirmed" : "");
      continue;
    }
    ++(line.score == 1 ? exact : line.proposed.empty() ? unknown_texts : suggested);
  }
  std::printf("wrote %s: %zu exact, %zu suggestions to confirm, %zu unknown\n", path.c_str(), exact, suggested, unknown_texts);
}

}  // namespace

void add_map(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("map", "Propose what the columns, names and codes of a foreign table mean");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("file", arguments->file, "A CSV table, any delimiter; gzip is read as it is")
      ->required()
      ->option_text("FILE");
  command->add_option("-o,--output", arguments->output, "File to review [FILE.map.csv]; - is standard output")
      ->option_text("FILE");
  command->add_flag("--force", arguments->force, "Replace a file that exists");
  command->add_option("--top", arguments->options.most, "Suggestions for a text")
      ->option_text("NUMBER")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  command->add_option("--least", arguments->options.least, "Least score of a suggestion")
      ->option_text("SCORE")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command->add_option("--delimiter", arguments->delimiter, "One character, or tab; guessed when not given")->option_text("CHAR");
  command->footer(
      "Examples:\n  stocktake map ministry.csv\n  stocktake import --map ministry.csv.map.csv ministry.csv\n\n"
      "Exact finds count as they are; write yes in the column `confirmed` where a suggestion is right, no where a find is "
      "wrong.");
  command->callback([&context, arguments] { run_map(context, *arguments); });
}

}  // namespace stocktake
