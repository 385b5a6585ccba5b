#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/progress.h"
#include "base/scratch.h"
#include "base/text.h"
#include "base/utf8.h"
#include "cli/app.h"
#include "cli/column_roles.h"
#include "cli/import_structures.h"
#include "exchange/map/map.h"
#include "ingest/formats/open_sdg.h"
#include "ingest/importer.h"
#include "ingest/packages/package_import.h"

namespace stocktake {
namespace {

struct ImportArguments {
  std::vector<std::string> files, columns, structures;
  std::string published, delimiter, area, map;
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
         "Workbooks (.xlsx, .ods) are read too: each sheet that holds figures, as if it were a CSV file.\n"
         "A folder is read as what is in it: the data repository of an Open SDG platform, a Frictionless Data Package, CSV on\n"
         "the Web with its metadata, or a DDF dataset. ZIP files of packages and of CSV files, and Parquet files, are read too.\n"
         "\nEach file is one transaction: it is stored whole, or not at all. Rows that cannot be used are counted and kept:\n"
         "see `stocktake show rejects`. A file whose bytes are in the store already is skipped.\n"
         "SDMX structure messages are stored too (`stocktake show structures`); data messages are checked by them.\n\n"
         "Examples:\n"
         "  stocktake import --starter\n"
         "  stocktake import API_SP.POP.TOTL_DS2_en_csv_v2.csv\n"
         "  stocktake import --source \"Ministry of Health\" --edition 2026-1 coverage.csv\n"
         "  stocktake import --column iso=ref_area --column jahr=time_period --column wert=obs_value --series SH_X data.csv\n"
         "  stocktake import --sheet \"Table 2\" yearbook.xlsx\n"
         "  stocktake import --dry-run sdg_observations.csv.gz\n"
         "  stocktake import dsd.xml data.xml\n"
         "  stocktake import --structure dsd.json --column MEASURE=series data.csv";
}

std::string counted(std::int64_t count, const char* thing) {
  return std::to_string(count) + " " + thing + (count == 1 ? "" : "s");
}

void print_result(const ImportResult& result, bool dry_run) {
  const Vintage& v = result.vintage;
  std::string text =
      v.origin + (dry_run ? ": would store " : ": stored ") + counted(v.rows_accepted, "figure") + " (format " + v.format;
  if (!dry_run) text += ", vintage " + std::to_string(v.id);
  text += ")";
  if (v.rows_missing > 0) text += ", " + counted(v.rows_missing, "cell") + " without a figure";
  if (v.rows_rejected > 0) text += ", " + std::to_string(v.rows_rejected) + " rejected";
  std::printf("%s\n", text.c_str());
  for (const auto& warning : result.warnings) std::printf("  note: %s\n", printable(warning).c_str());
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
    std::printf("  first at line %lld%s%s: %s\n", static_cast<long long>(first.line), first.column.empty() ? "" : ", column ",
                printable(first.column).c_str(), first.reason.c_str());
    if (!dry_run) std::printf("  all of them: stocktake show rejects %d\n", v.id);
  }
}

// The bundled figures: country series and published regional figures.
std::vector<std::string> starter_files() {
  const std::string folder = data_home() + "/data/starter/";
  return {folder + "observations.csv.gz", folder + "regions.csv"};
}

char delimiter_argument(const std::string& text) {
  if (text == "tab" || text == "\\t") return '\t';
  const bool usable =
      text.size() == 1 && text != "\"" && text != "\n" && text != "\r" && static_cast<unsigned char>(text.front()) < 0x80;
  if (!usable)
    throw Error(ErrorKind::usage, "--delimiter: '" + text + "', expected one ASCII character that is no quote, or tab",
                "Write --delimiter ';', or tab; without it the delimiter is guessed");
  return text.front();
}

// What is read as several files: an Open SDG repository, a package, a CSV file with metadata beside it.
bool is_many_files(const std::string& path) { return is_open_sdg(path) || is_package(path); }

void check_folder(const std::string& path) {
  std::error_code unknown;
  if (std::filesystem::is_directory(path, unknown) && !is_many_files(path))
    throw Error(ErrorKind::input,
                "the folder is no Open SDG data repository (data/indicator_*.csv), Data Package (datapackage.json), CSVW "
                "(*-metadata.json) or DDF dataset (ddf--datapoints--*.csv)",
                "Name a file, or the root of such a folder", {path, 0, 0, {}});
}

// Fills the options of the importers from the texts of the command line.
void read_options(const Context& context, ImportArguments& arguments) {
  ImportOptions& options = arguments.options;
  options.quiet = context.quiet;
  if (!arguments.published.empty()) {
    // Of a month or a year the last day, or today when that is yet to come: --as-of must not know what may not have been out.
    const Date first = date_argument(arguments.published, "--published");
    const Date last = date_argument(arguments.published, "--published", true);
    options.published = first == last ? first : std::min(last, std::max(first, today()));
  }
  if (!arguments.delimiter.empty()) options.delimiter = delimiter_argument(arguments.delimiter);
  if (!arguments.map.empty()) use_map(arguments.map, options);
  read_column_roles(arguments.columns, options.columns);
}

// Imports the files into the store, one transaction each. `stored` gets the vintages as they come, for whoever hears of a fault.
void import_files(const Context& context, const ImportArguments& arguments, const std::vector<std::string>& files,
                  std::unique_ptr<ByteSource> ahead, Store& store, std::vector<Vintage>& stored) {
  const ImportOptions& options = arguments.options;
  KnownStructures structures(context, arguments.structures, options.dry_run ? nullptr : &store);
  const AreaRegistry areas = load_areas();
  const DimensionCodes codes = load_dimension_codes();
  std::vector<Vintage> known = store.vintages();
  for (const auto& file : files) {
    check_interrupted();
    std::error_code unknown;
    if (!arguments.again && !known.empty() && std::filesystem::is_regular_file(file, unknown)) {  // a pipe can be read only once
      const std::string hash = hash_file(file);
      const auto same = std::find_if(known.begin(), known.end(), [&](const Vintage& v) { return v.hash == hash; });
      if (same != known.end()) {
        if (!context.quiet)
          std::printf("%s: in the store already, as vintage %d (--again imports it anew)\n", file.c_str(), same->id);
        continue;
      }
    }
    ImportOptions chosen = options;
    if (arguments.starter && file.ends_with("/starter/regions.csv") && chosen.source.empty())
      chosen.source = "Published regional figures (data/starter)";
    if (arguments.starter && file.ends_with("/starter/observations.csv.gz") && chosen.source.empty())
      chosen.source = "World Bank and Gapminder (data/starter)";
    if (is_many_files(file)) {
      const std::string area = arguments.area.empty() ? std::string(constant_of(&options.values, "ref_area")) : arguments.area;
      const ImportResult result = is_open_sdg(file) ? import_open_sdg(store, areas, codes, file, area, chosen)
                                                    : import_package(store, areas, codes, file, chosen);
      if (!options.dry_run) stored.push_back(result.vintage);
      if (!context.quiet) print_result(result, options.dry_run);
      continue;
    }
    const std::unique_ptr<ByteSource> source = ahead && &file == &files.front() ? std::move(ahead) : ByteSource::open(file);
    if (structures.take(*source)) continue;
    structures.give(*source, chosen);
    const ImportResult result = import_source(store, areas, codes, *source, chosen);
    if (!options.dry_run) {
      known.push_back(result.vintage);
      stored.push_back(result.vintage);
    }
    if (!context.quiet) print_result(result, options.dry_run);
  }
}

void run_import(const Context& context, ImportArguments& arguments) {
  std::vector<std::string> files = arguments.files;
  if (arguments.starter) {
    const auto bundled = starter_files();
    files.insert(files.begin(), bundled.begin(), bundled.end());
  }
  if (files.empty()) throw Error(ErrorKind::usage, "no file to import", "Name files, or --starter for the bundled figures");
  read_options(context, arguments);
  // A dry run must not touch the store: it reads into a scratch one.
  std::optional<ScratchFile> scratch;
  if (arguments.options.dry_run) scratch.emplace("dry-run", ".duckdb");
  const std::string path = scratch ? scratch->path() : context.store_path;
  // The first file is read ahead while the store is being opened.
  for (const auto& file : files) check_folder(file);
  std::unique_ptr<ByteSource> ahead = is_many_files(files.front()) ? nullptr : ByteSource::open(files.front());
  if (!scratch) clear_leftovers(context);
  std::error_code unknown;  // a path that cannot be looked at is refused by create, with its reason
  const bool exists = std::filesystem::exists(path, unknown);
  Store store = exists ? Store::open(path, Store::Access::write) : Store::create(path);
  std::vector<Vintage> stored;
  try {
    import_files(context, arguments, files, std::move(ahead), store, stored);
  } catch (const Error& error) {
    if (!exists && stored.empty()) remove_store(path);  // while it is locked still: nobody else can have begun to use it
    if (error.kind() != ErrorKind::interrupted || stored.empty()) throw;
    std::vector<std::string> before;
    for (const Vintage& v : stored) before.push_back(v.origin + " (vintage " + std::to_string(v.id) + ")");
    throw Error(ErrorKind::interrupted, "interrupted; stored before: " + joined(before, ", "),
                "Run the command again: what is stored is skipped");
  } catch (const std::exception&) {  // memory that has run out
    if (!exists && stored.empty()) remove_store(path);
    throw;
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
  command
      ->add_option("--published", arguments->published,
                   "Day of publication: what --as-of goes by; of a month or year, its last day")
      ->option_text("DATE");
  command->add_option("--area", arguments->area, "Area of an Open SDG data repository")->option_text("CODE");
  command->add_option("--sheet", options.sheet, "Sheet of a workbook or table of a package, instead of those that hold figures")
      ->option_text("NAME");
  command->add_option("--series", options.series, "Series code, for a file that has none")->option_text("CODE");
  command
      ->add_option("--column", arguments->columns,
                   "Role of a column: series, ref_area, time_period, obs_value, lower, upper, unit_measure, nature, "
                   "edition, source, ignore or a dimension such as SEX; of SDMX components also attribute")
      ->option_text("NAME=ROLE")
      ->allow_extra_args(false);
  command
      ->add_option("--map", arguments->map, "A file of `stocktake map`, reviewed: roles of columns, meanings of codes and names")
      ->option_text("FILE");
  command->add_option("--delimiter", arguments->delimiter, "One character, or tab; guessed when not given")->option_text("CHAR");
  command->add_flag("--update", options.update, "Add to earlier vintages figure by figure, instead of replacing whole series");
  command->add_flag("--allow-future", options.allow_future, "Accept years after the present one (projections)");
  command->add_flag("--again", arguments->again, "Import a file that is in the store already");
  command
      ->add_option("--structure", arguments->structures,
                   "Structure message to check SDMX data by; without it, by what the store has")
      ->option_text("FILE")
      ->allow_extra_args(false);
  command->add_flag("!--no-validate", options.validate, "Do not check SDMX data by its structures");
  command->add_flag("--dry-run", options.dry_run, "Read and check everything, store nothing");
  command->footer(formats_text());
  command->callback([&context, arguments] { run_import(context, *arguments); });
}

}  // namespace stocktake
