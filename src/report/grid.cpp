#include "report/grid.h"

namespace stocktake {

Grid::Grid(Html& html, std::string_view caption, std::vector<Column> columns) : html_(html), columns_(std::move(columns)) {
  html_.open("table", {{"class", "grid"}, {"role", "table"}}).element("caption", caption);
  html_.open("thead", {{"role", "rowgroup"}}).open("tr", {{"role", "row"}});
  for (const Column& column : columns_) {
    html_.element("th", {{"scope", "col"}, {"role", "columnheader"}, {"class", column.number ? "n" : "t"}}, column.label);
  }
  html_.close().close().line().open("tbody", {{"role", "rowgroup"}});
}

const Grid::Column& Grid::next() { return columns_.at(at_++); }

void Grid::row() {
  if (in_row_) html_.close().line();
  html_.open("tr", {{"role", "row"}});
  in_row_ = true;
  at_ = 0;
}

void Grid::header(std::string_view text) {
  const Column& column = next();
  html_.element("th", {{"scope", "row"}, {"role", "rowheader"}, {"data-label", column.label}}, text);
}

Html& Grid::open() {
  const Column& column = next();
  html_.open("td", {{"role", "cell"}, {"class", column.number ? "n" : "t"}, {"data-label", column.label}});
  return html_;
}

void Grid::close() { html_.close(); }

void Grid::cell(std::string_view text) {
  open().text(text.empty() ? "–" : text);
  close();
}

void Grid::finish() {
  if (in_row_) html_.close();
  html_.close().close().line();
}

}  // namespace stocktake
