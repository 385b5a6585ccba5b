#include "ingest/sheets/sheet_import.h"

#include <algorithm>
#include <cctype>

#include "base/error.h"
#include "base/table.h"
#include "base/text.h"
#include "base/utf8.h"
#include "ingest/formats/formats.h"
#include "ingest/packages/package_import.h"
#include "ingest/sheets/workbook.h"

namespace stocktake::sheets {
namespace {

constexpr std::size_t most_packed = std::size_t{256} << 20, most_text = std::size_t{1} << 30;
constexpr std::size_t probed_rows = 60;  // a header stands among the first rows of a sheet, or there is none
constexpr int surely_figures = 20;       // the confidence of an importer that knows area and year, or area and value

void append_row(std::string& text, const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i != 0) text += ',';
    append_csv_field(text, cells[i]);
  }
}

// What a sheet holds, by its first rows.
struct Probe {
  std::size_t sheet = 0;
  const Importer* importer = nullptr;
  int confidence = 0;
  std::uint64_t header = 0;  // its row
  std::size_t width = 0;
  std::string reference;  // what table of reference data it is
};

Probe probe(Workbook& book, std::size_t sheet, const ImportOptions& options) {
  Probe best;
  best.sheet = sheet;
  std::size_t rows = 0;
  book.read(sheet, [&](std::uint64_t number, std::vector<std::string>& cells) {
    Head head;
    for (const auto& cell : cells) head.columns.emplace_back(trimmed(cell));
    std::string line;
    append_row(line, head.columns);
    head.text = line;
    int confidence = 0;
    const Importer* importer = recognise(head, options.format, confidence);
    const bool named =
        !options.columns.empty() && std::all_of(options.columns.begin(), options.columns.end(), [&](const auto& c) {
          return std::find(head.columns.begin(), head.columns.end(), c.first) != head.columns.end();
        });
    if (named && confidence < surely_figures) {
      confidence = surely_figures;
      if (importer == nullptr || options.format.empty()) importer = &importer_by_roles(head.columns);
    }
    if (importer != nullptr && confidence > best.confidence) {
      best.importer = importer;
      best.confidence = confidence;
      best.header = number;
      best.width = cells.size();
    }
    if (best.reference.empty()) best.reference = reference_table(head.columns);
    return ++rows < probed_rows;
  });
  return best;
}

// The sheet as CSV, a line a row: line numbers are row numbers. Rows above the header are blank, unless the importer reads them.
std::string table_text(Workbook& book, const Probe& at, const std::string& file) {
  std::string text;
  std::uint64_t line = 1;
  book.read(at.sheet, [&](std::uint64_t number, std::vector<std::string>& cells) {
    if (number < at.header && !at.importer->finds_header()) return true;
    text.append(number - line, '\n');
    if (number >= at.header && cells.size() < at.width) cells.resize(at.width);
    append_row(text, cells);
    text += '\n';
    line = number + 1;
    if (text.size() > most_text)
      throw Error(ErrorKind::input, "the sheet '" + book.sheets()[at.sheet].name + "' holds more than 1 GiB of text",
                  "Save the sheet as CSV", {file, number, 0, {}});
    return true;
  });
  return text;
}

// A code from the name of a sheet, "Capture production" → "CAPTURE_PRODUCTION"; "" for names that say nothing ("Sheet1").
std::string series_of(const std::string& sheet) {
  bool letters = true, digits = false;
  for (const char c : std::string(trimmed(sheet))) {
    const auto byte = static_cast<unsigned char>(c);
    digits = digits || std::isdigit(byte) != 0;
    if (std::isdigit(byte) == 0 && (digits || (std::isalpha(byte) == 0 && byte < 0x80))) letters = false;
  }
  const std::string code = code_of_name(sheet);
  return (letters && digits) || code == "SHEET" ? std::string() : code;
}

std::vector<std::string> names_of(const Workbook& book) {
  std::vector<std::string> names;
  for (const auto& sheet : book.sheets()) names.push_back(sheet.name + (sheet.hidden ? " (hidden)" : ""));
  return names;
}

std::vector<Probe> choose_sheets(Workbook& book, const ImportOptions& options, const std::string& file) {
  std::vector<Probe> probes;
  for (std::size_t i = 0; i < book.sheets().size(); ++i) {
    const bool wanted = options.sheet.empty() ? !book.sheets()[i].hidden : book.sheets()[i].name == options.sheet;
    if (wanted) probes.push_back(probe(book, i, options));
  }
  if (probes.empty() && !options.sheet.empty())
    throw Error(ErrorKind::usage, "--sheet: there is no sheet '" + options.sheet + "'; the sheets are: " + listed(names_of(book)),
                "Write the name as in the workbook", {file, 0, 0, {}});
  const auto best =
      std::max_element(probes.begin(), probes.end(), [](const Probe& a, const Probe& b) { return a.confidence < b.confidence; });
  if (best == probes.end() || best->confidence < surely_figures) {
    for (const Probe& p : probes) {
      if (!p.reference.empty())
        throw Error(ErrorKind::input, "the sheet '" + book.sheets()[p.sheet].name + "' holds no figures: " + p.reference,
                    reference_remedy(), {file, 0, 0, {}});
    }
    throw Error(ErrorKind::input, "no sheet has a table of figures that is recognised; the sheets are: " + listed(names_of(book)),
                "The header must stand among the first " + std::to_string(probed_rows) +
                    " rows; name the sheet with --sheet and the columns with --column NAME=ROLE",
                {file, 0, 0, {}});
  }
  const Importer* const importer = best->importer;
  std::erase_if(probes, [&](const Probe& p) { return p.importer != importer || p.confidence < surely_figures; });
  return probes;
}

// Of a sheet that no importer knows: the first row among the first ones that is as wide as the widest has the names.
Probe widest(Workbook& book, std::size_t sheet) {
  Probe best;
  best.sheet = sheet;
  best.importer = find_importer("tidy");
  std::size_t rows = 0, most = 0;
  book.read(sheet, [&](std::uint64_t number, std::vector<std::string>& cells) {
    const auto filled = static_cast<std::size_t>(
        std::count_if(cells.begin(), cells.end(), [](const std::string& cell) { return !trimmed(cell).empty(); }));
    if (filled > most) {
      most = filled;
      best.header = number;
      best.width = cells.size();
    }
    return ++rows < probed_rows;
  });
  return best;
}

std::string bytes_of(ByteSource& source) {
  if (source.head().starts_with("\xD0\xCF\x11\xE0"))
    throw Error(ErrorKind::input, "the file is an old Excel file (.xls), or a workbook with a password",
                "Save it as .xlsx without a password, or as CSV", {source.name(), 0, 0, {}});
  std::string bytes;
  for (std::string_view block = source.next(); !block.empty(); block = source.next()) {
    bytes += block;
    if (bytes.size() > most_packed)
      throw Error(ErrorKind::input, "the workbook has more than 256 MiB", "Save its sheets as CSV", {source.name(), 0, 0, {}});
  }
  return bytes;
}

}  // namespace

std::string sheet_table(ByteSource& source, const std::string& sheet) {
  const std::unique_ptr<Workbook> book = open_workbook(std::make_unique<Archive>(bytes_of(source), source.name()));
  ImportOptions options;
  options.sheet = sheet;
  Probe best;
  for (std::size_t i = 0; i < book->sheets().size(); ++i) {
    const bool wanted = sheet.empty() ? !book->sheets()[i].hidden : book->sheets()[i].name == sheet;
    if (!wanted) continue;
    const Probe one = probe(*book, i, options);
    if (best.importer == nullptr) best = widest(*book, i);
    if (one.confidence >= surely_figures && one.confidence > best.confidence) best = one;
  }
  if (best.importer == nullptr || best.header == 0)
    throw Error(ErrorKind::usage, "no sheet '" + sheet + "' with a table; the sheets are: " + listed(names_of(*book)),
                "Write the name as in the workbook", {source.name(), 0, 0, {}});
  const std::string text = table_text(*book, best, source.name());
  return text.substr(text.find_first_not_of('\n'));
}

bool is_container(std::string_view head) {
  return head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06") || head.starts_with("\xD0\xCF\x11\xE0");
}

std::string import_workbook(ByteSource& source, const ImportOptions& options, const DimensionCodes& codes, Sink& sink,
                            Vintage& vintage) {
  auto archive = std::make_unique<Archive>(bytes_of(source), source.name());
  if (!is_office_document(*archive)) {
    const auto files = zip_files(std::move(archive));
    if (const PackageKind kind = kind_of_package(*files, true); kind != PackageKind::none)
      return read_package(*files, kind, {}, options, codes, sink, vintage);
    const std::vector<std::string> parts = files->paths();
    throw Error(
        ErrorKind::input,
        "the ZIP file holds no workbook and no table" + (parts.empty() ? std::string() : "; its parts are " + listed(parts)),
        "Unpack it and import the files in it", {source.name(), 0, 0, {}});
  }
  const std::unique_ptr<Workbook> book = open_workbook(std::move(archive));
  const std::vector<Probe> chosen = choose_sheets(*book, options, source.name());
  std::vector<std::string> unread;
  for (std::size_t i = 0; i < book->sheets().size(); ++i) {
    const bool read = std::any_of(chosen.begin(), chosen.end(), [&](const Probe& p) { return p.sheet == i; });
    if (!read) unread.push_back(names_of(*book)[i]);
  }
  for (const Probe& at : chosen) {
    const std::string& name = book->sheets()[at.sheet].name;
    ImportOptions of_sheet = options;
    of_sheet.delimiter = ',';
    of_sheet.default_series = series_of(name);
    const auto text = ByteSource::from_bytes(table_text(*book, at, source.name()), source.name());
    sink.warn("sheet '" + name + "', header in row " + std::to_string(at.header));
    sink.place(readable(name) + "!");
    at.importer->read(*text, of_sheet, codes, sink, vintage);
  }
  sink.place("");
  if (!unread.empty()) sink.warn("sheets that were not read: " + listed(unread));
  return std::string(chosen.front().importer->id()) + " (" + std::string(book->format()) + ")";
}

}  // namespace stocktake::sheets
