// Open SDG / Statistics Canada: observed growth over required growth, and a score by which series make an indicator.
#include "assess/methods/open_sdg.h"

#include <algorithm>
#include <cmath>

#include "assess/methods/growth.h"

namespace stocktake {
namespace {

constexpr std::array parameters_of{
    MethodParameter{"on_track", 0.95, "least R of the first class", Evidence::seen, ranges::not_below("moderate")},
    MethodParameter{"moderate", 0.60, "least R of the second class", Evidence::seen,
                    ranges::not_below("limited", ranges::above("bottom"))},
    MethodParameter{"limited", 0, "least R of the third class", Evidence::seen},
    MethodParameter{"top", 1.30, "R from which the score is 5", Evidence::seen, ranges::above("moderate")},
    MethodParameter{"bottom", -0.60, "R down to which the score falls, to -5", Evidence::seen},
    MethodParameter{"free_on_track", 1.5, "without a target: least growth of the first class, per cent a year", Evidence::seen,
                    ranges::above("free_moderate")},
    MethodParameter{"free_moderate", 0.5, "without a target: least growth of the second class, per cent a year", Evidence::seen,
                    ranges::above("free_limited", ranges::not_negative)},
    MethodParameter{"free_limited", 0, "without a target: least growth of the third class, per cent a year", Evidence::seen,
                    ranges::above("free_bottom", {-ranges::none, 0})},
    MethodParameter{"free_top", 2, "without a target: growth from which the score is 5, per cent a year", Evidence::seen,
                    ranges::above("free_on_track")},
    MethodParameter{"free_bottom", -2, "without a target: growth down to which the score falls, to -5, per cent a year",
                    Evidence::seen},
    MethodParameter{"steepness", 4.44, "power with which thresholds shrink near a natural limit", Evidence::seen,
                    ranges::not_negative},
    MethodParameter{"zero", 0.001, "what stands for a base or a target of zero", Evidence::seen,
                    ParameterRange{0, ranges::none, true}},
};
enum Parameter : std::size_t {
  on_track,
  moderate,
  limited,
  top,
  bottom,
  free_on_track,
  free_moderate,
  free_limited,
  free_top,
  free_bottom,
  steepness,
  zero
};

constexpr std::array classes_of{
    MethodClass{"achieved", "Target achieved", Verdict::met},
    MethodClass{"on_track", "On track (substantial progress)", Verdict::on_track},
    MethodClass{"moderate", "Progress made but acceleration needed (moderate progress)", Verdict::fair},
    MethodClass{"limited", "Limited progress", Verdict::insufficient},
    MethodClass{"deterioration", "Deterioration", Verdict::deterioration},
};

// Straight lines between (at[i], score[i]); level outside.
double along(double value, std::span<const double> at, std::span<const double> score) {
  if (!(value > at.front())) return score.front();
  for (std::size_t i = 1; i < at.size(); ++i) {
    if (value < at[i]) return score[i - 1] + (score[i] - score[i - 1]) * (value - at[i - 1]) / (at[i] - at[i - 1]);
  }
  return score.back();
}

std::uint8_t graded(double value, double first, double second, double third) {
  return value >= first ? 1 : value >= second ? 2 : value >= third ? 3 : 4;
}

Judgement judgement(std::uint8_t own, double score) { return {classes_of[own].verdict, own, score}; }

bool same_sign(double a, double b) { return (a > 0 && b >= 0) || (a < 0 && b <= 0); }

// Growth signed as the value moves. A figure that fell to zero has lost 100 per cent, in whatever time.
double growth(double from, double to, int years) {
  const double rate = std::pow(to / from, 1.0 / years) - 1;
  return from < 0 ? -rate : rate;
}

Judgement with_target(const Ends& ends, std::span<const double> p) {
  const double target = ends.target == 0 ? p[zero] : ends.target;
  if (ends.sense * (ends.to - target) >= 0) return judgement(0, 5);
  if (ends.span() <= 0 || !same_sign(ends.from, ends.to) || !same_sign(ends.from, target)) return {};
  const double observed = ends.sense * growth(ends.from, ends.to, ends.years());
  const double required = std::abs(growth(ends.from, target, ends.span()));
  const double ratio = observed == 0 ? 0 : observed / required;  // -infinity: it began on the target
  const std::array at{p[bottom], p[moderate], p[top]};
  constexpr std::array score{-5.0, 0.0, 5.0};
  return judgement(graded(ratio, p[on_track], p[moderate], p[limited]), along(ratio, at, score));
}

double limit_of(const Indicator* indicator, int sense) {
  if (indicator == nullptr) return no_figure;
  const double limit = sense > 0 ? indicator->bounds.upper : indicator->bounds.lower;
  return std::isfinite(limit) ? limit : no_figure;
}

Judgement without_target(const Ends& ends, double base, const Indicator* indicator, std::span<const double> p) {
  if (ends.sense == 0 || !same_sign(ends.from, ends.to)) return {};
  const double rate = 100 * ends.sense * growth(ends.from, ends.to, ends.years());
  const double limit = limit_of(indicator, ends.sense);
  const double scaling = base == limit ? 0 : std::isnan(limit) ? 1 : open_sdg_scaling(ends.from, limit, p[steepness]);
  if (scaling == 0 && rate >= 0) return judgement(1, 5);
  const std::array at{p[free_bottom], p[free_limited], scaling * p[free_moderate], scaling * p[free_on_track],
                      scaling * p[free_top]};
  constexpr std::array score{-5.0, -2.5, 0.0, 2.5, 5.0};
  return judgement(graded(rate, at[3], at[2], at[1]), along(rate, at, score));
}

Judgement judge_one(const Case& one, std::span<const double> p) {
  const Facts& facts = *one.facts;
  const RuleView& rule = *one.rule;
  if (const Verdict refusal = common_refusal(facts, rule, false); refusal != Verdict::met) return {refusal};
  if (has_number(rule) && facts.target_met) return judgement(0, 5);
  Ends ends = ends_of(facts, rule);
  if (ends.from == 0) ends.from = p[zero];
  return has_number(rule) ? with_target(ends, p) : without_target(ends, facts.base, one.indicator, p);
}

constexpr MethodInfo info_of{
    "open_sdg",
    "Open SDG / Statistics Canada",
    "R = sign(y0) d CAGR observed / |CAGR required|; without a target sign(y0) d CAGR, thresholds times C near a natural "
    "limit",
    "Statistics Canada and Open SDG, Progress Measurement Methodology for the Sustainable Development Goals "
    "(open-sdg/open-sdg docs/progress-methodology.md), and open-sdg/sdg-build sdg/ProgressMeasure.py: text and code seen",
    Evidence::seen,
    "score from -5 to 5: 5 achieved, 2.5 and above on track, 0 moderate, -2.5 limited, below deterioration",
    {Basis::trend, Path::geometric, Fit::ends, 0, false}};

}  // namespace

double open_sdg_scaling(double base, double limit, double steepness) {
  const double size = std::abs(base), bound = std::abs(limit);
  if (size >= 2 * bound) return 1;
  return 1 - std::pow((size <= bound ? size : 2 * bound - size) / bound, steepness);
}

std::uint8_t open_sdg_band(double mean_score) { return std::isnan(mean_score) ? no_class : graded(mean_score, 2.5, 0, -2.5); }

OpenSdgStatus open_sdg_indicator(std::span<const Judgement> series) {
  double sum = 0;
  int count = 0;
  bool all_achieved = true;
  for (const Judgement& one : series) {
    if (!is_judgement(one.verdict)) continue;
    sum += one.score;
    ++count;
    all_achieved = all_achieved && one.verdict == Verdict::met;
  }
  if (count == 0) return {};
  const double mean = sum / count;
  return {mean, all_achieved ? std::uint8_t{0} : open_sdg_band(mean)};
}

const Method& open_sdg() {
  static const CaseMethod instance(info_of, classes_of, parameters_of, judge_one);
  return instance;
}

}  // namespace stocktake
