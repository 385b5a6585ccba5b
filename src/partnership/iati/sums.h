// Sums of what IATI files say was budgeted, pledged, committed and spent, with nothing counted twice. The rules, and what each
// leaves out, are in docs/iati.md; every rule that took effect is told in the notes.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/table.h"
#include "ingest/iati/stream.h"
#include "partnership/iati/rates.h"
#include "partnership/iati/shares.h"

namespace stocktake::iati {

enum class Dimension : std::uint8_t { goal, country, year, sector, status, publisher, recipient, currency, hierarchy };
std::string_view to_string(Dimension dimension);
std::optional<Dimension> parse_dimension(std::string_view text);

struct SumOptions {
  std::vector<Dimension> by;
  std::string currency;          // to convert to; "" keeps each currency, in rows of its own
  const Rates* rates = nullptr;  // needed with `currency`
  bool as_published = false;     // count secondary reports, budgets of all levels and money passed on, too
  SectorGoals sector_goals;
  unsigned threads = 0;
};

struct Message {
  std::string file;
  std::uint64_t line = 0;
  std::string what;
};

struct SumResult {
  Table table;                  // one row a group and currency of its amounts
  std::vector<Message> faults;  // what could not be read or used
  std::vector<Message> notes;   // what was decided: rules against double counting, shares, rates
  bool broken = false;          // a file ended early
  std::uint64_t activities = 0, counted = 0, flows = 0, rejected = 0;
};

// Collects files one after the other, then gives the table.
class Sums {
 public:
  explicit Sums(SumOptions options);
  ~Sums();
  // Throws Error(input | not_found) where the file cannot be read as IATI activities at all.
  void add(ByteSource& source);
  SumResult finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace stocktake::iati
