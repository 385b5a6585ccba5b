// Tidy CSV: one figure a row, columns found by their names; any delimiter. The catch-all of the long formats.
#include "ingest/formats/formats.h"
#include "ingest/table_layout.h"

namespace stocktake {
namespace {

class TidyImporter final : public Importer {
 public:
  std::string_view id() const override { return "tidy"; }
  std::string_view title() const override {
    return "one figure a row: series, ref_area, time_period, obs_value (CSV, any delimiter)";
  }

  int confidence(const Head& head) const override {
    bool area = false, year = false, value = false;
    for (const auto& name : head.columns) {
      const Layout one = layout_of({name}, {}, {});
      area = area || one.area == 0;
      year = year || one.year == 0;
      value = value || one.value == 0;
    }
    return (area ? 10 : 0) + (year ? 10 : 0) + (value ? 10 : 0);
  }

  void read(ByteSource& source, const ImportOptions& options, const DimensionCodes& codes, Sink& sink,
            Vintage& vintage) const override {
    const char delimiter = options.delimiter != 0 ? options.delimiter : guess_delimiter(source.head());
    CsvReader reader(source, delimiter);
    const std::vector<std::string> names = read_header(reader, source.name());
    Layout layout = layout_of(names, options, codes);
    layout.decimal_comma = delimiter == ';';
    require(layout.area, "ref_area", names, source.name(), layout.values);
    require(layout.year, "time_period", names, source.name(), layout.values);
    require(layout.value, "obs_value", names, source.name());
    if (layout.fixed_series.empty()) require(layout.series, "series", names, source.name());
    warn_ignored(layout, sink);
    (void)vintage;
    read_long_table(reader, layout, codes, sink);
  }
};

}  // namespace

std::unique_ptr<Importer> make_tidy_importer() { return std::make_unique<TidyImporter>(); }

}  // namespace stocktake
