// An assessment run as a table: one row a row of the run, one column a figure.
#include <cmath>

#include "assess/run.h"

namespace stocktake {
namespace {

std::int64_t year_cell(int year) { return year == 0 ? Table::no_integer : year; }

void add_names(const AssessmentRun& run, Language language, Table& table) {
  auto& goal = table.add_texts("goal");
  auto& target = table.add_texts("target");
  auto& target_title = table.add_texts("target_title");
  auto& indicator = table.add_texts("indicator");
  auto& indicator_name = table.add_texts("indicator_name");
  auto& rule = table.add_texts("rule");
  auto& proxy = table.add_texts("proxy");
  auto& area = table.add_texts("area");
  auto& area_name = table.add_texts("area_name");
  for (const Assessment& row : run.rows) {
    const RunTarget& place = run.targets[row.target];
    goal.push_back(place.goal->code);
    target.push_back(place.target->code);
    target_title.push_back(place.target->title.in(language));
    indicator.push_back(run.rule(row).indicator);
    indicator_name.push_back(run.indicator(row).name.in(language));
    rule.emplace_back(to_string(run.rule(row).type));
    proxy.emplace_back(run.rule(row).proxy ? "yes" : "no");
    area.push_back(run.areas.at(row.area).code);
    area_name.push_back(run.areas.at(row.area).name.in(language));
  }
}

void add_series(const AssessmentRun& run, Table& table) {
  auto& binding = table.add_texts("binding");
  auto& series = table.add_texts("series");
  auto& dimensions = table.add_texts("dimensions");
  auto& unit = table.add_texts("unit");
  auto& origin = table.add_texts("origin");
  auto& headline = table.add_texts("headline");
  auto& match = table.add_texts("match");
  auto& coverage = table.add_numbers("coverage", 2);
  auto& weight = table.add_texts("weight");
  for (const Assessment& row : run.rows) {
    const PanelSeries& one = run.panel.series[row.series];
    binding.push_back(run.bindings[row.binding].id);
    series.emplace_back(one.series);
    dimensions.emplace_back(one.dimensions);
    unit.push_back(run.indicator(row).unit);
    origin.emplace_back(to_string(row.origin));
    headline.emplace_back(row.headline ? "yes" : "no");
    match.emplace_back(row.exact ? "exact" : "near");
    coverage.push_back(row.origin == Origin::computed_group ? static_cast<double>(row.coverage) : no_figure);
    const bool weighted = row.origin == Origin::computed_group && run.indicator(row).aggregate == Aggregate::weighted_mean;
    weight.push_back(!weighted ? "" : row.substitute_weight ? "population" : run.indicator(row).weight);
  }
}

void add_years(const AssessmentRun& run, Table& table) {
  auto& base_year = table.add_integers("base_year");
  auto& latest_year = table.add_integers("latest_year");
  auto& deadline_year = table.add_integers("deadline_year");
  auto& points = table.add_integers("points");
  for (const Assessment& row : run.rows) {
    base_year.push_back(year_cell(row.facts.base_year));
    latest_year.push_back(year_cell(row.facts.latest_year));
    deadline_year.push_back(year_cell(row.facts.deadline_year));
    points.push_back(row.facts.points);
  }
}

struct FactColumn {
  const char* name;
  double Facts::*figure;
  int decimals;
};

constexpr FactColumn fact_columns[] = {
    {"base", &Facts::base, 2},
    {"latest", &Facts::latest, 2},
    {"target_value", &Facts::target, 2},
    {"observed_linear", &Facts::observed_linear, 4},
    {"required_linear", &Facts::required_linear, 4},
    {"observed_rate", &Facts::observed_rate, 4},
    {"required_rate", &Facts::required_rate, 4},
    {"ratio_linear", &Facts::ratio_linear, 2},
    {"ratio_rate", &Facts::ratio_rate, 2},
    {"expected_linear", &Facts::expected_linear, 2},
    {"expected_rate", &Facts::expected_rate, 2},
    {"needed_linear", &Facts::needed_linear, 4},
    {"needed_rate", &Facts::needed_rate, 4},
    {"acceleration", &Facts::acceleration, 2},
    {"year_met", &Facts::year_met, 1},
};

void add_verdicts(const AssessmentRun& run, Table& table) {
  auto& target_met = table.add_texts("target_met");
  auto& base_met = table.add_texts("base_met");
  auto& mdg = table.add_texts("mdg");
  auto& sdg = table.add_texts("sdg");
  auto& source = table.add_texts("source");
  for (const Assessment& row : run.rows) {
    const bool known = std::isfinite(row.facts.target) || run.rule(row).type == RuleType::halt_and_reverse;
    target_met.emplace_back(!known ? "" : row.facts.target_met ? "yes" : "no");
    base_met.emplace_back(!std::isfinite(row.facts.target) ? "" : row.facts.base_met ? "yes" : "no");
    mdg.emplace_back(to_string(row.mdg));
    sdg.emplace_back(to_string(row.sdg));
    source.push_back(run.source_of(row));
  }
}

}  // namespace

Table to_table(const AssessmentRun& run, Language language) {
  Table table;
  add_names(run, language, table);
  add_series(run, table);
  add_years(run, table);
  for (const FactColumn& column : fact_columns) {
    auto& cells = table.add_numbers(column.name, column.decimals);
    cells.reserve(run.rows.size());
    for (const Assessment& row : run.rows) cells.push_back(row.facts.*column.figure);
  }
  add_verdicts(run, table);
  return table;
}

}  // namespace stocktake
