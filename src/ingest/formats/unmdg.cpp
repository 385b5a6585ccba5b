// Exports of the UN MDG database: CountryCode (M49), SeriesCode and years as columns, each perhaps followed by "Footnotes"
// and "Type" (the nature of the figure); blanks as " "; a legend of footnotes and types may stand behind the table.
#include <algorithm>

#include "ingest/formats/formats.h"

namespace stocktake {
namespace {

class UnmdgImporter final : public Importer {
 public:
  std::string_view id() const override { return "unmdg"; }
  std::string_view title() const override {
    return "UN MDG database export (CSV: CountryCode, SeriesCode, a column a year, Footnotes, Type)";
  }

  int confidence(const Head& head) const override {
    const auto has = [&](std::string_view name) {
      return std::find(head.columns.begin(), head.columns.end(), name) != head.columns.end();
    };
    const bool years = std::any_of(head.columns.begin(), head.columns.end(), is_year_name);
    return has("CountryCode") && has("SeriesCode") && years ? 100 : 0;
  }

  void read(ByteSource& source, const ImportOptions& options, const DimensionCodes& codes, Sink& sink,
            Vintage& vintage) const override {
    refuse_columns(options, id());
    CsvReader reader(source, options.delimiter != 0 ? options.delimiter : guess_delimiter(source.head()));
    const std::vector<std::string> names = read_header(reader, source.name(), options.header_line);
    Layout layout;
    layout.columns = names.size();
    std::vector<YearColumn> years;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i] == "CountryCode") layout.area = i;
      if (names[i] == "SeriesCode") layout.series = i;
      if (is_year_name(names[i])) years.push_back({i, names[i], no_column, no_column});
      if (names[i] == "Type" && !years.empty()) years.back().nature = i;
    }
    require_years(years, names, source.name());
    require(layout.area, "ref_area", names, source.name());
    require(layout.series, "series", names, source.name());
    vintage.source = "UN MDG database";
    tell_legend(read_wide_table(reader, layout, years, codes, true, sink), sink);
  }
};

}  // namespace

std::unique_ptr<Importer> make_unmdg_importer() { return std::make_unique<UnmdgImporter>(); }

}  // namespace stocktake
