// A hash index over things that are kept elsewhere in a vector: open addressing, no allocation for an entry. The caller
// supplies hashes and the comparison; ids are the positions in its vector, in the order of insertion.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace stocktake {

class FlatIndex {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;

  // The id of an entry with this hash for which `same(id)` is true; none when there is none.
  template <typename Same>
  std::uint32_t find(std::uint64_t hash, const Same& same) const {
    if (slots_.empty()) return none;
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = spread(hash) & mask;; at = (at + 1) & mask) {
      const std::uint32_t id = slots_[at];
      if (id == none) return none;
      if (hashes_[id] == hash && same(id)) return id;
    }
  }
  // Adds the next id (the number of entries so far).
  std::uint32_t insert(std::uint64_t hash) {
    if (2 * (hashes_.size() + 1) > slots_.size()) grow();
    const auto id = static_cast<std::uint32_t>(hashes_.size());
    hashes_.push_back(hash);
    place(hash, id);
    return id;
  }
  std::size_t size() const { return hashes_.size(); }

 private:
  static std::size_t spread(std::uint64_t hash) { return static_cast<std::size_t>((hash * 0x9E3779B97F4A7C15ULL) >> 20); }
  void place(std::uint64_t hash, std::uint32_t id) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = spread(hash) & mask;
    while (slots_[at] != none) at = (at + 1) & mask;
    slots_[at] = id;
  }
  void grow() {
    slots_.assign(slots_.empty() ? 1024 : 4 * slots_.size(), none);
    for (std::uint32_t id = 0; id < hashes_.size(); ++id) place(hashes_[id], id);
  }

  std::vector<std::uint32_t> slots_;   // ids, a power of two of them, at most half full
  std::vector<std::uint64_t> hashes_;  // by id
};

}  // namespace stocktake
