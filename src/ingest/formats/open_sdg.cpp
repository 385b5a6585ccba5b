#include "ingest/formats/open_sdg.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "base/utf8.h"
#include "framework/yaml_tree.h"
#include "ingest/formats/formats.h"

namespace stocktake {
namespace {

namespace fs = std::filesystem;

// "1-1-1" of "indicator_1-1-1.csv"; "" for other files.
std::string number_of(const fs::path& file, std::string_view extension) {
  std::string stem = file.stem().string();
  if (file.extension() != extension) return {};
  if (stem.starts_with("indicator_")) stem.erase(0, 10);
  const bool number = stem.find('-') != std::string::npos && stem.find_first_not_of(
                                                                 "0123456789-abcdefghijklmnopqrstuvwxyz"
                                                                 "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos;
  return number ? stem : std::string();
}

std::vector<fs::path> files_of(const std::string& folder) {
  std::error_code unknown;
  std::vector<fs::path> files;
  for (fs::directory_iterator at(folder, unknown), end; !unknown && at != end; at.increment(unknown)) {
    if (at->is_regular_file(unknown)) files.push_back(at->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string_view without_key(std::string_view text) {
  text = trimmed(text);
  return text.starts_with("data.") ? text.substr(5) : text;
}

// The YAML of a metadata file: all of it, or what stands between the first two lines of "---".
std::string front_matter(std::string text, bool markdown) {
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  if (!markdown) return text;
  const std::size_t end = text.find("\n---", 3);
  return text.starts_with("---") && end != std::string::npos ? text.substr(4, end - 3) : std::string();
}

struct Metadata {
  std::map<std::string, std::string> units;  // number → computation_units
  std::vector<StoredStructure> files;
};

void read_metadata(const std::string& folder, const std::string& language, Metadata& metadata, Sink& sink) {
  for (const fs::path& path : files_of(folder)) {
    for (const char* extension : {".yml", ".md"}) {
      const std::string number = number_of(path, extension);
      if (number.empty()) continue;
      const std::string text = readable(read_file(path.string()));
      std::vector<Diagnostic> faults;
      const std::optional<YamlNode> tree =
          parse_yaml(front_matter(text, path.extension() == ".md"), path.filename().string(), faults);
      if (!tree) {
        sink.warn("metadata that cannot be read: " + path.filename().string() +
                  (faults.empty() ? std::string() : ": " + faults.front().message));
        continue;
      }
      if (const YamlNode* units = tree->find("computation_units"); units != nullptr && language.empty())
        metadata.units[number] = without_key(units->text);
      metadata.files.push_back({"OpenSdgMetadata", "", number, language.empty() ? "source" : language, path.string(), "", text});
    }
  }
}

class FileReader {
 public:
  FileReader(const std::string& area, const DimensionCodes& codes, Sink& sink) : area_(area), codes_(codes), sink_(sink) {}

  void read(const fs::path& path, const std::string& number, const std::string& bytes, const std::string& unit) {
    const std::string file = path.filename().string();
    const auto source = ByteSource::from_bytes(bytes, path.string());
    sink_.place(file + "!");
    CsvReader reader(*source, guess_delimiter(source->head()));
    const std::vector<std::string> names = read_header(reader, path.string());
    const auto find = [&](std::string_view name) {
      const auto at = std::find(names.begin(), names.end(), name);
      return at == names.end() ? no_column : static_cast<std::size_t>(at - names.begin());
    };
    const std::size_t year = find("Year"), value = find("Value"), units = find("Units"), series = find("Series");
    if (year == no_column || value == no_column) {
      sink_.warn(file + " has no columns Year and Value, and was not read; its columns are: " + listed(names));
      return;
    }
    std::string code = number;
    std::replace(code.begin(), code.end(), '-', '.');
    std::vector<std::pair<std::size_t, std::string>> dimensions;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (i == year || i == value || i == units || names[i].empty()) continue;
      dimensions.emplace_back(i, open_sdg_dimension(names[i]));
    }
    std::vector<std::string_view> fields;
    while (reader.next(fields)) {
      if (!whole_row(reader, fields.size(), names.size(), sink_)) continue;
      Sink::KeyParts parts;
      parts.series = code;
      parts.area = area_;
      parts.unit = units == no_column || trimmed(fields[units]).empty() ? std::string_view(unit) : without_key(fields[units]);
      for (const auto& [column, name] : dimensions) {
        const std::string_view text = without_key(fields[column]);
        if (column == series && is_open_sdg_series(text)) {
          parts.series = text;
          continue;
        }
        const std::string_view known = codes_.code(name, text);
        if (!known.empty() && known != "_T") parts.dims.emplace_back(name, std::string(known));
      }
      std::sort(parts.dims.begin(), parts.dims.end());
      add(reader, fields, parts, year, value);
    }
  }

 private:
  void add(const CsvReader& reader, const std::vector<std::string_view>& fields, const Sink::KeyParts& parts, std::size_t year,
           std::size_t value) {
    raw_ = std::string(parts.series) + '\x1f' + std::string(parts.unit) + '\x1f' + to_string(parts.dims);
    Sink::Cell cell;
    cell.slot = sink_.find(raw_);
    if (cell.slot == Sink::no_slot) cell.slot = sink_.make(raw_, parts);
    const std::string_view period = trimmed(fields[year]);
    cell.year = period;
    if (parse_year(period) == 0) {
      if (const int last = last_year_of(period); last != 0 && period.find_first_of(";=") == std::string_view::npos) {
        year_text_ = std::to_string(last);
        cell.year = year_text_;
        detail_ = "TIME_DETAIL=" + std::string(period);
        cell.attributes = detail_;
      }
    }
    cell.value = fields[value];
    cell.column = "Value";
    cell.row = reader.row_text();
    cell.line = reader.line();
    sink_.add(cell, false);
  }

  const std::string& area_;
  const DimensionCodes& codes_;
  Sink& sink_;
  std::string raw_, year_text_, detail_;
};

}  // namespace

bool is_open_sdg(const std::string& folder) {
  const auto files = files_of(folder + "/data");
  return std::any_of(files.begin(), files.end(), [](const fs::path& file) { return !number_of(file, ".csv").empty(); });
}

bool is_open_sdg_series(std::string_view text) {
  const auto is = [](char c, char first, char last) { return c >= first && c <= last; };
  bool letter = false, sign = false;
  for (const char c : text) {
    letter = letter || is(c, 'A', 'Z');
    sign = sign || c == '_' || c == '.';
    if (!is(c, 'A', 'Z') && !is(c, '0', '9') && c != '_' && c != '.') return false;
  }
  return letter && sign;
}

std::string open_sdg_dimension(std::string_view header) { return code_of_name(without_key(header)); }

int last_year_of(std::string_view period) {
  period = trimmed(period);
  const int first = parse_year(period.substr(0, std::min<std::size_t>(period.size(), 4)));
  if (first == 0 || period.size() < 6) return 0;
  const std::string_view rest = period.substr(5);
  if (period[4] == ' ' && rest.size() == 2 && rest[0] == 'Q' && rest[1] >= '1' && rest[1] <= '4') return first;
  if (period[4] != '-' && period[4] != '/') return 0;
  if (rest.size() == 4) return parse_year(rest) >= first ? parse_year(rest) : 0;
  if (rest.size() != 2) return 0;
  const int short_year = parse_year(std::string(period.substr(0, 2)) + std::string(rest));
  return short_year > first ? short_year : 0;  // "2017-18"; "2017-05" is a month
}

ImportResult import_open_sdg(Store& store, const AreaRegistry& areas, const DimensionCodes& codes, const std::string& folder,
                             const std::string& area, const ImportOptions& options) {
  if (area.empty() || !areas.find(area))
    throw Error(ErrorKind::usage,
                "the files of an Open SDG platform do not say which country they are of" +
                    (area.empty() ? std::string() : "; '" + readable(area) + "' is no code of an area"),
                "Name it with --area, as --area CAN", {folder, 0, 0, {}});
  std::vector<std::pair<fs::path, std::string>> files;
  std::string all;  // what the hash of the vintage is of: the names and bytes of the data
  for (const fs::path& path : files_of(folder + "/data")) {
    if (number_of(path, ".csv").empty()) continue;
    files.emplace_back(path, read_file(path.string()));
    all += path.filename().string() + '\n' + files.back().second;
  }
  if (files.empty())
    throw Error(ErrorKind::input, "the folder has no data/indicator_*.csv", "Name the root of an Open SDG data repository",
                {folder, 0, 0, {}});
  const auto source = ByteSource::from_bytes(all, folder);
  while (!source->next().empty()) {
  }
  Metadata metadata;
  ImportResult result = import_with(store, areas, *source, options, "open-sdg", [&](Sink& sink, Vintage&) {
    read_metadata(folder + "/meta", "", metadata, sink);
    std::error_code unknown;
    std::vector<fs::path> languages;
    for (fs::directory_iterator at(folder + "/meta", unknown), end; !unknown && at != end; at.increment(unknown)) {
      if (at->is_directory(unknown)) languages.push_back(at->path());
    }
    std::sort(languages.begin(), languages.end());
    for (const fs::path& path : languages) read_metadata(path.string(), path.filename().string(), metadata, sink);
    FileReader reader(area, codes, sink);
    for (const auto& [path, bytes] : files) {
      const std::string number = number_of(path, ".csv");
      const auto unit = metadata.units.find(number);
      reader.read(path, number, bytes, unit == metadata.units.end() ? std::string() : unit->second);
    }
    sink.place("");
  });
  if (!options.dry_run) store.save_structures(metadata.files);
  return result;
}

}  // namespace stocktake
