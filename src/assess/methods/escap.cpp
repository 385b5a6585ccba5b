#include "assess/methods/escap.h"

#include <algorithm>
#include <cmath>

namespace stocktake {
namespace {

// y = level + slope t by weighted least squares over the years from `first` on; a figure's weight is its position in the period,
// (t - t1 + 1)/(tn - t1 + 1).
struct Line {
  double slope = no_figure, mean_year = 0, mean_value = 0;
  double at(double year) const { return mean_value + slope * (year - mean_year); }
};

Line time_weighted_line(const SeriesView& series, int first) {
  std::size_t begin = 0;
  while (begin < series.size && series.year[begin] < first) ++begin;
  Line line;
  if (series.size - begin < 2) return line;
  const int start = series.year[begin];
  const double length = series.year[series.size - 1] - start + 1;
  double total = 0, year = 0, value = 0;
  for (std::size_t i = begin; i < series.size; ++i) {
    const double weight = (series.year[i] - start + 1) / length;
    total += weight;
    year += weight * (series.year[i] - start);  // from the start: sums of small numbers lose less
    value += weight * series.value[i];
  }
  line.mean_year = start + year / total;
  line.mean_value = value / total;
  double across = 0, along = 0;
  for (std::size_t i = begin; i < series.size; ++i) {
    const double weight = (series.year[i] - start + 1) / length;
    const double apart = series.year[i] - line.mean_year;
    along += weight * apart * apart;
    across += weight * apart * (series.value[i] - line.mean_value);
  }
  line.slope = across / along;
  // Equal figures have no slope, whatever rounding leaves of it: its sign decides a class.
  if (std::abs(line.slope) * length <= 1e-12 * std::abs(line.mean_value)) line.slope = 0;
  return line;
}

// Distance from parity, none within the band. A trend that reaches the band from outside is not followed through it.
double missing_parity(const RuleView& rule, double value, double latest) {
  if (value >= rule.lower && value <= rule.upper) return 0;
  const bool from_below = latest<rule.lower, from_above = latest> rule.upper;
  if ((from_below && value > rule.upper) || (from_above && value < rule.lower)) return 0;
  return std::abs(rule.centre - value);
}

}  // namespace

EscapParts escap_parts(const Case& one, int first) {
  const Facts& facts = *one.facts;
  const RuleView& rule = *one.rule;
  EscapParts parts;
  parts.refusal = common_refusal(facts, rule, true);
  if (parts.refusal != Verdict::met) return parts;
  if (facts.deadline_year <= facts.base_year) {
    parts.refusal = Verdict::not_applicable;
    return parts;
  }
  const bool parity = rule.type == RuleType::parity;
  const Promise promise = promise_of(rule, facts.base, facts.latest);
  const double sense = promise.sense;
  parts.met = facts.target_met;
  parts.base_met = facts.base_met;
  parts.base = parity ? missing_parity(rule, facts.base, facts.base) : sense * (facts.target - facts.base);
  parts.now = parity ? missing_parity(rule, facts.latest, facts.latest) : sense * (facts.target - facts.latest);
  const double span = facts.deadline_year - facts.base_year;
  parts.expected_share = std::min(1.0, (facts.latest_year - facts.base_year) / span);

  const Line line = time_weighted_line(one.series, first);
  if (!std::isfinite(line.slope)) return parts;
  const double expected = line.at(facts.deadline_year);
  if (!parity) {
    parts.deadline =
        reaches(promise, expected) ? std::min(0.0, sense * (facts.target - expected)) : sense * (facts.target - expected);
    parts.closing = sense * line.slope;
  } else {
    parts.deadline = missing_parity(rule, expected, facts.latest);
    // Towards parity as seen from where the line ends; a line that ends within the band as seen from the latest figure.
    const bool outside = expected < rule.lower || expected > rule.upper;
    parts.closing = (outside ? expected : facts.latest) < rule.centre ? line.slope : -line.slope;
  }
  return parts;
}

double current_status(double missing_at_base, double missing_now, bool met) {
  if (met) return 10;
  if (missing_at_base == 0) return no_figure;
  return 10 * (missing_at_base - missing_now) / std::abs(missing_at_base);
}

double anticipated_progress(double missing_at_base, double missing_at_deadline) {
  if (missing_at_deadline <= 0) return 0;
  if (!(missing_at_base > 0)) return no_figure;
  return 100 * missing_at_deadline / missing_at_base;
}

}  // namespace stocktake
