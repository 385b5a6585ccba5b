// Uncertainty as a bar: the interval at the deadline against the target, and the range of a rank.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "report/html.h"
#include "report/view.h"

namespace stocktake {

// The value axis that the rows of one table share. Rows without a forecast neither count nor are drawn.
class IntervalAxis {
 public:
  void include(const View& view, const Assessment& row);
  // Light: 80 %, dark: 50 %, a line for the target (parity: a zone) and a dot for the latest figure. It grows from the start of
  // the line, so that CSS mirrors it for right-to-left languages.
  void draw(Html& html, const View& view, const Assessment& row) const;

 private:
  struct Ends {
    double low, high;
  };
  Ends ends() const;
  std::vector<double> figures_, fans_;
};

// The list that explains the bar.
void write_interval_key(Html& html, const View& view);

// The 90 % range of a rank among `ranks`, with the rank as published.
void draw_rank(Html& html, std::size_t rank, const Stability& stability, std::size_t ranks);

}  // namespace stocktake
