// How the columns of a table are to be read: which holds the area, the year, the value … Shared by the importers.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "framework/binding.h"
#include "ingest/csv_reader.h"
#include "ingest/importer.h"

namespace stocktake {

inline constexpr std::size_t no_column = SIZE_MAX;

struct Layout {
  std::size_t columns = 0;  // fields of a complete row
  std::size_t series = no_column, area = no_column, unit = no_column;
  std::size_t year = no_column, value = no_column, lower = no_column, upper = no_column;  // long tables
  // Of the own export: "AGE=Y15T24;SEX=F", the same of attributes, and < or > before the value.
  std::size_t dimension_list = no_column, attributes = no_column, qualifier = no_column;
  std::size_t nature = no_column, edition = no_column, source = no_column;
  std::vector<std::pair<std::size_t, std::string>> dimensions;
  std::vector<std::pair<std::size_t, std::string>> noted;  // columns kept as attributes of the figure, under these names
  std::string fixed_series;                                // where there is no series column
  std::string value_name = "obs_value";
  bool decimal_comma = false;
  bool magnitudes = false;  // "1.2k", "3M", "1B" as Gapminder writes them; wide tables only
  // Where areas are written by name: the codes of the names, else null.
  const std::map<std::string, std::string, std::less<>>* area_names = nullptr;
  const ValueMap* values = nullptr;  // of the import options, which live longer; null: none
  std::vector<std::string> ignored;  // columns that nothing was made of, for a warning
};

// Roles by column name ("ref_area", "country_code", "Year", …), overridden by options.columns. `names` as in the file.
// Names are compared in lower case with blanks, dots and hyphens as underscores.
Layout layout_of(const std::vector<std::string>& names, const ImportOptions& options, const DimensionCodes& codes);
std::string normalised(std::string_view column);
// A code from a name, "Capture production (t)" → "CAPTURE_PRODUCTION_T": capitals, digits and what is not ASCII; the rest "_".
std::string code_of_name(std::string_view name);
// Column names for a message, cut where they are many.
std::string listed(const std::vector<std::string>& names);
// Requires a role, of a column or by a constant of `values`; Error(input) that lists the columns there are and how to name one.
void require(std::size_t column, std::string_view role, const std::vector<std::string>& names, const std::string& file,
             const ValueMap* values = nullptr);

// Whether a row has as many fields as the table has columns; one that has not is rejected.
bool whole_row(const CsvReader& reader, std::size_t fields, std::size_t columns, Sink& sink);

// Lines that are none of a table's rows: rows without any text, and what stands below it (UNdata's footnotes, DataBank's last
// lines), which is of another width or has its first field alone; once such begin, all rows of another width are such.
class Legend {
 public:
  // `marks_too`: "Code", "Type", "Footnote" begin one as well (UN MDG exports).
  explicit Legend(bool marks_too) : marks_too_(marks_too) {}
  bool takes(const std::vector<std::string_view>& fields, std::size_t columns);
  std::int64_t lines() const { return lines_; }

 private:
  bool marks_too_;
  std::int64_t lines_ = 0;
};
// Says so, where there were any.
void tell_legend(std::int64_t lines, Sink& sink);

// The slot of a row's series: by its key columns, which mostly are those of the row before.
class RowKeys {
 public:
  RowKeys(const Layout& layout, const DimensionCodes& codes, Sink& sink);
  Sink::Slot slot(const std::vector<std::string_view>& fields);
  // Of tables with several series in a row: `series` instead of the layout's, which always has the unit `unit` where no column
  // has.
  Sink::Slot slot(const std::vector<std::string_view>& fields, std::string_view series, std::string_view unit = {});

 private:
  bool same_as_last(const std::vector<std::string_view>& fields) const;
  void append_key(const std::vector<std::string_view>& fields);
  Sink::KeyParts parts(const std::vector<std::string_view>& fields, std::string_view series, std::string_view unit) const;

  const Layout& layout_;
  const DimensionCodes& codes_;
  Sink& sink_;
  std::vector<std::size_t> columns_;
  std::string raw_;         // key of the last row
  std::size_t prefix_ = 0;  // of it: the series where all rows have one; sheets of a workbook differ in it
  Sink::Slot last_ = Sink::no_slot;
};

// Reads rows of one figure each. Returns the number of legend lines.
std::int64_t read_long_table(CsvReader& reader, const Layout& layout, const DimensionCodes& codes, Sink& sink);

// A wide table: one column a year, each perhaps followed by its footnote and type columns.
struct YearColumn {
  std::size_t value = 0;
  std::string year;
  std::size_t nature = no_column;
  // A sign beside the figure, kept as its attribute SYMBOL; ".." and "..." say that there is none, whatever stands in the cell.
  std::size_t symbol = no_column;
};
// `legend_ends_table`: a row of another width whose first field is "Code", "Type" or "Footnote" starts a legend too. Returns the
// number of legend lines.
std::int64_t read_wide_table(CsvReader& reader, const Layout& layout, const std::vector<YearColumn>& years,
                             const DimensionCodes& codes, bool legend_ends_table, Sink& sink);

}  // namespace stocktake
