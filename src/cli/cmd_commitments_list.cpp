// Commands that read the register: list, show, overdue.
#include <algorithm>
#include <filesystem>
#include <memory>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "base/utf8.h"
#include "cli/cmd_commitments.h"
#include "cli/commitment_text.h"
#include "cli/ledger.h"
#include "cli/registering.h"
#include "partnership/register/actors.h"

namespace stocktake {
namespace {

struct Arguments {
  RegisterArguments reg;
  OutputOptions output;
  std::string id, actor, status, due_before, goal, at, format = "text", path;
  bool overdue = false;
  int months = 12;
};

Register read_register(const Context& context, const Arguments& arguments) {
  Register reg = Register::load(register_file(context, arguments.reg));
  tell_unfinished(context, reg.check(), "");
  return reg;
}

Date day_of(const Arguments& arguments) { return arguments.at.empty() ? today() : date_argument(arguments.at, "--at"); }

bool touches(const std::vector<std::string>& goals, const std::string& wanted) {
  return std::any_of(goals.begin(), goals.end(), [&](const std::string& goal) {
    if (goal == wanted || goal.substr(goal.find(':') + 1) == wanted) return true;
    return goal.starts_with(wanted + ".");  // "mdg:8" has "mdg:8.B"
  });
}

void run_list(const Context& context, const Arguments& arguments) {
  std::optional<CommitmentStatus> wanted;
  if (!arguments.status.empty()) {
    wanted = parse_status(arguments.status);
    if (!wanted) throw Error(ErrorKind::usage, "--status: unknown status '" + arguments.status + "'");
  }
  std::optional<Date> before;
  if (!arguments.due_before.empty()) before = date_argument(arguments.due_before, "--due-before");
  const Date day = day_of(arguments);
  const Register reg = read_register(context, arguments);
  Table table;
  auto& ids = table.add_texts("id");
  auto& actors = table.add_texts("actor");
  auto& texts = table.add_texts("text");
  auto& made = table.add_texts("made");
  auto& due = table.add_texts("due");
  auto& states = table.add_texts("status");
  auto& late = table.add_integers("days_late");
  auto& amounts = table.add_numbers("amount", 2);
  auto& currencies = table.add_texts("currency");
  auto& goals = table.add_texts("goals");
  auto& entries = table.add_integers("entry");
  for (const Commitment& commitment : reg.commitments()) {
    const CommitmentStatus status = commitment.status_on(day);
    if (commitment.change_on(day) == nullptr && !arguments.at.empty()) continue;  // not made yet on that day
    if (wanted && status != *wanted) continue;
    if (arguments.overdue && status != CommitmentStatus::overdue) continue;
    if (!arguments.actor.empty() && !is_party(commitment.actor, arguments.actor)) continue;
    if (before && (!commitment.due || *commitment.due >= *before)) continue;
    if (!arguments.goal.empty() && !touches(commitment.goals, arguments.goal)) continue;
    const auto days = days_late(commitment, day);
    const auto promised = money_on(commitment, day).promised;
    ids.push_back(commitment.id);
    actors.push_back(printable(commitment.actor.name));
    texts.push_back(printable(commitment.text));
    made.push_back(commitment.made ? to_string(*commitment.made) : "");
    due.push_back(commitment.due ? to_string(*commitment.due) : "");
    states.emplace_back(to_string(status));
    late.push_back(days && *days > 0 ? *days : Table::no_integer);
    amounts.push_back(promised.value_or(no_figure));
    currencies.push_back(commitment.measure.currency);
    goals.push_back(joined(commitment.goals, ";"));
    entries.push_back(static_cast<std::int64_t>(commitment.entry));
  }
  write_table(table, arguments.output, context);
}

void run_show(const Context& context, const Arguments& arguments) {
  const Register reg = read_register(context, arguments);
  const Commitment* const commitment = reg.find(arguments.id);
  if (commitment == nullptr) {
    throw Error(ErrorKind::not_found, "there is no commitment '" + arguments.id + "'", "`stocktake commitments list` lists them");
  }
  const Date day = day_of(arguments);
  const bool series = !commitment->measure.series.empty() || !commitment->measure.indicator.empty();
  std::error_code failed;
  std::optional<Store> store;
  if (series && std::filesystem::exists(context.store_path, failed)) store = Store::open(context.store_path, Store::Access::read);
  const AreaRegistry areas = load_areas();
  std::vector<Framework> frameworks;
  std::vector<Binding> bindings;
  if (const std::string& indicator = commitment->measure.indicator; !indicator.empty()) {
    frameworks.push_back(load_framework(framework_path(indicator.substr(0, indicator.find(':')))));
    bindings = load_bindings(data_home() + "/frameworks/bindings", load_dimension_codes());
  }
  const Delivery delivery = deliver(*commitment, store ? &*store : nullptr, day, {&areas, &frameworks, &bindings});
  const bool colour = is_stdout(arguments.path) && context.use_colour();
  write_text(arguments.format == "json" ? commitment_json(*commitment, delivery, day)
                                        : commitment_text(*commitment, delivery, day, colour),
             arguments.path);
}

struct Due {
  Date due;
  const CommitmentAccount* account;
  const Milestone* milestone;  // null: the commitment itself
};

void run_overdue(const Context& context, const Arguments& arguments) {
  ViewArguments view;
  view.where = arguments.reg;
  view.at = arguments.at;
  const auto ledger = open_ledger(context, view);
  tell_unfinished(context, ledger->all.check(), "");
  const Date day = ledger->at, until = add_months(day, arguments.months);
  const Accounts accounts = accounts_of(*ledger);
  std::vector<Due> all;
  for (const CommitmentAccount& row : accounts.rows) {
    if (!row.open()) continue;
    const Commitment& commitment = *row.commitment;
    if (commitment.due && *commitment.due <= until) all.push_back({*commitment.due, &row, nullptr});
    for (std::size_t i = 0; i < commitment.milestones.size(); ++i) {
      const Milestone& milestone = commitment.milestones[i];
      if (milestone.due <= until && row.delivery.milestones[i].waits) all.push_back({milestone.due, &row, &milestone});
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const Due& a, const Due& b) { return a.due < b.due; });
  Table table;
  auto& dates = table.add_texts("due");
  auto& late = table.add_integers("days_late");
  auto& ids = table.add_texts("id");
  auto& kinds = table.add_texts("kind");
  auto& actors = table.add_texts("actor");
  auto& texts = table.add_texts("text");
  auto& states = table.add_texts("status");
  for (const Due& one : all) {
    const Commitment& commitment = *one.account->commitment;
    dates.push_back(to_string(one.due));
    late.push_back(days_between(one.due, day));
    ids.push_back(commitment.id);
    kinds.emplace_back(one.milestone == nullptr ? "commitment" : "milestone");
    actors.push_back(printable(commitment.actor.name));
    texts.push_back(printable(one.milestone == nullptr ? commitment.text : one.milestone->text));
    states.emplace_back(to_string(one.account->status));
  }
  write_table(table, arguments.output, context);
}

}  // namespace

void add_commitments_read(CLI::App& command, Context& context) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* list = command.add_subcommand("list", "The commitments of the register");
  list->add_option("--actor", arguments->actor, "Only of this actor: id or name")->option_text("ACTOR");
  list->add_option("--status", arguments->status, "Only those with this status")->option_text("STATUS");
  list->add_option("--due-before", arguments->due_before, "Only those due before that day")->option_text("DATE");
  list->add_option("--goal", arguments->goal, "Only those of a goal or target: mdg:8, 8.B")->option_text("CODE");
  list->add_flag("--overdue", arguments->overdue, "Only those that are overdue");
  list->add_option("--at", arguments->at, "As it stood on that day [today]")->option_text("DATE");
  add_register_option(*list, arguments->reg);
  add_output_options(*list, arguments->output);
  list->callback([&context, arguments] { run_list(context, *arguments); });

  CLI::App* show = command.add_subcommand("show", "One commitment with its sentence, what was delivered, and its whole history");
  show->add_option("id", arguments->id, "The commitment")->required()->option_text("ID");
  show->add_option("--at", arguments->at, "Status and delivery on that day [today]")->option_text("DATE");
  show->add_option("--format", arguments->format, "text or json")
      ->option_text("FORMAT")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  show->add_option("-o,--output", arguments->path, "Write to a file")->option_text("FILE");
  add_register_option(*show, arguments->reg);
  show->callback([&context, arguments] { run_show(context, *arguments); });

  CLI::App* overdue = command.add_subcommand("overdue", "What fell due and was not delivered, and what is coming");
  overdue->add_option("--at", arguments->at, "The day [today]")->option_text("DATE");
  overdue->add_option("--months", arguments->months, "Also what falls due in so many months")
      ->option_text("N")
      ->check(CLI::Range(0, 1200))
      ->capture_default_str();
  add_register_option(*overdue, arguments->reg);
  add_output_options(*overdue, arguments->output);
  overdue->callback([&context, arguments] { run_overdue(context, *arguments); });
}

}  // namespace stocktake
