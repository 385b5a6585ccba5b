// A plain data table that becomes a list of cards on a narrow screen: each cell carries its column's label. The roles keep
// it a table for screen readers there, too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/html.h"

namespace stocktake {

class Grid {
 public:
  struct Column {
    std::string label;
    bool number = false;  // aligned at the end
  };

  Grid(Html& html, std::string_view caption, std::vector<Column> columns);
  void row();                          // starts a row; its cells follow in the order of the columns
  void header(std::string_view text);  // the cell that names the row
  void cell(std::string_view text);    // "" shows a dash
  Html& open();                        // a cell with content of its own; end it with close()
  void close();
  void finish();  // ends the table; call once

 private:
  const Column& next();
  Html& html_;
  std::vector<Column> columns_;
  std::size_t at_ = 0;
  bool in_row_ = false;
};

}  // namespace stocktake
