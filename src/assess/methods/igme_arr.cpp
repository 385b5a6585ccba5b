// UN IGME and UNICEF: the annual rate of reduction against the rate that is required from now on.
#include <cmath>

#include "assess/methods/growth.h"

namespace stocktake {
namespace {

constexpr std::array parameters_of{
    MethodParameter{"fixed_rate", 0,
                    "a fixed rate that makes a series on track, per cent a year, instead of the rate required from "
                    "now; 0: none. 4.4 is UN IGME 2013 for MDG 4 (seen)",
                    Evidence::own_choice, ranges::per_cent},
    MethodParameter{"low_level", 0,
                    "with a fixed rate: a figure below this is on track whatever the rate; 0: none. 40 is the "
                    "Countdown's for deaths under five (as recalled, not seen)",
                    Evidence::own_choice, ranges::not_negative},
};

// The report has one class for all that is too slow; a series that does not improve is told apart here.
constexpr std::array classes_of{
    MethodClass{"target_met", "Target met", Verdict::met},
    MethodClass{"on_track", "On track", Verdict::on_track},
    MethodClass{"acceleration_needed", "Acceleration needed", Verdict::insufficient},
    MethodClass{"no_reduction", "Acceleration needed: no reduction so far", Verdict::deterioration},
};

Judgement judge_one(const Case& one, std::span<const double> p) {
  const Facts& facts = *one.facts;
  if (const Verdict refusal = common_refusal(facts, *one.rule, true); refusal != Verdict::met) return {refusal};
  const Ends ends = ends_of(facts, *one.rule);
  const bool defined = ends.from > 0 && ends.to > 0 && ends.years() > 0;
  const double rate = defined ? 100 * ends.sense * std::log(ends.to / ends.from) / ends.years() : no_figure;
  if (facts.target_met) return {Verdict::met, 0, rate};
  if (!defined || !(ends.target > 0)) return {};
  const auto judged = [rate](std::uint8_t own) { return Judgement{classes_of[own].verdict, own, rate}; };
  if (p[0] > 0) {
    if (ends.sense < 0 && ends.to < p[1]) return judged(1);
    if (rate >= p[0]) return judged(1);
  } else if (ends.deadline > ends.to_year) {
    const double required = 100 * ends.sense * std::log(ends.target / ends.to) / (ends.deadline - ends.to_year);
    if (rate >= required) return judged(1);
  }
  return judged(rate > 0 ? 2 : 3);
}

constexpr MethodInfo info_of{
    "igme_arr",
    "UN IGME / UNICEF, annual rate of reduction",
    "ARR = -ln(yt/y0)/(t - t0) against -ln(y*/yt)/(T - t)",
    "UN IGME, Levels and Trends in Child Mortality 2013 (summary at dds.cepal.org/redesoc/publicacion?id=3108, seen), continuous "
    "form inferred from its 15.6 per cent and from UNICEF's example of 20 to 10 in 25 years, 2.8 per cent (70 Years for Every "
    "Child, seen); classes: UNICEF, Progress for Every Child in the SDG Era, 2018, box 0.2, seen",
    Evidence::seen,
    "observed annual rate in the direction that is better, per cent a year",
    {Basis::trend, Path::geometric, Fit::ends, 0, true}};

}  // namespace

const Method& igme_arr() {
  static const CaseMethod instance(info_of, classes_of, parameters_of, judge_one);
  return instance;
}

}  // namespace stocktake
