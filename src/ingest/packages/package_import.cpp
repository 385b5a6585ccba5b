#include "ingest/packages/package_import.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/error.h"
#include "base/table.h"
#include "base/text.h"
#include "base/utf8.h"
#include "ingest/formats/formats.h"
#include "ingest/packages/table_schema.h"

namespace stocktake {
namespace {

constexpr std::size_t most_text = std::size_t{1} << 30;
constexpr int surely_figures = 20;
constexpr std::string_view csvw_ending = "-metadata.json";

std::string file_name(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

bool is_table_file(std::string_view path) {
  if (path.ends_with(".gz")) path.remove_suffix(3);
  return path.ends_with(".csv") || path.ends_with(".tsv");
}

// The header as the schema calls the columns, and as the file does.
struct Header {
  std::vector<std::string> file, named;
  std::vector<const SchemaField*> fields;
};

char delimiter_of(ByteSource& source, const DescribedTable& table) {
  return table.delimiter != 0 ? table.delimiter : guess_delimiter(source.head());
}

bool is_comment(const DescribedTable& table, std::string_view row) {
  return !table.comment.empty() && row.starts_with(table.comment);
}

Header header_of(ByteSource& source, const DescribedTable& table) {
  Header header;
  if (!table.header) {
    for (const SchemaField& field : table.fields) header.file.push_back(field.name);
  } else {
    const auto head = ByteSource::from_bytes(std::string(source.head()), source.name());
    CsvReader reader(*head, delimiter_of(*head, table));
    std::vector<std::string_view> fields;
    bool found = false;
    for (std::size_t row = 0; !found && reader.next(fields);)
      found = !is_comment(table, reader.row_text()) && row++ >= table.skipped_rows;
    if (!found)
      throw Error(ErrorKind::input, "the table is empty, expected a header", "Check that it was fetched completely",
                  {source.name(), 1, 0, {}});
    for (const std::string_view field : fields) header.file.emplace_back(trimmed(field));
  }
  header.fields = match_fields(table, header.file);
  for (std::size_t i = 0; i < header.file.size(); ++i)
    header.named.push_back(header.fields[i] != nullptr ? header.fields[i]->name : header.file[i]);
  return header;
}

int confidence_of(const std::vector<std::string>& columns, std::string_view text, const std::string& format,
                  const Importer*& importer) {
  Head head;
  head.columns = columns;
  std::string line;
  for (const auto& name : columns) {
    if (!line.empty()) line += ',';
    append_csv_field(line, name);
  }
  line += '\n';
  line += text.substr(std::min(text.find('\n'), text.size() - (text.empty() ? 0 : 1)) + (text.empty() ? 0 : 1));
  head.text = line;
  int confidence = 0;
  importer = recognise(head, format, confidence);
  return confidence;
}

// The table as commas and UTF-8 with the schema's names, its numbers with points and its missing values empty; line for line, so
// that rejects name the file's own. Rows that break the schema are rejected here and left blank.
std::string rewritten(PackageFiles& files, const DescribedTable& table, const Header& header,
                      const std::vector<std::string>& names, Sink& sink) {
  std::string text;
  std::vector<std::string> row(header.file.size());
  for (std::size_t part = 0; part < table.paths.size(); ++part) {
    const auto source = files.open(table.paths[part]);
    CsvReader reader(*source, delimiter_of(*source, table));
    std::vector<std::string_view> fields;
    std::uint64_t line = 1, skipped = 0;
    bool header_due = table.header;
    const auto write = [&](std::uint64_t at) {
      if (at > line) text.append(at - line, '\n');
      const std::size_t from = text.size();
      for (std::size_t i = 0; i < row.size(); ++i) append_csv_field(i == 0 ? text : text += ',', row[i]);
      text += '\n';
      line = std::max(at, line) +
             static_cast<std::uint64_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), '\n'));
    };
    if (part == 0 && !table.header) {
      row = names;
      write(1);
      line = 1;  // the rows keep their numbers but one
    }
    while (reader.next(fields)) {
      if (is_comment(table, reader.row_text()) || (part == 0 && skipped < table.skipped_rows && ++skipped > 0)) continue;
      bool written = true;
      if (header_due) {
        header_due = false;
        if (part == 0) {
          row = names;
          write(reader.line());
          continue;
        }
        // Each part may have the header again.
        if (std::equal(fields.begin(), fields.end(), header.file.begin(), header.file.end(),
                       [](std::string_view a, const std::string& b) { return trimmed(a) == b; }))
          continue;
      }
      if (fields.size() != header.file.size()) {
        row.assign(fields.begin(), fields.end());  // for the importer to refuse, or to know as a legend
      } else {
        row.resize(fields.size());
        std::string problem;
        for (std::size_t i = 0; i < fields.size() && written; ++i) {
          if (header.fields[i] == nullptr) {
            row[i] = fields[i];
          } else if (!read_cell(*header.fields[i], fields[i], row[i], problem)) {
            sink.reject_row(reader.line(), problem, "a cell is not as the schema says", reader.row_text());
            written = false;
          }
        }
      }
      if (!written) continue;
      write(reader.line());
      if (text.size() > most_text)
        throw Error(ErrorKind::input, "the table '" + printable(table.name) + "' holds more than 1 GiB of text",
                    "Import its CSV file alone", {source->name(), reader.line(), 0, {}});
    }
  }
  return text;
}

// Fields of the primary key that no role is known for are dimensions, where the key has the area or the year.
void add_key(const DescribedTable& table, const std::vector<std::string>& names, const DimensionCodes& codes,
             ImportOptions& options, Sink& sink) {
  std::vector<std::string> unknown;
  bool whole = false;
  for (const auto& name : table.key) {
    if (std::find(names.begin(), names.end(), name) == names.end() || options.columns.contains(name)) continue;
    const Layout one = layout_of({name}, {}, codes);
    whole = whole || one.area == 0 || one.year == 0;
    if (!one.ignored.empty()) unknown.push_back(name);
  }
  for (const auto& [name, role] : options.columns) whole = whole || role == "ref_area" || role == "time_period";
  if (!whole) return;  // a number of the row, or the like
  for (const auto& name : unknown) {
    const std::string code = code_of_name(name);
    if (code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string::npos && !code.empty()) {
      options.columns[name] = code;
    } else {
      sink.warn("the field '" + printable(name) + "' of the primary key has no name that a dimension can have; it was not read");
    }
  }
}

// One table; false where it holds no figures that are recognised.
bool read_table(PackageFiles& files, const DescribedTable& table, const ImportOptions& given, const DimensionCodes& codes,
                Sink& sink, Vintage& vintage, std::string& format) {
  const auto source = files.open(table.paths.front());
  const Header header = header_of(*source, table);
  const Importer *by_name = nullptr, *by_file = nullptr;
  const std::string_view text = source->head();
  const int named = confidence_of(header.named, text, given.format, by_name),
            as_in_file = header.named == header.file ? 0 : confidence_of(header.file, text, given.format, by_file);
  const auto has_all = [&](const std::vector<std::string>& names) {
    return std::all_of(given.columns.begin(), given.columns.end(),
                       [&](const auto& c) { return std::find(names.begin(), names.end(), c.first) != names.end(); });
  };
  const bool file_names = !has_all(header.named) || (as_in_file > named && (given.columns.empty() || has_all(header.file)));
  const std::vector<std::string>& names = file_names && by_file != nullptr ? header.file : header.named;
  const Importer* importer = &names == &header.file ? by_file : by_name;
  const bool by_hand = !given.columns.empty() && has_all(names);
  if (importer == nullptr && by_hand) importer = find_importer("tidy");
  if (importer == nullptr || (std::max(named, as_in_file) < surely_figures && !by_hand && given.format.empty())) return false;
  ImportOptions options = given;
  if (!by_hand) options.columns.clear();
  if (&names == &header.named) add_key(table, names, codes, options, sink);
  options.default_series = code_of_name(table.name);
  sink.place(file_name(table.paths.front()) + "!");
  if (format.empty()) format = importer->id();
  if (&names == &header.named && header.named == header.file && is_plain(table, header.fields)) {
    options.delimiter = delimiter_of(*source, table);
    importer->read(*source, options, codes, sink, vintage);
  } else {
    options.delimiter = ',';
    const auto plain = ByteSource::from_bytes(rewritten(files, table, header, names, sink), source->name());
    importer->read(*plain, options, codes, sink, vintage);
  }
  return true;
}

Descriptor descriptor_of(PackageFiles& files, PackageKind kind, std::string path) {
  if (kind == PackageKind::data_package) {
    if (path.empty()) path = "datapackage.json";
    return parse_data_package(files.text(path), files.name() + "/" + path);
  }
  Descriptor all;
  for (const auto& one : files.paths()) {
    if (kind == PackageKind::csvw && (path.empty() ? one.ends_with(csvw_ending) : one == path)) {
      const std::string folder = one.substr(0, one.size() - file_name(one).size());
      Descriptor found = parse_csvw(files.text(one), files.name() + "/" + one);
      for (DescribedTable& table : found.tables) {
        for (auto& part : table.paths) part.insert(0, folder);
        all.tables.push_back(std::move(table));
      }
      all.others.insert(all.others.end(), found.others.begin(), found.others.end());
      if (all.title.empty()) all.title = found.title;
    } else if (kind == PackageKind::tables && is_table_file(one)) {
      DescribedTable table;
      table.name = file_name(one).substr(0, file_name(one).find('.'));
      table.paths = {one};
      all.tables.push_back(std::move(table));
    }
  }
  return all;
}

}  // namespace

PackageKind kind_of_package(const PackageFiles& files, bool zip) {
  bool ddf = false, csvw = false, tables = false;
  for (const auto& path : files.paths()) {
    ddf = ddf || file_name(path).starts_with("ddf--datapoints--");
    csvw = csvw || path.ends_with(csvw_ending);
    tables = tables || is_table_file(path);
  }
  if (ddf) return PackageKind::ddf;
  if (files.has("datapackage.json")) return PackageKind::data_package;
  if (csvw) return PackageKind::csvw;
  return zip && tables ? PackageKind::tables : PackageKind::none;
}

bool is_package(const std::string& path) {
  std::error_code unknown;
  if (std::filesystem::is_directory(path, unknown)) return kind_of_package(*folder_files(path), false) != PackageKind::none;
  const std::string name = file_name(path);
  if (!std::filesystem::is_regular_file(path, unknown)) return false;
  return name == "datapackage.json" || name.ends_with(csvw_ending) ||
         (is_table_file(name) && std::filesystem::is_regular_file(path + std::string(csvw_ending), unknown));
}

std::string read_package(PackageFiles& files, PackageKind kind, const std::string& descriptor, const ImportOptions& options,
                         const DimensionCodes& codes, Sink& sink, Vintage& vintage) {
  vintage.hash = files.hash_hex(files.paths());
  vintage.bytes = files.bytes(files.paths());
  if (kind == PackageKind::ddf) {
    read_ddf(files, options, codes, sink, vintage);
    return "ddf";
  }
  Descriptor package = descriptor_of(files, kind, descriptor);
  std::vector<std::string> unread = package.others, names;
  std::string format;
  bool any = false;
  for (const DescribedTable& table : package.tables) {
    names.push_back(table.name);
    if (!options.sheet.empty() && table.name != options.sheet) continue;
    const bool read = read_table(files, table, options, codes, sink, vintage, format);
    any = any || read;
    if (!read) unread.push_back(table.name + " (no table of figures that is recognised)");
  }
  sink.place("");
  if (!any && !options.sheet.empty() && std::find(names.begin(), names.end(), options.sheet) == names.end())
    throw Error(ErrorKind::usage, "--sheet: there is no table '" + options.sheet + "'; the tables are: " + listed(names),
                "Write the name as in the descriptor", {files.name(), 0, 0, {}});
  if (!any)
    throw Error(ErrorKind::input,
                "no table of figures is recognised; the tables are: " +
                    printable(joined(unread.empty() ? names : unread, ", ").substr(0, 600)),
                "Name one with --sheet and its columns with --column NAME=ROLE", {files.name(), 0, 0, {}});
  if (!unread.empty()) sink.warn("tables that were not read: " + printable(joined(unread, ", ").substr(0, 600)));
  if (!package.title.empty()) vintage.source = package.title;
  if (!package.version.empty()) vintage.edition = package.version;
  const char* const outer = kind == PackageKind::data_package ? "datapackage" : kind == PackageKind::csvw ? "csvw" : "zip";
  return format + " (" + outer + ")";
}

ImportResult import_package(Store& store, const AreaRegistry& areas, const DimensionCodes& codes, const std::string& path,
                            const ImportOptions& options) {
  std::error_code unknown;
  std::string folder = path, descriptor;
  PackageKind kind = PackageKind::none;
  if (!std::filesystem::is_directory(path, unknown)) {
    const std::string name = file_name(path);
    folder = name.size() == path.size() ? "." : path.substr(0, path.size() - name.size());
    kind = name == "datapackage.json" ? PackageKind::data_package : PackageKind::csvw;
    descriptor = kind == PackageKind::csvw && !name.ends_with(csvw_ending) ? name + std::string(csvw_ending) : name;
  }
  const auto files = folder_files(folder);
  if (kind != PackageKind::csvw) {
    const PackageKind found = kind_of_package(*files, false);
    kind = kind == PackageKind::none || found == PackageKind::ddf ? found : kind;
  }
  const auto source = ByteSource::from_bytes(folder, path);
  source->next();
  return import_with(store, areas, *source, options, {}, [&](Sink& sink, Vintage& vintage) {
    vintage.format = read_package(*files, kind, descriptor, options, codes, sink, vintage);
  });
}

}  // namespace stocktake
