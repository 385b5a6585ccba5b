// The accountability views: `stocktake commitments league | waterfall | chain | calendar | delay | gaps`.
#include <algorithm>
#include <memory>

#include "assess/run.h"
#include "base/error.h"
#include "base/files.h"
#include "cli/ledger.h"
#include "partnership/views/calendar.h"
#include "partnership/views/chain.h"
#include "partnership/views/delay.h"
#include "partnership/views/five_gaps.h"
#include "partnership/views/league.h"

namespace stocktake {
namespace {

bool brief(const ViewArguments& arguments) { return arguments.output.format == "table"; }

// A table command over the accounts of a day.
void add_table_view(CLI::App& commitments, Context& context, const char* name, const char* what, const char* footer,
                    Table (*make)(const Accounts&, bool)) {
  CLI::App* command = commitments.add_subcommand(name, what);
  auto arguments = std::make_shared<ViewArguments>();
  add_view_arguments(*command, *arguments, true);
  add_output_options(*command, arguments->output);
  command->footer(footer);
  command->callback([&context, arguments, make] {
    const auto ledger = open_ledger(context, *arguments);
    write_table(make(accounts_of(*ledger, arguments->only), brief(*arguments)), arguments->output, context);
  });
}

void add_waterfall(CLI::App& commitments, Context& context) {
  CLI::App* command = commitments.add_subcommand("waterfall", "From promise to delivery: where the money got lost");
  struct Arguments {
    ViewArguments view;
    bool ascii = false;
  };
  auto arguments = std::make_shared<Arguments>();
  add_view_arguments(*command, arguments->view, true);
  command->add_flag("--ascii", arguments->ascii, "Bars of # and -");
  add_output_options(*command, arguments->view.output);
  command->footer(
      "Examples:\n  stocktake commitments waterfall --at 2013-09-25\n  stocktake commitments waterfall --goal mdg:8 --format "
      "csv\n\n"
      "One waterfall a currency and price base; amounts of different ones are never added. Rule: docs/commitments.md.");
  command->callback([&context, arguments] {
    const auto ledger = open_ledger(context, arguments->view);
    const Accounts accounts = accounts_of(*ledger, arguments->view.only);
    const std::vector<Waterfall> all = waterfalls(accounts);
    if (all.empty() && !accounts.rows.empty())
      note(context, "no commitment has an amount of money: `stocktake commitments confirm ID --set amount=...` gives it one");
    if (!brief(arguments->view)) {
      write_table(to_table(all), arguments->view.output, context);
      return;
    }
    const std::size_t width = is_stdout(arguments->view.output.path) && context.width() != 0 ? context.width() : 80;
    write_text(to_text(all, width, arguments->ascii), arguments->view.output.path);
  });
}

void add_chain(CLI::App& commitments, Context& context) {
  CLI::App* command = commitments.add_subcommand("chain", "From the sentence to what came of it, of one commitment");
  struct Arguments {
    ViewArguments view;
    std::string id;
  };
  auto arguments = std::make_shared<Arguments>();
  command->add_option("id", arguments->id, "Of the commitment")->required()->option_text("ID");
  add_view_arguments(*command, arguments->view, false);
  add_output_options(*command, arguments->view.output);
  command->footer("Example:\n  stocktake commitments chain mdg-gaps/aid-0.7 --at 2013-09-25");
  command->callback([&context, arguments] {
    const auto ledger = open_ledger(context, arguments->view);
    const Accounts accounts = accounts_of(*ledger);
    const auto row = std::find_if(accounts.rows.begin(), accounts.rows.end(),
                                  [&](const CommitmentAccount& one) { return one.commitment->id == arguments->id; });
    if (row == accounts.rows.end()) {
      const bool there = ledger->all.find(arguments->id) != nullptr;
      throw Error(ErrorKind::not_found,
                  there ? "'" + arguments->id + "' is only proposed, or was made after " + to_string(accounts.at)
                        : "there is no commitment '" + arguments->id + "'",
                  there ? "`stocktake commitments confirm` takes a proposal on" : "`stocktake commitments list` lists them");
    }
    const Chain chain = chain_of(*row, accounts.at);
    if (!brief(arguments->view)) {
      write_table(to_table(chain), arguments->view.output, context);
      return;
    }
    const bool colour = context.use_colour() && is_stdout(arguments->view.output.path);
    write_text(to_text(chain, colour ? "\033[1;4m" : "[[", colour ? "\033[0m" : "]]"), arguments->view.output.path);
  });
}

void add_calendar(CLI::App& commitments, Context& context) {
  CLI::App* command = commitments.add_subcommand("calendar", "What fell due and what is coming, milestones included");
  struct Arguments {
    ViewArguments view;
    CalendarOptions calendar;
    bool overdue = false;
  };
  auto arguments = std::make_shared<Arguments>();
  add_view_arguments(*command, arguments->view, true);
  command->add_option("--back", arguments->calendar.months_back, "Months before the day [all]")
      ->option_text("MONTHS")
      ->check(CLI::Range(0, 12000));
  command->add_option("--ahead", arguments->calendar.months_ahead, "Months after the day [all]")
      ->option_text("MONTHS")
      ->check(CLI::Range(0, 12000));
  command->add_flag("--overdue", arguments->overdue, "Only what is overdue");
  add_output_options(*command, arguments->view.output);
  command->footer(
      "Examples:\n  stocktake commitments calendar --at 2013-09-25 --ahead 24\n  stocktake commitments calendar --overdue");
  command->callback([&context, arguments] {
    const auto ledger = open_ledger(context, arguments->view);
    const Accounts accounts = accounts_of(*ledger, arguments->view.only);
    std::vector<DueDay> calendar = due_calendar(accounts, arguments->calendar);
    if (arguments->overdue) std::erase_if(calendar, [](const DueDay& day) { return day.state != DueState::overdue; });
    if (calendar.empty() && !accounts.rows.empty()) note(context, "nothing falls due in that time");
    write_table(to_table(calendar), arguments->view.output, context);
  });
}

void add_gaps(CLI::App& commitments, Context& context) {
  CLI::App* command = commitments.add_subcommand("gaps", "The five gaps of the MDG Gap Task Force, with figures on the day");
  struct Arguments {
    ViewArguments view;
    std::string framework = "mdg-gaps";
  };
  auto arguments = std::make_shared<Arguments>();
  add_view_arguments(*command, arguments->view, false);
  command->add_option("--framework", arguments->framework, "Another framework")->option_text("ID")->capture_default_str();
  add_output_options(*command, arguments->view.output);
  command->footer(
      "Examples:\n  stocktake commitments gaps --at 2013-09-25\n  stocktake commitments gaps --format json --lang fr\n\n"
      "Aid, market access, debt, medicines, technologies: frameworks/mdg-gaps.yaml has the targets with their sources.");
  command->callback([&context, arguments] {
    const auto ledger = open_ledger(context, arguments->view);
    AssessOptions options;
    options.at = ledger->at;
    options.disaggregations = false;
    const AssessmentRun run =
        assess(Store::open(context.store_path, Store::Access::read), load_framework(framework_path(arguments->framework)),
               load_areas(), load_bindings(data_home() + "/frameworks/bindings", load_dimension_codes()), options);
    const Accounts accounts = accounts_of(*ledger);
    const Language language = context.language(arguments->view.output.format);
    write_table(to_table(run, five_gaps(run, accounts), language, brief(arguments->view)), arguments->view.output, context);
  });
}

}  // namespace

void add_commitments_views(CLI::App& commitments, Context& context) {
  add_table_view(commitments, context, "league", "Who keeps promises: actors by what they fulfilled",
                 "Examples:\n  stocktake commitments league --at 2013-09-25\n  stocktake commitments league --goal mdg:8.B "
                 "--format csv\n\nThe ranking rule is documented in docs/commitments.md; equal actors share a rank.",
                 [](const Accounts& accounts, bool short_form) { return to_table(league_table(accounts), short_form); });
  add_waterfall(commitments, context);
  add_chain(commitments, context);
  add_calendar(commitments, context);
  add_table_view(
      commitments, context, "delay", "How much one year of delay is: what it adds to the pace that is needed",
      "Examples:\n  stocktake commitments delay --at 2013-09-25\n  stocktake commitments delay --actor DAC --format json\n\n"
      "Formulas: docs/commitments.md, \"One year of delay\".",
      [](const Accounts& accounts, bool) { return to_table(delays_of(accounts)); });
  add_gaps(commitments, context);
}

}  // namespace stocktake
