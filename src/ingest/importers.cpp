#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "base/utf8.h"
#include "ingest/formats/formats.h"
#include "ingest/sdmx/data.h"
#include "ingest/sheets/sheet_import.h"
#include "ingest/table_profile.h"

namespace stocktake {

const std::vector<std::unique_ptr<Importer>>& importers() {
  static const auto all = [] {
    std::vector<std::unique_ptr<Importer>> list;
    list.push_back(make_unsd_importer());
    list.push_back(make_unmdg_importer());
    list.push_back(make_worldbank_importer());
    list.push_back(make_dac_explorer_importer());
    list.push_back(make_dac_stat_importer());
    list.push_back(make_oda_headline_importer());
    list.push_back(make_oda_data_importer());
    list.push_back(make_dac5_importer());
    list.push_back(make_dac_deflator_importer());
    list.push_back(make_worldbank_dated_importer());
    list.push_back(make_unsd_json_importer());
    list.push_back(make_worldbank_json_importer());
    list.push_back(make_gho_json_importer());
    list.push_back(make_jsonstat_importer());
    list.push_back(make_sdmx_ml_importer());
    list.push_back(make_sdmx_json_importer());
    list.push_back(make_sdmx_csv_importer());
    list.push_back(make_eurostat_importer());
    list.push_back(make_wide_importer());
    list.push_back(make_columns_importer());
    list.push_back(make_tidy_importer());
    list.push_back(make_crs_importer());
    list.push_back(make_sector_share_importer());
    return list;
  }();
  return all;
}

std::vector<std::string> read_header(CsvReader& reader, const std::string& file, std::uint64_t line) {
  std::vector<std::string_view> fields;
  bool found = reader.next(fields);
  while (found && reader.line() < line) found = reader.next(fields);
  if (!found)
    throw Error(ErrorKind::input, "the file is empty, expected a header line", "Check that it was fetched completely",
                {file, 1, 0, {}});
  std::vector<std::string> names;
  for (const std::string_view field : fields) names.emplace_back(trimmed(field));
  return names;
}

bool is_year_name(std::string_view name) {
  const int year = parse_year(name);
  return name.size() == 4 && year >= 1800 && year < 2200;
}

std::string_view year_of_column(std::string_view name) {
  name = trimmed(name);
  if (name.size() > 4 && is_year_name(name.substr(0, 4)) && name.substr(4).starts_with(" [YR")) return name.substr(0, 4);
  if (name.starts_with("YR")) name.remove_prefix(2);
  if (name.starts_with('Y')) name.remove_prefix(1);
  return is_year_name(name) ? name : std::string_view();
}

std::string_view year_behind(std::string_view name, std::string_view& stem) {
  name = trimmed(name);
  if (name.size() < 6 || !is_year_name(name.substr(name.size() - 4))) return {};
  const char before = name[name.size() - 5];
  if (before != '_' && before != ' ') return {};
  stem = trimmed(name.substr(0, name.size() - 5));
  return stem.empty() ? std::string_view() : name.substr(name.size() - 4);
}

void require_years(const std::vector<YearColumn>& years, const std::vector<std::string>& names, const std::string& file) {
  if (!years.empty()) return;
  throw Error(ErrorKind::input,
              "no column is a year, expected 1990 and the like; there are " + std::to_string(names.size()) +
                  " columns, the last is '" + readable(names.back().substr(0, 40)) + "'",
              "If the file has one figure a row, name the format: --input-format tidy", {file, 1, 0, {}});
}

void refuse_columns(const ImportOptions& options, std::string_view format) {
  if (options.columns.empty()) return;
  throw Error(ErrorKind::usage, "--column is not for files of the format '" + std::string(format) + "', whose columns are fixed",
              "Leave it out, or name another format with --input-format");
}

void warn_ignored(const Layout& layout, Sink& sink) {
  if (layout.ignored.empty()) return;
  sink.warn("columns that were not read: " + printable(joined(layout.ignored, ", ")) + "; --column NAME=ROLE gives one a role");
}

const Importer* find_importer(std::string_view id) {
  const auto& all = importers();
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& importer) { return importer->id() == id; });
  return found == all.end() ? nullptr : found->get();
}

const Importer* recognise(const Head& head, const std::string& format, int& confidence) {
  confidence = 0;
  const Importer* best = nullptr;
  if (!format.empty()) {
    best = find_importer(format);
    if (best == nullptr) {
      std::vector<std::string> known;
      for (const auto& importer : importers()) known.emplace_back(importer->id());
      throw Error(ErrorKind::usage, "unknown input format '" + format + "', expected one of " + joined(known, ", "),
                  "Correct --input-format, or leave it out: the format is detected");
    }
    confidence = best->confidence(head);
    return best;
  }
  for (const auto& importer : importers()) {
    if (const int c = importer->confidence(head); c > confidence) {
      confidence = c;
      best = importer.get();
    }
  }
  return best;
}

const Importer& importer_by_roles(const std::vector<std::string>& columns) {
  return *find_importer(std::any_of(columns.begin(), columns.end(), is_year_name) ? "wide" : "tidy");
}

namespace {

constexpr int surely_figures = 20;       // the confidence of an importer that knows area and year, or area and value
constexpr std::size_t probed_rows = 30;  // below titles a header stands among the first rows, or there is none

bool is_markup(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(blank);
  if (begin == std::string_view::npos) return false;
  if (text[begin] != '[') return text[begin] == '<' || text[begin] == '{';
  const std::size_t inside = text.find_first_not_of(blank, begin + 1);  // a list of objects; "[Sex]" is a column
  return inside != std::string_view::npos && text[inside] == '{';
}

// The head by its first row, or, where `importer` or any other knows a row below better, by that one; `line`: where it begins.
Head head_of(ByteSource& source, const ImportOptions& options, std::uint64_t& line) {
  Head head;
  head.text = source.head();
  if (head.text.starts_with("\xEF\xBB\xBF")) head.text.remove_prefix(3);
  head.delimiter = options.delimiter != 0 ? options.delimiter : guess_delimiter(head.text);
  line = 1;
  // XML and JSON have no columns, and quotes that mean something else.
  if (is_markup(head.text)) return head;
  if (const auto kind = sdmx::kind_of(head.text); kind != sdmx::MessageKind::none && kind != sdmx::MessageKind::csv_data)
    return head;  // XML in UTF-16
  // Rows are split by the real reader so that quotes count. The head is cut somewhere: that may be within quotes.
  const auto first = ByteSource::from_bytes(std::string(head.text), source.name());
  CsvReader reader(*first, head.delimiter);
  std::vector<std::string_view> fields;
  int best = -1;
  Head found = head;
  try {
    for (std::size_t row = 0; row < probed_rows && reader.next(fields); ++row) {
      Head here = head;
      for (const std::string_view field : fields) here.columns.emplace_back(trimmed(field));
      int confidence = 0;
      if (row != 0) here.text = head.text.substr(std::min(head.text.size(), head.text.find(reader.row_text())));
      recognise(here, options.format, confidence);
      if (row == 0 || (confidence > best && confidence >= surely_figures && here.columns.size() > 1)) {
        line = reader.line();
        best = confidence;
        found = std::move(here);
      }
      // What knows its header by itself, or has the first row as one, is not looked for below it.
      if (best >= surely_figures) break;
    }
  } catch (const Error&) {
    if (best < 0) throw;
  }
  return found;
}

}  // namespace

const Importer& choose_importer(ByteSource& source, const ImportOptions& options, std::uint64_t& line) {
  if (source.head().empty())
    throw Error(ErrorKind::input, "the file is empty, expected a table", "Check that it was fetched completely",
                {source.name(), 1, 0, {}});
  const Head head = head_of(source, options, line);
  int confidence = 0;
  const Importer* const best = recognise(head, options.format, confidence);
  if (best != nullptr && (confidence >= surely_figures || !options.format.empty() || !options.columns.empty())) return *best;
  if (best == nullptr && !options.columns.empty()) return importer_by_roles(head.columns);
  if (const std::string what = reference_table(head.columns); !what.empty())
    throw Error(ErrorKind::input, "the file holds no figures: " + what, reference_remedy(), {source.name(), 1, 0, {}});
  if (best == nullptr && head.columns.empty()) {
    const bool iati = head.text.find("<iati-activities") != std::string_view::npos;
    throw Error(
        ErrorKind::input,
        "the format was not recognised: it is neither a table nor an SDMX message nor an answer of a known service",
        iati ? "It is an IATI file: see `stocktake iati --help`"
             : "Name the format with --input-format (`stocktake import --help` lists them); texts of commitments are read by "
               "`stocktake commitments`",
        {source.name(), 1, 0, {}});
  }
  if (best == nullptr) {
    throw Error(ErrorKind::input, "the format was not recognised; the first line has the columns: " + listed(head.columns),
                "Name the format with --input-format, or give columns a role with --column NAME=ROLE", {source.name(), 1, 0, {}});
  }
  return *best;
}

std::string format_of(ByteSource& source, char delimiter) {
  ImportOptions options;
  options.delimiter = delimiter;
  std::uint64_t line = 0;
  int confidence = 0;
  const Importer* const best = recognise(head_of(source, options, line), {}, confidence);
  return best != nullptr && confidence >= surely_figures ? std::string(best->id()) : std::string();
}

ImportResult import_with(Store& store, const AreaRegistry& areas, ByteSource& source, const ImportOptions& options,
                         std::string format, const std::function<void(Sink&, Vintage&)>& read) {
  const auto transaction = store.begin_import();
  const int last_year = options.allow_future ? 2999 : today().year;
  Sink sink(*transaction, areas, last_year, source, options.quiet);
  sink.translate(&options.values, options.met.get());
  Vintage vintage;
  vintage.format = std::move(format);
  read(sink, vintage);
  sink.finish();

  vintage.origin = readable(source.name());
  if (!options.source.empty()) vintage.source = options.source;
  if (vintage.source.empty()) vintage.source = source.name().substr(source.name().find_last_of('/') + 1);
  vintage.source = readable(vintage.source);
  if (!options.edition.empty()) vintage.edition = readable(options.edition);
  if (options.published) vintage.published = options.published;
  vintage.update = options.update;
  if (vintage.hash.empty()) {  // a package has its own, of all its files
    vintage.hash = source.hash_hex();
    vintage.bytes = source.raw_consumed();
  }
  vintage.rows_read = sink.read();
  vintage.rows_accepted = sink.accepted();
  vintage.rows_missing = sink.missing();
  vintage.rows_rejected = sink.rejected();

  ImportResult result;
  result.warnings = sink.warnings();
  for (const auto& [reason, count] : sink.reasons()) result.reject_reasons.emplace_back(reason, count);
  std::stable_sort(result.reject_reasons.begin(), result.reject_reasons.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  result.first_rejects = sink.first_rejects();
  if (sink.accepted() == 0 && !options.met) {  // who asks for the texts wants to know why there is nothing
    std::string why = "no usable figure in " + std::to_string(sink.read()) + " rows";
    if (!result.first_rejects.empty()) {
      const Reject& first = result.first_rejects.front();
      why += "; line " + std::to_string(first.line) + ": " + first.reason;
    }
    throw Error(ErrorKind::input, why, "Check the columns and codes; nothing was stored", {source.name(), 0, 0, {}});
  }
  result.vintage = options.dry_run ? vintage : transaction->commit(vintage);
  return result;
}

ImportResult import_source(Store& store, const AreaRegistry& areas, const DimensionCodes& codes, ByteSource& source,
                           const ImportOptions& options) {
  if (sheets::is_container(source.head())) {
    return import_with(store, areas, source, options, {}, [&](Sink& sink, Vintage& vintage) {
      vintage.format = sheets::import_workbook(source, options, codes, sink, vintage);
    });
  }
  if (source.head().starts_with("PAR1")) {
    return import_with(store, areas, source, options, "parquet",
                       [&](Sink& sink, Vintage& vintage) { read_parquet(source, options, codes, sink, vintage); });
  }
  ImportOptions chosen = options;
  const Importer& importer = choose_importer(source, options, chosen.header_line);
  return import_with(store, areas, source, options, std::string(importer.id()), [&](Sink& sink, Vintage& vintage) {
    if (chosen.header_line > 1) sink.warn("the header is in line " + std::to_string(chosen.header_line));
    importer.read(source, chosen, codes, sink, vintage);
  });
}

ImportResult import_file(Store& store, const AreaRegistry& areas, const DimensionCodes& codes, const std::string& path,
                         const ImportOptions& options) {
  const auto source = ByteSource::open(path);
  return import_source(store, areas, codes, *source, options);
}

}  // namespace stocktake
