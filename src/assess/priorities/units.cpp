#include "assess/priorities/units.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "assess/candidates.h"
#include "assess/deviation.h"
#include "assess/projection/combination.h"
#include "assess/projection/outlook.h"
#include "assess/simulation/random.h"
#include "base/error.h"

namespace stocktake {
namespace {

bool counts(const AssessmentRun& run, const Assessment& row) {
  return row.headline && !run.rule(row).proxy && is_judgement(ranked_verdict(row));
}

// Standard deviation of the latest figures of the countries under each rule of each target; fewer than two: 0.
class Spreads {
 public:
  explicit Spreads(const AssessmentRun& run) {
    std::map<std::pair<std::uint16_t, std::uint16_t>, std::vector<double>> latest;
    for (const Assessment& row : run.rows) {
      if (counts(run, row) && row.origin == Origin::country) latest[{row.target, row.rule}].push_back(row.facts.latest);
    }
    for (const auto& [rule, values] : latest) spread_[rule] = sample_deviation(values);
  }
  double distance(const Assessment& row) const {
    const auto found = spread_.find({row.target, row.rule});
    const double distance = found == spread_.end() ? no_figure : std::abs(row.facts.latest - row.facts.target) / found->second;
    return std::isfinite(distance) ? distance : no_figure;
  }

 private:
  std::map<std::pair<std::uint16_t, std::uint16_t>, double> spread_;
};

Unit unit_of(const AssessmentRun& run, std::uint32_t index, const Spreads& spreads, const PriorityOptions& options,
             const Forecaster& forecast, People& people) {
  const Assessment& row = run.rows[index];
  Unit unit;
  unit.row = index;
  unit.target = row.target;
  unit.area = row.area;
  unit.region = row.origin != Origin::country;
  unit.published = {!is_on_track(ranked_verdict(row)), is_stalled(row), gap_at_deadline(row)};
  unit.distance = row.facts.target_met ? 0 : spreads.distance(row);
  unit.population = people.population(row.area);
  const RuleView view = rule_view(run, row.target, row.rule);
  unit.promise = promise_of_row(view, row);
  unit.base = row.facts.base;
  unit.key = stream_key(options.seed, "priorities|" + run.targets[row.target].target->code, run.areas.at(row.area).code);
  const auto expected = forecast(row);
  if (!expected) return unit;
  unit.forecast = *expected;
  unit.line = expected->scale.to(unit.promise.line);
  unit.probability = told_chance(told_probability(probability_met(*expected, view, unit.promise), view));
  const double promised = unit.promise.target - unit.base;
  unit.drawn = !row.facts.target_met && !row.facts.base_met && std::isfinite(promised) && unit.promise.sense * promised > 0;
  return unit;
}

// The group rows by which a target is judged when no country is: the framework's regions, or all shown where it names none.
std::vector<std::uint32_t> region_rows(const AssessmentRun& run) {
  std::vector<bool> region(run.areas.all().size(), false);
  for (const std::string& code : run.framework.regions) {
    if (const auto area = run.areas.find(code)) region[*area] = true;
  }
  std::vector<std::uint32_t> named, all;
  for (std::uint32_t i = 0; i < run.rows.size(); ++i) {
    const Assessment& row = run.rows[i];
    if (row.origin != Origin::published_group || !counts(run, row)) continue;
    all.push_back(i);
    if (region[row.area]) named.push_back(i);
  }
  return named.empty() ? all : named;
}

bool exists(const Area& area, Date on) {
  return area.kind == AreaKind::country && (!area.from || *area.from <= on) && (!area.to || on <= *area.to);
}

}  // namespace

std::vector<bool> members_of(const AssessmentRun& run, const std::vector<std::string>& groups) {
  std::vector<bool> member;
  if (groups.empty()) return member;
  member.assign(run.areas.all().size(), false);
  for (const std::string& code : groups) {
    const auto group = run.areas.find(code);
    if (!group) {
      throw Error(ErrorKind::not_found, "there is no group '" + code + "'", "Groups are those of `stocktake groups`");
    }
    if (!run.areas.is_group(*group)) {
      throw Error(ErrorKind::usage, "'" + code + "' is a country, not a group", "Groups are those of `stocktake groups`");
    }
    for (const AreaId one : run.areas.members(*group, run.options.at)) member[one] = true;
  }
  return member;
}

std::vector<Unit> find_units(const AssessmentRun& run, const PriorityOptions& options, const Forecaster& forecast,
                             People& people) {
  const std::vector<bool> member = members_of(run, options.groups);
  const Spreads spreads(run);
  std::vector<std::uint32_t> rows;
  std::vector<bool> by_countries(run.targets.size(), false);
  for (std::uint32_t i = 0; i < run.rows.size(); ++i) {
    const Assessment& row = run.rows[i];
    if (row.origin != Origin::country || !counts(run, row)) continue;
    by_countries[row.target] = true;
    if (member.empty() || member[row.area]) rows.push_back(i);
  }
  if (member.empty()) {
    for (const std::uint32_t i : region_rows(run)) {
      if (!by_countries[run.rows[i].target]) rows.push_back(i);
    }
  }
  std::sort(rows.begin(), rows.end());
  std::vector<Unit> units;
  units.reserve(rows.size());
  for (const std::uint32_t i : rows) units.push_back(unit_of(run, i, spreads, options, forecast, people));
  return units;
}

UnitState drawn_state(const Unit& unit, std::uint64_t draw) {
  if (!unit.drawn) return unit.published;
  double normal = 0;
  fill_normals(unit.key, draw, std::span(&normal, 1));
  const double z = unit.forecast.mean + unit.forecast.sd * normal;
  const double value = unit.forecast.value(z);
  const double made = (value - unit.base) / (unit.promise.target - unit.base);
  UnitState state;
  // On the scale too: a logit never gets back to the bound itself.
  state.off_track = !reaches(unit.promise, value) && !(unit.promise.sense * (z - unit.line) >= 0);
  state.stalled = state.off_track && made < stalled_below;
  state.gap = std::clamp(1 - made, 0.0, 1.0);
  return state;
}

double population_in_question(const AssessmentRun& run, const PriorityOptions& options, const TargetRule& rule, People& people) {
  const std::vector<bool> member = members_of(run, options.groups);
  const Scope scope(run);
  const std::vector<bool> applies = scope.of_rule(rule);
  double sum = 0;
  for (std::size_t id = 0; id < run.areas.all().size(); ++id) {
    const auto area = static_cast<AreaId>(id);
    const bool asked = scope.covers(area) && (applies.empty() || applies[id]) && (member.empty() || member[id]);
    if (!asked || !exists(run.areas.at(area), run.options.at)) continue;
    const double people_there = people.population(area);
    if (std::isfinite(people_there)) sum += people_there;
  }
  return sum > 0 ? sum : no_figure;
}

}  // namespace stocktake
