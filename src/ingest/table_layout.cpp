#include "ingest/table_layout.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>

#include "base/error.h"
#include "base/text.h"
#include "base/utf8.h"

namespace stocktake {
namespace {

// Column names as real files have them, normalised, by role. The first role that matches wins.
struct RoleNames {
  std::string_view role;
  std::vector<std::string_view> names;
};
const std::array<RoleNames, 13>& role_names() {
  static const std::array<RoleNames, 13> all{{
      {"series", {"series", "minset_series", "series_code", "seriescode", "indicator_code", "indicatorcode", "ind_code"}},
      {"ref_area",
       {"ref_area", "area", "area_code", "geoareacode", "geo_area_code", "country_code", "countrycode", "iso3", "iso3c", "iso",
        "geo", "m49"}},
      {"time_period", {"time_period", "timeperiod", "year", "time", "period", "date"}},
      {"obs_value", {"obs_value", "value", "obsvalue"}},
      {"lower", {"lower", "lower_bound", "lowerbound", "ci_lower"}},
      {"upper", {"upper", "upper_bound", "upperbound", "ci_upper"}},
      {"unit_measure", {"unit_measure", "unit", "units", "[units]"}},
      {"nature", {"nature", "[nature]", "obs_nature"}},
      {"edition", {"edition"}},
      {"dimensions", {"dimensions"}},
      {"attributes", {"attributes"}},
      {"qualifier", {"qualifier"}},
      {"source", {"source", "source_detail", "[source]"}},
  }};
  return all;
}

// Columns that describe a row without identifying it.
const std::array<std::string_view, 24>& descriptive() {
  static const std::array<std::string_view, 24> all{
      "name",          "series_name",  "seriesdescription", "series_description", "geoareaname",  "geo_area_name",
      "country",       "country_name", "area_name",         "indicator_name",     "goal",         "target",
      "indicator",     "note",         "footnote",          "footnotes",          "timecoverage", "time_detail",
      "time_coverage", "baseperiod",   "geoinfourl",        "geo_info_url",       "base_period",  "[reporting type]"};
  return all;
}

const std::array<std::string_view, 13>& standard_dimensions() {
  static const std::array<std::string_view, 13> all{
      "SEX",        "AGE",      "URBANISATION",   "INCOME_WEALTH_QUANTILE", "EDUCATION_LEV",
      "OCCUPATION", "PRODUCT",  "CUST_BREAKDOWN", "COMPOSITE_BREAKDOWN",    "DISABILITY_STATUS",
      "ACTIVITY",   "LOCATION", "CAUSE_OF_DEATH"};
  return all;
}

std::size_t* column_of(Layout& layout, std::string_view role) {
  if (role == "series") return &layout.series;
  if (role == "ref_area") return &layout.area;
  if (role == "time_period") return &layout.year;
  if (role == "obs_value") return &layout.value;
  if (role == "lower") return &layout.lower;
  if (role == "upper") return &layout.upper;
  if (role == "unit_measure") return &layout.unit;
  if (role == "dimensions") return &layout.dimension_list;
  if (role == "attributes") return &layout.attributes;
  if (role == "qualifier") return &layout.qualifier;
  if (role == "nature") return &layout.nature;
  if (role == "edition") return &layout.edition;
  if (role == "source") return &layout.source;
  return nullptr;
}

std::string role_of(std::string_view normal) {
  for (const auto& [role, names] : role_names()) {
    if (std::find(names.begin(), names.end(), normal) != names.end()) return std::string(role);
  }
  return {};
}

std::string_view field_or_empty(const std::vector<std::string_view>& fields, std::size_t column) {
  return column == no_column ? std::string_view() : fields[column];
}

// What --column asked for must be there and mean something: a slip of the pen must not read as a dimension.
void check_columns(const std::vector<std::string>& names, const ImportOptions& options) {
  for (const auto& [name, role] : options.columns) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      throw Error(ErrorKind::usage, "--column: there is no column '" + name + "'; the columns are: " + listed(names),
                  "Write the name as in the file");
    }
    const bool dimension = !role.empty() && role.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string::npos;
    Layout any;
    if (!dimension && role != "ignore" && column_of(any, role) == nullptr) {
      throw Error(ErrorKind::usage, "--column: unknown role '" + role + "'",
                  "See `stocktake import --help`; a dimension is written in capitals, as SEX");
    }
  }
}

// The raw key of a row: the bytes of its key columns, separated by a byte that no text has.
class RowKeys {
 public:
  RowKeys(const Layout& layout, const DimensionCodes& codes, Sink& sink)
      : layout_(layout), codes_(codes), sink_(sink), columns_(key_columns(layout)) {}

  // Rows of a series mostly follow each other: then comparing with the row before is all there is to do.
  Sink::Slot slot(const std::vector<std::string_view>& fields) {
    if (last_ != Sink::no_slot && same_as_last(fields)) return last_;
    raw_.clear();
    if (layout_.series == no_column) raw_.append(layout_.fixed_series) += separator;
    prefix_ = raw_.size();
    for (const std::size_t column : columns_) {
      raw_.append(fields[column]);
      raw_ += separator;
    }
    last_ = sink_.find(raw_);
    if (last_ == Sink::no_slot) last_ = sink_.make(raw_, parts(fields));
    return last_;
  }

 private:
  static constexpr char separator = '\x1f';

  static std::vector<std::size_t> key_columns(const Layout& layout) {
    std::vector<std::size_t> columns;
    for (const std::size_t column : {layout.series, layout.area, layout.unit, layout.dimension_list}) {
      if (column != no_column) columns.push_back(column);
    }
    for (const auto& [column, name] : layout.dimensions) columns.push_back(column);
    return columns;
  }
  bool same_as_last(const std::vector<std::string_view>& fields) const {
    std::string_view rest = std::string_view(raw_).substr(prefix_);
    for (const std::size_t column : columns_) {
      const std::string_view field = fields[column];
      if (rest.size() <= field.size() || rest[field.size()] != separator ||
          std::memcmp(rest.data(), field.data(), field.size()) != 0)
        return false;
      rest.remove_prefix(field.size() + 1);
    }
    return true;
  }
  Sink::KeyParts parts(const std::vector<std::string_view>& fields) const {
    Sink::KeyParts parts;
    parts.series = layout_.series == no_column ? std::string_view(layout_.fixed_series) : trimmed(fields[layout_.series]);
    parts.area = trimmed(field_or_empty(fields, layout_.area));
    if (layout_.area_names != nullptr && !is_mapped(layout_.values, "ref_area", parts.area)) {
      if (const auto named = layout_.area_names->find(parts.area); named != layout_.area_names->end()) parts.area = named->second;
    }
    parts.unit = trimmed(field_or_empty(fields, layout_.unit));
    for (const auto& [column, name] : layout_.dimensions) {
      const std::string_view text = trimmed(fields[column]);
      const std::string_view code = is_mapped(layout_.values, name, text) ? text : codes_.code(name, text);
      if (!code.empty() && code != "_T") parts.dims.emplace_back(name, std::string(code));
    }
    if (layout_.dimension_list != no_column) {
      for (auto& dimension : parse_dimensions(fields[layout_.dimension_list])) parts.dims.push_back(std::move(dimension));
    }
    std::sort(parts.dims.begin(), parts.dims.end());
    return parts;
  }

  const Layout& layout_;
  const DimensionCodes& codes_;
  Sink& sink_;
  std::vector<std::size_t> columns_;
  std::string raw_;         // key of the last row
  std::size_t prefix_ = 0;  // of it: the series where all rows have one; sheets of a workbook differ in it
  Sink::Slot last_ = Sink::no_slot;
};

}  // namespace

std::string listed(const std::vector<std::string>& names) {
  std::vector<std::string> heads;
  for (const auto& name : names) heads.push_back(name.substr(0, 40));
  return printable(joined(heads, ", ").substr(0, 400));
}

std::string normalised(std::string_view column) {
  std::string out;
  for (const char c : trimmed(column)) {
    out += c == ' ' || c == '.' || c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  if (out.starts_with('[')) std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

Layout layout_of(const std::vector<std::string>& names, const ImportOptions& options, const DimensionCodes& codes) {
  Layout layout;
  layout.columns = names.size();
  layout.fixed_series = options.series;
  if (!options.values.empty()) layout.values = &options.values;
  check_columns(names, options);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string normal = normalised(names[i]);
    std::string role = role_of(normal);
    bool forced = false;
    if (const auto asked = options.columns.find(names[i]); asked != options.columns.end()) {
      role = asked->second;
      forced = true;
      if (role == "ignore") continue;
    }
    if (std::size_t* const column = column_of(layout, role); column != nullptr) {
      const bool taken = *column != no_column;
      if (taken) layout.ignored.push_back(names[forced ? *column : i] + " (a second " + role + ")");
      if (taken && !forced) continue;
      *column = i;
      if (role == "obs_value") layout.value_name = names[i];
      continue;
    }
    if (forced) {
      layout.dimensions.emplace_back(i, role);
      continue;
    }
    if (std::find(descriptive().begin(), descriptive().end(), normal) != descriptive().end()) continue;
    const std::string dimension = codes.dimension(names[i]);
    if (dimension == "OBS_STATUS") continue;  // an attribute, not part of the key
    const bool known =
        std::find(standard_dimensions().begin(), standard_dimensions().end(), dimension) != standard_dimensions().end();
    if (known || names[i].starts_with('[')) {
      layout.dimensions.emplace_back(i, dimension);
    } else if (!normal.empty()) {
      layout.ignored.push_back(names[i]);
    }
  }
  return layout;
}

void require(std::size_t column, std::string_view role, const std::vector<std::string>& names, const std::string& file,
             const ValueMap* values) {
  if (column != no_column || !constant_of(values, role).empty()) return;
  throw Error(ErrorKind::input, "no column holds the " + std::string(role) + "; the columns are: " + listed(names),
              "Name it with --column NAME=" + std::string(role), {file, 1, 0, std::string(role)});
}

bool whole_row(const CsvReader& reader, std::size_t fields, std::size_t columns, Sink& sink) {
  if (fields == columns) return true;
  sink.reject_row(reader.line(), "expected " + std::to_string(columns) + " fields, found " + std::to_string(fields),
                  "wrong number of fields", reader.row_text());
  return false;
}

void read_long_table(CsvReader& reader, const Layout& layout, const DimensionCodes& codes, Sink& sink) {
  RowKeys keys(layout, codes, sink);
  std::vector<std::string_view> fields;
  Sink::Cell cell;
  std::string qualified;
  cell.column = layout.value_name;
  const std::string_view one_year = constant_of(layout.values, "time_period");
  while (reader.next(fields)) {
    if (!whole_row(reader, fields.size(), layout.columns, sink)) continue;
    cell.slot = keys.slot(fields);
    cell.year = layout.year == no_column ? one_year : fields[layout.year];
    cell.value = fields[layout.value];
    if (const std::string_view sign = trimmed(field_or_empty(fields, layout.qualifier)); !sign.empty()) {
      qualified.assign(sign).append(cell.value);
      cell.value = qualified;
    }
    cell.attributes = field_or_empty(fields, layout.attributes);
    cell.lower = trimmed(field_or_empty(fields, layout.lower));
    cell.upper = trimmed(field_or_empty(fields, layout.upper));
    cell.nature = trimmed(field_or_empty(fields, layout.nature));
    cell.edition = field_or_empty(fields, layout.edition);
    cell.source = field_or_empty(fields, layout.source);
    cell.row = reader.row_text();
    cell.line = reader.line();
    sink.add(cell, layout.decimal_comma);
  }
}

std::int64_t read_wide_table(CsvReader& reader, const Layout& layout, const std::vector<YearColumn>& years,
                             const DimensionCodes& codes, bool legend_ends_table, Sink& sink) {
  RowKeys keys(layout, codes, sink);
  std::vector<std::string_view> fields;
  Sink::Cell cell;
  std::string attributes;
  std::int64_t legend = 0;
  while (reader.next(fields)) {
    if (fields.size() != layout.columns) {
      const std::string_view first = trimmed(fields.front());
      if (legend_ends_table &&
          (legend > 0 || first == "Code" || first == "Type" || first == "Footnote" || first == "FootnoteID")) {
        ++legend;
        continue;
      }
    }
    if (!whole_row(reader, fields.size(), layout.columns, sink)) continue;
    cell.slot = keys.slot(fields);
    cell.row = reader.row_text();
    cell.line = reader.line();
    for (const auto& [value, year, nature, symbol] : years) {
      cell.year = year;
      cell.column = year;
      cell.value = fields[value];
      cell.nature = nature == no_column ? std::string_view() : trimmed(fields[nature]);
      const std::string_view sign = symbol == no_column ? std::string_view() : trimmed(fields[symbol]);
      attributes.clear();
      if (sign == ".." || sign == "...") {
        cell.value = {};
      } else if (!sign.empty() && sign.find_first_of(";=") == std::string_view::npos) {
        attributes.append("SYMBOL=").append(sign);
      }
      cell.attributes = attributes;
      sink.add(cell, layout.decimal_comma);
    }
  }
  return legend;
}

}  // namespace stocktake
