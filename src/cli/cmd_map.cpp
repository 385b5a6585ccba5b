#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "base/error.h"
#include "base/files.h"
#include "base/scratch.h"
#include "cli/exchange_commands.h"
#include "exchange/map/map.h"
#include "ingest/formats/formats.h"
#include "ingest/formats/open_sdg.h"
#include "ingest/sheets/sheet_import.h"

namespace stocktake {
namespace {

struct Arguments {
  std::string file, output, delimiter, sheet, area;
  bool force = false;
  MapOptions options;
};

// Takes the place of a series that the file does not name, while it is read.
constexpr const char* unnamed = "?";

bool has_role(const std::vector<MapLine>& lines, std::string_view role) {
  return std::any_of(lines.begin(), lines.end(),
                     [&](const MapLine& line) { return line.kind == "column" && line.proposed == role; });
}

// What a person has to say for the whole file, as no column does.
void ask_constant(const std::string& role, std::vector<MapLine>& lines) {
  lines.push_back({"constant", "", role, "", "", 0, "unknown", 0, ""});
}

// Columns of a table whose roles are not fixed by its format; none for another file.
std::vector<MapLine> table_lines(const Arguments& arguments, const Vocabulary& vocabulary, const DimensionCodes& codes,
                                 char delimiter) {
  auto source = ByteSource::open(arguments.file);
  if (sheets::is_container(source->head())) {
    source = ByteSource::from_bytes(sheets::sheet_table(*source, arguments.sheet), arguments.file);
    delimiter = ',';
  }
  const std::string format = format_of(*source, delimiter);
  if (!format.empty() && format != "tidy" && format != "wide" && format != "unsd") return {};
  TableProfile profile = profile_table(*source, delimiter);
  const std::size_t years = std::erase_if(profile.columns, [](const ColumnProfile& column) { return is_year_name(column.name); });
  std::vector<MapLine> lines = propose_map(profile, vocabulary, codes, arguments.options);
  if (!has_role(lines, "ref_area")) ask_constant("ref_area", lines);
  if (!has_role(lines, "series")) ask_constant("series", lines);
  if (years == 0 && !has_role(lines, "time_period")) ask_constant("time_period", lines);
  return lines;
}

// Reads the file by what is proposed, for the texts of its keys; "" or why it cannot be read so.
std::string read_keys(const Arguments& arguments, const AreaRegistry& areas, const DimensionCodes& codes, char delimiter,
                      bool folder, const std::vector<MapLine>& lines, ImportOptions& reading) {
  reading.dry_run = reading.quiet = reading.allow_future = true;
  reading.delimiter = delimiter;
  reading.sheet = arguments.sheet;
  reading.met = std::make_shared<KeyTexts>();
  use_lines(lines, {}, true, reading);
  reading.values.clear();  // the texts are asked for as they stand
  for (const MapLine& line : lines) {
    if (line.kind != "constant") continue;
    if (line.foreign == "series") reading.series = unnamed;
    if (line.foreign == "ref_area") reading.values["constant"]["ref_area"] = areas.all().front().code;
    if (line.foreign == "time_period") reading.values["constant"]["time_period"] = "2000";
  }
  const ScratchFile scratch("map", ".duckdb");
  Store store = Store::create(scratch.path());
  std::string why;
  try {
    if (folder) {
      import_open_sdg(store, areas, codes, arguments.file, arguments.area.empty() ? areas.all().front().code : arguments.area,
                      reading);
    } else {
      import_source(store, areas, codes, *ByteSource::open(arguments.file), reading);
    }
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::input && error.kind() != ErrorKind::usage) throw;
    why = error.what();
  }
  (*reading.met)["series"].erase(unnamed);
  if (folder) reading.met->erase("ref_area");
  return why;
}

void report(const std::vector<MapLine>& lines, const std::string& path) {
  std::size_t exact = 0, unknown_texts = 0, suggested = 0;
  for (const MapLine& line : lines) {
    if (line.kind == "column") {
      std::printf("%s: %s (%s%s)\n", line.column.c_str(), line.proposed.c_str(),
                  line.how.empty() ? "not understood" : line.how.c_str(),
                  line.score < 1 && line.proposed != "ignore" && line.confirmed.empty() ? ", to be confirmed" : "");
    } else if (line.kind == "constant") {
      if (line.proposed.empty()) std::printf("no %s in the file: to be filled in as a constant\n", line.foreign.c_str());
    } else {
      ++(line.score == 1 ? exact : line.proposed.empty() ? unknown_texts : suggested);
    }
  }
  std::printf("wrote %s: %zu exact, %zu suggestions to confirm, %zu unknown\n", path.c_str(), exact, suggested, unknown_texts);
}

void run_map(const Context& context, const Arguments& arguments) {
  std::error_code unknown;
  const bool folder = std::filesystem::is_directory(arguments.file, unknown);
  std::string path = arguments.output;
  if (path.empty()) {
    path = arguments.file;
    while (path.size() > 1 && path.ends_with('/')) path.pop_back();
    path += ".map.csv";
  }
  const bool earlier = !is_stdout(path) && !arguments.force && std::filesystem::exists(path, unknown);
  const AreaRegistry areas = load_areas();
  const DimensionCodes codes = load_dimension_codes();
  const std::vector<Binding> bindings = load_bindings(data_home() + "/frameworks/bindings", codes);
  const Framework sdg = load_framework(framework_path("sdg")), mdg = load_framework(framework_path("mdg"));
  const Vocabulary vocabulary = load_vocabulary(data_home() + "/reference", areas, bindings, {&sdg, &mdg});
  const char delimiter = arguments.delimiter == "tab" ? '\t' : arguments.delimiter.empty() ? '\0' : arguments.delimiter.front();
  std::vector<MapLine> lines;
  if (!folder) lines = table_lines(arguments, vocabulary, codes, delimiter);
  if (folder && arguments.area.empty()) ask_constant("ref_area", lines);
  ImportOptions reading;
  const std::string why = read_keys(arguments, areas, codes, delimiter, folder, lines, reading);
  propose_keys(*reading.met, vocabulary, arguments.options, lines);
  if (lines.empty() && !why.empty()) throw Error(ErrorKind::input, why, "Name a file that `stocktake import` can read");
  std::size_t gone = 0;
  if (earlier) {
    std::vector<MapLine> kept = read_map(path);
    const std::size_t before = kept.size();
    lines = merge_map(std::move(kept), lines, gone);
    if (!context.quiet)
      std::printf("%s had %zu lines: they stay, %zu are new, %zu of columns that are gone are left out\n", path.c_str(), before,
                  lines.size() + gone - before, gone);
  }
  write_text(to_csv(map_table(lines)), path);
  if (context.quiet || is_stdout(path)) return;
  report(lines, path);
  if (!why.empty()) std::printf("  note: by these proposals the file cannot be imported yet: %s\n", why.c_str());
}

}  // namespace

void add_map(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("map", "Propose what the columns, names and codes of a foreign table mean");
  auto arguments = std::make_shared<Arguments>();
  command
      ->add_option("file", arguments->file,
                   "Whatever `stocktake import` takes: a table, a workbook, JSON, SDMX, an Open SDG folder")
      ->required()
      ->option_text("FILE");
  command->add_option("-o,--output", arguments->output, "File to review [FILE.map.csv]; - is standard output")
      ->option_text("FILE");
  command->add_flag("--force", arguments->force, "Begin anew where the file exists, instead of adding to it");
  command->add_option("--top", arguments->options.most, "Suggestions for a text")
      ->option_text("NUMBER")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  command->add_option("--least", arguments->options.least, "Least score of a suggestion")
      ->option_text("SCORE")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command->add_option("--delimiter", arguments->delimiter, "One character, or tab; guessed when not given")->option_text("CHAR");
  command->add_option("--sheet", arguments->sheet, "Sheet of a workbook")->option_text("NAME");
  command->add_option("--area", arguments->area, "Area of an Open SDG data repository")->option_text("CODE");
  command->footer(
      "Examples:\n  stocktake map ministry.csv\n  stocktake import --map ministry.csv.map.csv ministry.csv\n\n"
      "Exact finds count as they are; write yes in the column `confirmed` where a suggestion is right, no where a find is "
      "wrong. Run again on a newer version of the file, it keeps what is there and adds what is new.");
  command->callback([&context, arguments] { run_map(context, *arguments); });
}

}  // namespace stocktake
