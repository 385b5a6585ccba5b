// World Bank bulk CSV: "Country Code", "Indicator Code" and a column a year; the download of one indicator has four lines
// before the header (with the day of the last update) and a comma at the end of each line; DataBank's "1990 [YR1990]", with two
// lines of its own at the end.
#include <algorithm>

#include "base/error.h"
#include "ingest/formats/formats.h"

namespace stocktake {
namespace {

class WorldBankImporter final : public Importer {
 public:
  std::string_view id() const override { return "worldbank"; }
  std::string_view title() const override {
    return "World Bank bulk download (CSV: Country Code, Indicator Code, a column a year)";
  }

  int confidence(const Head& head) const override {
    const auto has = [&](std::string_view name) { return head.text.find(name) != std::string_view::npos; };
    const bool databank = has("Country Code") && has("Series Code") && has(" [YR");
    const bool long_form = std::find(head.columns.begin(), head.columns.end(), "Value") != head.columns.end();
    return ((has("Country Code") && has("Indicator Code")) || databank) && !long_form ? 90 : 0;
  }

  bool finds_header() const override { return true; }

  void read(ByteSource& source, const ImportOptions& options, const DimensionCodes& codes, Sink& sink,
            Vintage& vintage) const override {
    refuse_columns(options, id());
    CsvReader reader(source, ',');
    std::vector<std::string_view> fields;
    std::vector<std::string> names;
    vintage.source = "World Bank";
    for (int i = 0; names.empty() && i < 20 && reader.next(fields); ++i) {
      if (fields.size() >= 2 && fields[0] == "Last Updated Date") vintage.published = parse_date(fields[1]);
      if (fields.size() >= 2 && fields[0] == "Data Source") vintage.source = "World Bank, " + std::string(fields[1]);
      const bool header = std::find(fields.begin(), fields.end(), "Country Code") != fields.end();
      if (header) names.assign(fields.begin(), fields.end());
    }
    if (names.empty()) {
      throw Error(ErrorKind::input, "no header line with 'Country Code' among the first 20 lines",
                  "Is this a World Bank bulk file? See --input-format", {source.name(), 1, 0, {}});
    }
    if (vintage.published) vintage.edition = to_string(*vintage.published);
    Layout layout;
    layout.columns = names.size();
    std::vector<YearColumn> years;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i] == "Country Code") layout.area = i;
      if (names[i] == "Indicator Code" || names[i] == "Series Code") layout.series = i;
      if (const std::string_view year = year_of_column(names[i]); !year.empty())
        years.push_back({i, std::string(year), no_column, no_column});
    }
    require_years(years, names, source.name());
    require(layout.area, "ref_area", names, source.name());
    layout.fixed_series = options.series;
    if (options.series.empty()) require(layout.series, "series", names, source.name());
    tell_legend(read_wide_table(reader, layout, years, codes, false, sink), sink);
  }
};

}  // namespace

std::unique_ptr<Importer> make_worldbank_importer() { return std::make_unique<WorldBankImporter>(); }

}  // namespace stocktake
