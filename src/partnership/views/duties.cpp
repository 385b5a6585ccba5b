#include "partnership/views/duties.h"

#include <algorithm>
#include <chrono>
#include <map>

#include "base/error.h"

namespace stocktake {
namespace {

namespace chrono = std::chrono;

Date date_of(chrono::sys_days days) {
  const chrono::year_month_day day(days);
  return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
          static_cast<int>(static_cast<unsigned>(day.day()))};
}

// The first line of the rule for the actor's kind whose `joined_before` lies after the day of joining; null for no such kind.
const DutyRule* rule_for(const std::vector<DutyRule>& rules, const DutyActor& actor) {
  for (const DutyRule& rule : rules) {
    if (rule.kind == actor.kind && (!rule.joined_before || actor.joined < *rule.joined_before)) return &rule;
  }
  return nullptr;
}

std::vector<DutyRule> rules_with(const std::vector<DutyRule>& rules, const std::string& id, const DutyPeriods& periods) {
  std::vector<DutyRule> chosen;
  for (const DutyRule& rule : rules) {
    if (rule.rule == id) chosen.push_back(rule);
  }
  if (chosen.empty())
    throw Error(ErrorKind::not_found, "there is no reporting rule '" + id + "'",
                "Rules are lines of reference/reporting_duties.csv");
  const auto set = [](const std::optional<int>& months, int& into, const char* option) {
    if (!months) return;
    if (*months <= 0 || *months > 1200)
      throw Error(ErrorKind::usage, std::string(option) + ": expected a number of months from 1 to 1200", "Write 12 for a year");
    into = *months;
  };
  for (DutyRule& rule : chosen) {
    if (periods.first_months) rule.first_due.reset();
    set(periods.first_months, rule.first_months, "--first");
    set(periods.every_months, rule.every_months, "--every");
    set(periods.delist_months, rule.delist_months, "--delist-after");
  }
  return chosen;
}

Duty duty_of(const DutyActor& actor, const DutyRule& rule, int grace_days, Date at) {
  Duty duty;
  for (const Date report : actor.reports) {
    if (report <= at) duty.last_report = report;
  }
  if (duty.last_report) {
    duty.due = add_months(*duty.last_report, rule.every_months);
  } else {
    duty.due = rule.first_due && rule.joined_before ? *rule.first_due : add_months(actor.joined, rule.first_months);
  }
  duty.due = add_days(duty.due, actor.extension_days + grace_days);
  duty.delisting = add_months(duty.due, rule.delist_months);
  if (at <= duty.due) {
    duty.status = duty.last_report ? DutyStatus::communicated : DutyStatus::not_yet_due;
  } else {
    duty.status = at <= duty.delisting ? DutyStatus::late : DutyStatus::delisted;
    duty.days_late = days_between(duty.due, at);
  }
  return duty;
}

void count(DutyCounts& counts, DutyStatus status) {
  ++counts.actors;
  switch (status) {
    case DutyStatus::communicated: ++counts.communicated; break;
    case DutyStatus::not_yet_due: ++counts.not_yet_due; break;
    case DutyStatus::late: ++counts.late; break;
    case DutyStatus::delisted: ++counts.delisted; break;
  }
}

std::vector<DutyCounts> counts_by(const DutiesOnDay& all, const std::string DutyActor::*field) {
  std::map<std::string, DutyCounts> groups;
  for (const Duty& duty : all.duties) {
    const std::string& name = all.actors[duty.actor].*field;
    DutyCounts& group = groups[name];
    group.name = name;
    count(group, duty.status);
  }
  std::vector<DutyCounts> list;
  for (auto& [name, group] : groups) list.push_back(std::move(group));
  return list;
}

}  // namespace

std::string_view to_string(DutyStatus status) {
  switch (status) {
    case DutyStatus::communicated: return "communicated";
    case DutyStatus::not_yet_due: return "not_yet_due";
    case DutyStatus::late: return "late";
    case DutyStatus::delisted: return "delisted";
  }
  return "";
}

Date add_months(Date date, int months) {
  const chrono::year_month_day day =
      chrono::year(date.year) / chrono::month(static_cast<unsigned>(date.month)) / chrono::day(static_cast<unsigned>(date.day));
  chrono::year_month_day later = day + chrono::months(months);
  if (!later.ok()) later = later.year() / later.month() / chrono::last;
  return date_of(chrono::sys_days(later));
}

Date add_days(Date date, long days) { return date_of(chrono::sys_days(chrono::days(days_since_epoch(date) + days))); }

DutiesOnDay judge_duties(const DutyFile& file, const std::vector<DutyRule>& rules, const std::string& rule,
                         const DutyPeriods& periods, Date at) {
  const std::vector<DutyRule> chosen = rules_with(rules, rule, periods);
  const int grace = periods.grace_days.value_or(0);
  if (grace < 0 || grace > 3660)
    throw Error(ErrorKind::usage, "--grace: expected a number of days from 0 to 3660", "Write 90 for a grace period");
  DutiesOnDay all;
  all.at = at;
  all.rule = rule;
  all.actors = file.actors;
  all.rejects = file.rejects;
  for (std::size_t i = 0; i < file.actors.size(); ++i) {
    const DutyActor& actor = file.actors[i];
    if (at < actor.joined) {
      ++all.not_joined;
      continue;
    }
    const DutyRule* line = rule_for(chosen, actor);
    if (line == nullptr) {
      all.rejects.push_back({actor.line, "kind", "the rule '" + rule + "' says nothing of the kind '" + actor.kind + "'",
                             "Add a line to reference/reporting_duties.csv"});
      continue;
    }
    // A single report after the day: there were earlier ones perhaps, which the table does not tell.
    if (actor.reports.size() == 1 && at < actor.reports.front() && add_months(actor.joined, line->first_months) < at) {
      all.rejects.push_back({actor.line, "last_report",
                             "the only report, of " + to_string(actor.reports.front()) + ", lies after " + to_string(at) +
                                 ": earlier ones are not known",
                             "Give all days in the column 'reports'"});
      continue;
    }
    Duty duty = duty_of(actor, *line, grace, at);
    duty.actor = i;
    count(all.all, duty.status);
    all.duties.push_back(duty);
  }
  std::stable_sort(all.rejects.begin(), all.rejects.end(),
                   [](const DutyReject& a, const DutyReject& b) { return a.line < b.line; });
  std::sort(all.duties.begin(), all.duties.end(), [&](const Duty& a, const Duty& b) {
    const DutyActor &left = all.actors[a.actor], &right = all.actors[b.actor];
    if (a.days_late != b.days_late) return a.days_late > b.days_late;
    return left.name != right.name ? left.name < right.name : left.line < right.line;
  });
  all.by_country = counts_by(all, &DutyActor::country);
  all.by_sector = counts_by(all, &DutyActor::sector);
  return all;
}

Table duty_table(const DutiesOnDay& duties) {
  Table table;
  auto& name = table.add_texts("name");
  auto& kind = table.add_texts("kind");
  auto& sector = table.add_texts("sector");
  auto& country = table.add_texts("country");
  auto& status = table.add_texts("status");
  auto& late = table.add_integers("days_late");
  auto& due = table.add_texts("due");
  auto& last = table.add_texts("last_report");
  auto& joined = table.add_texts("joined");
  auto& delisting = table.add_texts("delisted_after");
  for (const Duty& duty : duties.duties) {
    const DutyActor& actor = duties.actors[duty.actor];
    name.push_back(actor.name);
    kind.push_back(actor.kind);
    sector.push_back(actor.sector);
    country.push_back(actor.country);
    status.emplace_back(to_string(duty.status));
    late.push_back(duty.days_late > 0 ? duty.days_late : Table::no_integer);
    due.push_back(to_string(duty.due));
    last.push_back(duty.last_report ? to_string(*duty.last_report) : "");
    joined.push_back(to_string(actor.joined));
    delisting.push_back(to_string(duty.delisting));
  }
  return table;
}

Table duty_counts_table(const std::vector<DutyCounts>& counts, const char* column) {
  Table table;
  auto& name = table.add_texts(column);
  auto& actors = table.add_integers("actors");
  auto& communicated = table.add_integers("communicated");
  auto& not_yet = table.add_integers("not_yet_due");
  auto& late = table.add_integers("late");
  auto& delisted = table.add_integers("delisted");
  for (const DutyCounts& one : counts) {
    name.push_back(one.name);
    actors.push_back(one.actors);
    communicated.push_back(one.communicated);
    not_yet.push_back(one.not_yet_due);
    late.push_back(one.late);
    delisted.push_back(one.delisted);
  }
  return table;
}

Table duty_reject_table(const DutiesOnDay& duties) {
  Table table;
  auto& line = table.add_integers("line");
  auto& field = table.add_texts("field");
  auto& problem = table.add_texts("problem");
  for (const DutyReject& reject : duties.rejects) {
    line.push_back(static_cast<std::int64_t>(reject.line));
    field.push_back(reject.field);
    problem.push_back(reject.problem);
  }
  return table;
}

}  // namespace stocktake
