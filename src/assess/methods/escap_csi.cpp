// ESCAP Current Status Index: how much of the way from the base year to the target has been made?
#include <cmath>

#include "assess/methods/escap.h"

namespace stocktake {
namespace {

constexpr std::array classes_of{
    MethodClass{"met", "Target met", Verdict::met},
    MethodClass{"as_expected", "At or beyond the progress expected by now", Verdict::on_track},
    MethodClass{"behind", "Behind the progress expected by now", Verdict::insufficient},
    MethodClass{"regressed", "Regressed since the base year", Verdict::deterioration},
};

Judgement judge_one(const Case& one, std::span<const double> /*parameters*/) {
  const EscapParts parts = escap_parts(one, 0);
  if (parts.refusal != Verdict::met) return {parts.refusal, no_class, no_figure};
  const double score = current_status(parts.base, parts.now, parts.met);
  std::uint8_t own = 2;
  if (parts.met) {
    own = 0;
  } else if (parts.base_met || !(score >= 0)) {  // met once, lost since: the ratio would be taken of next to nothing
    own = 3;
  } else if (score >= 10 * parts.expected_share - escap_rounding) {
    own = 1;
  }
  return {classes_of[own].verdict, own, parts.base_met && !parts.met ? no_figure : score};
}

constexpr MethodInfo info_of{
    "escap_csi",
    "ESCAP Current Status Index",
    "I = 10 d (yt - y0)/|y* - y0|; parity: 10 - 10 |1 - yt|/|1 - y0|; expected by now 10 (t - t0)/(T - t0)",
    "UN ESCAP, Asia and the Pacific SDG progress assessment: purpose and base year seen (data.unescap.org, progress "
    "assessment "
    "methodology); formula seen in a script of UNICEF's MENA office that implements it; classes by Stocktake",
    Evidence::seen,
    "I, 10 = the target is reached",
    {Basis::trend, Path::linear, Fit::ends, 0, true}};

}  // namespace

const Method& escap_csi() {
  static const CaseMethod instance(info_of, classes_of, {}, judge_one);
  return instance;
}

}  // namespace stocktake
