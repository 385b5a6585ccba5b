#include "cli/ledger.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/error.h"
#include "base/files.h"

namespace stocktake {
namespace {

constexpr const char* how_to_begin =
    "the register has no commitments; add some with `stocktake commitments add`, or take those behind the five gaps: `stocktake "
    "commitments import` with frameworks/commitments/mdg-gaps.json of the program's files";

// Ids of the frameworks whose indicators measure a commitment.
std::set<std::string> frameworks_wanted(const Register& all) {
  std::set<std::string> ids;
  const auto add = [&](const std::string& code) {
    if (const std::size_t colon = code.find(':'); colon != std::string::npos) ids.insert(code.substr(0, colon));
  };
  for (const Commitment& commitment : all.commitments()) {
    add(commitment.measure.indicator);
    if (commitment.measure.rule) add(commitment.measure.rule->to);
  }
  return ids;
}

bool there_is_a_store(const Context& context) {
  std::error_code missing;
  return std::filesystem::exists(context.store_path, missing);
}

bool measured(const Commitment& commitment) {
  return !commitment.measure.indicator.empty() || !commitment.measure.series.empty();
}

}  // namespace

void add_view_arguments(CLI::App& command, ViewArguments& arguments, bool narrow) {
  add_register_option(command, arguments.where);
  command.add_option("--at", arguments.at, "The day [today]")->option_text("DATE");
  if (!narrow) return;
  command.add_option("--actor", arguments.only.actor, "Only commitments of this actor (id or name)")->option_text("ACTOR");
  command.add_option("--goal", arguments.only.goal, "Only commitments that name this goal or target")->option_text("mdg:8.B");
}

std::unique_ptr<Ledger> open_ledger(const Context& context, const ViewArguments& arguments) {
  auto ledger = std::make_unique<Ledger>();
  ledger->at = arguments.at.empty() ? today() : date_argument(arguments.at, "--at");
  ledger->all = Register::load_if_there(register_file(context, arguments.where));
  const std::vector<Commitment>& commitments = ledger->all.commitments();
  if (commitments.empty()) note(context, how_to_begin);
  ledger->areas = std::make_unique<AreaRegistry>(load_areas());
  ledger->context.areas = ledger->areas.get();
  if (std::none_of(commitments.begin(), commitments.end(), measured)) return ledger;
  if (!there_is_a_store(context)) {
    note(context, "there is no store '" + context.store_path +
                      "': commitments that are measured by a series are shown without figures (`stocktake import` makes one)");
    return ledger;
  }
  for (const std::string& id : frameworks_wanted(ledger->all)) {
    std::error_code unknown;
    if (std::filesystem::exists(framework_path(id), unknown)) ledger->frameworks.push_back(load_framework(framework_path(id)));
  }
  ledger->bindings = load_bindings(data_home() + "/frameworks/bindings", load_dimension_codes());
  ledger->context.frameworks = &ledger->frameworks;
  ledger->context.bindings = &ledger->bindings;
  ledger->store = Store::open(context.store_path, Store::Access::read);
  return ledger;
}

Accounts accounts_of(const Ledger& ledger) {
  return take_account(ledger.all, ledger.at, ledger.store ? &*ledger.store : nullptr, ledger.context);
}

Accounts accounts_of(const Ledger& ledger, const WaterfallOptions& only) {
  Accounts accounts = accounts_of(ledger);
  const std::size_t before = accounts.rows.size();
  std::erase_if(accounts.rows, [&](const CommitmentAccount& row) { return !is_meant(*row.commitment, only); });
  if (accounts.rows.empty() && before > 0) {
    throw Error(ErrorKind::not_found, "no commitment is of that actor and goal on " + to_string(ledger.at),
                "`stocktake commitments list` tells actors and goals");
  }
  return accounts;
}

std::unique_ptr<GapReportParts> make_gap_report(const Context& context, const ViewArguments& arguments, const std::string& duties,
                                                const std::string& rule) {
  auto parts = std::make_unique<GapReportParts>();
  parts->ledger = open_ledger(context, arguments);
  const Ledger& ledger = *parts->ledger;
  const std::string reference = data_home() + "/reference";
  if (!duties.empty()) {
    parts->duties = judge_duties(read_duties(duties), load_duty_rules(reference), rule, {}, ledger.at);
    if (!parts->duties->rejects.empty()) {
      note(context, duties + ": rows that could not be used: " + std::to_string(parts->duties->rejects.size()) +
                        "; `stocktake commitments duties --rejects` lists them");
    }
  }
  const bool figures = there_is_a_store(context);
  if (figures) {
    AssessOptions options;
    options.at = ledger.at;
    options.disaggregations = false;
    const Store store = Store::open(context.store_path, Store::Access::read);
    parts->run = assess(store, load_framework(framework_path("mdg-gaps")), load_areas(),
                        load_bindings(data_home() + "/frameworks/bindings", load_dimension_codes()), options);
  }
  parts->report = gap_report(ledger.all, ledger.at, ledger.store ? &*ledger.store : nullptr, ledger.context,
                             parts->run ? &*parts->run : nullptr, parts->duties ? &*parts->duties : nullptr);
  if (figures) {
    parts->report.aid = aid_gap(Store::open(context.store_path, Store::Access::read), *ledger.areas, reference, ledger.at);
  }
  return parts;
}

}  // namespace stocktake
