// Who keeps promises: one row an actor. The ranking rule is our own choice: docs/commitments.md, "League table".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/table.h"
#include "partnership/views/account.h"

namespace stocktake {

// Sums of one actor in one unit of money.
struct LeagueMoney {
  std::string unit;
  int commitments = 0;
  double promised = 0, delivered = 0, gap = 0, beyond = 0;
  double share = 0;  // delivered / promised; NaN for promises of 0
};

struct LeagueRow {
  Party actor;
  int commitments = 0;
  int kept = 0, broken = 0;  // by their measure, or told as delivered / overdue without one
  int overdue = 0, withdrawn = 0;
  int counted = 0;                 // commitments with a fulfilment
  double fulfilled = 0;            // mean fulfilment of those; NaN where there is none
  std::optional<int> rank;         // 1 the best; equal rows share it, and the next one is left out (1, 2, 2, 4)
  std::vector<LeagueMoney> money;  // by unit
};

// By rank: the higher mean fulfilment first, of equal means (to 1e-9) the fewer overdue. Equal rows and those without a rank by
// name, then id.
std::vector<LeagueRow> league_table(const Accounts& accounts);

// One row an actor and unit of money.
Table to_table(const std::vector<LeagueRow>& league, bool brief);

}  // namespace stocktake
