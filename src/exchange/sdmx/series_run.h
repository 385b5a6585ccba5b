// Whether a row goes on with the series of the row before it: for formats that write a series once, with its rows inside.
#pragma once

#include <string>
#include <vector>

#include "exchange/sdmx/survey.h"

namespace stocktake::sdmx {

class SeriesRun {
 public:
  // Of a new data set.
  void restart() { last_key_.clear(); }
  // The row before has the same key; for the first row of a block, the last one of the block before.
  bool goes_on(const PlannedDataset& planned, const Block& block, std::size_t row) const {
    for (std::size_t k = 0; k < planned.key.size(); ++k) {
      if (planned.key[k] >= block.columns.size()) continue;  // comes in a later block
      const Column& column = block.columns[planned.key[k]];
      const bool same =
          row == 0 ? column.texts.text(column.codes[0]) == last_key_[k] : column.codes[row] == column.codes[row - 1];
      if (!same) return false;
    }
    return true;
  }
  // Keeps the key of the block's last row: the numbers of its texts end with the block.
  void keep(const PlannedDataset& planned, const Block& block) {
    if (block.rows() == 0) return;
    last_key_.resize(planned.key.size());
    for (std::size_t k = 0; k < planned.key.size(); ++k) {
      if (planned.key[k] >= block.columns.size()) continue;
      const Column& column = block.columns[planned.key[k]];
      last_key_[k] = column.texts.text(column.codes[block.rows() - 1]);
    }
  }

 private:
  std::vector<std::string> last_key_;
};

}  // namespace stocktake::sdmx
