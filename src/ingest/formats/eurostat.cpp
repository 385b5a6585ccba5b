// Eurostat's TSV: the dimensions of a series in the first column, "freq,unit,geo\TIME_PERIOD" (before 2023 "unit,geo\time"), a
// column a period, and in each cell the figure, perhaps a blank and flags; ":" where there is none (Eurostat, API FAQ, TSV data
// format).
#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "base/utf8.h"
#include "ingest/formats/formats.h"

namespace stocktake {
namespace {

std::vector<std::string_view> split_key(std::string_view key) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= key.size();) {
    const std::size_t end = std::min(key.find(',', begin), key.size());
    parts.push_back(trimmed(key.substr(begin, end - begin)));
    begin = end + 1;
  }
  return parts;
}

// "estat_sdg_01_10.tsv.gz" → "SDG_01_10": the file is called after its dataset.
std::string dataset_of(const std::string& file) {
  std::string name = file.substr(file.find_last_of('/') + 1);
  name = name.substr(0, name.find('.'));
  if (name.starts_with("estat_")) name.erase(0, 6);
  return code_of_name(name);
}

class EurostatImporter final : public Importer {
 public:
  std::string_view id() const override { return "eurostat"; }
  std::string_view title() const override { return "Eurostat's TSV: freq,unit,geo\\TIME_PERIOD, then a column a period"; }

  int confidence(const Head& head) const override {
    const std::string_view line = head.text.substr(0, head.text.find_first_of("\r\n"));
    const std::string_view first = line.substr(0, line.find('\t'));
    return line.find('\t') != std::string_view::npos && first.find("geo") != std::string_view::npos &&
                   (first.find("\\TIME_PERIOD") != std::string_view::npos || first.find("\\time") != std::string_view::npos)
               ? 105
               : 0;
  }

  void read(ByteSource& source, const ImportOptions& options, const DimensionCodes& codes, Sink& sink,
            Vintage& vintage) const override {
    refuse_columns(options, id());
    CsvReader reader(source, '\t');
    const std::vector<std::string> names = read_header(reader, source.name());
    const std::string first = names.front().substr(0, names.front().find('\\'));
    const std::vector<std::string_view> parts = split_key(first);
    const auto geo = std::find(parts.begin(), parts.end(), "geo");
    if (geo == parts.end())
      throw Error(ErrorKind::input, "the first column has no 'geo' among " + printable(first),
                  "A table without areas is not for this program", {source.name(), 1, 0, {}});
    std::string series = options.series;
    if (series.empty()) {
      series = dataset_of(source.name());
      sink.warn("the series is called " + series + ", after the file; --series gives it another code");
    }
    vintage.source = "Eurostat";
    std::vector<std::string_view> fields;
    std::string year, attributes;
    Sink::Cell cell;
    while (reader.next(fields)) {
      if (!whole_row(reader, fields.size(), names.size(), sink)) continue;
      const std::vector<std::string_view> key = split_key(fields.front());
      if (key.size() != parts.size()) {
        sink.reject_row(
            reader.line(),
            "expected " + std::to_string(parts.size()) + " codes in the first column, found " + std::to_string(key.size()),
            "wrong number of codes", reader.row_text());
        continue;
      }
      cell.slot = sink.find(fields.front());
      if (cell.slot == Sink::no_slot) cell.slot = sink.make(fields.front(), key_parts(parts, key, series, codes));
      cell.row = reader.row_text();
      cell.line = reader.line();
      for (std::size_t i = 1; i < names.size(); ++i) {
        const std::string_view text = trimmed(fields[i]);
        const std::size_t blank = std::min(text.find(' '), text.size());
        cell.year = names[i];
        cell.column = names[i];
        cell.value = text.substr(0, blank) == ":" ? std::string_view() : text.substr(0, blank);
        const std::string_view flags = trimmed(text.substr(blank));
        attributes =
            flags.empty() || flags.find_first_of(";=") != std::string_view::npos ? "" : "OBS_STATUS=" + std::string(flags);
        cell.attributes = attributes;
        sink.add(cell, false);
      }
    }
  }

 private:
  static Sink::KeyParts key_parts(const std::vector<std::string_view>& names, const std::vector<std::string_view>& key,
                                  std::string_view series, const DimensionCodes& codes) {
    Sink::KeyParts parts;
    parts.series = series;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i] == "geo") {
        parts.area = key[i];
      } else if (names[i] == "unit") {
        parts.unit = key[i];
      } else {
        const std::string name = codes.dimension(names[i]);
        const std::string_view code = codes.code(name, key[i]);
        if (!code.empty() && code != "_T") parts.dims.emplace_back(name, std::string(code));
      }
    }
    std::sort(parts.dims.begin(), parts.dims.end());
    return parts;
  }
};

}  // namespace

std::unique_ptr<Importer> make_eurostat_importer() { return std::make_unique<EurostatImporter>(); }

}  // namespace stocktake
