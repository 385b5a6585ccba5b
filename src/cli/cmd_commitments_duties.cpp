// `stocktake commitments duties FILE`: who reported, who is late, who is delisted.
#include <memory>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "cli/ledger.h"
#include "partnership/views/duties.h"

namespace stocktake {
namespace {

struct Arguments {
  std::string file, at, rule = "un-global-compact", by, status;
  DutyPeriods periods;
  bool rejects = false;
  OutputOptions output;
};

void add_periods(CLI::App& command, DutyPeriods& periods) {
  command.add_option("--first", periods.first_months, "Months from joining to the first report [the rule's]")
      ->option_text("MONTHS");
  command.add_option("--every", periods.every_months, "Months from one report to the next [the rule's]")->option_text("MONTHS");
  command.add_option("--delist-after", periods.delist_months, "Months from a missed day to delisting [the rule's]")
      ->option_text("MONTHS");
  command.add_option("--grace", periods.grace_days, "Days added to every due day [0]")->option_text("DAYS");
}

void tell(const Context& context, const DutiesOnDay& duties, const DutyFile& file, const std::string& path) {
  for (const DutyReject& reject : duties.rejects) {
    const std::string place = to_string(Location{path, reject.line, 0, reject.field});
    std::fprintf(stderr, "%s: %s%s%s\n", place.c_str(), reject.problem.c_str(), reject.remedy.empty() ? "" : ". ",
                 reject.remedy.c_str());
  }
  if (!file.ignored.empty()) note(context, "columns without a use: " + joined(file.ignored, ", "));
  if (duties.not_joined > 0) {
    note(context, std::to_string(duties.not_joined) + (duties.not_joined == 1 ? " actor" : " actors") + " joined after " +
                      to_string(duties.at));
  }
}

}  // namespace

void add_commitments_duties(CLI::App& commitments, Context& context) {
  CLI::App* command =
      commitments.add_subcommand("duties", "Reporting duties of business and others: communicated, late, delisted");
  auto arguments = std::make_shared<Arguments>();
  command
      ->add_option("file", arguments->file,
                   "Table with columns name, joined, kind, sector, country, last_report or reports, "
                   "extension_days")
      ->required()
      ->option_text("FILE.csv");
  command->add_option("--at", arguments->at, "The day [today]")->option_text("DATE");
  command->add_option("--rule", arguments->rule, "Of reference/reporting_duties.csv")->option_text("ID")->capture_default_str();
  add_periods(*command, arguments->periods);
  command->add_option("--by", arguments->by, "Counts by country or sector instead of actors")
      ->option_text("WHAT")
      ->check(CLI::IsMember({"country", "sector"}));
  command->add_option("--status", arguments->status, "Only actors of this status")
      ->option_text("STATUS")
      ->check(CLI::IsMember({"communicated", "not_yet_due", "late", "delisted"}));
  command->add_flag("--rejects", arguments->rejects, "The rows that could not be read or judged, as a table");
  add_output_options(*command, arguments->output);
  command->footer(
      "Examples:\n  stocktake commitments duties participants.csv --at 2014-06-30\n"
      "  stocktake commitments duties participants.csv --at 2014-06-30 --by sector\n"
      "  stocktake commitments duties participants.csv --grace 90 --status late --format csv\n\n"
      "Bad rows are told on stderr with line and column; the rest is judged. Rules and their sources: docs/commitments.md, "
      "\"Reporting duties\".");
  command->callback([&context, arguments] {
    const Date at = arguments->at.empty() ? today() : date_argument(arguments->at, "--at");
    const DutyFile file = read_duties(arguments->file);
    const DutiesOnDay duties =
        judge_duties(file, load_duty_rules(data_home() + "/reference"), arguments->rule, arguments->periods, at);
    tell(context, duties, file, arguments->file);
    if (arguments->rejects) {
      write_table(duty_reject_table(duties), arguments->output, context);
      return;
    }
    if (!arguments->by.empty()) {
      const bool country = arguments->by == "country";
      write_table(duty_counts_table(country ? duties.by_country : duties.by_sector, country ? "country" : "sector"),
                  arguments->output, context);
      return;
    }
    Table table = duty_table(duties);
    if (!arguments->status.empty()) {
      table = table.where([&](std::size_t row) { return to_string(duties.duties[row].status) == arguments->status; });
    }
    write_table(table, arguments->output, context);
  });
}

}  // namespace stocktake
