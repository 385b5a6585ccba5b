// Germany, indicators of the sustainable development strategy: the mean yearly change of the last six figures carried on to the
// target year, shown as weather.
#include <algorithm>
#include <cmath>

#include "assess/methods/method.h"

namespace stocktake {
namespace {

constexpr std::array parameters_of{
    MethodParameter{"points", 6, "figures of which the mean yearly change is taken, the last ones", Evidence::seen,
                    ranges::not_below("least_points", ranges::whole(2, 1000))},
    MethodParameter{"least_points", 4, "figures that are enough where there are not so many", Evidence::seen,
                    ranges::whole(2, 1000)},
    MethodParameter{"sun", 5, "share of the distance left up to which a miss is no miss, per cent (not included)", Evidence::seen,
                    ranges::per_cent},
    MethodParameter{"light_cloud", 20, "share of the distance left up to which a miss is a small one, per cent (included)",
                    Evidence::seen, ranges::not_below("sun", ranges::per_cent)},
};

constexpr std::array classes_of{
    MethodClass{"met", "Sun: target met", Verdict::met},
    MethodClass{"sun", "Sun: would be met, or missed by less than 5 %", Verdict::on_track},
    MethodClass{"light_cloud", "Sun with a cloud: would be missed by 5 to 20 %", Verdict::fair},
    MethodClass{"cloud", "Cloud: the right way, but would be missed by more than 20 %", Verdict::insufficient},
    MethodClass{"storm", "Thunderstorm: the wrong way, or no movement", Verdict::deterioration},
};

// Mean yearly change over the last figures, at most `most` of them; NaN with fewer than `least`.
double recent_change(const SeriesView& series, double most, double least) {
  int count = 0;
  std::size_t first = 0, last = 0;
  for (std::size_t i = series.size; i-- > 0 && count < most;) {
    if (!std::isfinite(series.value[i])) continue;
    if (count == 0) last = i;
    first = i;
    ++count;
  }
  if (count < 2 || count < least) return no_figure;
  return (series.value[last] - series.value[first]) / (series.year[last] - series.year[first]);
}

Judgement judge_one(const Case& one, std::span<const double> p) {
  const Facts& facts = *one.facts;
  const RuleView& rule = *one.rule;
  if (const Verdict refusal = common_refusal(facts, rule, true); refusal != Verdict::met) return {refusal};
  if (facts.target_met) return {Verdict::met, 0, no_figure};
  const double change = recent_change(one.series, p[0], p[1]);
  if (std::isnan(change)) return {Verdict::insufficient_data};
  const Promise promise = promise_of(rule, facts.base, facts.latest);
  const double left = promise.line - facts.latest;
  const double expected = change * std::max(0, facts.deadline_year - facts.latest_year);
  const double missing = 100 * (left - expected) / left;
  if (!(promise.sense * change > 0)) return {Verdict::deterioration, 4, missing};
  const std::uint8_t own = missing < p[2] ? 1 : missing <= p[3] ? 2 : 3;
  return {classes_of[own].verdict, own, missing};
}

constexpr MethodInfo info_of{
    "germany",
    "Germany, weather symbols",
    "h = yt + (T - t) (mean yearly change of the last six figures); missing share (y* - h) / (y* - yt)",
    "Federal Statistical Office of Germany, Status of indicators - Methodology (dns-indikatoren.de/en/status), and the same "
    "rule in Vanuatu (nsdp.vnso.gov.vu/methodology): texts seen",
    Evidence::seen,
    "share of the distance left that will be missing in the target year, per cent; below zero: more than needed",
    {Basis::trend, Path::linear, Fit::recent, 5, true}};

}  // namespace

const Method& germany() {
  static const CaseMethod instance(info_of, classes_of, parameters_of, judge_one);
  return instance;
}

}  // namespace stocktake
