// Areas and groups with dated membership (reference/areas.csv, group_defs.csv, groups.csv). Immutable after loading,
// thread-safe. Inside, an area is its ISO 3166 alpha-3 code and a group its code in group_defs.csv; at the edges any code or
// alias the registry knows is accepted (alpha-2, M49 with or without leading zeros, codes as sources write them).
//
// Dates in the files: `from` is the first day inside; of a month or a year, its first day. A full `to` is the day of the change
// (of graduation, of dissolution), so the day before is the last inside; a `to` that is only a month or a year does not name
// that day, and the last day of the month or year is the last inside.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/calendar.h"
#include "base/language.h"

namespace stocktake {

using AreaId = std::uint16_t;  // index into AreaRegistry::all(); stable within one process only

enum class AreaKind { country, historical, statistical, group };

struct Area {
  std::string code;  // "CHN", "LDC", "MDG_SSA"
  std::string iso2;
  std::string m49;  // three digits, "" when there is none
  AreaKind kind = AreaKind::country;
  std::string group_kind;  // of a group: m49, mdg, un, income, fragile, published
  LocalText name;
  std::optional<Date> from, to;  // existence, where known
};

struct Membership {
  AreaId area;
  std::optional<Date> from, to;  // both inclusive; none: no date known
  std::string source;            // key in reference/sources.csv
};

class AreaRegistry {
 public:
  // Reads the three files of a folder; throws Error(input) with file:line on a fault.
  static AreaRegistry load(const std::string& folder);

  const std::vector<Area>& all() const { return areas_; }
  const Area& at(AreaId id) const { return areas_[id]; }
  // Any code or alias, case-sensitive, then upper-cased; never a name.
  std::optional<AreaId> find(std::string_view code) const;
  bool is_group(AreaId id) const { return areas_[id].kind == AreaKind::group; }
  // Members of a group on a day, in the order of all(): a country that did not exist then is not a member.
  std::vector<AreaId> members(AreaId group, Date on) const;
  bool is_member(AreaId group, AreaId area, Date on) const;
  // The dated memberships of a group, as in the file.
  const std::vector<Membership>& memberships(AreaId group) const;
  // Groups with at least one member, in the order of group_defs.csv.
  std::vector<AreaId> groups() const;
  const std::string& hash() const { return hash_; }  // BLAKE2b-256 (hex) over the three files

 private:
  std::vector<Area> areas_;
  std::vector<std::vector<Membership>> memberships_;  // parallel to areas_
  std::unordered_map<std::string, AreaId> by_code_;
  std::string hash_;
};

}  // namespace stocktake
