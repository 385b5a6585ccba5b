// Comparisons as tables.
#include <cmath>
#include <map>

#include "assess/compare/compare.h"

namespace stocktake {
namespace {

std::int64_t year_cell(int year) { return year == 0 ? Table::no_integer : year; }

std::string verdict_cell(const Snapshot& one) { return one.present ? std::string(to_string(one.verdict)) : std::string(); }

std::string series_cell(const Comparison& comparison, const Snapshot& one) {
  if (!one.present) return {};
  const SeriesName& name = comparison.series[one.series];
  return name.binding + "/" + name.series + (name.dimensions.empty() ? "" : "/" + name.dimensions);
}

std::string indicator_cell(const Comparison& comparison, const Snapshot& one) {
  return one.present ? comparison.series[one.series].indicator : std::string();
}

void add_places(const Comparison& comparison, Language language, Table& table) {
  auto& goal = table.add_texts("goal");
  auto& target = table.add_texts("target");
  auto& title = table.add_texts("target_title");
  auto& area = table.add_texts("area");
  auto& name = table.add_texts("area_name");
  for (const ComparedRow& row : comparison.rows) {
    const ComparedTarget& one = comparison.targets[row.target];
    goal.push_back(one.goal);
    target.push_back(one.code);
    title.push_back(one.title.in(language));
    area.push_back(comparison.areas.at(row.area).code);
    name.push_back(comparison.areas.at(row.area).name.in(language));
  }
}

void add_verdicts(const Comparison& comparison, Table& table) {
  auto& change = table.add_texts("change");
  auto& causes = table.add_texts("causes");
  auto& steps = table.add_texts("steps");
  for (const ComparedRow& row : comparison.rows) {
    const StepVerdicts verdicts = row.verdicts();
    change.emplace_back(to_string(change_of(verdicts)));
    causes.push_back(moving_causes(verdicts));
    steps.push_back(moving_steps(verdicts));
  }
  for (std::size_t k = 0; k <= step_count; ++k) {
    const std::string name = k == 0            ? "verdict_before"
                             : k == step_count ? "verdict_after"
                                               : "after_" + std::string(to_string(static_cast<ChangeStep>(k - 1)));
    auto& cells = table.add_texts(name);
    for (const ComparedRow& row : comparison.rows) cells.push_back(verdict_cell(row.state[k]));
  }
}

void add_pair(const Comparison& comparison, const std::string& name, std::string (*cell)(const Comparison&, const Snapshot&),
              Table& table) {
  auto& before = table.add_texts(name + "_before");
  auto& after = table.add_texts(name + "_after");
  for (const ComparedRow& row : comparison.rows) {
    before.push_back(cell(comparison, row.before()));
    after.push_back(cell(comparison, row.after()));
  }
}

void add_years(const Comparison& comparison, const std::string& name, std::int16_t Snapshot::*year, Table& table) {
  auto& before = table.add_integers(name + "_before");
  auto& after = table.add_integers(name + "_after");
  for (const ComparedRow& row : comparison.rows) {
    before.push_back(year_cell(row.before().*year));
    after.push_back(year_cell(row.after().*year));
  }
}

// The method changes no figure, so its step has no column.
void add_figure(const Comparison& comparison, const std::string& name, double Snapshot::*figure, Table& table) {
  auto& before = table.add_numbers(name + "_before");
  auto& after = table.add_numbers(name + "_after");
  for (const ComparedRow& row : comparison.rows) {
    before.push_back(row.before().*figure);
    after.push_back(row.after().*figure);
  }
  for (std::size_t k = 0; k < static_cast<std::size_t>(ChangeStep::method); ++k) {
    auto& cells = table.add_numbers(name + "_" + std::string(to_string(static_cast<ChangeStep>(k))));
    for (const ComparedRow& row : comparison.rows) cells.push_back(effects_of(row.values(figure))[k]);
  }
}

double effect_of(const ComparedRow& row, double Snapshot::*figure, ChangeCause cause) {
  const auto effects = effects_of(row.values(figure));
  double sum = 0;
  for (std::size_t k = 0; k < step_count; ++k) {
    if (cause_of(static_cast<ChangeStep>(k)) == cause) sum += effects[k];
  }
  return sum;
}

struct Counts {
  std::array<std::int64_t, change_count> of{};
  std::int64_t figures = 0;
};

}  // namespace

Table to_table(const Comparison& comparison, Language language) {
  Table table;
  add_places(comparison, language, table);
  add_verdicts(comparison, table);
  add_pair(comparison, "indicator", indicator_cell, table);
  add_pair(comparison, "series", series_cell, table);
  add_years(comparison, "base_year", &Snapshot::base_year, table);
  add_years(comparison, "latest_year", &Snapshot::latest_year, table);
  add_figure(comparison, "base", &Snapshot::base, table);
  add_figure(comparison, "latest", &Snapshot::latest, table);
  add_figure(comparison, "expected_linear", &Snapshot::expected, table);
  add_figure(comparison, "ratio_linear", &Snapshot::ratio, table);
  return table;
}

Table to_brief_table(const Comparison& comparison, Language language) {
  Table table;
  auto& target = table.add_texts("target");
  auto& area = table.add_texts("area");
  auto& name = table.add_texts("name");
  auto& change = table.add_texts("change");
  auto& before = table.add_texts("before");
  auto& after = table.add_texts("after");
  auto& causes = table.add_texts("causes");
  auto& year_before = table.add_integers("year");
  auto& latest_before = table.add_numbers("latest", 2);
  auto& year_after = table.add_integers("year_after");
  auto& latest_after = table.add_numbers("latest_after", 2);
  for (const ComparedRow& row : comparison.rows) {
    const StepVerdicts verdicts = row.verdicts();
    target.push_back(comparison.targets[row.target].code);
    area.push_back(comparison.areas.at(row.area).code);
    name.push_back(comparison.areas.at(row.area).name.in(language));
    change.emplace_back(to_string(change_of(verdicts)));
    before.push_back(verdict_cell(row.before()));
    after.push_back(verdict_cell(row.after()));
    causes.push_back(moving_causes(verdicts));
    year_before.push_back(year_cell(row.before().latest_year));
    latest_before.push_back(row.before().latest);
    year_after.push_back(year_cell(row.after().latest_year));
    latest_after.push_back(row.after().latest);
  }
  for (const ChangeCause cause : {ChangeCause::revisions, ChangeCause::new_data, ChangeCause::ageing, ChangeCause::method}) {
    auto& cells = table.add_numbers(std::string("by_") + std::string(to_string(cause)), 2);
    for (const ComparedRow& row : comparison.rows) cells.push_back(effect_of(row, &Snapshot::latest, cause));
  }
  return table;
}

Table summary_table(const Comparison& comparison) {
  std::map<std::string, Counts> by_cause;
  Counts all;
  for (const ComparedRow& row : comparison.rows) {
    const StepVerdicts verdicts = row.verdicts();
    const std::string causes = moving_causes(verdicts);
    for (Counts* counts : {&by_cause[causes.empty() ? "none" : causes], &all}) {
      const VerdictChange change = change_of(verdicts);
      ++counts->of[static_cast<std::size_t>(change)];
      if (change == VerdictChange::same && row.moved()) ++counts->figures;
    }
  }
  Table table;
  auto& cause = table.add_texts("causes");
  auto& rows = table.add_integers("rows");
  std::array<Table::Integers*, change_count> counts{};
  for (std::size_t c = 0; c < change_count; ++c)
    counts[c] = &table.add_integers(std::string(to_string(static_cast<VerdictChange>(c))));
  auto& figures = table.add_integers("same_but_figures");
  const auto add = [&](const std::string& name, const Counts& one) {
    cause.push_back(name);
    std::int64_t sum = 0;
    for (std::size_t c = 0; c < change_count; ++c) {
      counts[c]->push_back(one.of[c]);
      sum += one.of[c];
    }
    rows.push_back(sum);
    figures.push_back(one.figures);
  };
  for (const auto& [name, one] : by_cause) add(name, one);
  add("all", all);
  return table;
}

Table states_table(const Comparison& comparison) {
  Table table;
  auto& what = table.add_texts("what");
  auto& before = table.add_texts("before");
  auto& after = table.add_texts("after");
  const auto add = [&](const std::string& name, const std::string& a, const std::string& b) {
    what.push_back(name);
    before.push_back(a);
    after.push_back(b);
  };
  const Manifest &a = comparison.manifests[0], &b = comparison.manifests[1];
  add("framework", a.framework, b.framework);
  add("framework_version", a.framework_version, b.framework_version);
  add("framework_hash", a.framework_hash.substr(0, 12), b.framework_hash.substr(0, 12));
  for (std::size_t i = 0; i < a.parameters.size() && i < b.parameters.size(); ++i) {
    const std::string& name = a.parameters[i].first;
    if (name == "methods" || name == "areas" || name == "targets") continue;
    add(name, a.parameters[i].second, b.parameters[i].second);
  }
  add("method", comparison.methods[0], comparison.methods[1]);
  return table;
}

Table coming_and_going_table(const Comparison& comparison, Language language) {
  std::vector<std::array<bool, 2>> target(comparison.targets.size()), area(comparison.areas.all().size());
  for (const ComparedRow& row : comparison.rows) {
    for (auto* seen : {&target[row.target], &area[row.area]}) {
      (*seen)[0] = (*seen)[0] || row.before().present;
      (*seen)[1] = (*seen)[1] || row.after().present;
    }
  }
  Table table;
  auto& what = table.add_texts("what");
  auto& code = table.add_texts("code");
  auto& name = table.add_texts("name");
  auto& change = table.add_texts("change");
  const auto add = [&](const char* kind, const std::string& one, const std::string& title, const std::array<bool, 2>& seen) {
    if (seen[0] == seen[1]) return;
    what.emplace_back(kind);
    code.push_back(one);
    name.push_back(title);
    change.emplace_back(to_string(seen[1] ? VerdictChange::appeared : VerdictChange::vanished));
  };
  for (std::size_t t = 0; t < target.size(); ++t)
    add("target", comparison.targets[t].code, comparison.targets[t].title.in(language), target[t]);
  for (std::size_t a = 0; a < area.size(); ++a) {
    const Area& one = comparison.areas.at(static_cast<AreaId>(a));
    add("area", one.code, one.name.in(language), area[a]);
  }
  return table;
}

}  // namespace stocktake
