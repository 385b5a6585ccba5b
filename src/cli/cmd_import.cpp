#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "cli/app.h"
#include "ingest/importer.h"

namespace stocktake {
namespace {

struct ImportArguments {
  std::vector<std::string> files, columns;
  std::string published, delimiter;
  bool starter = false, again = false;
  ImportOptions options;
};

std::string formats_text() {
  std::string text = "Formats (--input-format), detected from the file's first lines:\n";
  for (const auto& importer : importers()) {
    std::string id(importer->id());
    id.resize(12, ' ');
    text += "  " + id + std::string(importer->title()) + "\n";
  }
  return text +
         "\nEach file is one transaction: it is stored whole, or not at all. Rows that cannot be used are counted and kept:\n"
         "see `stocktake show rejects`. A file whose bytes are in the store already is skipped.\n\n"
         "Examples:\n"
         "  stocktake import --starter\n"
         "  stocktake import API_SP.POP.TOTL_DS2_en_csv_v2.csv\n"
         "  stocktake import --source \"Ministry of Health\" --edition 2026-1 coverage.csv\n"
         "  stocktake import --column iso=ref_area --column jahr=time_period --column wert=obs_value --series SH_X data.csv\n"
         "  stocktake import --dry-run sdg_observations.csv.gz";
}

std::string counted(std::int64_t count, const char* thing) { return std::to_string(count) + " " + thing + (count == 1 ? "" : "s"); }

void print_result(const ImportResult& result, bool dry_run) {
  const Vintage& v = result.vintage;
  std::string text = v.origin + (dry_run ? ": would store " : ": stored ") + counted(v.rows_accepted, "figure") + " (format " + v.format;
  if (!dry_run) text += ", vintage " + std::to_string(v.id);
  text += ")";
  if (v.rows_missing > 0) text += ", " + counted(v.rows_missing, "cell") + " without a figure";
  if (v.rows_rejected > 0) text += ", " + std::to_string(v.rows_rejected) + " rejected";
  std::printf("%s\n", text.c_str());
  for (const auto& warning : result.warnings) std::printf("  note: %s\n", warning.c_str());
  std::size_t shown = 0;
  for (const auto& [reason, count] : result.reject_reasons) {
    if (++shown > 8) {
      std::printf("  rejected: … and %zu more reasons\n", result.reject_reasons.size() - 8);
      break;
    }
    std::printf("  rejected: %lld x %s\n", static_cast<long long>(count), reason.c_str());
  }
  if (!result.first_rejects.empty()) {
    const Reject& first = result.first_rejects.front();
    std::printf("  first at line %lld%s%s: %s\n", static_cast<long long>(first.line), first.column.empty() ? "" : ", column ", first.column.c_str(),
                first.reason.c_str());
    if (!dry_run) std::printf("  all of them: stocktake show rejects %d\n", v.id);
  }
}

// The bundled figures: country series and published regional figures.
std::vector<std::string> starter_files() {
  const std::string folder = data_home() + "/data/starter/";
  return {folder + "observations.csv.gz", folder + "regions.csv"};
}

std::string scratch_path() {
  std::error_code failed;
  const auto folder = std::filesystem::temp_directory_path(failed);
  if (failed) throw Error(ErrorKind::store, "there is no folder for temporary files: " + failed.message(), "Set TMPDIR to one");
  return (folder / ("stocktake-dry-run-" + std::to_string(::getpid()) + ".duckdb")).string();
}

char delimiter_argument(const std::string& text) {
  if (text == "tab" || text == "\\t") return '\t';
  const bool usable = text.size() == 1 && text != "\"" && text != "\n" && text != "\r" && static_cast<unsigned char>(text.front()) < 0x80;
  if (!usable) throw Error(ErrorKind::usage, "--delimiter: '" + text + "', expected one ASCII character that is no quote, or tab");
  return text.front();
}

void run_import(const Context& context, ImportArguments& arguments) {
  std::vector<std::string> files = arguments.files;
  if (arguments.starter) {
    const auto bundled = starter_files();
    files.insert(files.begin(), bundled.begin(), bundled.end());
  }
  if (files.empty()) throw Error(ErrorKind::usage, "no file to import", "Name files, or --starter for the bundled figures");
  ImportOptions& options = arguments.options;
  options.quiet = context.quiet;
  if (!arguments.published.empty()) options.published = date_argument(arguments.published, "--published");
  if (!arguments.delimiter.empty()) options.delimiter = delimiter_argument(arguments.delimiter);
  for (const auto& text : arguments.columns) {
    const auto equals = text.rfind('=');
    if (equals == std::string::npos || equals == 0) throw Error(ErrorKind::usage, "--column: '" + text + "', expected NAME=ROLE");
    options.columns[text.substr(0, equals)] = text.substr(equals + 1);
  }
  const AreaRegistry areas = load_areas();
  const DimensionCodes codes = load_dimension_codes();
  // A dry run must not touch the store: it reads into a scratch one.
  const bool scratch = options.dry_run;
  const std::string path = scratch ? scratch_path() : context.store_path;
  struct Cleanup {
    std::string path;
    ~Cleanup() {
      if (path.empty()) return;
      std::error_code ignored;
      std::filesystem::remove(path, ignored);
      std::filesystem::remove(path + ".wal", ignored);
    }
  } cleanup{scratch ? path : std::string()};
  // The first file is read ahead while the store is being opened.
  std::unique_ptr<ByteSource> ahead = ByteSource::open(files.front());
  std::error_code unknown;  // a path that cannot be looked at is refused by create, with its reason
  Store store = std::filesystem::exists(path, unknown) ? Store::open(path, Store::Access::write) : Store::create(path);
  std::vector<Vintage> known = store.vintages();
  for (const auto& file : files) {
    if (!arguments.again && !known.empty() && std::filesystem::is_regular_file(file, unknown)) {  // a pipe can be read only once
      const std::string hash = hash_file(file);
      const auto same = std::find_if(known.begin(), known.end(), [&](const Vintage& v) { return v.hash == hash; });
      if (same != known.end()) {
        if (!context.quiet) std::printf("%s: in the store already, as vintage %d (--again imports it anew)\n", file.c_str(), same->id);
        continue;
      }
    }
    ImportOptions chosen = options;
    if (arguments.starter && file.ends_with("/starter/regions.csv") && chosen.source.empty()) chosen.source = "Published regional figures (data/starter)";
    if (arguments.starter && file.ends_with("/starter/observations.csv.gz") && chosen.source.empty()) chosen.source = "World Bank and Gapminder (data/starter)";
    const std::unique_ptr<ByteSource> source = ahead && &file == &files.front() ? std::move(ahead) : ByteSource::open(file);
    const ImportResult result = import_source(store, areas, codes, *source, chosen);
    if (!options.dry_run) known.push_back(result.vintage);
    if (!context.quiet) print_result(result, options.dry_run);
  }
}

}  // namespace

void add_import(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("import", "Load figures from files into the store");
  auto arguments = std::make_shared<ImportArguments>();
  ImportOptions& options = arguments->options;
  command->add_option("files", arguments->files, "Files; gzip is read as it is")->option_text("FILE ...");
  command->add_flag("--starter", arguments->starter, "The figures bundled with the program");
  command->add_option("--input-format", options.format, "Format of the files, instead of detecting it")->option_text("ID");
  command->add_option("--source", options.source, "Who published the figures")->option_text("TEXT");
  command->add_option("--edition", options.edition, "The publisher's edition")->option_text("TEXT");
  command->add_option("--published", arguments->published, "Day of publication: what --as-of goes by")->option_text("DATE");
  command->add_option("--series", options.series, "Series code, for a file that has none")->option_text("CODE");
  command->add_option("--column", arguments->columns, "Role of a column: series, ref_area, time_period, obs_value, lower, upper, unit_measure, nature, "
                                                      "edition, source, ignore or a dimension such as SEX")
      ->option_text("NAME=ROLE")
      ->allow_extra_args(false);
  command->add_option("--delimiter", arguments->delimiter, "One character, or tab; guessed when not given")->option_text("CHAR");
  command->add_flag("--update", options.update, "Add to earlier vintages figure by figure, instead of replacing whole series");
  command->add_flag("--allow-future", options.allow_future, "Accept years after the present one (projections)");
  command->add_flag("--again", arguments->again, "Import a file that is in the store already");
  command->add_flag("--dry-run", options.dry_run, "Read and check everything, store nothing");
  command->footer(formats_text());
  command->callback([&context, arguments] { run_import(context, *arguments); });
}

}  // namespace stocktake
