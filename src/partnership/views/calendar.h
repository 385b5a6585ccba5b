// What fell due and what is coming: due dates of commitments and their milestones, by day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/table.h"
#include "partnership/register/milestones.h"
#include "partnership/views/account.h"
#include "partnership/views/waterfall.h"

namespace stocktake {

struct DueDay {
  Date day;
  const CommitmentAccount* account = nullptr;  // into Accounts
  int milestone = -1;                          // index into Commitment::milestones; -1: the commitment itself
  DueState state = DueState::coming;
  long days = 0;  // to the day: negative when it is past
};

struct CalendarOptions {
  std::optional<int> months_back, months_ahead;  // none: everything
  WaterfallOptions only;
};
// By day, then in the order of the register, the commitment before its milestones (register/milestones.h).
std::vector<DueDay> due_calendar(const Accounts& accounts, const CalendarOptions& options = {});

Table to_table(const std::vector<DueDay>& calendar);

}  // namespace stocktake
