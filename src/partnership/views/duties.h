// Reporting duties: who had to report by when, and what became of it. Made for the Communication on Progress of the UN Global
// Compact; the periods are those of a rule of reference/reporting_duties.csv, each with its source. Columns of the user's table
// and limits: docs/commitments.md, "Reporting duties".
//
//   due       = last report + every            (first report: joined + first, or the rule's own first day)
//   due       = due + days of extension
//   delisted  from the day after due + delist
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/table.h"

namespace stocktake {

// One line of the rules: for a kind of actor, those who joined before a day first.
struct DutyRule {
  std::string rule, kind;             // "un-global-compact"; "business", "non_business"
  std::optional<Date> joined_before;  // none: everybody else
  int first_months = 12;              // from joining to the first report
  std::optional<Date> first_due;      // instead of that
  int every_months = 12;              // from one report to the next
  int delist_months = 12;             // from a missed day to delisting
  std::string evidence, citation, note;
};
std::vector<DutyRule> load_duty_rules(const std::string& reference_folder);  // Error(not_found | input)

// Replaces periods of every line of a rule; from the command line.
struct DutyPeriods {
  std::optional<int> first_months, every_months, delist_months, grace_days;
};

// An actor as the user's table tells of it.
struct DutyActor {
  std::string name, kind = "business", sector, country;
  Date joined;
  std::vector<Date> reports;  // sorted
  int extension_days = 0;     // granted for the report that is due next
  std::uint64_t line = 0;
};
struct DutyReject {
  std::uint64_t line = 0;
  std::string field, problem, remedy;
};
struct DutyFile {
  std::vector<DutyActor> actors;
  std::vector<DutyReject> rejects;
  std::vector<std::string> ignored;  // columns that nothing was made of
};
// Columns: name, joined (both required), kind, sector, country, last_report or reports (several days, with ";" between them),
// extension_days. Bad rows are rejected with their line and field, the rest is read. Throws Error(not_found | input).
DutyFile read_duties(const std::string& path);
DutyFile read_duties_text(std::string text, const std::string& name);

enum class DutyStatus : std::uint8_t {
  communicated,  // has reported, and the next report is not overdue
  not_yet_due,   // has never reported, and the first report is not overdue
  late,          // the day has passed ("non-communicating")
  delisted,      // so long ago that the rule delists
};
std::string_view to_string(DutyStatus status);

struct Duty {
  std::size_t actor = 0;  // DutyFile::actors
  DutyStatus status = DutyStatus::communicated;
  std::optional<Date> last_report;  // by the day
  Date due, delisting;              // the next report; the last day on which a report still keeps the actor
  long days_late = 0;               // 0 where nothing is overdue
};
struct DutyCounts {
  std::string name;  // of the country or the sector; "" where the table does not say
  int actors = 0, communicated = 0, not_yet_due = 0, late = 0, delisted = 0;
};
struct DutiesOnDay {
  Date at;
  std::string rule;
  std::vector<DutyActor> actors;
  std::vector<Duty> duties;         // the most days late first, then by name, then by line
  std::vector<DutyReject> rejects;  // of the file, and rows that the day or the rule cannot judge
  std::size_t not_joined = 0;       // joined after the day: left out
  DutyCounts all;
  std::vector<DutyCounts> by_country, by_sector;  // by name
};
// Throws Error(not_found) for a rule that is not there, Error(usage) for a period that is not positive.
DutiesOnDay judge_duties(const DutyFile& file, const std::vector<DutyRule>& rules, const std::string& rule,
                         const DutyPeriods& periods, Date at);

// A day some months later; the last day of the month where it has no such day (31 January + 1 = 28 or 29 February).
Date add_months(Date date, int months);
Date add_days(Date date, long days);

Table duty_table(const DutiesOnDay& duties);
Table duty_counts_table(const std::vector<DutyCounts>& counts, const char* column);
Table duty_reject_table(const DutiesOnDay& duties);

}  // namespace stocktake
