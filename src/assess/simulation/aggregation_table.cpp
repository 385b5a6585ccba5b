// Aggregates and contributions as tables.
#include <cmath>

#include "assess/simulation/aggregation.h"

namespace stocktake {
namespace {

// What identifies the series and group of a row, in the first columns of both tables.
struct Head {
  explicit Head(Table& table)
      : target(table.add_texts("target")),
        indicator(table.add_texts("indicator")),
        series(table.add_texts("series")),
        dimensions(table.add_texts("dimensions")),
        group(table.add_texts("group")),
        name(table.add_texts("group_name")),
        kind(table.add_texts("kind")),
        weight(table.add_texts("weight")) {}

  void add(const AggregatedSeries& one, const Area& area, Language language) {
    target.push_back(one.target);
    indicator.push_back(one.indicator);
    series.push_back(one.series);
    dimensions.push_back(one.dimensions);
    group.push_back(area.code);
    name.push_back(area.name.in(language));
    kind.emplace_back(to_string(one.kind));
    weight.push_back(one.weight);
  }

  Table::Texts &target, &indicator, &series, &dimensions, &group, &name, &kind, &weight;
};

}  // namespace

Table to_table(const Aggregation& aggregation, const AreaRegistry& areas, Language language) {
  Table table;
  Head head(table);
  auto& year = table.add_integers("year");
  auto& value = table.add_numbers("value");
  auto& mean = table.add_numbers("mean");
  auto& sd = table.add_numbers("sd");
  std::vector<Table::Numbers*> quantiles;
  for (const char* name : {"q2_5", "q10", "q25", "q50", "q75", "q90", "q97_5"}) quantiles.push_back(&table.add_numbers(name));
  auto& coverage = table.add_numbers("coverage");
  auto& observed = table.add_numbers("observed");
  auto& projected = table.add_numbers("projected");
  auto& imputed = table.add_numbers("imputed");
  auto& members = table.add_integers("members");
  auto& figures = table.add_integers("figures");
  auto& nature = table.add_texts("nature");
  auto& met = table.add_numbers("p_met");
  auto& met_now = table.add_numbers("p_met_now");
  auto& on_track = table.add_numbers("p_on_track");
  auto& insufficient = table.add_numbers("p_insufficient");
  auto& deterioration = table.add_numbers("p_deterioration");
  for (const AggregateRow& row : aggregation.rows) {
    const GroupEstimate& one = row.estimate;
    head.add(aggregation.series[row.series], areas.at(aggregation.map.groups[one.group]), language);
    year.push_back(one.year);
    value.push_back(one.value);
    mean.push_back(one.mean);
    sd.push_back(one.sd);
    for (std::size_t q = 0; q < quantiles.size(); ++q) quantiles[q]->push_back(one.published() ? one.quantiles[q] : no_figure);
    coverage.push_back(one.coverage());
    observed.push_back(one.observed);
    projected.push_back(one.projected);
    imputed.push_back(one.imputed);
    members.push_back(one.members);
    figures.push_back(one.figures);
    nature.emplace_back(one.published() ? to_string(one.nature()) : std::string_view());
    met.push_back(row.outlook.met());
    met_now.push_back(row.outlook.met_now);
    on_track.push_back(row.outlook.on_track);
    insufficient.push_back(row.outlook.insufficient);
    deterioration.push_back(row.outlook.deterioration);
  }
  return table;
}

Table contribution_table(const Aggregation& aggregation, const AreaRegistry& areas, Language language) {
  Table table;
  Head head(table);
  auto& from_year = table.add_integers("from_year");
  auto& to_year = table.add_integers("to_year");
  auto& group_from = table.add_numbers("group_from");
  auto& group_to = table.add_numbers("group_to");
  auto& area = table.add_texts("area");
  auto& name = table.add_texts("area_name");
  auto& from = table.add_numbers("from");
  auto& to = table.add_numbers("to");
  auto& from_share = table.add_numbers("from_share");
  auto& to_share = table.add_numbers("to_share");
  auto& figure = table.add_numbers("figure");
  auto& weight = table.add_numbers("weight_change");
  auto& composition = table.add_numbers("composition");
  auto& total = table.add_numbers("total");
  for (const ContributionRow& row : aggregation.contributions) {
    head.add(aggregation.series[row.series], areas.at(aggregation.map.groups[row.group]), language);
    from_year.push_back(row.from_year);
    to_year.push_back(row.to_year);
    group_from.push_back(row.group_from);
    group_to.push_back(row.group_to);
    const Area& country = areas.at(aggregation.map.countries[row.part.country]);
    area.push_back(country.code);
    name.push_back(country.name.in(language));
    from.push_back(row.part.from);
    to.push_back(row.part.to);
    from_share.push_back(row.part.from_share);
    to_share.push_back(row.part.to_share);
    figure.push_back(row.part.figure);
    weight.push_back(row.part.weight);
    composition.push_back(row.part.composition);
    total.push_back(row.part.total());
  }
  return table;
}

}  // namespace stocktake
