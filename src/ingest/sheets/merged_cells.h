// Cells that began in a row above and are merged down to this one: their text counts for each row that they cover.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace stocktake::sheets {

class MergedCells {
 public:
  void open(std::size_t column, std::size_t last_row, std::string text) { open_[column] = {last_row, std::move(text)}; }
  bool empty() const { return open_.empty(); }
  // Fills the cells of a row that are empty themselves; forgets what does not reach it.
  void fill(std::size_t row, std::vector<std::string>& cells) {
    for (auto at = open_.begin(); at != open_.end();) {
      const auto& [last_row, text] = at->second;
      if (last_row < row) {
        at = open_.erase(at);
        continue;
      }
      if (cells.size() <= at->first) cells.resize(at->first + 1);
      if (cells[at->first].empty()) cells[at->first] = text;
      ++at;
    }
  }

 private:
  std::map<std::size_t, std::pair<std::size_t, std::string>> open_;  // column → last row, text
};

}  // namespace stocktake::sheets
