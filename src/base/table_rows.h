// A table of a list of things, column by column: the name of a column and what stands in its cells, side by side.
//
//   TableRows rows(donors);
//   rows.texts("donor", [](const Donor& one) { return one.area; });
//   return std::move(rows).table();
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/table.h"

namespace stocktake {

template <class Row>
class TableRows {
 public:
  explicit TableRows(const std::vector<Row>& rows) : rows_(&rows) {}

  template <class Cell>
  void texts(const char* name, Cell cell) {
    Table::Texts& column = table_.add_texts(name);
    column.reserve(rows_->size());
    for (const Row& row : *rows_) column.emplace_back(cell(row));
  }
  // Decimals in text tables; -1: the shortest exact form.
  template <class Cell>
  void numbers(const char* name, int decimals, Cell cell) {
    Table::Numbers& column = table_.add_numbers(name, decimals);
    column.reserve(rows_->size());
    for (const Row& row : *rows_) column.push_back(cell(row));
  }
  // The cell gives an integer or an optional one; none is an empty cell.
  template <class Cell>
  void integers(const char* name, Cell cell) {
    Table::Integers& column = table_.add_integers(name);
    column.reserve(rows_->size());
    for (const Row& row : *rows_) column.push_back(integer(cell(row)));
  }
  Table table() && { return std::move(table_); }

 private:
  template <class Number>
  static std::int64_t integer(const std::optional<Number>& value) {
    return value ? static_cast<std::int64_t>(*value) : Table::no_integer;
  }
  template <class Number>
  static std::int64_t integer(const Number& value) {
    return static_cast<std::int64_t>(value);
  }

  const std::vector<Row>* rows_;
  Table table_;
};

}  // namespace stocktake
