// A column a series: a row an area and a year (Our World in Data, DataBank with the years as rows, the SDG Index over time), or a
// row an area and the years behind the names of the columns (UNDP: hdi_1990, hdi_1991).
#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "base/utf8.h"
#include "ingest/formats/formats.h"
#include "ingest/table_head.h"

namespace stocktake {
namespace {

struct SeriesColumn {
  std::size_t column = 0;
  std::string series;
  std::string year;  // "" where a column of its own says it
};

// "Access to electricity [EG.ELC.ACCS.ZS]" → what stands in brackets; a name that could be a code as it is; else made a code.
std::string series_of(std::string_view name) {
  name = trimmed(name);
  const std::size_t open = name.rfind('[');
  if (open != std::string_view::npos && open > 0 && name.ends_with(']') && name.size() > open + 2)
    return std::string(name.substr(open + 1, name.size() - open - 2));
  const bool code = std::all_of(name.begin(), name.end(),
                                [](unsigned char c) { return c < 0x80 && (std::isalnum(c) != 0 || c == '_' || c == '.'); });
  return code ? std::string(name) : code_of_name(name);
}

// Whether what stands in a column of the sample are figures: at least half of the cells that are not empty.
bool has_figures(const std::vector<std::vector<std::string>>& sample, std::size_t column) {
  std::size_t numbers = 0, texts = 0;
  for (const auto& row : sample) {
    const ParsedValue::Kind kind = parse_value(row[column], false).kind;
    numbers += kind == ParsedValue::Kind::number;
    texts += kind == ParsedValue::Kind::bad;
  }
  return numbers > 0 && numbers >= texts;
}

class ColumnsImporter final : public Importer {
 public:
  std::string_view id() const override { return "columns"; }
  std::string_view title() const override {
    return "a column a series: a row an area and a year, or years behind the names as hdi_1990 (CSV, any delimiter)";
  }

  int confidence(const Head& head) const override {
    if (known_layout(head.columns, "columns") != nullptr) return 60;
    const bool area = std::any_of(head.columns.begin(), head.columns.end(), may_be_area);
    if (!area) return 0;
    const auto dated = std::count_if(head.columns.begin(), head.columns.end(), [](const std::string& name) {
      std::string_view stem;
      return !year_behind(name, stem).empty();
    });
    const Layout layout = layout_of(head.columns, {}, {});
    if (layout.value != no_column || layout.series != no_column) return 0;
    if (dated >= 3 && layout.year == no_column) return 23;
    const auto left =
        std::count_if(layout.ignored.begin(), layout.ignored.end(), [](const std::string& name) { return !may_be_area(name); });
    return layout.year != no_column && left > 0 ? 21 : 0;
  }

  void read(ByteSource& source, const ImportOptions& given, const DimensionCodes& codes, Sink& sink,
            Vintage& vintage) const override {
    TableHead table(source, given, codes, "columns");
    table.find_area(std::vector<bool>(table.names.size()), sink);
    require(table.layout.area, "ref_area", table.names, source.name());
    const std::vector<SeriesColumn> columns =
        series_columns(table.names, table.layout, table.options, table.sample, source.name());
    table.close(sink, vintage);
    read_rows(table.reader, table.layout, columns, codes, sink);
  }

 private:
  // Which columns are series. What is left of layout.ignored are the others.
  static std::vector<SeriesColumn> series_columns(const std::vector<std::string>& names, Layout& layout,
                                                  const ImportOptions& options,
                                                  const std::vector<std::vector<std::string>>& sample, const std::string& file) {
    std::vector<SeriesColumn> columns;
    std::vector<std::string> others;
    std::set<std::string, std::less<>> ignored(layout.ignored.begin(), layout.ignored.end());
    std::set<std::pair<std::string, std::string>> seen;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (i == layout.area || i == layout.year || options.columns.contains(names[i]) || !ignored.contains(names[i])) continue;
      std::string_view stem = names[i];
      const std::string_view year = layout.year == no_column ? year_behind(names[i], stem) : std::string_view();
      const bool dated = layout.year != no_column || !year.empty();
      SeriesColumn column{i, readable(series_of(stem)), std::string(year)};
      if (!dated || column.series.empty() || !has_figures(sample, i)) {
        if (!may_be_area(names[i])) others.push_back(names[i]);
      } else if (!seen.emplace(column.series, column.year).second) {
        others.push_back(names[i] + " (a second " + column.series + ")");
      } else {
        columns.push_back(std::move(column));
      }
    }
    layout.ignored = std::move(others);
    if (columns.empty())
      throw Error(ErrorKind::input,
                  "no column holds figures" +
                      std::string(layout.year == no_column ? ", and none the year" : " beside the area and the year") +
                      "; the columns are: " + listed(names),
                  "Name the columns with --column NAME=ROLE, or the format with --input-format", {file, 1, 0, {}});
    return columns;
  }

  static void read_rows(CsvReader& reader, const Layout& layout, const std::vector<SeriesColumn>& columns,
                        const DimensionCodes& codes, Sink& sink) {
    RowKeys keys(layout, codes, sink);
    Legend legend(false);
    std::vector<std::string_view> fields;
    Sink::Cell cell;
    while (reader.next(fields)) {
      if (legend.takes(fields, layout.columns)) continue;
      if (!whole_row(reader, fields.size(), layout.columns, sink)) continue;
      cell.row = reader.row_text();
      cell.line = reader.line();
      for (const SeriesColumn& column : columns) {
        cell.slot = keys.slot(fields, column.series);
        cell.year = column.year.empty() ? fields[layout.year] : std::string_view(column.year);
        cell.value = fields[column.column];
        cell.column = column.series;
        sink.add(cell, layout.decimal_comma);
      }
    }
    tell_legend(legend.lines(), sink);
  }
};

}  // namespace

std::unique_ptr<Importer> make_columns_importer() { return std::make_unique<ColumnsImporter>(); }

}  // namespace stocktake
