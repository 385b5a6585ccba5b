// Wide tables in general: a row an area (and series, unit, dimensions), a column a year, each perhaps followed by a column of
// symbols, as FAO and many offices write their spreadsheets. Areas are found by what stands in the columns: codes, else names.
#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/text.h"
#include "ingest/formats/formats.h"
#include "ingest/table_head.h"

namespace stocktake {
namespace {

bool is_symbol_name(std::string_view name) {
  constexpr std::array<std::string_view, 8> all{"symbol", "symbols", "flag", "flags", "note", "notes", "footnote", "footnotes"};
  return std::find(all.begin(), all.end(), normalised(name)) != all.end();
}

// The columns of figures; `taken` gets those and what belongs to them.
std::vector<YearColumn> year_columns(const std::vector<std::string>& names, std::vector<bool>& taken) {
  std::vector<YearColumn> years;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string_view year = year_of_column(names[i]);
    if (!year.empty()) years.push_back({i, std::string(year), no_column, no_column});
    const bool behind = !years.empty() && years.back().value + 1 == i;
    const bool flag = !years.empty() && names[i] == names[years.back().value] + "F";  // FAO: Y1961, Y1961F, Y1961N
    const bool note = !years.empty() && names[i] == names[years.back().value] + "N";
    const bool symbol = flag || (behind && is_symbol_name(names[i]));
    if (symbol) years.back().symbol = i;
    taken[i] = symbol || note || !year.empty();
  }
  return years;
}

class WideImporter final : public Importer {
 public:
  std::string_view id() const override { return "wide"; }
  std::string_view title() const override {
    return "a row an area, a column a year, perhaps each with a column of symbols (CSV, any delimiter)";
  }

  int confidence(const Head& head) const override {
    const auto years = std::count_if(head.columns.begin(), head.columns.end(),
                                     [](const std::string& name) { return !year_of_column(name).empty(); });
    if (years > 0 && known_layout(head.columns, "wide") != nullptr) return 95;
    const bool area = std::any_of(head.columns.begin(), head.columns.end(), may_be_area);
    return years > 0 && area ? 24 + static_cast<int>(std::min<std::ptrdiff_t>(years, 4)) : 0;
  }

  void read(ByteSource& source, const ImportOptions& given, const DimensionCodes& codes, Sink& sink,
            Vintage& vintage) const override {
    TableHead table(source, given, codes, "wide");
    const std::vector<std::string>& names = table.names;
    Layout& layout = table.layout;
    std::vector<bool> taken(names.size());
    const std::vector<YearColumn> years = year_columns(names, taken);
    require_years(years, names, source.name());
    // Gapminder's files of one indicator: the country, and nothing but years.
    layout.magnitudes = years.size() + 1 == names.size() && !taken[0] && may_be_area(names[0]);
    table.find_area_unless_given(taken, sink);
    if (layout.area != no_column) taken[layout.area] = true;
    std::erase_if(layout.ignored, [&](const std::string& name) {
      for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name && (taken[i] || may_be_area(name))) return true;
      }
      return false;
    });
    require(layout.area, "ref_area", names, source.name(), layout.values);
    if (!table.name_series(sink))
      throw Error(ErrorKind::input, "nothing says which series the figures are of; the columns are: " + listed(names),
                  "Give it with --series CODE, or name its column with --column NAME=series", {source.name(), 1, 0, "series"});
    table.close(sink, vintage);
    tell_legend(read_wide_table(table.reader, layout, years, codes, false, sink), sink);
  }
};

}  // namespace

std::unique_ptr<Importer> make_wide_importer() { return std::make_unique<WideImporter>(); }

}  // namespace stocktake
