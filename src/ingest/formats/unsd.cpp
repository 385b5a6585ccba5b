// The UN Statistics Division's SDG indicators database as CSV: Goal, Target, Indicator, SeriesCode, GeoAreaCode (M49),
// TimePeriod, Value, Nature, Units and a bracketed column for each dimension.
#include <algorithm>

#include "ingest/formats/formats.h"

namespace stocktake {
namespace {

class UnsdImporter final : public Importer {
 public:
  std::string_view id() const override { return "unsd"; }
  std::string_view title() const override {
    return "UN SDG indicators database (CSV: SeriesCode, GeoAreaCode, TimePeriod, Value, [Sex] …)";
  }

  int confidence(const Head& head) const override {
    const auto has = [&](std::string_view name) {
      return std::find(head.columns.begin(), head.columns.end(), name) != head.columns.end();
    };
    return has("SeriesCode") && has("GeoAreaCode") && has("TimePeriod") && has("Value") ? 100 : 0;
  }

  void read(ByteSource& source, const ImportOptions& options, const DimensionCodes& codes, Sink& sink,
            Vintage& vintage) const override {
    CsvReader reader(source, options.delimiter != 0 ? options.delimiter : guess_delimiter(source.head()));
    const std::vector<std::string> names = read_header(reader, source.name(), options.header_line);
    const Layout layout = layout_of(names, options, codes);
    require(layout.series, "series", names, source.name());
    require(layout.area, "ref_area", names, source.name());
    require(layout.year, "time_period", names, source.name());
    require(layout.value, "obs_value", names, source.name());
    warn_ignored(layout, sink);
    vintage.source = "UN SDG indicators database";
    tell_legend(read_long_table(reader, layout, codes, sink), sink);
  }
};

}  // namespace

std::unique_ptr<Importer> make_unsd_importer() { return std::make_unique<UnsdImporter>(); }

}  // namespace stocktake
