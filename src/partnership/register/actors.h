// Who an actor is, in whatever language it was named: one id for "General Assembly", 大会 and "Assemblée générale", for "France",
// FR, 250 and 法国. Names of bodies and groups of actors are those of reference/clauses/*.json, ids that mean the same those of
// reference/actors.csv, areas those of reference/areas.csv and group_defs.csv. docs/commitments.md, "Actors".
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "framework/areas.h"
#include "partnership/register/commitment.h"

namespace stocktake {

class ActorTable {
 public:
  // Throws Error(not_found | input) with the file for tables that are missing or cannot be understood.
  static ActorTable load(const std::string& reference);

  // The id by which the register knows a party. An id that the party was given stays where the tables do not know it; one that
  // was only made of the name gives way to what the name means. Parties other than governments, UN bodies and `other` are no
  // areas: a business called Georgia is none. Idempotent.
  std::string resolve(const Party& party) const;
  // The same for an id or a name as a user types it; the text itself where nothing is known.
  std::string resolve(std::string_view text) const;

 private:
  std::string of_id(const std::string& id, bool area) const;
  std::string of_name(std::string_view name, bool area) const;

  AreaRegistry areas_;
  std::map<std::string, std::string, std::less<>> same_;        // an id → the one that stands for it; known ids → themselves
  std::map<std::string, std::string, std::less<>> forms_;       // folded name → id; "" where it means several
  std::map<std::string, std::string, std::less<>> area_names_;  // folded name → code; "" where it means several
};

// That of data_home(), loaded at its first use.
const ActorTable& actor_table();

// Letters and digits of any script, the rest one underscore: the id of a name that nothing knows.
std::string id_of_name(std::string_view name);

// Whether a text that a user typed means a party: its id, its name, or another name of the same actor.
bool is_party(const Party& party, const std::string& wanted);

}  // namespace stocktake
