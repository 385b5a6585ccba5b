#include <cmath>

#include "assess/pace/pace.h"

namespace stocktake {
namespace {

std::int64_t count_cell(const Pace& pace, int count) {
  const bool looked = pace.status == PaceStatus::compared || pace.status == PaceStatus::no_episodes;
  return looked ? count : Table::no_integer;
}

std::string best_text(const AssessmentRun& run, const Pace& pace) {
  if (pace.best.empty()) return {};
  const BestPerformer& one = pace.best.front();
  const std::string speed = pace.geometric ? number_text(100 * one.pace, 1) + " %" : number_text(one.pace, 2);
  return run.areas.at(one.area).code + " " + std::to_string(one.from) + "-" + std::to_string(one.to) + ": " + speed +
         (one.recovery ? " (recovery)" : "");
}

void add_against(const AssessmentRun& run, const std::vector<Pace>& paces, Table& table) {
  for (const bool geometric : {false, true}) {
    const std::string suffix = geometric ? "_rate" : "_linear";
    auto& needed = table.add_numbers("needed" + suffix);
    auto& observed = table.add_numbers("observed" + suffix);
    auto& episodes = table.add_integers("episodes" + suffix);
    auto& achieved = table.add_integers("achieved" + suffix);
    auto& percentile = table.add_numbers("percentile" + suffix);
    auto& median = table.add_numbers("median" + suffix);
    auto& top = table.add_numbers("top" + suffix);
    auto& countries = table.add_integers("countries" + suffix);
    auto& achieved_by = table.add_integers("achieved_by" + suffix);
    for (const Pace& pace : paces) {
      const PaceAgainst& against = geometric ? pace.rate : pace.linear;
      needed.push_back(against.needed);
      observed.push_back(against.observed);
      episodes.push_back(count_cell(pace, against.episodes));
      achieved.push_back(count_cell(pace, against.achieved));
      percentile.push_back(against.percentile);
      median.push_back(against.median);
      top.push_back(against.top);
      countries.push_back(count_cell(pace, against.countries));
      achieved_by.push_back(count_cell(pace, against.achieved_by));
    }
  }
  auto& level_from = table.add_numbers("level_from");
  auto& level_to = table.add_numbers("level_to");
  auto& acceleration = table.add_numbers("acceleration");
  for (const Pace& pace : paces) {
    level_from.push_back(pace.level_from);
    level_to.push_back(pace.level_to);
    acceleration.push_back(run.rows[pace.row].facts.acceleration);
  }
}

// Rates in per cent a year, linear paces in units a year: what a reader compares.
void add_deciding(const AssessmentRun& run, const std::vector<Pace>& paces, Table& table) {
  auto& needed = table.add_numbers("needed", 2);
  auto& observed = table.add_numbers("observed", 2);
  auto& unit = table.add_texts("a_year");
  auto& achieved = table.add_texts("achieved");
  auto& countries = table.add_texts("countries");
  auto& percentile = table.add_numbers("percentile", 1);
  auto& acceleration = table.add_numbers("acceleration", 1);
  for (const Pace& pace : paces) {
    const PaceAgainst& against = pace.deciding();
    const double factor = pace.geometric ? 100 : 1;
    const bool looked = pace.status == PaceStatus::compared;
    needed.push_back(factor * against.needed);
    observed.push_back(factor * against.observed);
    unit.emplace_back(pace.geometric ? "%" : looked ? "units" : "");
    achieved.push_back(looked ? std::to_string(against.achieved) + " of " + std::to_string(against.episodes) : "");
    countries.push_back(looked ? std::to_string(against.achieved_by) + " of " + std::to_string(against.countries) : "");
    percentile.push_back(against.percentile);
    acceleration.push_back(run.rows[pace.row].facts.acceleration);
  }
}

}  // namespace

Table pace_table(const AssessmentRun& run, const std::vector<Pace>& paces, Language language, bool brief) {
  Table table;
  auto& target = table.add_texts("target");
  auto& area = table.add_texts("area");
  auto& name = table.add_texts(brief ? "name" : "area_name");
  auto& indicator = table.add_texts("indicator");
  auto& status = table.add_texts("status");
  auto& year = table.add_integers("latest_year");
  auto& latest = table.add_numbers("latest", 2);
  auto& goal = table.add_numbers("target_value", 2);
  auto& left = table.add_integers("years_left");
  for (const Pace& pace : paces) {
    const Assessment& row = run.rows[pace.row];
    target.push_back(run.targets[row.target].target->code);
    area.push_back(run.areas.at(row.area).code);
    name.push_back(run.areas.at(row.area).name.in(language));
    indicator.push_back(run.rule(row).indicator);
    status.emplace_back(to_string(pace.status));
    year.push_back(row.facts.latest_year == 0 ? Table::no_integer : row.facts.latest_year);
    latest.push_back(row.facts.latest);
    goal.push_back(row.facts.target);
    left.push_back(row.facts.latest_year == 0 ? Table::no_integer : pace.years_left);
  }
  if (brief) add_deciding(run, paces, table);
  auto& late = table.add_numbers("years_late", 1);
  auto& best = table.add_texts("best");
  for (const Pace& pace : paces) {
    late.push_back(pace.years_late);
    best.push_back(best_text(run, pace));
  }
  if (brief) return table;
  auto& length = table.add_integers("length");
  auto& decides = table.add_texts("decides");
  auto& dimensions = table.add_texts("dimensions");
  auto& origin = table.add_texts("origin");
  for (const Pace& pace : paces) {
    const Assessment& row = run.rows[pace.row];
    length.push_back(pace.length == 0 ? Table::no_integer : pace.length);
    decides.emplace_back(pace.status != PaceStatus::compared ? "" : pace.geometric ? "rate" : "linear");
    dimensions.emplace_back(run.panel.series[row.series].dimensions);
    origin.emplace_back(to_string(row.origin));
  }
  add_against(run, paces, table);
  return table;
}

Table performer_table(const AssessmentRun& run, const std::vector<Pace>& paces, Language language) {
  Table table;
  auto& target = table.add_texts("target");
  auto& area = table.add_texts("area");
  auto& indicator = table.add_texts("indicator");
  auto& place = table.add_integers("place");
  auto& performer = table.add_texts("performer");
  auto& name = table.add_texts("performer_name");
  auto& from = table.add_integers("from");
  auto& to = table.add_integers("to");
  auto& start = table.add_numbers("start", 2);
  auto& end = table.add_numbers("end", 2);
  auto& kind = table.add_texts("decides");
  auto& speed = table.add_numbers("pace", 4);
  auto& needed = table.add_numbers("needed", 4);
  auto& recovery = table.add_texts("recovery");
  for (const Pace& pace : paces) {
    const Assessment& row = run.rows[pace.row];
    for (std::size_t i = 0; i < pace.best.size(); ++i) {
      const BestPerformer& one = pace.best[i];
      target.push_back(run.targets[row.target].target->code);
      area.push_back(run.areas.at(row.area).code);
      indicator.push_back(run.rule(row).indicator);
      place.push_back(static_cast<std::int64_t>(i + 1));
      performer.push_back(run.areas.at(one.area).code);
      name.push_back(run.areas.at(one.area).name.in(language));
      from.push_back(one.from);
      to.push_back(one.to);
      start.push_back(one.start);
      end.push_back(one.end);
      kind.emplace_back(pace.geometric ? "rate" : "linear");
      speed.push_back(one.pace);
      needed.push_back(pace.deciding().needed);
      recovery.emplace_back(one.recovery ? "yes" : "no");
    }
  }
  return table;
}

}  // namespace stocktake
