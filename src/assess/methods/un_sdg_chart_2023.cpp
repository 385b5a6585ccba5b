// SDG Progress Chart, edition of 2023: which share of the way will be gone by the deadline at the observed growth?
#include <algorithm>
#include <cmath>

#include "assess/methods/growth.h"

namespace stocktake {
namespace {

constexpr std::array parameters_of{
    MethodParameter{"on_track", 0.95, "least share of the way for the first class", Evidence::seen,
                    ranges::not_below("fair", ranges::share)},
    MethodParameter{"fair", 0.10, "least share of the way for the second class", Evidence::seen, ranges::share},
    MethodParameter{"free_on_track", 2, "without a target: least growth for the first class, per cent a year", Evidence::seen,
                    ranges::not_below("free_fair")},
    MethodParameter{"free_fair", 0.5, "without a target: least growth for the second class, per cent a year", Evidence::seen},
    MethodParameter{"near", 1, "distance from a target of 0 or 100 per cent that still counts as met, points", Evidence::seen,
                    ranges::per_cent},
};

// The publication has three classes; its first and its last are each told apart here by what the series did.
constexpr std::array classes_of{
    MethodClass{"met", "Target met or on track (3): met", Verdict::met},
    MethodClass{"on_track", "Target met or on track (3): on track", Verdict::on_track},
    MethodClass{"fair", "Fair progress, but acceleration needed (2)", Verdict::fair},
    MethodClass{"stagnation", "Stagnation or regression (1): no step back", Verdict::insufficient},
    MethodClass{"regression", "Stagnation or regression (1): a step back", Verdict::deterioration},
};

Judgement judgement(Verdict verdict, double score) {
  return {verdict, class_of(classes_of, verdict), std::isfinite(score) ? score : no_figure};  // infinite: growth from zero
}

Judgement graded(double value, double score, double first, double second) {
  if (value >= first) return judgement(Verdict::on_track, score);
  if (value >= second) return judgement(Verdict::fair, score);
  return judgement(value >= 0 ? Verdict::insufficient : Verdict::deterioration, score);
}

bool is_percentage(const Case& one) {
  return one.facts->target == 100 || (one.indicator != nullptr && one.indicator->bounds.upper == 100);
}

bool nearly_met(const Case& one, double near) {
  const double target = one.facts->target;
  if (one.rule->type == RuleType::relative || one.rule->type == RuleType::parity) return false;
  return (target == 0 || target == 100) && is_percentage(one) && std::abs(one.facts->latest - target) <= near;
}

// Yes or no: an indicator between 0 and 1 all of whose figures are 0 or 1.
bool is_binary(const Case& one) {
  if (one.indicator == nullptr || one.indicator->bounds.lower != 0 || one.indicator->bounds.upper != 1) return false;
  const double* const values = one.series.value;
  return std::all_of(values, values + one.series.size, [](double value) { return value == 0 || value == 1; });
}

Judgement binary(const Facts& facts, int sense) {
  if (sense == 0) return {};
  const bool yes = facts.latest == (sense > 0 ? 1 : 0);
  if (yes) return judgement(Verdict::met, 1);
  return judgement(facts.latest == facts.base ? Verdict::insufficient : Verdict::deterioration, 0);
}

// The share of the way from base to target that will be gone at the deadline. After the deadline nothing is projected.
double share_of_way(const Ends& ends) {
  if (ends.years() <= 0 || ends.span() <= 0) return no_figure;
  const int left = std::max(0, ends.deadline - ends.to_year);
  double expected = ends.to;
  if ((ends.from > 0 && ends.to > 0) || (ends.from < 0 && ends.to < 0)) {
    expected = ends.to * std::pow(ends.to / ends.from, static_cast<double>(left) / ends.years());
  } else {
    expected += (ends.to - ends.from) / ends.years() * left;
  }
  return (expected - ends.from) / (ends.target - ends.from);
}

Judgement judge_one(const Case& one, std::span<const double> p) {
  const Facts& facts = *one.facts;
  const RuleView& rule = *one.rule;
  if (const Verdict refusal = common_refusal(facts, rule, false); refusal != Verdict::met) return {refusal};
  const Ends ends = ends_of(facts, rule);
  if (has_number(rule) && (facts.target_met || nearly_met(one, p[4]))) return judgement(Verdict::met, 1);
  if (is_binary(one) && rule.type != RuleType::parity) return binary(facts, ends.sense);
  if (has_number(rule)) {
    const double share = share_of_way(ends);
    if (facts.base_met) return judgement(Verdict::deterioration, no_figure);  // the share would reward moving away
    return std::isfinite(share) ? graded(share, share, p[0], p[1]) : Judgement{};
  }
  const double growth = 100 * better_growth(ends);
  if (ends.sense == 0 || std::isnan(growth)) return {};
  return graded(growth, growth, p[2], p[3]);
}

constexpr MethodInfo info_of{
    "un_sdg_chart_2023",
    "UN SDG Progress Chart 2023, trend",
    "s = (yt (1 + CAGR)^(T - t) - y0) / (y* - y0); without a target d CAGR",
    "UN DESA, Sustainable Development Goals Progress Chart 2023, technical note, as told by Eustat (Basque Statistics "
    "Office), "
    "Progress Measurement for Sustainable Development Goals, EUSTAT-DES/site _pages/en/metodologia.md; the note's own text "
    "was "
    "not seen",
    Evidence::seen,
    "s, share of the way from base to target that will be gone at the deadline (1 where met); without a target growth in the "
    "direction that is better, per cent a year",
    {Basis::trend, Path::geometric, Fit::ends, 0, false}};

}  // namespace

const Method& un_sdg_chart_2023() {
  static const CaseMethod instance(info_of, classes_of, parameters_of, judge_one);
  return instance;
}

}  // namespace stocktake
