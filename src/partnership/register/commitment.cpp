#include "partnership/register/commitment.h"

#include <array>

#include "partnership/register/register.h"

namespace stocktake {
namespace {

constexpr std::array<std::string_view, 7> statuses{"proposed",  "pledged", "committed", "disbursed",
                                                   "delivered", "overdue", "withdrawn"};
constexpr std::array<std::string_view, 8> parties{"government", "un_body",         "business", "civil_society",
                                                  "foundation", "local_authority", "academia", "other"};

template <typename Value, std::size_t N>
std::optional<Value> parse(const std::array<std::string_view, N>& names, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == text) return static_cast<Value>(i);
  }
  return std::nullopt;
}

bool is_open(CommitmentStatus status) {
  return status == CommitmentStatus::pledged || status == CommitmentStatus::committed || status == CommitmentStatus::disbursed;
}

}  // namespace

std::string_view to_string(CommitmentStatus value) { return statuses[static_cast<std::size_t>(value)]; }
std::string_view to_string(PartyKind value) { return parties[static_cast<std::size_t>(value)]; }
std::optional<CommitmentStatus> parse_status(std::string_view text) { return parse<CommitmentStatus>(statuses, text); }
std::optional<PartyKind> parse_party_kind(std::string_view text) { return parse<PartyKind>(parties, text); }

const StatusChange* Commitment::change_on(Date day) const {
  const StatusChange* last = nullptr;
  for (const StatusChange& change : history) {
    if (!change.struck && change.on <= day && (last == nullptr || change.on >= last->on)) last = &change;
  }
  return last;
}

CommitmentStatus Commitment::status_on(Date day) const {
  const StatusChange* const change = change_on(day);
  CommitmentStatus status = CommitmentStatus::proposed;
  if (change != nullptr) {
    status = change->status;
  } else if (!history.empty()) {
    status = history.front().status;
  }
  return is_open(status) && due && *due < day ? CommitmentStatus::overdue : status;
}

MoneyTold money_on(const Commitment& commitment, Date day) {
  MoneyTold told;
  told.promised = commitment.measure.amount;
  // By the day of each change, those of one day in the order of the log.
  Date pledged, committed, delivered;
  bool done = false;
  for (const StatusChange& change : commitment.history) {
    if (change.struck || change.on > day) continue;
    const bool pledge = change.status == CommitmentStatus::pledged || change.status == CommitmentStatus::proposed;
    if (pledge && change.amount && change.on >= pledged) {
      told.promised = change.amount;
      pledged = change.on;
    }
    if (change.status == CommitmentStatus::committed && change.amount && change.on >= committed) {
      told.committed = change.amount;
      committed = change.on;
    }
    if (change.status == CommitmentStatus::disbursed && change.amount) {
      told.disbursed = told.disbursed.value_or(0) + *change.amount;
    }
    if (change.status == CommitmentStatus::delivered && change.on >= delivered) {
      told.delivered = change.amount;
      delivered = change.on;
      done = true;
    }
  }
  if (done && !told.delivered) told.delivered = told.disbursed ? told.disbursed : told.promised;
  return told;
}

std::optional<long> days_late(const Commitment& commitment, Date day) {
  const CommitmentStatus status = commitment.status_on(day);
  const bool waits = is_open(status) || status == CommitmentStatus::overdue;
  if (!commitment.due || !waits) return std::nullopt;
  return days_between(*commitment.due, day);
}

std::optional<Date> delivered_on(const Commitment& commitment, Date day) {
  const StatusChange* const change = commitment.change_on(day);
  if (change == nullptr || change->status != CommitmentStatus::delivered) return std::nullopt;
  return change->on;
}

bool may_follow(CommitmentStatus before, CommitmentStatus after) {
  using enum CommitmentStatus;
  switch (before) {
    case proposed: return after == pledged || after == withdrawn;
    case pledged: return after != proposed;
    case committed: return after != proposed && after != pledged;
    case disbursed: return after == disbursed || after == delivered || after == overdue || after == withdrawn;
    case overdue: return after == committed || after == disbursed || after == delivered || after == withdrawn;
    case delivered:
    case withdrawn: return false;
  }
  return false;
}

}  // namespace stocktake
