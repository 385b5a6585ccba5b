// Tidy CSV: one figure a row, columns found by their names; any delimiter. The catch-all of the long formats.
#include "ingest/formats/formats.h"
#include "ingest/table_head.h"

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
    TableHead table(source, given, codes, "long");
    const std::vector<std::string>& names = table.names;
    Layout& layout = table.layout;
    std::vector<bool> taken(names.size());
    for (const std::size_t column : {layout.series, layout.year, layout.value, layout.unit}) {
      if (column != no_column) taken[column] = true;
    }
    table.find_area_unless_given(taken, sink);
    if (layout.area != no_column) std::erase(layout.ignored, names[layout.area]);
    require(layout.area, "ref_area", names, source.name(), layout.values);
    require(layout.year, "time_period", names, source.name(), layout.values);
    require(layout.value, "obs_value", names, source.name());
    if (!table.name_series(sink))
      throw Error(
          ErrorKind::input,
          "no column holds the series, and nothing else says which series the figures are of; the columns are: " + listed(names),
          "Give it with --series CODE, or name its column with --column NAME=series", {source.name(), 1, 0, "series"});
    table.close(sink, vintage);
    tell_legend(read_long_table(table.reader, layout, codes, sink), sink);
  }
};

}  // namespace

std::unique_ptr<Importer> make_tidy_importer() { return std::make_unique<TidyImporter>(); }

}  // namespace stocktake
