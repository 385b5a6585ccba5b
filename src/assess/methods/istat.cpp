// ISTAT, Rapporto SDGs 2019: five classes of yearly growth in the direction that is better, whatever the target.
#include <cmath>

#include "assess/methods/growth.h"

namespace stocktake {
namespace {

constexpr std::array parameters_of{
    MethodParameter{"clear", 5,
                    "growth above which the improvement is clear (and, with the other sign, at which a worsening is), "
                    "per cent a year",
                    Evidence::seen, ranges::not_below("slight")},
    MethodParameter{"slight", 1,
                    "growth above which there is an improvement (and, with the other sign, at which there is a "
                    "worsening), per cent a year",
                    Evidence::seen, ranges::not_negative},
    MethodParameter{"whole_series", 0, "1: from the first figure of the series, as ASTAT does; 0: from the base of the target",
                    Evidence::own_choice, ranges::whole(0, 1)},
};

constexpr std::array classes_of{
    MethodClass{"clear_improvement", "Clear improvement", Verdict::on_track},
    MethodClass{"slight_improvement", "Slight improvement", Verdict::fair},
    MethodClass{"stable", "Stable", Verdict::insufficient},
    MethodClass{"slight_worsening", "Slight worsening", Verdict::deterioration},
    MethodClass{"clear_worsening", "Clear worsening", Verdict::deterioration},
};

std::uint8_t graded(double growth, double clear, double slight) {
  if (growth > clear) return 0;
  if (growth > slight) return 1;
  if (growth > -slight) return 2;
  return growth > -clear ? 3 : 4;
}

Ends whole_series(const Case& one) {
  for (std::size_t i = 0; i < one.series.size; ++i) {
    if (!std::isfinite(one.series.value[i])) continue;
    return ends_between(*one.facts, *one.rule, one.series.year[i], one.series.value[i], one.facts->latest_year,
                        one.facts->latest);
  }
  return ends_of(*one.facts, *one.rule);
}

Judgement judge_one(const Case& one, std::span<const double> p) {
  const Facts& facts = *one.facts;
  if (facts.points < 2 || facts.bounds_only) return {Verdict::insufficient_data};
  if (facts.latest_year < one.rule->oldest) return {Verdict::data_too_old};
  const Ends ends = p[2] != 0 ? whole_series(one) : ends_of(facts, *one.rule);
  const double growth = 100 * ends.sense * growth_a_year(ends.from, ends.to, ends.years());
  if (ends.sense == 0 || !std::isfinite(growth)) return {};
  const std::uint8_t own = graded(growth, p[0], p[1]);
  return {classes_of[own].verdict, own, growth};
}

constexpr MethodInfo info_of{
    "istat",
    "ISTAT, national rule of Italy",
    "d CAGR, CAGR = (yt/y0)^(1/(t - t0)) - 1",
    "ISTAT, Rapporto SDGs 2019, pages 37-38, as told by ASTAT (statistics-astat.provinz.bz.it/SDG/html/it/trend_info.html), "
    "seen; the report's own pages were not",
    Evidence::seen,
    "growth in the direction that is better, per cent a year",
    {Basis::trend, Path::geometric, Fit::ends, 0, false}};

}  // namespace

const Method& istat() {
  static const CaseMethod instance(info_of, classes_of, parameters_of, judge_one);
  return instance;
}

}  // namespace stocktake
