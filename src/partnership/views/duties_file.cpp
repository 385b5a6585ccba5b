// Reads what duties are judged on: the rules of reference/ and the table that a user brings.
#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "ingest/byte_source.h"
#include "ingest/named_rows.h"
#include "partnership/views/duties.h"

namespace stocktake {
namespace {

constexpr std::array<std::string_view, 2> kinds{"business", "non_business"};
constexpr int longest_extension = 3660;  // ten years; more is a slip of the pen

std::optional<int> whole(const std::string& text, int most) {
  const auto number = parse_finite(text);
  if (!number || *number < 0 || *number > most || *number != static_cast<int>(*number)) return std::nullopt;
  return static_cast<int>(*number);
}

int months_of(const std::string& text, const Location& where) {
  const auto months = whole(text, 1200);
  if (!months || *months == 0)
    throw Error(ErrorKind::input, "expected a number of months, found '" + text + "'", "Write 12 for a year", where);
  return *months;
}

std::optional<Date> optional_day(const std::string& text, const Location& where) {
  if (text.empty()) return std::nullopt;
  const auto day = parse_date(text);
  if (!day) throw Error(ErrorKind::input, "'" + text + "' is no day", "Write it as 2009-07-01", where);
  return day;
}

// A row of the user's table, or what is wrong with it.
struct RowReader {
  const NamedRow& row;
  std::optional<DutyReject> reject;

  std::string cell(std::size_t column) const { return std::string(row.fields[column]); }
  void refuse(const char* field, std::string problem, std::string remedy) {
    if (!reject) reject = DutyReject{row.line, field, std::move(problem), std::move(remedy)};
  }
  std::optional<Date> day(std::size_t column, const char* field) {
    const std::string text = cell(column);
    if (text.empty()) return std::nullopt;
    const auto day = parse_date(text);
    if (!day || text.size() < 10) {
      refuse(field, "'" + text + "' is no day", "Write year, month and day, as 2014-03-01");
      return std::nullopt;
    }
    return day;
  }
};

enum Column : std::size_t { name, kind, sector, country, joined, last_report, reports, extension_days };

void read_reports(RowReader& reader, DutyActor& actor) {
  if (const auto last = reader.day(last_report, "last_report")) actor.reports.push_back(*last);
  for (const std::string& part : list_items(reader.cell(reports))) {
    const auto day = parse_date(part);
    if (!day || part.size() < 10) {
      reader.refuse("reports", "'" + part + "' is no day", "Write the days as 2013-03-01;2014-03-01");
      return;
    }
    actor.reports.push_back(*day);
  }
  std::sort(actor.reports.begin(), actor.reports.end());
  actor.reports.erase(std::unique(actor.reports.begin(), actor.reports.end()), actor.reports.end());
  if (!reader.reject && !actor.reports.empty() && actor.reports.front() < actor.joined) {
    reader.refuse(reader.cell(last_report).empty() ? "reports" : "last_report",
                  "a report of " + to_string(actor.reports.front()) + ", before joining on " + to_string(actor.joined),
                  "Check both days");
  }
}

DutyActor read_actor(RowReader& reader) {
  DutyActor actor;
  actor.line = reader.row.line;
  if (!reader.row.fault.empty()) {
    reader.refuse("", reader.row.fault, "Quote fields that hold the delimiter");
    return actor;
  }
  actor.name = reader.cell(name);
  if (actor.name.empty()) reader.refuse("name", "an actor needs a name", "");
  if (!reader.cell(kind).empty()) {
    actor.kind = reader.cell(kind);
    std::transform(actor.kind.begin(), actor.kind.end(), actor.kind.begin(), [](unsigned char c) {
      return c == ' ' || c == '-' ? '_' : (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : static_cast<char>(c));
    });
    if (std::find(kinds.begin(), kinds.end(), actor.kind) == kinds.end())
      reader.refuse("kind", "unknown kind '" + reader.cell(kind) + "'", "One of business, non_business");
  }
  actor.sector = reader.cell(sector);
  actor.country = reader.cell(country);
  const auto since = reader.day(joined, "joined");
  if (!since) reader.refuse("joined", "the day of joining is missing", "Write it as 2009-07-01");
  actor.joined = since.value_or(Date{});
  if (since) read_reports(reader, actor);
  if (const std::string days = reader.cell(extension_days); !days.empty()) {
    const auto number = whole(days, longest_extension);
    if (!number)
      reader.refuse("extension_days", "expected a number of days, found '" + days + "'", "Write 90 for a grace period");
    actor.extension_days = number.value_or(0);
  }
  return actor;
}

const std::vector<NamedColumn>& columns_of_duties() {
  static const std::vector<NamedColumn> all{{{"name", "actor", "participant", "company", "organisation", "organization"}, true},
                                            {{"kind", "type"}, false},
                                            {{"sector", "industry"}, false},
                                            {{"country", "area"}, false},
                                            {{"joined", "joined_on", "date_joined", "participant_since"}, true},
                                            {{"last_report", "last_cop", "last_communication"}, false},
                                            {{"reports", "cops", "communications"}, false},
                                            {{"extension_days", "extension"}, false}};
  return all;
}

DutyFile actors_of(ByteSource& source) {
  DutyFile file;
  const auto take = [&file](const NamedRow& row) {
    RowReader reader{row, {}};
    DutyActor actor = read_actor(reader);
    if (reader.reject) {
      file.rejects.push_back(std::move(*reader.reject));
    } else {
      file.actors.push_back(std::move(actor));
    }
  };
  read_named_rows(source, columns_of_duties(), take, &file.ignored);
  return file;
}

}  // namespace

std::vector<DutyRule> load_duty_rules(const std::string& reference_folder) {
  const std::string path = reference_folder + "/reporting_duties.csv";
  const SmallCsv csv = read_small_csv(path, {"rule", "kind", "joined_before", "first_months", "first_due", "every_months",
                                             "delist_months", "evidence", "citation", "note"});
  std::vector<DutyRule> rules;
  for (std::size_t r = 0; r < csv.rows.size(); ++r) {
    const std::vector<std::string>& cell = csv.rows[r];
    const auto where = [&](const char* column) { return Location{path, csv.lines[r], 0, column}; };
    DutyRule rule;
    rule.rule = cell[0];
    rule.kind = cell[1];
    rule.joined_before = optional_day(cell[2], where("joined_before"));
    rule.first_months = months_of(cell[3], where("first_months"));
    rule.first_due = optional_day(cell[4], where("first_due"));
    rule.every_months = months_of(cell[5], where("every_months"));
    rule.delist_months = months_of(cell[6], where("delist_months"));
    rule.evidence = cell[7];
    rule.citation = cell[8];
    rule.note = cell[9];
    rules.push_back(std::move(rule));
  }
  return rules;
}

DutyFile read_duties(const std::string& path) { return actors_of(*ByteSource::open(path)); }

DutyFile read_duties_text(std::string text, const std::string& name) {
  return actors_of(*ByteSource::from_bytes(std::move(text), name));
}

}  // namespace stocktake
