#include "base/table.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "base/csv_quote.h"
#include "base/error.h"
#include "base/utf8.h"

namespace stocktake {

Table::Texts& Table::add_texts(std::string name) {
  if (columns_.size() == max_columns) throw Error(ErrorKind::internal, "a table has too many columns");
  columns_.push_back({std::move(name), Texts{}, -1});
  return std::get<Texts>(columns_.back().cells);
}

Table::Numbers& Table::add_numbers(std::string name, int decimals) {
  if (columns_.size() == max_columns) throw Error(ErrorKind::internal, "a table has too many columns");
  columns_.push_back({std::move(name), Numbers{}, decimals});
  return std::get<Numbers>(columns_.back().cells);
}

Table::Integers& Table::add_integers(std::string name) {
  if (columns_.size() == max_columns) throw Error(ErrorKind::internal, "a table has too many columns");
  columns_.push_back({std::move(name), Integers{}, -1});
  return std::get<Integers>(columns_.back().cells);
}

std::size_t Table::rows() const {
  std::size_t rows = columns_.empty() ? 0 : SIZE_MAX;
  for (const auto& column : columns_) {
    rows = std::min(rows, std::visit([](const auto& cells) { return cells.size(); }, column.cells));
  }
  return rows;
}

Table Table::where(const std::function<bool(std::size_t)>& keep) const {
  Table kept;
  for (const auto& column : columns_) {
    kept.columns_.push_back(
        {column.name,
         std::visit([](const auto& cells) { return decltype(Column::cells)(std::decay_t<decltype(cells)>{}); }, column.cells),
         column.decimals});
  }
  const std::size_t count = rows();
  for (std::size_t r = 0; r < count; ++r) {
    if (!keep(r)) continue;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      std::visit([&](const auto& cells) { std::get<std::decay_t<decltype(cells)>>(kept.columns_[c].cells).push_back(cells[r]); },
                 columns_[c].cells);
    }
  }
  return kept;
}

std::string Table::cell(std::size_t row, std::size_t column, bool rounded) const {
  const Column& c = columns_[column];
  if (const auto* texts = std::get_if<Texts>(&c.cells)) return (*texts)[row];
  if (const auto* integers = std::get_if<Integers>(&c.cells)) {
    return (*integers)[row] == no_integer ? std::string() : std::to_string((*integers)[row]);
  }
  const double value = std::get<Numbers>(c.cells)[row];
  if (std::isnan(value)) return {};
  return rounded && c.decimals >= 0 ? number_text(value, c.decimals) : number_text(value);
}

std::string number_text(double value) {
  std::array<char, 64> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  return {buffer.data(), end};
}

std::string number_text(double value, int decimals) {
  std::array<char, 400> buffer{};
  const int n = std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, value);
  std::string text(buffer.data(), static_cast<std::size_t>(std::max(n, 0)));
  if (text.starts_with('-') && text.find_first_not_of("-0.") == std::string::npos) text.erase(0, 1);
  return text;
}

namespace {

void append_json_text(std::string& out, const std::string& text) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          std::array<char, 8> escape{};
          std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c));
          out += escape.data();
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

// Cuts a text to `width` terminal columns, with an ellipsis.
std::string cut(const std::string& text, std::size_t width) {
  if (display_width(text) <= width) return text;
  std::string out;
  std::int32_t i = 0;
  const auto size = static_cast<std::int32_t>(text.size());
  while (i < size) {
    const std::int32_t start = i;
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(text.data()), i, size, c);
    const std::string next = out + text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(i - start));
    if (display_width(next) + 1 > width) break;
    out = next;
  }
  return out + "…";
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  std::int32_t i = 0;
  const auto size = static_cast<std::int32_t>(text.size());
  while (i < size) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(text.data()), i, size, c);
    const auto category = u_charType(c);
    if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK || category == U_FORMAT_CHAR) continue;
    const int east_asian = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    width += east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
  }
  return width;
}

void append_csv_field(std::string& out, std::string_view text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) {
    out += text;
    return;
  }
  append_csv_quoted(out, text);
}

std::string to_csv(const Table& table) {
  std::string out;
  const auto& columns = table.columns();
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (c != 0) out += ',';
    append_csv_field(out, columns[c].name);
  }
  out += '\n';
  const std::size_t rows = table.rows();
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (c != 0) out += ',';
      append_csv_field(out, table.cell(r, c, false));
    }
    out += '\n';
  }
  return out;
}

std::string to_json(const Table& table) {
  std::string out = "[";
  const auto& columns = table.columns();
  const std::size_t rows = table.rows();
  for (std::size_t r = 0; r < rows; ++r) {
    out += r == 0 ? "\n{" : ",\n{";
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (c != 0) out += ',';
      append_json_text(out, columns[c].name);
      out += ':';
      if (std::holds_alternative<Table::Texts>(columns[c].cells)) {
        append_json_text(out, table.cell(r, c, false));
      } else {
        const std::string cell = table.cell(r, c, false);
        const bool finite = !cell.empty() && cell.find_first_of("in") == std::string::npos;  // "inf", "nan"
        out += finite ? cell : "null";
      }
    }
    out += '}';
  }
  out += rows == 0 ? "]\n" : "\n]\n";
  return out;
}

std::string to_text(const Table& table, std::size_t width) {
  const auto& columns = table.columns();
  const std::size_t rows = table.rows();
  std::vector<std::vector<std::string>> cells(columns.size());
  std::vector<std::size_t> widths(columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    widths[c] = display_width(columns[c].name);
    cells[c].reserve(rows);
    for (std::size_t r = 0; r < rows; ++r) {
      cells[c].push_back(printable(table.cell(r, c, true)));  // a hostile file must not send escapes to a terminal
      widths[c] = std::max(widths[c], display_width(cells[c].back()));
    }
  }
  // Texts give way, the widest first, until a line fits.
  const auto total = [&] {
    std::size_t sum = columns.empty() ? 0 : 2 * (columns.size() - 1);
    for (const std::size_t w : widths) sum += w;
    return sum;
  };
  while (width > 0 && total() > width) {
    std::size_t widest = columns.size();
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const bool text = std::holds_alternative<Table::Texts>(columns[c].cells);
      if (text && widths[c] > 12 && (widest == columns.size() || widths[c] > widths[widest])) widest = c;
    }
    if (widest == columns.size()) break;
    --widths[widest];
  }
  std::string out;
  const auto line = [&](const auto& text_of) {
    std::string row;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const bool number = !std::holds_alternative<Table::Texts>(columns[c].cells);
      const std::string text = cut(text_of(c), widths[c]);
      const std::string pad(widths[c] - std::min(widths[c], display_width(text)), ' ');
      row += (c == 0 ? "" : "  ") + (number ? pad + text : text + pad);
    }
    row.erase(row.find_last_not_of(' ') + 1);
    out += row + "\n";
  };
  line([&](std::size_t c) { return columns[c].name; });
  for (std::size_t r = 0; r < rows; ++r) line([&](std::size_t c) { return cells[c][r]; });
  return out;
}

}  // namespace stocktake
