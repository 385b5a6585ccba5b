// Commands that write the register. Each makes entries, has the register check them, and appends them as one transaction.
#include <fmt/format.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "base/utf8.h"
#include "cli/cmd_commitments.h"
#include "cli/registering.h"
#include "partnership/register/assign.h"
#include "partnership/register/changes.h"
#include "partnership/register/import.h"
#include "partnership/register/record.h"

namespace stocktake {
namespace {

using nlohmann::json;

struct Arguments {
  RegisterArguments reg;
  std::string file, rejects;
  bool keep_going = false;
  std::string id, status, on, note, text, due, kind, link;
  std::optional<double> amount, value;
  std::uint64_t corrects = 0;
  std::uint32_t milestone = 0;  // 0: the only one
  bool not_met = false;
  std::vector<std::string> set;
  std::string actor, actor_id, actor_kind, made, currency, price_base, goals, series, indicator, rule, rule_value, direction,
      document, path, language, sentence;
};

// The day that a change is told of.
Date day_argument(const Arguments& arguments) { return arguments.on.empty() ? today() : date_argument(arguments.on, "--on"); }

std::string reject_line(const std::string& path, const CommitmentReject& reject) {
  std::string text = fmt::format("{}:{}: ", path, reject.line);
  if (!reject.field.empty()) text += "field '" + reject.field + "': ";
  if (!reject.id.empty()) text += printable(reject.id) + ": ";
  text += reject.problem + "\n";
  if (!reject.remedy.empty()) text += "  " + reject.remedy + "\n";
  return text;
}

Table reject_table(const std::vector<CommitmentReject>& rejects) {
  Table table;
  auto& lines = table.add_integers("line");
  auto& ids = table.add_texts("id");
  auto& fields = table.add_texts("field");
  auto& problems = table.add_texts("problem");
  auto& remedies = table.add_texts("remedy");
  for (const CommitmentReject& reject : rejects) {
    lines.push_back(static_cast<std::int64_t>(reject.line));
    ids.push_back(printable(reject.id));
    fields.push_back(reject.field);
    problems.push_back(reject.problem);
    remedies.push_back(reject.remedy);
  }
  return table;
}

void run_import(const Context& context, const Arguments& arguments) {
  const std::string rejects = arguments.rejects.empty() ? arguments.file + ".rejects.csv" : arguments.rejects;
  write_entries(context, arguments.reg, [&](const Register& reg) {
    ReadCommitments read = read_commitments(arguments.file, reg, day_argument(arguments), log_time());
    if (!read.rejects.empty()) {
      constexpr std::size_t shown = 20;
      std::string text;
      for (std::size_t i = 0; i < std::min(shown, read.rejects.size()); ++i) text += reject_line(arguments.file, read.rejects[i]);
      std::fputs(text.c_str(), stderr);
      const std::string counts =
          fmt::format("{} of {} commitments have faults", read.rejects.size(), read.rejects.size() + read.commitments);
      if (!arguments.keep_going) {
        throw Error(ErrorKind::input, counts + "; none was written", "Mend them, or write the others with --keep-going",
                    {arguments.file, 0, 0, {}});
      }
      write_file(rejects, to_csv(reject_table(read.rejects)));
      if (!context.quiet) std::fputs((counts + "; they are listed in " + rejects + "\n").c_str(), stderr);
    }
    if (!context.quiet)
      write_text(fmt::format("{}: {} commitment{}\n", arguments.file, read.commitments, read.commitments == 1 ? "" : "s"), "");
    return std::move(read.entries);
  });
}

void run_add(const Context& context, const Arguments& arguments) {
  json record = json::object();
  const auto set = [&](const char* field, const std::string& value) {
    if (!value.empty()) assign_field(record, field, value);
  };
  set("id", arguments.id);
  set("text", arguments.text);
  set("actor", arguments.actor);
  set("actor_id", arguments.actor_id);
  set("actor_kind", arguments.actor_kind);
  set("made", arguments.made);
  set("due", arguments.due);
  if (arguments.amount) record["measure"]["amount"] = *arguments.amount;
  set("currency", arguments.currency);
  set("price_base", arguments.price_base);
  set("goals", arguments.goals);
  set("series", arguments.series);
  set("indicator", arguments.indicator);
  set("direction", arguments.direction);
  set("rule", arguments.rule);
  set("value", arguments.rule_value);
  set("document", arguments.document);
  set("path", arguments.path);
  set("language", arguments.language);
  set("sentence", arguments.sentence);
  for (const std::string& pair : arguments.set) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos) throw Error(ErrorKind::usage, "--set: expected field=value, found '" + pair + "'");
    assign_field(record, pair.substr(0, equals), pair.substr(equals + 1));
  }
  write_entries(context, arguments.reg, [&](const Register& reg) {
    if (!record.contains("id")) {
      std::size_t n = reg.commitments().size() + 1;
      while (reg.find("C-" + std::to_string(n)) != nullptr) ++n;
      record["id"] = "C-" + std::to_string(n);
    }
    const Commitment commitment = commitment_of(record);
    StatusChange first;
    first.on = !arguments.on.empty() ? day_argument(arguments) : commitment.made.value_or(today());
    first.note = arguments.note;
    if (!context.quiet) write_text(commitment.id + "\n", "");
    return std::vector{commitment_entry(commitment, first, log_time())};
  });
}

const Commitment& known(const Register& reg, const std::string& id) {
  const Commitment* const commitment = reg.find(id);
  if (commitment == nullptr) {
    throw Error(ErrorKind::not_found, "there is no commitment '" + id + "'", "`stocktake commitments list` lists them");
  }
  return *commitment;
}

void run_confirm(const Context& context, const Arguments& arguments) {
  json set = json::object();
  for (const std::string& pair : arguments.set) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos) throw Error(ErrorKind::usage, "--set: expected field=value, found '" + pair + "'");
    assign_field(set, pair.substr(0, equals), pair.substr(equals + 1));
  }
  write_entries(context, arguments.reg, [&](const Register& reg) {
    const Commitment& commitment = known(reg, arguments.id);
    const bool proposed = commitment.change_on(Date{9999, 12, 31})->status == CommitmentStatus::proposed;
    if (!proposed && set.empty()) {
      throw Error(ErrorKind::usage, "'" + arguments.id + "' is no proposal any more", "Correct it with --set field=value");
    }
    std::vector<LogEntry> entries{correction_entry(arguments.id, set.dump(), arguments.note, log_time())};
    if (proposed) {
      StatusChange pledged;
      pledged.on = !arguments.on.empty() ? day_argument(arguments) : commitment.change_on(Date{9999, 12, 31})->on;
      entries.push_back(status_entry(arguments.id, pledged, log_time()));
    }
    return entries;
  });
}

void run_status(const Context& context, const Arguments& arguments, const std::string& status) {
  const auto parsed = parse_status(status);
  if (!parsed) {
    throw Error(ErrorKind::usage, "unknown status '" + status + "'",
                "One of pledged, committed, disbursed, delivered, overdue, withdrawn");
  }
  StatusChange change;
  change.status = *parsed;
  change.on = day_argument(arguments);
  change.amount = arguments.amount;
  change.note = arguments.note;
  change.corrects = arguments.corrects;
  write_entries(context, arguments.reg, [&](const Register& reg) {
    known(reg, arguments.id);
    return std::vector{status_entry(arguments.id, change, log_time())};
  });
}

std::string kind_of_link(const Arguments& arguments) {
  if (!arguments.kind.empty()) return arguments.kind;
  return arguments.link.find("://") == std::string::npos ? "document" : "url";
}

void run_evidence(const Context& context, const Arguments& arguments) {
  const EvidenceLink evidence{kind_of_link(arguments), arguments.link, arguments.note, day_argument(arguments), 0};
  write_entries(context, arguments.reg, [&](const Register& reg) {
    known(reg, arguments.id);
    return std::vector{evidence_entry(arguments.id, evidence, log_time())};
  });
}

void run_milestone(const Context& context, const Arguments& arguments) {
  const Milestone milestone{date_argument(arguments.due, "--due", true), arguments.text, arguments.value, 0};
  write_entries(context, arguments.reg, [&](const Register& reg) {
    known(reg, arguments.id);
    return std::vector{milestone_entry(arguments.id, milestone, log_time())};
  });
}

void run_met(const Context& context, const Arguments& arguments) {
  MilestoneWord word;
  word.met = !arguments.not_met;
  word.on = day_argument(arguments);
  word.note = arguments.note;
  if (word.met && arguments.link.empty())
    throw Error(ErrorKind::usage, "that a milestone was met needs evidence", "Add --link with an address, a document, a series");
  if (!word.met && !arguments.link.empty())
    throw Error(ErrorKind::usage, "--not takes no --link", "Say in --note why it was not met after all");
  word.link = arguments.link;
  if (word.met) word.kind = kind_of_link(arguments);
  write_entries(context, arguments.reg, [&](const Register& reg) {
    const Commitment& commitment = known(reg, arguments.id);
    std::uint32_t number = arguments.milestone;
    if (number == 0 && commitment.milestones.size() > 1) {
      throw Error(ErrorKind::usage, fmt::format("'{}' has {} milestones", commitment.id, commitment.milestones.size()),
                  "Say which by its number: `stocktake commitments show " + commitment.id + "` numbers them");
    }
    if (number == 0) number = 1;
    return std::vector{milestone_met_entry(arguments.id, number, word, log_time())};
  });
}

CLI::App* add_change(CLI::App& command, const char* name, const char* what, const std::shared_ptr<Arguments>& arguments) {
  CLI::App* change = command.add_subcommand(name, what);
  change->add_option("id", arguments->id, "The commitment")->required()->option_text("ID");
  return change;
}

void add_common(CLI::App& change, const std::shared_ptr<Arguments>& arguments, const char* on = "The day it is of [today]") {
  change.add_option("--on", arguments->on, on)->option_text("DATE");
  change.add_option("--note", arguments->note, "Words to it")->option_text("TEXT");
  add_register_option(change, arguments->reg);
  add_key_options(change, arguments->reg);
}

void add_adding(CLI::App& command, Context& context, const std::shared_ptr<Arguments>& arguments) {
  CLI::App* add = command.add_subcommand("add", "Write one commitment");
  const auto option = [&](const char* name, std::string& into, const char* what, const char* value) {
    return add->add_option(name, into, what)->option_text(value);
  };
  option("--id", arguments->id, "Its id [C-1, C-2, ...]", "ID");
  option("--actor", arguments->actor, "Who promised", "NAME")->required();
  option("--actor-id", arguments->actor_id, "... as an area (ISO 3166), a group or an organisation", "CODE");
  option("--actor-kind", arguments->actor_kind, "government, un_body, business, civil_society, foundation, ...", "KIND");
  option("--text", arguments->text, "What, in short", "TEXT")->required();
  option("--made", arguments->made, "When it was promised", "DATE");
  option("--due", arguments->due, "Until when", "DATE");
  add->add_option("--amount", arguments->amount, "Money promised")->option_text("NUMBER");
  option("--currency", arguments->currency, "... in this currency", "CODE");
  option("--price-base", arguments->price_base, "... at these prices: current, 'constant 2022'", "TEXT");
  option("--goals", arguments->goals, "Goals and targets, as 'mdg:8.B;sdg:17.2'", "CODES");
  option("--series", arguments->series, "Series of the store that measures it", "SERIES");
  option("--indicator", arguments->indicator, "... or an indicator, as mdg:8.2", "CODE");
  option("--direction", arguments->direction, "Which way is better: up, down", "WAY");
  option("--rule", arguments->rule, "Rule of the measure: reach, universal, reduce_by, ...", "TYPE");
  option("--value", arguments->rule_value, "... the value to reach", "NUMBER");
  option("--document", arguments->document, "Symbol of the text it stands in", "SYMBOL");
  option("--path", arguments->path, "... its paragraph", "PATH");
  option("--language", arguments->language, "... its language", "CODE");
  option("--sentence", arguments->sentence, "... the sentence", "TEXT");
  add->add_option("--set", arguments->set, "Any other field")->option_text("FIELD=VALUE ...");
  add_common(*add, arguments, "The day of the pledge [--made, today]");
  add->callback([&context, arguments] { run_add(context, *arguments); });
}

}  // namespace

void add_commitments_write(CLI::App& command, Context& context) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* import = command.add_subcommand("import", "Write the commitments of a JSON, YAML or CSV file, all or none");
  import->add_option("file", arguments->file, "The file; docs/commitments.md has its fields")->required()->option_text("FILE");
  import->add_flag("--keep-going", arguments->keep_going, "Write the good ones, and the others' faults into a file");
  import->add_option("--rejects", arguments->rejects, "... into this one [FILE.rejects.csv]")->option_text("FILE");
  add_common(*import, arguments, "The day of a status that has none [today]");
  import->callback([&context, arguments] { run_import(context, *arguments);
});

add_adding(command, context, arguments);

CLI::App* confirm = add_change(command, "confirm", "Confirm a proposal, or correct fields; what stood before is kept", arguments);
confirm->add_option("--set", arguments->set, "Fields with their right values; an empty value takes one away")
    ->option_text("FIELD=VALUE ...");
add_common(*confirm, arguments, "The day of the pledge [that of the proposal]");
confirm->callback([&context, arguments] { run_confirm(context, *arguments); });

CLI::App* status = add_change(command, "status", "Tell another status", arguments);
status->add_option("status", arguments->status, "pledged, committed, disbursed, delivered, overdue, withdrawn")
    ->required()
    ->option_text("STATUS");
status->add_option("--amount", arguments->amount, "Of money: disbursed adds up, the others tell a total")->option_text("NUMBER");
status->add_option("--corrects", arguments->corrects, "The entry that told a status wrongly; it is kept and does not count")
    ->option_text("N");
add_common(*status, arguments);
status->callback([&context, arguments] { run_status(context, *arguments, arguments->status); });

CLI::App* withdraw = add_change(command, "withdraw", "Tell that the promise was taken back, or a proposal is none", arguments);
add_common(*withdraw, arguments);
withdraw->callback([&context, arguments] { run_status(context, *arguments, "withdrawn"); });

CLI::App* evidence = add_change(command, "evidence", "Link evidence", arguments);
evidence->add_option("--link", arguments->link, "An address, a file's hash, a series, an activity")
    ->required()
    ->option_text("LINK");
evidence->add_option("--kind", arguments->kind, "url, document, series, iati, report [by the link]")->option_text("KIND");
add_common(*evidence, arguments);
evidence->callback([&context, arguments] { run_evidence(context, *arguments); });

CLI::App* milestone = add_change(command, "milestone", "Add a step on the way", arguments);
milestone->add_option("--due", arguments->due, "Until when")->required()->option_text("DATE");
milestone->add_option("--text", arguments->text, "What is to be reached")->required()->option_text("TEXT");
milestone->add_option("--value", arguments->value, "... of the measure or the amount")->option_text("NUMBER");
add_register_option(*milestone, arguments->reg);
add_key_options(*milestone, arguments->reg);
milestone->callback([&context, arguments] { run_milestone(context, *arguments); });

CLI::App* met = add_change(command, "met", "Tell that a milestone was met, with the evidence", arguments);
met->add_option("milestone", arguments->milestone, "Its number, as `show` counts them [the only one]")
    ->option_text("N")
    ->check(CLI::PositiveNumber);
met->add_option("--link", arguments->link, "The evidence: an address, a file's hash, a series, an activity")->option_text("LINK");
met->add_option("--kind", arguments->kind, "url, document, series, iati, report [by the link]")->option_text("KIND");
met->add_flag("--not", arguments->not_met, "It was not met after all; what was told before is kept and does not count");
add_common(*met, arguments);
met->callback([&context, arguments] { run_met(context, *arguments); });
}  // namespace stocktake

}  // namespace stocktake
