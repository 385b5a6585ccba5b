#include "assess/priorities/priorities.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "assess/priorities/risk.h"
#include "assess/priorities/stability.h"
#include "base/error.h"
#include "base/text.h"

namespace stocktake {
namespace {

// The special situations of A/RES/68/6, paragraphs 5 and 6, of which a list of countries is known: least developed, Africa,
// landlocked, small islands; fragile and conflict-affected situations stand for countries in and after conflict.
constexpr const char* situation_codes[] = {"LDC", "LLDC", "SIDS", "M49_002", "WB_FCS"};

std::vector<AreaId> situation_groups(const AreaRegistry& areas) {
  std::vector<AreaId> groups;
  for (const char* code : situation_codes) {
    if (const auto group = areas.find(code); group && areas.is_group(*group)) groups.push_back(*group);
  }
  return groups;
}

// The range of a rank holds the rank itself. Items without draws keep their NaN.
template <typename Items>
void hold_the_place(Items& items) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    Stability& rank = items[i].rank;
    const auto place = static_cast<double>(i + 1);
    if (std::isnan(rank.low)) continue;
    rank.low = std::min(rank.low, place);
    rank.high = std::max(rank.high, place);
  }
}

double share_of(double part, double whole) { return whole > 0 ? part / whole : no_figure; }

// NaN sorts last in both directions.
double small_first(double value) { return std::isnan(value) ? HUGE_VAL : value; }

void rank_targets(const AssessmentRun& run, const std::vector<Unit>& units, const Places& places,
                  const std::vector<Tally>& tallies, const Ranks& ranks, const PriorityOptions& options, People& people,
                  Priorities& out) {
  std::vector<PriorityTarget> all(places.targets.size());
  std::vector<double> scores;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Tally& tally = tallies[i];
    PriorityTarget& one = all[i];
    one.target = places.targets[i];
    one.judged = tally.judged;
    one.off_track = tally.off_track;
    one.stalled = tally.stalled;
    one.score = target_score(tally, options.weights);
    one.rank = ranks.targets[i];
    if (tally.population > 0) one.people = tally.population_off;
    one.people_share = share_of(tally.population_off, tally.population);
    one.few = few_countries(tally, options, places.areas.size());
    scores.push_back(order_by(one.score, one.few));
  }
  for (std::size_t i = 0; i < units.size(); ++i) {
    PriorityTarget& one = all[places.target_of[i]];
    one.regions = units[i].region;
    one.uncertain += units[i].drawn ? 1 : 0;
    if (!units[i].published.off_track) continue;
    const double behind = people_behind(run, run.rows[units[i].row], people);
    if (!std::isfinite(behind)) continue;
    one.behind = (one.behind_known == 0 ? 0 : one.behind) + behind;
    ++one.behind_known;
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& rules = run.targets[all[i].target].target->rules;
    const auto headline = std::find_if(rules.begin(), rules.end(), [](const TargetRule& rule) { return rule.headline; });
    const TargetRule& rule = headline == rules.end() ? rules.front() : *headline;
    all[i].population_covered = share_of(tallies[i].population, population_in_question(run, options, rule, people));
  }
  for (const std::uint32_t i : ranked(scores)) out.targets.push_back(all[i]);
}

void rank_countries(const AssessmentRun& run, const std::vector<Unit>& units, const Places& places,
                    const std::vector<Tally>& tallies, const Ranks& ranks, const PriorityOptions& options, People& people,
                    Priorities& out) {
  const std::vector<AreaId> groups = situation_groups(run.areas);
  std::vector<double> distance(places.areas.size(), 0);
  std::vector<int> distances(places.areas.size(), 0);
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (places.area_of[i] == no_place || !units[i].published.off_track || !std::isfinite(units[i].distance)) continue;
    distance[places.area_of[i]] += units[i].distance;
    ++distances[places.area_of[i]];
  }
  std::vector<PriorityCountry> all(places.areas.size());
  std::vector<double> scores;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Tally& tally = tallies[i];
    PriorityCountry& one = all[i];
    one.area = places.areas[i];
    one.judged = tally.judged;
    one.off_track = tally.off_track;
    one.stalled = tally.stalled;
    if (tally.gaps > 0) one.gap = tally.gap / tally.gaps;
    if (distances[i] > 0) one.distance = distance[i] / distances[i];
    one.population = people.population(one.area);
    one.score = country_score(tally, options.weights);
    one.rank = ranks.areas[i];
    for (const AreaId group : groups) {
      if (run.areas.is_member(group, one.area, run.options.at)) one.situations.push_back(group);
    }
    one.few = few_targets(tally, options, places.targets.size());
    scores.push_back(order_by(one.score, one.few));
  }
  for (const std::uint32_t i : ranked(scores)) out.countries.push_back(all[i]);
}

void rank_rows(const AssessmentRun& run, const std::vector<Unit>& units, const Ranks& ranks, People& people, Priorities& out) {
  for (std::size_t i = 0; i < units.size(); ++i) {
    const Unit& unit = units[i];
    if (unit.region || !(unit.published.gap > 0)) continue;
    out.behind.push_back({unit.row, unit.published.gap, unit.distance, unit.population,
                          people_behind(run, run.rows[unit.row], people), unit.probability, ranks.rows[i]});
  }
  const auto order = [](const PriorityRow& one) {
    return std::tuple{-one.gap, std::isfinite(one.distance) ? -one.distance : 0.0, one.row};
  };
  std::sort(out.behind.begin(), out.behind.end(),
            [&](const PriorityRow& a, const PriorityRow& b) { return order(a) < order(b); });
}

void sort_risks(const AssessmentRun& run, const std::vector<Unit>& units, const PriorityOptions& options, Priorities& out) {
  for (const RiskRow& one : risks(run, units, options)) (one.wrong_way || one.unlikely ? out.risk : out.sustain).push_back(one);
  std::stable_sort(out.risk.begin(), out.risk.end(), [](const RiskRow& a, const RiskRow& b) {
    return std::tuple{small_first(a.probability), small_first(a.leaves)} <
           std::tuple{small_first(b.probability), small_first(b.leaves)};
  });
}

void sum_situations(const AssessmentRun& run, const std::vector<Unit>& units, Priorities& out) {
  for (const AreaId group : situation_groups(run.areas)) {
    Situation one;
    one.group = group;
    const auto& memberships = run.areas.memberships(group);
    one.dated = std::any_of(memberships.begin(), memberships.end(), [](const Membership& m) { return m.from || m.to; });
    one.members = static_cast<int>(run.areas.members(group, run.options.at).size());
    std::vector<bool> seen(run.areas.all().size(), false);
    double gap = 0;
    int gaps = 0;
    for (const Unit& unit : units) {
      if (unit.region || !run.areas.is_member(group, unit.area, run.options.at)) continue;
      one.countries += seen[unit.area] ? 0 : 1;
      seen[unit.area] = true;
      ++one.judged;
      one.off_track += unit.published.off_track ? 1 : 0;
      one.stalled += unit.published.stalled ? 1 : 0;
      if (!std::isfinite(unit.published.gap)) continue;
      gap += unit.published.gap;
      ++gaps;
    }
    if (gaps > 0) one.gap = gap / gaps;
    out.situations.push_back(one);
  }
}

}  // namespace

PriorityWeights parse_weights(std::string_view text) {
  PriorityWeights weights;
  const auto fail = [&](const std::string& what) {
    throw Error(ErrorKind::usage, "--weights: " + what, "Write off_track=1,stalled=1,people=1,gap=1; each 0 or more");
  };
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t comma = rest.find(',');
    const std::string_view part = rest.substr(0, comma);
    rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    const std::size_t equals = part.find('=');
    const std::string_view name = part.substr(0, equals);
    const std::string_view number = equals == std::string_view::npos ? std::string_view{} : part.substr(equals + 1);
    double* weight = name == "off_track" ? &weights.off_track
                     : name == "stalled" ? &weights.stalled
                     : name == "people"  ? &weights.people
                     : name == "gap"     ? &weights.gap
                                         : nullptr;
    if (weight == nullptr) fail("unknown weight '" + std::string(name) + "'");
    const std::optional<double> value = parse_finite(number);
    if (!value || *value < 0 || *value > 1000) fail("'" + std::string(part) + "' is not a weight from 0 to 1000");
    *weight = *value;
  }
  if (weights.off_track + weights.stalled + weights.people <= 0) fail("all weights of targets are 0");
  if (weights.off_track + weights.stalled + weights.gap <= 0) fail("all weights of countries are 0");
  return weights;
}

Priorities set_priorities(const AssessmentRun& run, const PriorityOptions& options, const Forecaster& forecast) {
  People people(run);
  const std::vector<Unit> units = find_units(run, options, forecast, people);
  const Places places = find_places(units);
  std::vector<Tally> targets(places.targets.size()), areas(places.areas.size());
  for (std::size_t i = 0; i < units.size(); ++i) {
    targets[places.target_of[i]].add(units[i], units[i].published);
    if (places.area_of[i] != no_place) areas[places.area_of[i]].add(units[i], units[i].published);
  }
  const Ranks ranks = rank_under_uncertainty(units, places, options);
  Priorities out;
  rank_targets(run, units, places, targets, ranks, options, people, out);
  rank_countries(run, units, places, areas, ranks, options, people, out);
  rank_rows(run, units, ranks, people, out);
  hold_the_place(out.targets);
  hold_the_place(out.countries);
  hold_the_place(out.behind);
  sort_risks(run, units, options, out);
  sum_situations(run, units, out);
  return out;
}

}  // namespace stocktake
