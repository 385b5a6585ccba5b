// Commitments to try things on; figures and sentences are made up for the test.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/error.h"
#include "base/log_sample.h"
#include "partnership/register/changes.h"
#include "partnership/register/record.h"
#include "partnership/register/register.h"

namespace stocktake::testing {

inline const char* const sample_time = "2014-01-02T03:04:05Z";

inline Commitment sample_commitment(const std::string& id = "C-1") {
  Commitment commitment;
  commitment.id = id;
  commitment.text = "a thousand wells";
  commitment.actor = {"FRA", "France", PartyKind::government};
  commitment.made = Date{2013, 10, 9};
  commitment.due = Date{2015, 12, 31};
  commitment.measure.amount = 1000;
  commitment.measure.currency = "EUR";
  return commitment;
}

inline StatusChange change(CommitmentStatus status, Date on, std::optional<double> amount = {}, std::uint64_t corrects = 0) {
  StatusChange change;
  change.status = status;
  change.on = on;
  change.amount = amount;
  change.corrects = corrects;
  return change;
}

// A register without a file: entries are numbered as they come.
class Desk {
 public:
  std::uint64_t take(LogEntry entry) {
    entry.number = next_;
    reg.apply(entry, "Desk");
    return next_++;
  }
  std::uint64_t add(const Commitment& commitment, const StatusChange& first) {
    return take(commitment_entry(commitment, first, sample_time));
  }
  std::uint64_t status(const StatusChange& change, const std::string& id = "C-1") {
    return take(status_entry(id, change, sample_time));
  }
  // The field that an entry is refused for; "" when it is taken.
  std::string refused(LogEntry entry) {
    try {
      take(std::move(entry));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::input);
      EXPECT_FALSE(error.problem().empty());
      return error.where().field;
    }
    return "";
  }
  const Commitment& operator[](const char* id) const { return *reg.find(id); }

  Register reg;

 private:
  std::uint64_t next_ = 1;
};

}  // namespace stocktake::testing
