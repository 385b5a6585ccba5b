// The lists of priorities as tables: a brief form for a terminal, and all figures for machines.
#include <cmath>

#include "assess/priorities/priorities.h"

namespace stocktake {
namespace {

std::string situations_text(const AssessmentRun& run, const std::vector<AreaId>& groups) {
  std::string text;
  for (const AreaId group : groups) text += (text.empty() ? "" : " ") + run.areas.at(group).code;
  return text;
}

std::string range_text(const Stability& rank) {
  if (std::isnan(rank.low)) return {};
  return number_text(rank.low, 0) + "-" + number_text(rank.high, 0);
}

// In brief "1-4" and the two probabilities; else every figure in a column of its own.
template <typename Items>
void add_stability(const Items& items, Table& table, bool brief) {
  if (brief) {
    auto& range = table.add_texts("rank_90%");
    for (const auto& one : items) range.push_back(range_text(one.rank));
  } else {
    auto& low = table.add_numbers("rank_low");
    auto& high = table.add_numbers("rank_high");
    for (const auto& one : items) {
      low.push_back(one.rank.low);
      high.push_back(one.rank.high);
    }
  }
  auto& top3 = table.add_numbers(brief ? "P(top_3)" : "top3", brief ? 2 : -1);
  auto& top10 = table.add_numbers(brief ? "P(top_10)" : "top10", brief ? 2 : -1);
  for (const auto& one : items) {
    top3.push_back(one.rank.top3);
    top10.push_back(one.rank.top10);
  }
}

template <typename Items>
void add_places(const Items& items, Table& table) {
  auto& place = table.add_integers("rank");
  for (std::size_t i = 0; i < items.size(); ++i) place.push_back(static_cast<std::int64_t>(i + 1));
}

// Target, area and indicator of rows of the run.
template <typename Items>
void add_row_names(const AssessmentRun& run, const Items& items, Language language, Table& table) {
  auto& target = table.add_texts("target");
  auto& area = table.add_texts("area");
  auto& name = table.add_texts("name");
  auto& indicator = table.add_texts("indicator");
  auto& year = table.add_integers("latest_year");
  auto& latest = table.add_numbers("latest", 2);
  auto& goal = table.add_numbers("target_value", 2);
  for (const auto& one : items) {
    const Assessment& row = run.rows[one.row];
    target.push_back(run.targets[row.target].target->code);
    area.push_back(run.areas.at(row.area).code);
    name.push_back(run.areas.at(row.area).name.in(language));
    indicator.push_back(run.rule(row).indicator);
    year.push_back(row.facts.latest_year);
    latest.push_back(row.facts.latest);
    goal.push_back(row.facts.target);
  }
}

}  // namespace

Table targets_table(const AssessmentRun& run, const Priorities& priorities, Language language, bool brief) {
  const auto& items = priorities.targets;
  Table table;
  add_places(items, table);
  auto& target = table.add_texts("target");
  auto& title = table.add_texts("title");
  auto& units = table.add_texts("judged_by");
  auto& judged = table.add_integers("judged");
  auto& off = table.add_integers("off_track");
  auto& stalled = table.add_integers("stalled");
  auto& people = table.add_numbers(brief ? "people_millions" : "people", brief ? 1 : 0);
  auto& share = table.add_numbers("people_share", 2);
  auto& behind = table.add_numbers(brief ? "behind_millions" : "behind", brief ? 1 : 0);
  auto& score = table.add_numbers("score", 3);
  const double unit = brief ? 1e-6 : 1;
  for (const PriorityTarget& one : items) {
    target.push_back(run.targets[one.target].target->code);
    title.push_back(run.targets[one.target].target->title.in(language));
    units.emplace_back(one.regions ? "regions" : "countries");
    judged.push_back(one.judged);
    off.push_back(one.off_track);
    stalled.push_back(one.stalled);
    people.push_back(one.people * unit);
    share.push_back(one.people_share);
    behind.push_back(one.behind * unit);
    score.push_back(one.score);
  }
  add_stability(items, table, brief);
  if (brief) return table;
  auto& covered = table.add_numbers("population_covered");
  auto& known = table.add_integers("behind_known");
  auto& uncertain = table.add_integers("uncertain");
  auto& few = table.add_texts("few");
  for (const PriorityTarget& one : items) {
    few.emplace_back(one.few ? "yes" : "no");
    covered.push_back(one.population_covered);
    known.push_back(one.behind_known);
    uncertain.push_back(one.uncertain);
  }
  return table;
}

Table countries_table(const AssessmentRun& run, const Priorities& priorities, Language language, bool brief) {
  const auto& items = priorities.countries;
  Table table;
  add_places(items, table);
  auto& area = table.add_texts("area");
  auto& name = table.add_texts("name");
  auto& situations = table.add_texts("situations");
  auto& judged = table.add_integers("judged");
  auto& off = table.add_integers("off_track");
  auto& stalled = table.add_integers("stalled");
  auto& gap = table.add_numbers("mean_gap", 2);
  auto& distance = table.add_numbers("mean_distance", 2);
  auto& population = table.add_numbers(brief ? "population_millions" : "population", brief ? 1 : 0);
  auto& score = table.add_numbers("score", 3);
  for (const PriorityCountry& one : items) {
    area.push_back(run.areas.at(one.area).code);
    name.push_back(run.areas.at(one.area).name.in(language));
    situations.push_back(situations_text(run, one.situations));
    judged.push_back(one.judged);
    off.push_back(one.off_track);
    stalled.push_back(one.stalled);
    gap.push_back(one.gap);
    distance.push_back(one.distance);
    population.push_back(one.population * (brief ? 1e-6 : 1));
    score.push_back(one.score);
  }
  add_stability(items, table, brief);
  if (brief) return table;
  auto& few = table.add_texts("few");
  for (const PriorityCountry& one : items) few.emplace_back(one.few ? "yes" : "no");
  return table;
}

Table behind_table(const AssessmentRun& run, const Priorities& priorities, Language language, bool brief) {
  const auto& items = priorities.behind;
  Table table;
  add_places(items, table);
  add_row_names(run, items, language, table);
  auto& situations = table.add_texts("situations");
  auto& gap = table.add_numbers("gap", 2);
  auto& distance = table.add_numbers("distance", 2);
  auto& population = table.add_numbers(brief ? "population_millions" : "population", brief ? 1 : 0);
  auto& behind = table.add_numbers(brief ? "behind_millions" : "behind", brief ? 1 : 0);
  auto& observed = table.add_numbers("observed_linear", 3);
  auto& needed = table.add_numbers("needed_linear", 3);
  auto& acceleration = table.add_numbers("acceleration", 1);
  auto& probability = table.add_numbers("probability", 2);
  for (const PriorityRow& one : items) {
    const Assessment& row = run.rows[one.row];
    std::vector<AreaId> groups;
    for (const Situation& situation : priorities.situations) {
      if (run.areas.is_member(situation.group, row.area, run.options.at)) groups.push_back(situation.group);
    }
    situations.push_back(situations_text(run, groups));
    gap.push_back(one.gap);
    distance.push_back(one.distance);
    population.push_back(one.population * (brief ? 1e-6 : 1));
    behind.push_back(one.behind * (brief ? 1e-6 : 1));
    observed.push_back(row.facts.observed_linear);
    needed.push_back(row.facts.needed_linear);
    acceleration.push_back(row.facts.acceleration);
    probability.push_back(one.probability);
  }
  add_stability(items, table, brief);
  return table;
}

Table risk_table(const AssessmentRun& run, const std::vector<RiskRow>& rows, Language language, bool brief) {
  Table table;
  add_row_names(run, rows, language, table);
  auto& verdict = table.add_texts("verdict");
  auto& reason = table.add_texts("reason");
  auto& pace = table.add_numbers("recent_pace", brief ? 3 : -1);
  auto& leaves = table.add_numbers("leaves", 1);
  auto& probability = table.add_numbers("probability", brief ? 2 : -1);
  for (const RiskRow& one : rows) {
    verdict.emplace_back(to_string(ranked_verdict(run.rows[one.row])));
    reason.emplace_back(one.wrong_way && one.unlikely ? "wrong_way, unlikely"
                        : one.wrong_way               ? "wrong_way"
                        : one.unlikely                ? "unlikely"
                                                      : "");
    pace.push_back(one.recent_pace);
    leaves.push_back(one.leaves);
    probability.push_back(one.probability);
  }
  return table;
}

Table situations_table(const AssessmentRun& run, const Priorities& priorities, Language language) {
  Table table;
  auto& group = table.add_texts("group");
  auto& name = table.add_texts("name");
  auto& dated = table.add_texts("dated");
  auto& members = table.add_integers("members");
  auto& countries = table.add_integers("judged_countries");
  auto& judged = table.add_integers("judged");
  auto& off = table.add_integers("off_track");
  auto& stalled = table.add_integers("stalled");
  auto& gap = table.add_numbers("mean_gap", 2);
  for (const Situation& one : priorities.situations) {
    group.push_back(run.areas.at(one.group).code);
    name.push_back(run.areas.at(one.group).name.in(language));
    dated.emplace_back(one.dated ? "yes" : "no");
    members.push_back(one.members);
    countries.push_back(one.countries);
    judged.push_back(one.judged);
    off.push_back(one.off_track);
    stalled.push_back(one.stalled);
    gap.push_back(one.gap);
  }
  return table;
}

}  // namespace stocktake
