// Registers made by hand for tests of the views.
#pragma once

#include <string>
#include <vector>

#include "partnership/register/changes.h"
#include "partnership/register/register.h"
#include "partnership/views/account.h"

namespace stocktake::testing {

inline constexpr const char* noon = "2010-01-01T12:00:00Z";

class RegisterMaker {
 public:
  // A commitment of an amount; 0 for none.
  Commitment commitment(const std::string& id, const std::string& actor, double amount = 0, const std::string& currency = "USD") {
    Commitment one;
    one.id = id;
    one.text = "promise " + id;
    one.actor = {actor, actor, PartyKind::government};
    if (amount > 0) {
      one.measure.amount = amount;
      one.measure.currency = currency;
    }
    one.made = Date{2005, 1, 1};
    one.due = Date{2015, 1, 1};
    return one;
  }
  void add(const Commitment& commitment, CommitmentStatus first = CommitmentStatus::pledged) {
    StatusChange change;
    change.status = first;
    change.on = commitment.made.value_or(Date{2005, 1, 1});
    apply(commitment_entry(commitment, change, noon));
  }
  void status(const std::string& id, CommitmentStatus status, Date on, std::optional<double> amount = {}) {
    StatusChange change;
    change.status = status;
    change.on = on;
    change.amount = amount;
    apply(status_entry(id, change, noon));
  }
  void evidence(const std::string& id, const EvidenceLink& link) { apply(evidence_entry(id, link, noon)); }
  const Register& get() const { return all_; }
  Accounts on(Date day) const { return take_account(all_, day, nullptr, {}); }

 private:
  void apply(LogEntry entry) {
    entry.number = ++entries_;
    all_.apply(entry, "Test office");
  }
  Register all_;
  std::uint64_t entries_ = 0;
};

}  // namespace stocktake::testing
