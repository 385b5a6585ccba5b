// How a flow is shared out among sectors, places and goals: fractions that add up to 1, so that nothing is counted twice.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/iati/activity.h"

namespace stocktake::iati {

// What had to be decided where the percentages of a list do not say it.
enum class Adjustment : std::uint8_t {
  none,
  normalised,       // the percentages add up to something else than 100 (by more than 0.05): divided by their sum
  equal_parts,      // several entries without percentages: equal parts
  filled,           // some without: they share what the others leave
  regions_ignored,  // countries account for all, or regions of another vocabulary do
  too_many,         // more than most_parts entries: not shared out
};
std::string_view to_string(Adjustment adjustment);
inline constexpr std::size_t most_parts = 1000;  // of a list; there are some 300 sectors and 250 countries

struct Part {
  std::string code;  // "" when nothing is said
  double fraction = 1;
};
struct Split {
  std::vector<Part> parts;  // never empty
  Adjustment adjustment = Adjustment::none;
};

// Sectors of one vocabulary: DAC five digits (1, and no vocabulary; "DAC" of 1.0x), else DAC three digits, else the first other
// one, publishers' own last. Codes of other vocabularies are written VOCABULARY:CODE. SDG vocabularies (7, 8, 9) serve goals
// only.
Split sectors_of(std::span<const Share> shares);
// Countries and regions together. Regions beside countries that get all are where those lie, and ignored. Regions of several
// vocabularies: one counts (1, else the first other, 99 last), unless all percentages together make 100. Codes of regions outside
// vocabulary 1 are written VOCABULARY:CODE.
Split places_of(std::span<const Share> shares);

// Which goals a sector serves, where a user brings a table: CSV with the columns sector, goal and optionally share (of the
// sector's money; else equal parts). There is no such table of the OECD or of IATI that could be shipped (docs/iati.md).
class SectorGoals {
 public:
  static SectorGoals load(const std::string& path);
  const std::vector<Part>* of(std::string_view sector) const;
  bool empty() const { return goals_.empty(); }

 private:
  std::map<std::string, std::vector<Part>, std::less<>> goals_;
};

inline constexpr std::string_view unassigned = "unassigned";

// Goals of a flow, the first that says something: its own sectors of vocabulary 7 (goals) or 8 (targets); the activity's; the
// activity's tags of vocabulary 2 or 3, each goal an equal part; SDG indicators (vocabulary 9) its results refer to, likewise;
// the table for `sectors`; else "unassigned".
Split goals_of(const Activity& activity, std::span<const Share> own_sectors, const Split& sectors, const SectorGoals& table);
// 3 of "3", "3.8", "3.8.1", "03"; 0 when it is no goal of 1 to 17.
int goal_number(std::string_view code);

}  // namespace stocktake::iati
