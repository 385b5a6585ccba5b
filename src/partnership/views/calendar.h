// What fell due and what is coming: due dates of commitments and their milestones, by day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/table.h"
#include "partnership/views/account.h"
#include "partnership/views/waterfall.h"

namespace stocktake {

enum class DueState : std::uint8_t {
  overdue,  // the day is past, and it is neither delivered nor withdrawn
  coming,   // the day is not past
  kept,     // delivered, or a milestone whose value was reached in time
  missed,   // delivered after the day, or a milestone whose value was not reached by its day
  closed,   // withdrawn, or a milestone of what was delivered or withdrawn and has no value
};
std::string_view to_string(DueState state);

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
// By day, then in the order of the register, the commitment before its milestones. A milestone's value is held against what was
// told as delivered (or disbursed) by its day where the commitment is an amount of money; for a series it is not judged here.
std::vector<DueDay> due_calendar(const Accounts& accounts, const CalendarOptions& options = {});

Table to_table(const std::vector<DueDay>& calendar);

}  // namespace stocktake
