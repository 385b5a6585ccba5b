#include "assess/core.h"

#include <algorithm>
#include <cmath>

#include "assess/methods/method.h"
#include "base/parallel.h"

namespace stocktake {
namespace {

double finite_or_none(double value) { return std::isfinite(value) ? value : no_figure; }

// A slice of the panel's columns: one series.
struct Figures {
  const std::int16_t* year;
  const double* value;
  const std::uint32_t* provenance;  // null when no figure of the panel is a published bound ("<5")
  const Panel::Provenance* provenances;
  std::size_t size;

  bool is_bound(std::size_t i) const { return provenance != nullptr && provenances[provenance[i]].qualifier != 0; }
};

constexpr std::size_t none = static_cast<std::size_t>(-1);

std::size_t latest_index(const Figures& figures, int data_until) {
  std::size_t end =
      static_cast<std::size_t>(std::upper_bound(figures.year, figures.year + figures.size, data_until) - figures.year);
  while (end > 0 && !std::isfinite(figures.value[end - 1])) --end;
  return end == 0 ? none : end - 1;
}

// The baseline year; else the first later year of the window that leaves a later figure; else the nearest earlier one.
std::size_t base_index(const Figures& figures, std::size_t latest, int baseline, int window) {
  const std::size_t from =
      static_cast<std::size_t>(std::lower_bound(figures.year, figures.year + figures.size, baseline) - figures.year);
  for (std::size_t i = from; i <= latest && figures.year[i] <= baseline + window; ++i) {
    if (!std::isfinite(figures.value[i])) continue;
    if (figures.year[i] == baseline || i < latest) return i;
  }
  for (std::size_t i = from; i-- > 0 && figures.year[i] >= baseline - window;) {
    if (i <= latest && std::isfinite(figures.value[i])) return i;
  }
  return none;
}

std::int16_t count_points(const Figures& figures, std::size_t base, std::size_t latest) {
  int count = 0;
  for (std::size_t i = base; i <= latest; ++i) count += std::isfinite(figures.value[i]) ? 1 : 0;
  return static_cast<std::int16_t>(std::min(count, 32000));
}

// Logarithm of the yearly growth factor; NaN where geometric growth is not defined (zero, a change of sign, no time).
double log_growth(double from, double to, int years) {
  if (years <= 0 || !((from > 0 && to > 0) || (from < 0 && to < 0))) return no_figure;
  return finite_or_none(std::log(to / from) / years);
}

// Growth signed as the value moves: -10 to -5 is growth of a half of the size, and upwards.
double rate_from(double log_growth_a_year, double base) {
  return finite_or_none(base < 0 ? -std::expm1(log_growth_a_year) : std::expm1(log_growth_a_year));
}

double slope(double from, double to, int years) { return years > 0 ? finite_or_none((to - from) / years) : no_figure; }

// The worst figure since the base (the last one of equals) and the last one that differs from the latest (rounded figures often
// repeat): all that halt_and_reverse needs.
void find_worst(const Figures& figures, std::size_t base, std::size_t latest, int sense, Facts& facts) {
  std::size_t worst = base;
  for (std::size_t i = base; i <= latest; ++i) {
    if (!std::isfinite(figures.value[i])) continue;
    if (sense * (figures.value[i] - figures.value[worst]) <= 0) worst = i;
    if (i < latest && (figures.value[i] != facts.latest || std::isnan(facts.previous))) facts.previous = figures.value[i];
  }
  facts.worst = figures.value[worst];
  facts.worst_year = figures.year[worst];
}

// The first year since which every figure meets the promise.
double met_since(const Figures& figures, std::size_t base, std::size_t latest, const Promise& promise, const RuleView& rule) {
  std::size_t since = latest;
  for (std::size_t i = latest + 1; i-- > base;) {
    if (!std::isfinite(figures.value[i])) continue;
    if (!meets(promise, rule, figures.value[i])) break;
    since = i;
  }
  return figures.year[since];
}

void halt_and_reverse_facts(const Figures& figures, std::size_t base, std::size_t latest, int sense, Facts& facts) {
  if (sense == 0) return;
  find_worst(figures, base, latest, sense, facts);
  facts.target_met = facts.worst_year < facts.latest_year && sense * (facts.latest - facts.previous) > 0 &&
                     sense * (facts.latest - facts.base) >= 0;
}

// Everything that compares the series with its target. `log_observed` is the log of the observed yearly growth factor.
void target_facts(const Figures& figures, std::size_t base, std::size_t latest, const RuleView& rule, const Promise& promise,
                  double log_observed, Facts& facts) {
  const int span = facts.deadline_year - facts.base_year;
  const int left = facts.deadline_year - facts.latest_year;
  facts.target = promise.target;
  facts.target_met = meets(promise, rule, facts.latest);
  facts.base_met = meets(promise, rule, facts.base);
  const bool right_side = promise.sense * (promise.target - facts.base) > 0;  // not so when parity was passed through
  if (!facts.base_met && right_side) {
    facts.required_linear = slope(facts.base, facts.target, span);
    facts.required_rate = rate_from(log_growth(facts.base, facts.target, span), facts.base);
    facts.ratio_linear = finite_or_none(facts.observed_linear / facts.required_linear);
    facts.ratio_rate = finite_or_none(facts.observed_rate / facts.required_rate);
  }
  if (facts.target_met) {
    facts.year_met = met_since(figures, base, latest, promise, rule);
    return;
  }
  facts.needed_linear = slope(facts.latest, facts.target, left);
  facts.needed_rate = rate_from(log_growth(facts.latest, facts.target, left), facts.latest);
  if (promise.sense * facts.observed_linear > 0) {
    facts.year_met = finite_or_none(facts.latest_year + (promise.line - facts.latest) / facts.observed_linear);
    const bool geometric = std::isfinite(log_observed) && std::isfinite(facts.needed_rate);
    facts.acceleration =
        finite_or_none(geometric ? facts.needed_rate / facts.observed_rate : facts.needed_linear / facts.observed_linear);
  }
}

Facts facts_of(const Figures& figures, const RuleView& rule, const CoreOptions& options) {
  Facts facts;
  facts.deadline_year = rule.deadline;
  const std::size_t latest = latest_index(figures, options.data_until);
  if (latest == none) return facts;
  facts.latest_year = figures.year[latest];
  facts.latest = figures.value[latest];
  const std::size_t base = base_index(figures, latest, rule.baseline, options.base_window);
  if (base == none) return facts;
  facts.base_year = figures.year[base];
  facts.base = figures.value[base];
  facts.points = count_points(figures, base, latest);

  const Promise promise = promise_of(rule, facts.base, facts.latest);
  if (figures.is_bound(base)) {
    const bool part_of_base =
        rule.type == RuleType::reduce_by || rule.type == RuleType::multiply_by || rule.type == RuleType::halt_and_reverse;
    facts.bounds_only = part_of_base || (figures.is_bound(latest) && !meets(promise, rule, facts.latest));
    if (facts.bounds_only) return facts;
  }
  const int years = facts.latest_year - facts.base_year;
  const int left = std::max(0, facts.deadline_year - facts.latest_year);  // after the deadline nothing is projected
  const double log_observed = log_growth(facts.base, facts.latest, years);
  facts.observed_linear = slope(facts.base, facts.latest, years);
  facts.observed_rate = rate_from(log_observed, facts.base);
  facts.expected_linear = finite_or_none(facts.latest + facts.observed_linear * left);
  facts.expected_rate = finite_or_none(facts.latest * std::exp(log_observed * left));

  if (rule.type == RuleType::halt_and_reverse) {
    halt_and_reverse_facts(figures, base, latest, promise.sense, facts);
  } else if (std::isfinite(promise.target)) {
    target_facts(figures, base, latest, rule, promise, log_observed, facts);
  }
  return facts;
}

bool has_bounds(const Panel& panel) {
  return panel.provenance.size() == panel.value.size() &&
         std::any_of(panel.provenances.begin(), panel.provenances.end(), [](const auto& one) { return one.qualifier != 0; });
}

Figures figures_of(const Panel& panel, std::uint32_t series, bool bounds) {
  const std::size_t begin = panel.begin[series];
  return {panel.year.data() + begin, panel.value.data() + begin, bounds ? panel.provenance.data() + begin : nullptr,
          panel.provenances.data(), panel.begin[series + 1] - begin};
}

}  // namespace

void compute_facts(const Panel& panel, std::span<const std::uint32_t> series, std::span<const RuleView> rules,
                   const CoreOptions& options, std::span<Facts> out) {
  const bool bounds = has_bounds(panel);
  in_parallel(series.size(), options.threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      out[i] = facts_of(figures_of(panel, series[i], bounds), rules.size() == 1 ? rules[0] : rules[i], options);
    }
  });
}

void assess_uniform(const Panel& panel, const RuleView& rule, const CoreOptions& options, std::span<Facts> facts,
                    std::span<Verdict> mdg, std::span<Verdict> sdg) {
  const std::span<const RuleView> rules(&rule, 1);
  const bool bounds = has_bounds(panel);
  in_parallel(panel.size(), options.threads, [&](std::size_t begin, std::size_t end) {
    constexpr std::size_t block = 512;  // facts of a block are judged while they are still in the cache
    for (std::size_t from = begin; from < end; from += block) {
      const std::size_t size = std::min(block, end - from);
      for (std::size_t i = from; i < from + size; ++i) {
        facts[i] = facts_of(figures_of(panel, static_cast<std::uint32_t>(i), bounds), rule, options);
      }
      judge_mdg_chart(facts.subspan(from, size), rules, mdg.subspan(from, size));
      judge_un_sdg_chart(facts.subspan(from, size), rules, sdg.subspan(from, size));
    }
  });
}

}  // namespace stocktake
