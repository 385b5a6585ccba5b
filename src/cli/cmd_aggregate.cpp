#include <memory>

#include "assess/simulation/aggregation.h"
#include "base/error.h"
#include "base/files.h"
#include "cli/assessing.h"

namespace stocktake {
namespace {

struct Arguments {
  std::string framework, series, at, as_of, kind, scale = "identity", model = "combination";
  AggregationOptions options;
  OutputOptions output;
};

// The columns that fit a terminal; every figure is in the CSV, JSON and Parquet forms.
Table brief_table(const Aggregation& result, const AreaRegistry& areas, Language language) {
  Table table;
  auto& target = table.add_texts("target");
  auto& series = table.add_texts("series");
  auto& group = table.add_texts("group");
  auto& name = table.add_texts("name");
  auto& kind = table.add_texts("kind");
  auto& year = table.add_integers("year");
  auto& value = table.add_numbers("value", 2);
  auto& sd = table.add_numbers("sd", 2);
  auto& low = table.add_numbers("q10", 2);
  auto& high = table.add_numbers("q90", 2);
  auto& coverage = table.add_numbers("coverage", 2);
  auto& projected = table.add_numbers("projected", 2);
  auto& imputed = table.add_numbers("imputed", 2);
  auto& met = table.add_numbers("p_met", 3);
  auto& on_track = table.add_numbers("p_on_track", 2);
  for (const AggregateRow& row : result.rows) {
    const AggregatedSeries& one = result.series[row.series];
    const Area& area = areas.at(result.map.groups[row.estimate.group]);
    target.push_back(one.target);
    series.push_back(one.dimensions.empty() ? one.series : one.series + " " + one.dimensions);
    group.push_back(area.code);
    name.push_back(area.name.in(language));
    kind.emplace_back(to_string(one.kind));
    year.push_back(row.estimate.year);
    value.push_back(row.estimate.value);
    sd.push_back(row.estimate.sd);
    low.push_back(row.estimate.published() ? row.estimate.quantiles[1] : no_figure);
    high.push_back(row.estimate.published() ? row.estimate.quantiles[5] : no_figure);
    coverage.push_back(row.estimate.coverage());
    projected.push_back(row.estimate.projected);
    imputed.push_back(row.estimate.imputed);
    met.push_back(row.outlook.met());
    on_track.push_back(row.outlook.on_track);
  }
  return table;
}

Table brief_contributions(const Aggregation& result, const AreaRegistry& areas, Language language) {
  Table table;
  auto& target = table.add_texts("target");
  auto& series = table.add_texts("series");
  auto& group = table.add_texts("group");
  auto& area = table.add_texts("area");
  auto& name = table.add_texts("name");
  auto& from_year = table.add_integers("from");
  auto& to_year = table.add_integers("to");
  auto& change = table.add_numbers("group_change", 3);
  auto& figure = table.add_numbers("figure", 3);
  auto& weight = table.add_numbers("weight", 3);
  auto& composition = table.add_numbers("composition", 3);
  auto& total = table.add_numbers("total", 3);
  for (const ContributionRow& row : result.contributions) {
    const AggregatedSeries& one = result.series[row.series];
    const Area& country = areas.at(result.map.countries[row.part.country]);
    target.push_back(one.target);
    series.push_back(one.dimensions.empty() ? one.series : one.series + " " + one.dimensions);
    group.push_back(areas.at(result.map.groups[row.group]).code);
    area.push_back(country.code);
    name.push_back(country.name.in(language));
    from_year.push_back(row.from_year);
    to_year.push_back(row.to_year);
    change.push_back(row.group_to - row.group_from);
    figure.push_back(row.part.figure);
    weight.push_back(row.part.weight);
    composition.push_back(row.part.composition);
    total.push_back(row.part.total());
  }
  return table;
}

Aggregation aggregate(const Context& context, const Arguments& arguments, const AreaRegistry& areas) {
  if (arguments.framework.empty() == arguments.series.empty()) {
    throw Error(ErrorKind::usage, "either a framework or a series is aggregated",
                "Write `stocktake aggregate mdg`, or --series CODE");
  }
  AggregationOptions options = arguments.options;
  options.at = arguments.at.empty() ? today() : date_argument(arguments.at, "--at");
  if (!arguments.as_of.empty()) options.as_of = date_argument(arguments.as_of, "--as-of", true);
  for (const GroupKind kind : {GroupKind::mean, GroupKind::sum, GroupKind::median, GroupKind::weighted_median}) {
    if (arguments.kind == to_string(kind)) options.kind = kind;
  }
  if (arguments.kind == to_string(GroupKind::median) && !options.weight.empty()) {
    throw Error(ErrorKind::usage, "--weight has no part in a median of countries", "Ask for --kind weighted_median");
  }
  constexpr int longest = 120;  // years ahead; further on a projection says nothing, and draws need memory
  const int until = options.data_until.value_or(last_complete_year(options.at));
  if (options.to && *options.to > until + longest) {
    throw Error(ErrorKind::usage,
                "--to: " + std::to_string(*options.to) + " is more than " + std::to_string(longest) +
                    " years after the last figures (" + std::to_string(until) + ")",
                "Ask for a nearer year");
  }
  for (const Scale scale : {Scale::identity, Scale::log, Scale::logit}) {
    if (arguments.scale == to_string(scale)) options.scale = scale;
  }
  options.model.reset();
  for (std::size_t m = 0; m < model_count; ++m) {
    if (arguments.model == to_string(static_cast<Model>(m))) options.model = static_cast<Model>(m);
  }
  const std::vector<Binding> bindings = load_bindings(data_home() + "/frameworks/bindings", load_dimension_codes());
  const Store store = Store::open(context.store_path, Store::Access::read);
  if (!arguments.series.empty()) return aggregate_series(store, arguments.series, areas, bindings, options);
  return aggregate_framework(store, load_framework(framework_path(arguments.framework)), areas, bindings, options);
}

void note_if_nothing(const Context& context, const Arguments& arguments, const Aggregation& result) {
  const bool parts = arguments.options.contributions;
  if ((parts ? result.contributions.size() : result.rows.size()) > 0) return;
  const Date at = arguments.at.empty() ? today() : date_argument(arguments.at, "--at");
  PanelQuery query;
  if (!arguments.series.empty()) query.series = {arguments.series};
  query.last_year = arguments.options.data_until.value_or(last_complete_year(at));
  if (!arguments.as_of.empty()) query.as_of = date_argument(arguments.as_of, "--as-of", true);
  const std::string why = why_no_figures(Store::open(context.store_path, Store::Access::read), query);
  note(context, "there is nothing to show: " +
                    (!why.empty() ? why
                     : parts && !result.rows.empty()
                         ? "contributions need two years of a group with figures of its own in both (--year FROM TO)"
                         : "no group has members with figures that can be aggregated in the years asked for"));
}

void add_simulation_options(CLI::App& command, Arguments& a) {
  AggregationOptions& options = a.options;
  command.add_option("--draws", options.simulation.draws.draws, "Joint draws")
      ->option_text("N")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  command.add_option("--seed", options.simulation.seed, "Another seed gives other draws")
      ->option_text("N")
      ->check(CLI::Range(0, 2'000'000'000))
      ->capture_default_str();
  command.add_option("--correlation", options.simulation.draws.correlation, "Between countries, through a common shock [0]")
      ->option_text("R");
  std::vector<std::string> models{"random_walk"};
  for (std::size_t m = 0; m < model_count; ++m) models.emplace_back(to_string(static_cast<Model>(m)));
  command.add_option("--model", a.model, "Projection of the years after a country's last figure")
      ->option_text("MODEL")
      ->check(CLI::IsMember(models))
      ->capture_default_str();
  command.add_option("--interval", options.interval, "Probability that published bounds hold [0.9]")->option_text("P");
  command
      .add_option("--min-coverage", options.simulation.draws.min_coverage,
                  "Share of a group's weight that must have figures of its own [0.5]")
      ->option_text("SHARE");
  command.add_option("--max-age", options.max_age, "Age in years up to which a country's last figure is projected")
      ->option_text("YEARS")
      ->check(CLI::Range(0, 100))
      ->capture_default_str();
  command.add_flag("--impute", options.impute, "Model missing countries by their M49 sub-region (nature E)");
}

}  // namespace

void add_aggregate(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("aggregate", "Group aggregates with their uncertainty");
  auto arguments = std::make_shared<Arguments>();
  Arguments& a = *arguments;
  AggregationOptions& options = a.options;
  command->add_option("framework", a.framework, "Id, or path of a YAML file: all its indicators")->option_text("FRAMEWORK");
  CLI::Option* series = command->add_option("--series", a.series, "A series of the store instead")->option_text("CODE");
  command->add_option("--target", options.targets, "Only these targets of the framework")
      ->option_text("CODE ...")
      ->excludes(series);
  command->add_option("--group", options.groups, "Only these groups [all]")->option_text("CODE ...");
  command->add_option("--year", options.years, "The years [base, latest and deadline; of a series the latest]")
      ->option_text("YEAR ...")
      ->check(CLI::Range(1000, 2999));
  command->add_option("--to", options.to, "Every year from the latest to this one")
      ->option_text("YEAR")
      ->check(CLI::Range(1000, 2999));
  command->add_option("--kind", a.kind, "mean, sum, median, weighted_median [the indicator's own]")
      ->option_text("KIND")
      ->check(CLI::IsMember({"mean", "sum", "median", "weighted_median"}));
  command->add_option("--weight", options.weight, "Weight concept or series [the indicator's own; population]")
      ->option_text("NAME");
  command->add_option("--scale", a.scale, "Scale of --series: identity, log, logit (0 to 100)")
      ->option_text("SCALE")
      ->check(CLI::IsMember({"identity", "log", "logit"}))
      ->needs(series)
      ->capture_default_str();
  command->add_option("--at", a.at, "The day whose membership of groups counts [today]")->option_text("DATE");
  command->add_option("--data-until", options.data_until, "Last year of figures [the last year complete on that day]")
      ->option_text("YEAR")
      ->check(CLI::Range(1000, 2999));
  command->add_option("--as-of", a.as_of, "Only vintages known by that day")->option_text("DATE");
  command->add_flag("--contributions", options.contributions, "What each country contributed to the group's change");
  add_simulation_options(*command, a);
  add_output_options(*command, a.output);
  command->footer(
      "Examples:\n  stocktake aggregate mdg --at 2013-09-25 --group MDG_SSA LDC\n  stocktake aggregate --series SP_DYN_IMRT --to "
      "2030 "
      "--group WLD --impute\n  stocktake aggregate --series SP_DYN_IMRT --year 1990 2012 --group MDG_SAS --contributions\n\n"
      "Formulas: docs/methods.md, \"Aggregation with uncertainty\". The same seed gives the same figures on any machine and any\n"
      "number of processors.");
  command->callback([&context, arguments] {
    const AreaRegistry areas = load_areas();
    const Aggregation result = aggregate(context, *arguments, areas);
    note_if_nothing(context, *arguments, result);
    const std::string& format = arguments->output.format;
    const bool parts = arguments->options.contributions;
    if (format == "table") {
      const Language language = context.language();
      write_table(parts ? brief_contributions(result, areas, language) : brief_table(result, areas, language), arguments->output,
                  context);
      return;
    }
    const Language language = context.language(format);
    write_table(parts ? contribution_table(result, areas, language) : to_table(result, areas, language), arguments->output,
                context);
  });
}

}  // namespace stocktake
