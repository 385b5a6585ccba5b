#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stocktake::sdmx {

// What a name stands for that is no column.
inline constexpr std::size_t value_column = SIZE_MAX;         // the primary measure
inline constexpr std::size_t passed_over = SIZE_MAX - 1;      // an attribute of XML that is no component
inline constexpr std::size_t measure_by_type = SIZE_MAX - 2;  // xsi:type, where measures are explicit

// Columns by name and place: elements of one kind nearly always have the same attributes in the same order.
class ColumnCache {
 public:
  void clear() { known_.clear(); }
  void restart() { next_ = 0; }
  template <typename Find>
  std::size_t column(std::string_view name, const Find& find) {
    if (next_ < known_.size() && known_[next_].first == name) return known_[next_++].second;
    const auto found = std::find_if(known_.begin(), known_.end(), [&](const auto& one) { return one.first == name; });
    if (found != known_.end()) {
      next_ = static_cast<std::size_t>(found - known_.begin()) + 1;
      return found->second;
    }
    known_.emplace_back(name, find(name));
    next_ = known_.size();
    return known_.back().second;
  }

 private:
  std::vector<std::pair<std::string, std::size_t>> known_;
  std::size_t next_ = 0;
};

}  // namespace stocktake::sdmx
