// The register on a day: of each commitment its status, what was delivered, and how far it is fulfilled. What every other view is
// made of. Formulas and choices: docs/commitments.md, "Accountability".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "partnership/register/delivery.h"
#include "partnership/register/register.h"
#include "store/store.h"

namespace stocktake {

// Amounts of a commitment that reached each stage, all within what was promised:
//   promised >= committed >= disbursed >= delivered >= 0,  gap = promised - delivered
// A later stage implies the earlier ones; where nothing was told as delivered, what was disbursed counts (as in Delivery).
struct MoneyStages {
  double promised = 0, committed = 0, disbursed = 0, delivered = 0;
  double beyond = 0;  // delivered above the promise; not within `delivered`
  double gap() const { return promised - delivered; }
};
MoneyStages stages_of(const MoneyTold& money);

struct CommitmentAccount {
  const Commitment* commitment = nullptr;  // into the register, which must outlive this
  CommitmentStatus status = CommitmentStatus::proposed;
  std::optional<long> late;          // days, positive after the due date; empty where closed or without a due date
  std::optional<Date> delivered_on;  // told as delivered
  Delivery delivery;
  std::optional<MoneyStages> money;  // where an amount was promised
  // How far it is fulfilled, 0 to 1 (our choice): told as delivered 1; by amounts delivered / promised; by a series 1 when the
  // rule holds, else latest / target for a level to be reached from below, else the way made from the base to the target. What
  // has no measure, and what was withdrawn, is 0 once it is withdrawn or overdue. Empty where nothing can be said.
  std::optional<double> fulfilled;
  bool overdue() const { return late && *late > 0; }
  bool open() const { return status != CommitmentStatus::delivered && status != CommitmentStatus::withdrawn; }
};

struct Accounts {
  Date at;
  std::vector<CommitmentAccount> rows;  // in the order of the register; those that a person has confirmed
  std::size_t proposed = 0;             // waiting for a person: left out
  std::size_t later = 0;                // made after the day: left out
};
// `store` may be null: only money and words are told then.
Accounts take_account(const Register& all, Date at, const Store* store, const DeliveryContext& context);

// What an amount is counted in: "USD", "USD, constant 2022". Amounts of different units are never added.
std::string money_unit(const Measure& measure);

}  // namespace stocktake
