// What is kept of an activity until all files are read: its amounts by the dimensions asked for, and what the rules against
// double counting need to know.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/flat_index.h"
#include "partnership/iati/sums.h"

namespace stocktake::iati {

// Texts as numbers, in the order of their first use.
class Texts {
 public:
  std::uint32_t id(std::string_view text);
  const std::string& at(std::uint32_t id) const { return texts_[id]; }
  std::size_t size() const { return texts_.size(); }

 private:
  FlatIndex index_;
  std::vector<std::string> texts_;
};

inline constexpr std::size_t most_dimensions = 9;
// Ids of the texts of each dimension asked for, the currency of the amount behind them; the rest 0.
using Group = std::array<std::uint32_t, most_dimensions + 1>;

struct Cell {
  Group group{};
  std::uint32_t receiver = 0;  // 1 + id of the activity that gets the money; 0: none named
  FlowKind kind = FlowKind::unknown;
  double amount = 0;
  std::uint32_t flows = 0;  // parts of flows
};

// How often a decision was taken, with an example.
struct Tally {
  std::uint64_t count = 0;
  std::uint64_t line = 0;
};
enum class Decision : std::uint8_t {
  original_budget,
  sector_shares,
  place_shares,
  no_value_date,
  unconverted,
  far_rate,
  regions,
  overlapping_budget,
  long_budget,
};
inline constexpr std::size_t decisions = 9;

struct Record {
  std::string identifier, publisher, last_updated;
  std::uint64_t line = 0;
  int hierarchy = 1;
  bool secondary = false;
  std::uint32_t flows = 0;
  std::uint32_t kinds = 0;  // bits of FlowKind with counted flows
  std::vector<std::string> parents, children;
  std::vector<Cell> cells;
};

struct BatchResult {
  Texts texts;  // ids of groups and receivers
  std::vector<Record> records;
  std::vector<Fault> faults;
  std::array<Tally, decisions> decisions_taken{};
  std::uint64_t flows = 0, rejected = 0;
};

// Runs on any thread.
BatchResult cells_of(const Batch& batch, const SumOptions& options);

}  // namespace stocktake::iati
