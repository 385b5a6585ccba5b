#include <memory>

#include "base/error.h"
#include "base/files.h"
#include "cli/oda.h"
#include "ingest/dac_codes.h"
#include "partnership/money/flows.h"
#include "partnership/money/groups.h"

namespace stocktake {
namespace {

void add_groups_of_donors(CLI::App& oda, Context& context) {
  CLI::App* command = oda.add_subcommand("groups", "Do the members add up to the group's published total?");
  struct Arguments : OdaArguments {
    GroupOptions group;
    std::vector<std::string> series;
    bool rates = false;
  };
  auto arguments = std::make_shared<Arguments>();
  command->add_option("--group", arguments->group.group, "DAC, DAC_G7 or DAC_EU [DAC]")->option_text("CODE");
  command->add_option("--series", arguments->series, "Only these series [all of the group]")->option_text("CODE ...");
  command->add_option("--tolerance", arguments->group.relative_tolerance, "Share of the published total [0.0001]")
      ->option_text("SHARE");
  command->add_flag("--members-then", arguments->group.members_then, "Only those who were members that year");
  command->add_flag("--rates", arguments->rates, "Match rates by series instead of years");
  command->add_option("--as-of", arguments->as_of, "Only vintages known by that day")->option_text("DATE");
  add_output_options(*command, arguments->output);
  command->footer(
      "Examples:\n  stocktake oda groups --rates\n  stocktake oda groups --series DAC5_ODA --format csv\n\n"
      "Compared key by key: measures, flows and price bases are never mixed. Shares and indices do not add and are left out.");
  command->callback([&context, arguments] {
    const Store store = Store::open(context.store_path, Store::Access::read);
    const DacCodes codes = DacCodes::load(data_home() + "/reference");
    if (!(arguments->group.relative_tolerance >= 0 && arguments->group.relative_tolerance <= 1)) {
      throw Error(ErrorKind::usage, "--tolerance: expected a share from 0 to 1");
    }
    PanelQuery query;
    query.series = arguments->series;
    if (!arguments->as_of.empty()) query.as_of = date_argument(arguments->as_of, "--as-of", true);
    query.areas = {arguments->group.group};
    for (const DacDonor& donor : codes.donors()) {
      for (const std::string& group : donor.groups) {
        if (group == arguments->group.group) query.areas.push_back(donor.area);
      }
    }
    const std::vector<GroupTotal> totals = series_group_totals(store.panel(query), codes, arguments->group);
    if (totals.empty()) {
      throw Error(ErrorKind::not_found, "the store has no total of '" + arguments->group.group + "' with figures of its members",
                  "Import a table that has both, such as OECD DAC1");
    }
    const bool brief = arguments->output.format == "table";
    write_table(arguments->rates ? match_table(match_rates(totals)) : groups_table(totals, brief), arguments->output, context);
  });
}

void add_flows(CLI::App& oda, Context& context) {
  CLI::App* command = oda.add_subcommand("flows", "Aid, taxes, foreign investment and remittances of a country side by side");
  struct Arguments {
    FlowOptions flows;
    std::string as_of;
    bool all = false;
    OutputOptions output;
  };
  auto arguments = std::make_shared<Arguments>();
  command->add_option("--area", arguments->flows.area, "The country")->option_text("CODE")->required();
  command->add_option("--since", arguments->flows.first_year, "First year")->option_text("YEAR");
  command->add_option("--until", arguments->flows.last_year, "Last year")->option_text("YEAR");
  command->add_flag("--all", arguments->all, "Every year, not only the latest");
  command->add_option("--as-of", arguments->as_of, "Only vintages known by that day")->option_text("DATE");
  add_output_options(*command, arguments->output);
  command->footer(
      "Examples:\n  stocktake oda flows --area KEN\n  stocktake oda flows --area BGD --all --since 2010 --format csv\n\n"
      "Which series tell of which flow: reference/finance_flows.csv. Shares of GNI, GDP and exports are not to be added.");
  command->callback([&context, arguments] {
    const AreaRegistry areas = load_areas();
    const Store store = Store::open(context.store_path, Store::Access::read);
    FlowOptions options = arguments->flows;
    options.latest = !arguments->all;
    if (!arguments->as_of.empty()) options.as_of = date_argument(arguments->as_of, "--as-of", true);
    const std::vector<FlowFigure> flows = finance_flows(store, areas, data_home() + "/reference", options);
    if (flows.empty()) {
      throw Error(ErrorKind::not_found, "the store has no flows of '" + options.area + "' in these years",
                  "Series that are looked for: reference/finance_flows.csv");
    }
    write_table(flows_table(flows, arguments->output.format == "table"), arguments->output, context);
  });
}

}  // namespace

void add_oda_totals(CLI::App& command, Context& context) {
  add_groups_of_donors(command, context);
  add_flows(command, context);
}

}  // namespace stocktake
