// The distinct texts of a block's column as they stand in the message: made once a block, copied once a row.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/sdmx/data.h"

namespace stocktake::sdmx {

class Fragments {
 public:
  // `make(bytes, text)` appends what stands for a text; nothing stands for one that is not given.
  template <typename Make>
  void build(const Dictionary& texts, const Make& make) {
    bytes_.clear();
    ends_.assign(1, 0);
    for (std::uint32_t code = 1; code < texts.size(); ++code) {
      make(bytes_, texts.text(code));
      ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    }
  }
  std::string_view of(std::uint32_t code) const {
    if (code == 0) return {};
    return std::string_view(bytes_).substr(ends_[code - 1], ends_[code] - ends_[code - 1]);
  }

 private:
  std::string bytes_;
  std::vector<std::uint32_t> ends_{0};
};

}  // namespace stocktake::sdmx
