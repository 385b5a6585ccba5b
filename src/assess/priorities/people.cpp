#include "assess/priorities/people.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace stocktake {
namespace {

// Indicators whose denominator is the weight that the framework file names: the share of all people of that concept. Left out,
// although they are per cent and weighted by people: measures that are not shares of people (poverty gap, legal frameworks,
// capacities, probabilities of death, hours), and shares of a part of the concept only (women in a union, users of a service).
struct Counted {
  std::string_view framework, indicator, of;
};
constexpr Counted counted[] = {
    {"mdg", "1.1", "population"},          {"mdg", "1.8", "children_under_5"},
    {"mdg", "1.9", "population"},          {"mdg", "2.1", "primary_school_age"},
    {"mdg", "2.3", "population_15_24"},    {"mdg", "5.2", "births"},
    {"mdg", "6.1", "population_15_24"},    {"mdg", "6.3", "population_15_24"},
    {"mdg", "6.7", "children_under_5"},    {"mdg", "7.8", "population"},
    {"mdg", "7.9", "population"},          {"mdg", "7.10", "urban_population"},
    {"mdg", "8.16", "population"},         {"sdg", "1.1.1", "population"},
    {"sdg", "1.2.1", "population"},        {"sdg", "1.2.2", "population"},
    {"sdg", "2.1.1", "population"},        {"sdg", "2.1.2", "population"},
    {"sdg", "2.2.1", "children_under_5"},  {"sdg", "2.2.2", "children_under_5"},
    {"sdg", "2.2.3", "women_15_49"},       {"sdg", "3.1.2", "births"},
    {"sdg", "3.8.2", "population"},        {"sdg", "3.a.1", "population_15_plus"},
    {"sdg", "5.3.2", "women_15_49"},       {"sdg", "6.1.1", "population"},
    {"sdg", "6.2.1", "population"},        {"sdg", "7.1.1", "population"},
    {"sdg", "7.1.2", "population"},        {"sdg", "8.5.2", "labour_force"},
    {"sdg", "9.1.1", "rural_population"},  {"sdg", "9.c.1", "population"},
    {"sdg", "11.1.1", "urban_population"}, {"sdg", "11.2.1", "urban_population"},
    {"sdg", "16.9.1", "children_under_5"}, {"sdg", "17.8.1", "population"},
};

}  // namespace

double figure_at(const Panel& panel, std::uint32_t series, int year, int reach) {
  const std::size_t begin = panel.begin[series];
  const std::size_t end = panel.begin[series + 1];
  std::size_t before = end, after = end;  // the finite figures on both sides
  for (std::size_t i = begin; i < end; ++i) {
    if (!std::isfinite(panel.value[i])) continue;
    if (panel.year[i] <= year) before = i;
    if (panel.year[i] >= year && after == end) after = i;
  }
  if (before != end && after != end) {
    if (panel.year[before] == year) return panel.value[before];
    const double share = static_cast<double>(year - panel.year[before]) / (panel.year[after] - panel.year[before]);
    return panel.value[before] + share * (panel.value[after] - panel.value[before]);
  }
  if (before != end && year - panel.year[before] <= reach) return panel.value[before];
  if (after != end && panel.year[after] - year <= reach) return panel.value[after];
  return no_figure;
}

const SeriesOfArea* People::weights(std::string_view concept_name) {
  auto slot = weights_.find(concept_name);
  if (slot == weights_.end()) {
    slot = weights_.emplace(concept_name, find_weights(run_.panel, run_.areas, run_.bindings, concept_name)).first;
  }
  return slot->second ? &*slot->second : nullptr;
}

double People::count(std::string_view concept_name, AreaId area, int year) {
  const SeriesOfArea* series = weights(concept_name);
  if (series == nullptr) return no_figure;
  // Figures later than the run may look at are not used: the last year stands for up to weight_reach years.
  const auto of = [&](AreaId country) {
    const std::uint32_t one = (*series)[country];
    return one == no_series ? no_figure : figure_at(run_.panel, one, year, weight_reach);
  };
  if (!run_.areas.is_group(area)) return of(area);
  double sum = 0;
  bool any = false;
  for (const AreaId member : run_.areas.members(area, run_.options.at)) {
    const double one = of(member);
    if (!std::isfinite(one)) continue;
    sum += one;
    any = true;
  }
  return any ? sum : no_figure;
}

bool counts_people(const Framework& framework, const Indicator& indicator) {
  if (indicator.aggregate != Aggregate::weighted_mean || indicator.bounds.lower != 0 || indicator.bounds.upper > 100)
    return false;
  return std::any_of(std::begin(counted), std::end(counted), [&](const Counted& one) {
    return (one.framework == framework.id || one.framework == framework.extends) && one.indicator == indicator.code &&
           one.of == indicator.weight;
  });
}

double people_behind(const AssessmentRun& run, const Assessment& row, People& people) {
  const Indicator& indicator = run.indicator(row);
  const Facts& facts = row.facts;
  if (run.rule(row).type == RuleType::relative || !counts_people(run.framework, indicator)) return no_figure;
  if (facts.target_met) return 0;
  if (!std::isfinite(facts.target) || !std::isfinite(facts.latest)) return no_figure;
  return std::abs(facts.target - facts.latest) / 100 * people.count(indicator.weight, row.area, facts.latest_year);
}

}  // namespace stocktake
