#include "assess/methods/growth.h"

#include <cmath>

namespace stocktake {
namespace {

double one_sided(const RuleView& rule, double value) {
  return value >= rule.lower && value <= rule.upper ? rule.centre : parity_distance(rule, value);
}

}  // namespace

int sense_of(const Facts& facts, const RuleView& rule) {
  if (rule.type == RuleType::parity) return -1;
  return promise_of(rule, facts.base, facts.latest).sense;
}

Ends ends_between(const Facts& facts, const RuleView& rule, int from_year, double from, int to_year, double to) {
  const int sense = sense_of(facts, rule);
  if (rule.type != RuleType::parity) return {from, to, facts.target, from_year, to_year, facts.deadline_year, sense};
  return {one_sided(rule, from), one_sided(rule, to), rule.centre, from_year, to_year, facts.deadline_year, sense};
}

Ends ends_of(const Facts& facts, const RuleView& rule) {
  return ends_between(facts, rule, facts.base_year, facts.base, facts.latest_year, facts.latest);
}

double growth_a_year(double from, double to, int years) {
  if (years <= 0) return no_figure;
  if (from == to) return 0;
  if (!((from > 0 && to > 0) || (from < 0 && to < 0))) return no_figure;
  const double growth = std::expm1(std::log(to / from) / years);
  return from < 0 ? -growth : growth;
}

double growth_ratio(const Ends& ends) {
  if (ends.years() <= 0 || ends.span() <= 0 || std::isnan(ends.target)) return no_figure;
  double observed = growth_a_year(ends.from, ends.to, ends.years());
  double required = growth_a_year(ends.from, ends.target, ends.span());
  if (std::isnan(observed) || std::isnan(required)) {
    observed = (ends.to - ends.from) / ends.years();
    required = (ends.target - ends.from) / ends.span();
  }
  if (observed == 0) return 0;
  return ends.sense * observed / std::abs(required);
}

double better_growth(const Ends& ends) {
  double growth = growth_a_year(ends.from, ends.to, ends.years());
  if (std::isnan(growth) && ends.years() > 0) growth = (ends.to - ends.from) / ends.years() / std::abs(ends.from);
  return ends.sense * growth;
}

}  // namespace stocktake
