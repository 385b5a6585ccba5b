// Wide tables in general: a row an area (and series, unit, dimensions), a column a year, each perhaps followed by a column of
// symbols, as FAO and many offices write their spreadsheets. Areas are found by what stands in the columns: codes, else names.
#include <algorithm>
#include <array>
#include <cctype>
#include <map>

#include "base/error.h"
#include "base/text.h"
#include "ingest/formats/formats.h"

namespace stocktake {
namespace {

bool is_symbol_name(std::string_view name) {
  constexpr std::array<std::string_view, 8> all{"symbol", "symbols", "flag", "flags", "note", "notes", "footnote", "footnotes"};
  return std::find(all.begin(), all.end(), normalised(name)) != all.end();
}

// "Country (UN code)", "Area Code", "Country or Area": what an area column may be called, for the detection only.
bool may_be_area(std::string_view name) {
  const std::string normal = normalised(name);
  if (normal.find("group") != std::string::npos) return false;
  return normal.find("country") != std::string::npos || normal.find("area") != std::string::npos ||
         normal.find("iso") != std::string::npos || normal.find("m49") != std::string::npos || normal == "geo";
}

using AreaNames = std::map<std::string, std::string, std::less<>>;

AreaNames names_of(const AreaRegistry& areas) {
  AreaNames names;
  for (const Area& area : areas.all()) {
    for (const Language language : all_languages) {
      if (area.name.has(language)) names.try_emplace(area.name.in(language), area.code);
    }
  }
  return names;
}

// The column in which most of the first rows are areas; by codes before names.
struct AreaColumn {
  std::size_t column = no_column;
  bool names = false;
};
AreaColumn area_column(ByteSource& source, char delimiter, const std::vector<bool>& taken, const AreaRegistry& areas,
                       const AreaNames& names) {
  const auto head = ByteSource::from_bytes(std::string(source.head()), source.name());
  CsvReader reader(*head, delimiter);
  std::vector<std::string_view> fields;
  std::vector<std::size_t> codes_found(taken.size()), names_found(taken.size());
  try {
    reader.next(fields);
    for (int row = 0; row < 200 && reader.next(fields); ++row) {
      for (std::size_t i = 0; i < std::min(fields.size(), taken.size()); ++i) {
        if (taken[i]) continue;
        const std::string_view field = trimmed(fields[i]);
        if (areas.find(field)) ++codes_found[i];
        if (names.contains(field)) ++names_found[i];
      }
    }
  } catch (const Error&) {
    // The head is cut somewhere, perhaps within quotes.
  }
  const auto codes_at = std::max_element(codes_found.begin(), codes_found.end());
  const auto names_at = std::max_element(names_found.begin(), names_found.end());
  // Ranks and other small numbers are codes of M49 by chance; names never are areas by chance.
  if (codes_at != codes_found.end() && *codes_at > 0 && *codes_at * 2 >= *names_at && *codes_at >= *names_at / 2 + 1) {
    const auto column = static_cast<std::size_t>(codes_at - codes_found.begin());
    if (*names_at == 0 || *codes_at >= *names_at) return {column, false};
  }
  if (names_at != names_found.end() && *names_at > 0) return {static_cast<std::size_t>(names_at - names_found.begin()), true};
  if (codes_at != codes_found.end() && *codes_at > 0) return {static_cast<std::size_t>(codes_at - codes_found.begin()), false};
  return {};
}

class WideImporter final : public Importer {
 public:
  std::string_view id() const override { return "wide"; }
  std::string_view title() const override {
    return "a row an area, a column a year, perhaps each with a column of symbols (CSV, any delimiter)";
  }

  int confidence(const Head& head) const override {
    const auto years = std::count_if(head.columns.begin(), head.columns.end(), is_year_name);
    const bool area = std::any_of(head.columns.begin(), head.columns.end(), may_be_area);
    return years > 0 && area ? 24 + static_cast<int>(std::min<std::ptrdiff_t>(years, 4)) : 0;
  }

  void read(ByteSource& source, const ImportOptions& options, const DimensionCodes& codes, Sink& sink,
            Vintage& vintage) const override {
    (void)vintage;
    const char delimiter = options.delimiter != 0 ? options.delimiter : guess_delimiter(source.head());
    // Before the reader takes the head away.
    const AreaNames names_known = names_of(sink.areas());
    const auto head = ByteSource::from_bytes(std::string(source.head()), source.name());
    CsvReader head_reader(*head, delimiter);
    const std::vector<std::string> names = read_header(head_reader, source.name());
    Layout layout = layout_of(names, options, codes);
    layout.decimal_comma = delimiter == ';';
    std::vector<YearColumn> years;
    std::vector<bool> taken(names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (is_year_name(names[i])) years.push_back({i, names[i], no_column, no_column});
      const bool symbol = !years.empty() && years.back().value + 1 == i && is_symbol_name(names[i]);
      if (symbol) years.back().symbol = i;
      taken[i] = symbol || is_year_name(names[i]);
    }
    require_years(years, names, source.name());
    if (layout.area == no_column && constant_of(layout.values, "ref_area").empty()) {
      const AreaColumn found = area_column(source, delimiter, taken, sink.areas(), names_known);
      layout.area = found.column;
      if (found.names) layout.area_names = &names_known;
      if (found.column != no_column) taken[found.column] = true;
    }
    std::erase_if(layout.ignored, [&](const std::string& name) {
      for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name && (taken[i] || may_be_area(name))) return true;
      }
      return false;
    });
    require(layout.area, "ref_area", names, source.name(), layout.values);
    if (layout.series == no_column && layout.fixed_series.empty()) {
      if (options.default_series.empty())
        throw Error(ErrorKind::input, "nothing says which series the figures are of; the columns are: " + listed(names),
                    "Give it with --series CODE, or name its column with --column NAME=series", {source.name(), 1, 0, "series"});
      layout.fixed_series = options.default_series;
      sink.warn("the series is called " + layout.fixed_series + ", after the sheet; --series gives it another code");
    }
    warn_ignored(layout, sink);
    CsvReader reader(source, delimiter);
    read_header(reader, source.name());
    read_wide_table(reader, layout, years, codes, false, sink);
  }
};

}  // namespace

std::unique_ptr<Importer> make_wide_importer() { return std::make_unique<WideImporter>(); }

}  // namespace stocktake
