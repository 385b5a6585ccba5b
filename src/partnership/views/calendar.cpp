#include "partnership/views/calendar.h"

#include <algorithm>

#include "partnership/views/duties.h"

namespace stocktake {
namespace {

DueState state_of(const CommitmentAccount& row, Date at) {
  if (row.status == CommitmentStatus::withdrawn) return DueState::closed;
  if (row.status == CommitmentStatus::delivered) {
    return row.delivered_on && *row.commitment->due < *row.delivered_on ? DueState::missed : DueState::kept;
  }
  return *row.commitment->due < at ? DueState::overdue : DueState::coming;
}

}  // namespace

std::vector<DueDay> due_calendar(const Accounts& accounts, const CalendarOptions& options) {
  std::vector<DueDay> calendar;
  const Date first = options.months_back ? add_months(accounts.at, -*options.months_back) : Date{-32767, 1, 1};
  const Date last = options.months_ahead ? add_months(accounts.at, *options.months_ahead) : Date{32767, 12, 31};
  const auto add = [&](DueDay day) {
    if (day.day < first || last < day.day) return;
    day.days = days_between(accounts.at, day.day);
    calendar.push_back(day);
  };
  for (const CommitmentAccount& row : accounts.rows) {
    const Commitment& commitment = *row.commitment;
    if (!is_meant(commitment, options.only)) continue;
    if (commitment.due) add({*commitment.due, &row, -1, state_of(row, accounts.at), 0});
    for (std::size_t m = 0; m < commitment.milestones.size(); ++m) {
      add({commitment.milestones[m].due, &row, static_cast<int>(m), row.delivery.milestones[m].state, 0});
    }
  }
  std::stable_sort(calendar.begin(), calendar.end(), [](const DueDay& a, const DueDay& b) { return a.day < b.day; });
  return calendar;
}

Table to_table(const std::vector<DueDay>& calendar) {
  Table table;
  auto& day = table.add_texts("day");
  auto& state = table.add_texts("state");
  auto& days = table.add_integers("days");
  auto& id = table.add_texts("commitment");
  auto& actor = table.add_texts("actor");
  auto& what = table.add_texts("what");
  for (const DueDay& one : calendar) {
    const Commitment& commitment = *one.account->commitment;
    day.push_back(to_string(one.day));
    state.emplace_back(to_string(one.state));
    days.push_back(one.days);
    id.push_back(commitment.id);
    actor.push_back(commitment.actor.name);
    what.push_back(one.milestone < 0 ? commitment.text : commitment.milestones[static_cast<std::size_t>(one.milestone)].text);
  }
  return table;
}

}  // namespace stocktake
