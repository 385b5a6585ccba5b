// What the views of the register share: the register, the figures it is measured by, and their arguments.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/app.h"
#include "cli/registering.h"
#include "partnership/views/account.h"
#include "partnership/views/gap_report.h"
#include "partnership/views/waterfall.h"

namespace stocktake {

struct ViewArguments {
  RegisterArguments where;
  std::string at;
  WaterfallOptions only;
  OutputOptions output;
};
// --register, --at and the output options; --actor and --goal where a view takes them.
void add_view_arguments(CLI::App& command, ViewArguments& arguments, bool narrow);

// The register with the figures of the store, if there is one. Stays where it is: the accounts point into it.
struct Ledger {
  Ledger() = default;
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;

  Date at;
  Register all;
  std::optional<Store> store;
  std::unique_ptr<AreaRegistry> areas;
  std::vector<Framework> frameworks;
  std::vector<Binding> bindings;
  DeliveryContext context;
};
// Reads what the commitments are measured by and no more. Tells on stderr of an empty register and of a store that is missing
// though a commitment is measured by a series.
std::unique_ptr<Ledger> open_ledger(const Context& context, const ViewArguments& arguments);
Accounts accounts_of(const Ledger& ledger);
// The same with only those that --actor and --goal mean. Throws Error(not_found) when they mean none though there are some.
Accounts accounts_of(const Ledger& ledger, const WaterfallOptions& only);

// All that a Gap report is made of; stays where it is.
struct GapReportParts {
  std::unique_ptr<Ledger> ledger;
  std::optional<AssessmentRun> run;  // of the framework mdg-gaps
  std::optional<DutiesOnDay> duties;
  GapReport report;
};
// `duties`: path of a table of reporting duties, "" for none.
std::unique_ptr<GapReportParts> make_gap_report(const Context& context, const ViewArguments& arguments, const std::string& duties,
                                                const std::string& rule);

// Of `stocktake commitments`.
void add_commitments_views(CLI::App& commitments, Context& context);
void add_commitments_report(CLI::App& commitments, Context& context);
void add_commitments_duties(CLI::App& commitments, Context& context);

}  // namespace stocktake
