// The register of commitments: what replaying the log's entries gives. Every entry is checked by the rules of apply(), when it is
// written and when it is read; nothing is overwritten. docs/commitments.md tells the rules to people.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/chain_log.h"
#include "partnership/register/commitment.h"

namespace stocktake {

class Register {
 public:
  Register() = default;
  // Throws Error(not_found) without a file, Error(check_failed) for a log that is not sound or an entry that breaks the rules.
  static Register load(const std::string& path);
  // The same, or an empty register where there is no file yet.
  static Register load_if_there(const std::string& path);
  static Register of(const LogWriter& writer);

  // In the order of the log.
  const std::vector<Commitment>& commitments() const { return commitments_; }
  const Commitment* find(std::string_view id) const;
  // The head of the log that it was read from, and whether an unfinished end was left out.
  const LogCheck& check() const { return check_; }

  // Takes one entry of the log. Throws Error(input) with the field when it breaks a rule; the register is then as before.
  // Entries of kinds that it does not know (those of other registers) are passed over.
  void apply(const LogEntry& entry, std::string_view signer);

 private:
  Commitment& at(const std::string& id);
  void add(const LogEntry& entry, const nlohmann::json& payload, std::string_view signer);
  void correct(const LogEntry& entry, const nlohmann::json& payload, std::string_view signer);
  void tell_milestone(const LogEntry& entry, const nlohmann::json& payload, std::string_view signer);

  std::vector<Commitment> commitments_;
  std::map<std::string, std::size_t, std::less<>> index_;
  LogCheck check_;
};

// The register beside a store: "x.duckdb" → "x.register.jsonl"; another name gets ".register.jsonl" behind it.
std::string register_path(const std::string& store_path);

// Whether a status may follow another: the table of docs/commitments.md.
bool may_follow(CommitmentStatus before, CommitmentStatus after);

// Sums of a commitment with an amount, by a day, in measure.currency; empty where nothing was told.
struct MoneyTold {
  std::optional<double> promised;   // the last amount pledged, else the measure's
  std::optional<double> committed;  // the last amount committed
  std::optional<double> disbursed;  // the sum of the instalments
  std::optional<double> delivered;  // what the last "delivered" tells; without an amount there: disbursed, else promised
};
MoneyTold money_on(const Commitment& commitment, Date day);

// Days from the due date to the day, while it is neither delivered nor withdrawn nor only proposed; negative before it is due.
// Empty without a due date, and for what is closed. After a late delivery: see delivered_on.
std::optional<long> days_late(const Commitment& commitment, Date day);
// When it was told as delivered, by that day.
std::optional<Date> delivered_on(const Commitment& commitment, Date day);

}  // namespace stocktake
