// SDSN Sustainable Development Report, trend arrow: does the pace since the start year suffice to reach the green threshold?
#include <cmath>
#include <cstdlib>

#include "assess/methods/sdsn.h"

namespace stocktake {
namespace {

// In the order of Arrow.
constexpr std::array classes_of{
    MethodClass{"on_track", "On track, or green threshold held", Verdict::on_track},
    MethodClass{"moderately_improving", "Moderately improving", Verdict::fair},
    MethodClass{"stagnating", "Stagnating", Verdict::insufficient},
    MethodClass{"decreasing", "Decreasing", Verdict::deterioration},
};

constexpr std::array parameters_of{
    MethodParameter{"on_track", 1, "least ratio of pace to needed pace of the first class", Evidence::seen,
                    ranges::not_below("moderate")},
    MethodParameter{"moderate", 0.5, "least ratio of the second class", Evidence::seen, ranges::not_below("stagnating")},
    MethodParameter{"stagnating", 0, "least ratio of the third class", Evidence::seen},
    MethodParameter{"window", 1, "years that the start figure may be away from the baseline", Evidence::seen,
                    ranges::whole(0, 100)},
};

// The figure of the baseline year, else the nearest within the window, a later one before an earlier one as far away.
std::size_t start_of(const SeriesView& series, int baseline, double window) {
  std::size_t best = series.size;
  int nearest = 0;
  for (std::size_t i = 0; i < series.size; ++i) {
    const int away = std::abs(series.year[i] - baseline);
    if (away <= window && (best == series.size || away <= nearest)) {
      best = i;
      nearest = away;
    }
  }
  return best;
}

Arrow arrow_of(double ratio, std::span<const double> p) {
  constexpr double rounding = 1e-9;
  if (ratio >= p[0] - rounding) return Arrow::on_track;
  if (ratio >= p[1] - rounding) return Arrow::improving;
  return ratio >= p[2] - rounding ? Arrow::stagnating : Arrow::decreasing;
}

Judgement judge_one(const Case& one, std::span<const double> p) {
  const Facts& facts = *one.facts;
  const RuleView& rule = *one.rule;
  if (one.indicator == nullptr || !one.indicator->sdsn || rule.type == RuleType::relative) {
    return {Verdict::not_applicable, no_class, no_figure};
  }
  const SdsnScale& scale = *one.indicator->sdsn;
  const std::size_t start = start_of(one.series, rule.baseline, p[3]);
  if (start >= one.series.size || start + 1 == one.series.size || facts.bounds_only) {
    return {Verdict::insufficient_data, no_class, no_figure};
  }
  const std::size_t last = one.series.size - 1;
  if (one.series.year[last] < rule.oldest) return {Verdict::data_too_old, no_class, no_figure};
  const int span = rule.deadline - one.series.year[start];
  if (span <= 0) return {Verdict::not_applicable, no_class, no_figure};
  // Scores without limits are linear in the values: the ratio of the paces is the same, and exact more often.
  const double sense = scale.best > scale.worst ? 1 : -1;
  const double before = one.series.value[start], now = one.series.value[last];
  const bool was_green = sense * (before - scale.green) >= 0;
  const int years = one.series.year[last] - one.series.year[start];
  const double ratio = was_green ? no_figure : (now - before) * span / ((scale.green - before) * years);
  Arrow arrow = Arrow::decreasing;  // green at the start, but no longer
  if (sense * (now - scale.green) >= 0) {
    arrow = Arrow::on_track;  // and movements above green are ignored
  } else if (!was_green) {
    arrow = arrow_of(ratio, p);
  }
  const auto own = static_cast<std::uint8_t>(arrow);
  return {classes_of[own].verdict, own, ratio};
}

constexpr MethodInfo info_of{
    "sdsn_trend",
    "SDSN Sustainable Development Report, trend arrow",
    "(st - s0)/(t - t0) over (green - s0)/(T - t0), s the score without limits",
    "SDSN, Sustainable Development Report: in words in the FAQ of the Africa SDG Index, Q13-14; the cuts are those that fit "
    "SDSN's published indicator arrows of 2020 and 2021 best (96 and 97 % alike)",
    Evidence::seen,
    "ratio of the pace to the pace needed to reach green; none when green was reached at the start",
    {Basis::trend, Path::linear, Fit::ends, 0, false}};

}  // namespace

const Method& sdsn_trend() {
  static const CaseMethod instance(info_of, classes_of, parameters_of, judge_one);
  return instance;
}

}  // namespace stocktake
