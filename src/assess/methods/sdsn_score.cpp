// SDSN Sustainable Development Report, score and colour: where does the indicator stand between the worst and the best?
#include <cmath>

#include "assess/methods/sdsn.h"

namespace stocktake {
namespace {

// In the order of Colour. A level says nothing of a trend, so red is no deterioration on the shared scale.
constexpr std::array classes_of{
    MethodClass{"green", "Goal threshold reached", Verdict::met},
    MethodClass{"yellow", "Challenges remain", Verdict::fair},
    MethodClass{"orange", "Significant challenges", Verdict::insufficient},
    MethodClass{"red", "Major challenges", Verdict::insufficient},
};

Judgement judge_one(const Case& one, std::span<const double> /*parameters*/) {
  const Facts& facts = *one.facts;
  const RuleView& rule = *one.rule;
  if (one.indicator == nullptr || !one.indicator->sdsn || rule.type == RuleType::relative) {  // the scale is not one of gaps
    return {Verdict::not_applicable, no_class, no_figure};
  }
  if (!std::isfinite(facts.latest)) return {Verdict::insufficient_data, no_class, no_figure};
  if (facts.latest_year < rule.oldest) return {Verdict::data_too_old, no_class, no_figure};
  const double score = sdsn_score_of(*one.indicator->sdsn, facts.latest);
  const auto own = static_cast<std::uint8_t>(sdsn_colour(sdsn_rescaled(*one.indicator->sdsn, score)));
  return {classes_of[own].verdict, own, score};
}

constexpr MethodInfo info_of{
    "sdsn_score",
    "SDSN Sustainable Development Report, score and colour",
    "s = 100 (yt - worst)/(best - worst), from 0 to 100; colour by where s lies to the scores of the red and green "
    "thresholds",
    "SDSN, Sustainable Development Report: colours in words in the FAQ of the Africa SDG Index, Q11; the rule gives the "
    "published goal colours of the 2025 report (codebook, scores and colours seen)",
    Evidence::seen,
    "s, 0 = worst, 100 = best",
    {Basis::level, Path::none, Fit::recent, 0, false}};

}  // namespace

const Method& sdsn_score() {
  static const CaseMethod instance(info_of, classes_of, {}, judge_one);
  return instance;
}

}  // namespace stocktake
