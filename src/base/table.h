// A table of results: named, typed columns. What the CLI prints as text, CSV or JSON and the store writes as Parquet.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace stocktake {

class Table {
 public:
  using Texts = std::vector<std::string>;
  using Numbers = std::vector<double>;         // NaN is "no value"
  using Integers = std::vector<std::int64_t>;  // no_integer is "no value"
  static constexpr std::int64_t no_integer = INT64_MIN;

  struct Column {
    std::string name;
    std::variant<Texts, Numbers, Integers> cells;
    int decimals = -1;  // of Numbers in text tables; -1 means shortest exact
  };

  Texts& add_texts(std::string name);
  Numbers& add_numbers(std::string name, int decimals = -1);
  Integers& add_integers(std::string name);

  const std::vector<Column>& columns() const { return columns_; }
  std::size_t rows() const;  // of the shortest column
  // The same columns with the rows for which `keep` is true.
  Table where(const std::function<bool(std::size_t)>& keep) const;
  // The cell as text; "" for no value. Numbers in the shortest form that reads back equal, or with `decimals`.
  std::string cell(std::size_t row, std::size_t column, bool rounded) const;

 private:
  // A deque would keep references valid; a vector reserved for max_columns does too and stays contiguous.
  static constexpr std::size_t max_columns = 192;
  std::vector<Column> columns_ = [] {
    std::vector<Column> all;
    all.reserve(max_columns);
    return all;
  }();
};

std::string to_csv(const Table& table);                          // RFC 4180, LF, header line
std::string to_json(const Table& table);                         // array of objects, null for no value, LF at the end
void append_csv_field(std::string& out, std::string_view text);  // with quotes where RFC 4180 asks for them
// Aligned text; numbers to the right. `width` > 0 cuts texts so that lines fit. Display width of CJK counts two.
std::string to_text(const Table& table, std::size_t width = 0);
// Columns a UTF-8 text takes on a terminal.
std::size_t display_width(std::string_view text);
// Shortest decimal form that reads back equal: "0.1", "36860000.6103516".
std::string number_text(double value);
// With a fixed number of decimals, "-0.0" written as "0.0".
std::string number_text(double value, int decimals);

}  // namespace stocktake
