// Units of measure (reference/units.csv): the codes inside, and what sources write for them. Immutable, thread-safe.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"

namespace stocktake {

struct Unit {
  std::string code;  // "PERCENT"
  LocalText name;
  std::string symbol;  // "%", "" where there is none
  std::vector<std::string> aliases;
};

class UnitCodes {
 public:
  // Throws Error(input) with file:line for a code or alias that stands twice.
  static UnitCodes load(const std::string& path);

  const std::vector<Unit>& all() const { return units_; }
  // By code, alias, or English name, whatever the case of its ASCII letters; null for an unknown one and for "".
  const Unit* find(std::string_view text) const;

 private:
  std::vector<Unit> units_;
  std::map<std::string, std::size_t, std::less<>> index_;  // lower-case text → place in units_
};

// A unit whose figures are shares of a hundred: its symbol is "%".
inline bool is_share(const Unit* unit) { return unit != nullptr && unit->symbol == "%"; }

}  // namespace stocktake
