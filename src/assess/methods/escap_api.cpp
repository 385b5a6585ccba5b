// ESCAP Anticipated Progress Index: how much of the required progress will be missing at the deadline if the trend goes on?
#include <cmath>

#include "assess/methods/escap.h"

namespace stocktake {
namespace {

constexpr std::array classes_of{
    MethodClass{"maintain", "Maintain progress to achieve the target", Verdict::on_track},
    MethodClass{"accelerate", "Accelerate progress to achieve the target", Verdict::fair},
    MethodClass{"reverse", "Reverse the trend to achieve the target", Verdict::deterioration},
};

constexpr std::array parameters_of{
    MethodParameter{"maintain", 10, "greatest P of the first class, per cent", Evidence::recalled, ranges::not_negative},
    MethodParameter{"accelerate", 100, "greatest P of the second class, per cent", Evidence::recalled,
                    ranges::not_below("maintain")},
    MethodParameter{"lead", 15, "years before the baseline from which the regression starts (2000 for 2015)", Evidence::seen,
                    ranges::whole(0, 1000)},
};

Judgement judge_one(const Case& one, std::span<const double> p) {
  const EscapParts parts = escap_parts(one, static_cast<int>(one.rule->baseline - p[2]));
  if (parts.refusal != Verdict::met) return {parts.refusal, no_class, no_figure};
  if (!std::isfinite(parts.deadline)) return {Verdict::insufficient_data, no_class, no_figure};
  std::uint8_t own = 2;
  double score = anticipated_progress(parts.base, parts.deadline);
  if (parts.deadline <= 0) {
    own = 0;
  } else if (parts.base_met) {  // met at the base and about to be lost: nothing was required, so P is not defined
    score = no_figure;
  } else if (parts.closing >= 0 && score <= p[1] + escap_rounding) {
    own = score <= p[0] + escap_rounding ? 0 : 1;
  }
  return {classes_of[own].verdict, own, score};
}

constexpr MethodInfo info_of{
    "escap_api",
    "ESCAP Anticipated Progress Index",
    "P = 100 |y* - yT|/|y* - y0|, yT by time-weighted linear regression; 0 when yT reaches y*",
    "UN ESCAP, as used by the five UN regional commissions: regression over 2000 to the latest year with more weight to "
    "recent "
    "data and gap relative to the progress required from 2015 to 2030 seen (UNECE, technical notes 2022-2026); weights by "
    "position in the period and the cuts as recalled, not seen (SD/WP/04)",
    Evidence::seen,
    "P, per cent of the progress required from the base year that will be missing at the deadline",
    {Basis::trend, Path::linear, Fit::regression, 0, true}};

}  // namespace

const Method& escap_api() {
  static const CaseMethod instance(info_of, classes_of, parameters_of, judge_one);
  return instance;
}

}  // namespace stocktake
