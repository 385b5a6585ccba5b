#include "ingest/table_layout.h"

#include <algorithm>
#include <array>
#include <cctype>

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

// What --column asked for must be there and mean something: a slip of the pen must not read as a dimension.
void check_columns(const std::vector<std::string>& names, const ImportOptions& options) {
  for (const auto& [name, role] : options.columns) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      throw Error(ErrorKind::usage, "--column: there is no column '" + name + "'; the columns are: " + listed(names),
                  "Write the name as in the file");
    }
    const bool dimension = !role.empty() && role.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string::npos;
    Layout any;
    if (!dimension && role != "ignore" && role != "attribute" && column_of(any, role) == nullptr) {
      throw Error(ErrorKind::usage, "--column: unknown role '" + role + "'",
                  "See `stocktake import --help`; a dimension is written in capitals, as SEX");
    }
  }
}

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

std::string code_of_name(std::string_view name) {
  std::string code;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte) != 0) {
      code += byte < 0x80 ? static_cast<char>(std::toupper(byte)) : c;
    } else if (!code.empty() && code.back() != '_') {
      code += '_';
    }
  }
  while (code.ends_with('_')) code.pop_back();
  return code;
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
      if (role == "attribute") {
        layout.noted.emplace_back(i, code_of_name(names[i]));
      } else {
        layout.dimensions.emplace_back(i, role);
      }
      continue;
    }
    if (std::find(descriptive().begin(), descriptive().end(), normal) != descriptive().end()) continue;
    if (normal == "vintage" && layout.dimension_list != no_column) continue;  // our own export: a number of the store it is from
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

}  // namespace stocktake
