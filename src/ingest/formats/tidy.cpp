// Tidy CSV: one figure a row, columns found by their names; any delimiter. The catch-all of the long formats.
#include "ingest/area_column.h"
#include "ingest/formats/formats.h"
#include "ingest/known_layouts.h"

namespace stocktake {
namespace {

class TidyImporter final : public Importer {
 public:
  std::string_view id() const override { return "tidy"; }
  std::string_view title() const override {
    return "one figure a row: series, ref_area, time_period, obs_value (CSV, any delimiter)";
  }

  int confidence(const Head& head) const override {
    if (known_layout(head.columns, "long") != nullptr) return 60;
    bool area = false, year = false, value = false;
    for (const auto& name : head.columns) {
      const Layout one = layout_of({name}, {}, {});
      area = area || one.area == 0;
      year = year || one.year == 0;
      value = value || one.value == 0;
    }
    return (area ? 10 : 0) + (year ? 10 : 0) + (value ? 10 : 0);
  }

  void read(ByteSource& source, const ImportOptions& given, const DimensionCodes& codes, Sink& sink,
            Vintage& vintage) const override {
    const char delimiter = given.delimiter != 0 ? given.delimiter : guess_delimiter(source.head());
    // Before the reader takes the head away.
    const AreaNames names_known = area_names(sink.areas());
    const std::vector<std::string> names = peek_header(source, delimiter, given.header_line);
    const KnownLayout* const known = known_layout(names, "long");
    const ImportOptions options = with_layout(given, known, names);
    Layout layout = layout_of(names, options, codes);
    layout.decimal_comma = delimiter == ';';
    std::vector<bool> taken(names.size());
    for (const std::size_t column : {layout.series, layout.year, layout.value, layout.unit}) {
      if (column != no_column) taken[column] = true;
    }
    if (layout.area != no_column || constant_of(layout.values, "ref_area").empty()) {
      const auto sample = sample_rows(source, delimiter, given.header_line, names.size(), 200);
      const bool fixed = known != nullptr || !given.columns.empty();
      find_area_column(layout, sample, taken, fixed, names, names_known, sink);
    }
    if (layout.area != no_column) std::erase(layout.ignored, names[layout.area]);
    require(layout.area, "ref_area", names, source.name(), layout.values);
    require(layout.year, "time_period", names, source.name(), layout.values);
    require(layout.value, "obs_value", names, source.name());
    if (layout.fixed_series.empty() && layout.series == no_column && !given.default_series.empty()) {
      layout.fixed_series = given.default_series;
      sink.warn("the series is called " + layout.fixed_series + ", after the sheet or table; --series gives it another code");
    }
    if (layout.fixed_series.empty() && layout.series == no_column)
      throw Error(
          ErrorKind::input,
          "no column holds the series, and nothing else says which series the figures are of; the columns are: " + listed(names),
          "Give it with --series CODE, or name its column with --column NAME=series", {source.name(), 1, 0, "series"});
    warn_ignored(layout, sink);
    if (known != nullptr) vintage.source = known->source;
    CsvReader reader(source, delimiter);
    read_header(reader, source.name(), given.header_line);
    tell_legend(read_long_table(reader, layout, codes, sink), sink);
  }
};

}  // namespace

std::unique_ptr<Importer> make_tidy_importer() { return std::make_unique<TidyImporter>(); }

}  // namespace stocktake
