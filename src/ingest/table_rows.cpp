// The rows of tables: their series, their figures, and what stands below them.
#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.h"
#include "ingest/table_layout.h"

namespace stocktake {
namespace {

constexpr char separator = '\x1f';

std::string_view field_or_empty(const std::vector<std::string_view>& fields, std::size_t column) {
  return column == no_column ? std::string_view() : fields[column];
}

std::vector<std::size_t> key_columns(const Layout& layout) {
  std::vector<std::size_t> columns;
  for (const std::size_t column : {layout.series, layout.area, layout.unit, layout.dimension_list}) {
    if (column != no_column) columns.push_back(column);
  }
  for (const auto& [column, name] : layout.dimensions) columns.push_back(column);
  return columns;
}

void append_attribute(std::string& attributes, std::string_view name, std::string_view text) {
  if (text.empty() || text.find_first_of(";=") != std::string_view::npos) return;
  if (!attributes.empty()) attributes += ';';
  attributes.append(name).append("=").append(text);
}

// "1.2k" → "1.2e3"; a minus sign as typographers write it becomes "-".
void write_out_magnitude(std::string_view& value, std::string& scratch) {
  const std::string_view text = trimmed(value);
  constexpr std::string_view minus = "\xE2\x88\x92";
  const bool negative = text.starts_with(minus);
  const char* exponent = text.ends_with('k') ? "e3" : text.ends_with('M') ? "e6" : text.ends_with('B') ? "e9" : nullptr;
  if (!negative && exponent == nullptr) return;
  scratch = negative ? "-" : "";
  scratch.append(negative ? text.substr(minus.size()) : text);
  if (exponent != nullptr) {
    scratch.pop_back();
    scratch += exponent;
  }
  value = scratch;
}

}  // namespace

RowKeys::RowKeys(const Layout& layout, const DimensionCodes& codes, Sink& sink)
    : layout_(layout), codes_(codes), sink_(sink), columns_(key_columns(layout)) {}

void RowKeys::append_key(const std::vector<std::string_view>& fields) {
  for (const std::size_t column : columns_) {
    raw_.append(fields[column]);
    raw_ += separator;
  }
}

// Rows of a series mostly follow each other: then comparing with the row before is all there is to do.
Sink::Slot RowKeys::slot(const std::vector<std::string_view>& fields) {
  if (last_ != Sink::no_slot && same_as_last(fields)) return last_;
  raw_.clear();
  if (layout_.series == no_column) raw_.append(layout_.fixed_series) += separator;
  prefix_ = raw_.size();
  append_key(fields);
  last_ = sink_.find(raw_);
  if (last_ == Sink::no_slot) {
    const std::string_view series =
        layout_.series == no_column ? std::string_view(layout_.fixed_series) : trimmed(fields[layout_.series]);
    last_ = sink_.make(raw_, parts(fields, series, {}));
  }
  return last_;
}

Sink::Slot RowKeys::slot(const std::vector<std::string_view>& fields, std::string_view series, std::string_view unit) {
  raw_.assign(series) += separator;
  append_key(fields);
  const Sink::Slot known = sink_.find(raw_);
  return known != Sink::no_slot ? known : sink_.make(raw_, parts(fields, series, unit));
}

bool RowKeys::same_as_last(const std::vector<std::string_view>& fields) const {
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

Sink::KeyParts RowKeys::parts(const std::vector<std::string_view>& fields, std::string_view series, std::string_view unit) const {
  Sink::KeyParts parts;
  parts.series = series;
  std::string_view area = trimmed(field_or_empty(fields, layout_.area));
  if (area.starts_with('\'')) area.remove_prefix(1);  // '004, so that a spreadsheet keeps the zeros
  parts.area = area;
  if (layout_.area_names != nullptr && !is_mapped(layout_.values, "ref_area", area)) {
    if (const auto named = layout_.area_names->find(parts.area); named != layout_.area_names->end()) parts.area = named->second;
  }
  parts.unit = layout_.unit == no_column ? unit : trimmed(fields[layout_.unit]);
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

bool Legend::takes(const std::vector<std::string_view>& fields, std::size_t columns) {
  const std::string_view first = trimmed(fields.front());
  const bool whole = fields.size() == columns;
  // Most rows have a second field, and are looked at no further.
  if (whole && (columns < 2 || !fields[1].empty())) return false;
  const bool alone = std::all_of(fields.begin() + 1, fields.end(), [](std::string_view field) { return trimmed(field).empty(); });
  if (alone && first.empty() && columns > 1) return true;
  if (whole && !alone) return false;
  constexpr std::array<std::string_view, 4> marks{"Code", "Type", "Footnote", "FootnoteID"};
  constexpr std::array<std::string_view, 2> ids{"footnoteSeqID", "fnSeqID"};
  constexpr std::array<std::string_view, 2> beginnings{"Data from database:", "Last Updated:"};
  const bool begins = std::find(ids.begin(), ids.end(), first) != ids.end() ||
                      (marks_too_ && std::find(marks.begin(), marks.end(), first) != marks.end()) ||
                      std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view b) { return first.starts_with(b); });
  if (!begins && (whole || lines_ == 0)) return false;
  ++lines_;
  return true;
}

void tell_legend(std::int64_t lines, Sink& sink) {
  if (lines > 0)
    sink.warn(std::to_string(lines) + (lines == 1 ? " line behind the table is" : " lines behind the table are") +
              " its legend and hold" + (lines == 1 ? "s" : "") + " no figures");
}

bool whole_row(const CsvReader& reader, std::size_t fields, std::size_t columns, Sink& sink) {
  if (fields == columns) return true;
  sink.reject_row(reader.line(), "expected " + std::to_string(columns) + " fields, found " + std::to_string(fields),
                  "wrong number of fields", reader.row_text());
  return false;
}

std::int64_t read_long_table(CsvReader& reader, const Layout& layout, const DimensionCodes& codes, Sink& sink) {
  RowKeys keys(layout, codes, sink);
  Legend legend(false);
  std::vector<std::string_view> fields;
  Sink::Cell cell;
  std::string qualified, attributes;
  cell.column = layout.value_name;
  const std::string_view one_year = constant_of(layout.values, "time_period");
  while (reader.next(fields)) {
    if (legend.takes(fields, layout.columns)) continue;
    if (!whole_row(reader, fields.size(), layout.columns, sink)) continue;
    cell.slot = keys.slot(fields);
    cell.year = layout.year == no_column ? one_year : fields[layout.year];
    cell.value = fields[layout.value];
    if (const std::string_view sign = trimmed(field_or_empty(fields, layout.qualifier)); !sign.empty()) {
      qualified.assign(sign).append(cell.value);
      cell.value = qualified;
    }
    cell.attributes = field_or_empty(fields, layout.attributes);
    if (!layout.noted.empty()) {
      attributes.assign(cell.attributes);
      for (const auto& [column, name] : layout.noted) append_attribute(attributes, name, trimmed(fields[column]));
      cell.attributes = attributes;
    }
    cell.lower = trimmed(field_or_empty(fields, layout.lower));
    cell.upper = trimmed(field_or_empty(fields, layout.upper));
    cell.nature = trimmed(field_or_empty(fields, layout.nature));
    cell.edition = field_or_empty(fields, layout.edition);
    cell.source = field_or_empty(fields, layout.source);
    cell.row = reader.row_text();
    cell.line = reader.line();
    sink.add(cell, layout.decimal_comma);
  }
  return legend.lines();
}

std::int64_t read_wide_table(CsvReader& reader, const Layout& layout, const std::vector<YearColumn>& years,
                             const DimensionCodes& codes, bool legend_ends_table, Sink& sink) {
  RowKeys keys(layout, codes, sink);
  Legend legend(legend_ends_table);
  std::vector<std::string_view> fields;
  Sink::Cell cell;
  std::string attributes, written_out;
  while (reader.next(fields)) {
    if (legend.takes(fields, layout.columns)) continue;
    if (!whole_row(reader, fields.size(), layout.columns, sink)) continue;
    cell.slot = keys.slot(fields);
    cell.row = reader.row_text();
    cell.line = reader.line();
    for (const auto& [value, year, nature, symbol] : years) {
      cell.year = year;
      cell.column = year;
      cell.value = fields[value];
      if (layout.magnitudes) write_out_magnitude(cell.value, written_out);
      cell.nature = nature == no_column ? std::string_view() : trimmed(fields[nature]);
      const std::string_view sign = symbol == no_column ? std::string_view() : trimmed(fields[symbol]);
      attributes.clear();
      if (sign == ".." || sign == "...") {
        cell.value = {};
      } else {
        append_attribute(attributes, "SYMBOL", sign);
      }
      cell.attributes = attributes;
      sink.add(cell, layout.decimal_comma);
    }
  }
  return legend.lines();
}

}  // namespace stocktake
