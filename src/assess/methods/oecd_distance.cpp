// OECD Measuring Distance to the SDG Targets: how many standard deviations is the latest figure short of the target?
#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "assess/deviation.h"
#include "assess/methods/method.h"

namespace stocktake {
namespace {

constexpr std::array classes_of{
    MethodClass{"met", "Target met", Verdict::met},
    MethodClass{"close", "Close to the target", Verdict::fair},
    MethodClass{"some_way", "Some way from the target", Verdict::insufficient},
    MethodClass{"far", "Far from the target", Verdict::insufficient},
};

constexpr std::array parameters_of{
    MethodParameter{"close", 0.5, "greatest distance of the second class, standard deviations", Evidence::own_choice,
                    ranges::not_negative},
    MethodParameter{"some_way", 1.5, "greatest distance of the third class, standard deviations", Evidence::own_choice,
                    ranges::not_below("close")},
    MethodParameter{"sd", 0, "standard deviation to use, in the indicator's unit; 0: that of the areas judged together",
                    Evidence::own_choice, ranges::not_negative},
};

// Cases of the same indicator and rule are judged by each other.
auto key_of(const Case& one) {
  const RuleView& rule = *one.rule;
  return std::tuple{one.indicator,   rule.type,  rule.direction, rule.at_least, rule.baseline,
                    rule.deadline,   rule.value, rule.fraction,  rule.factor,   rule.has_complement,
                    rule.complement, rule.lower, rule.upper,     rule.centre,   rule.tolerance};
}

Verdict refusal_of(const Case& one) {
  const Facts& facts = *one.facts;
  const RuleType type = one.rule->type;
  if (type == RuleType::none_quantified || type == RuleType::halt_and_reverse) return Verdict::not_quantified;
  if (!std::isfinite(facts.latest) || facts.bounds_only) return Verdict::insufficient_data;
  if (facts.latest_year < one.rule->oldest) return Verdict::data_too_old;
  return Verdict::met;
}

// In the indicator's unit; NaN where the rule has no value for these figures. A target that is not a part of the base needs none.
double missing(const Case& one) {
  const Facts& facts = *one.facts;
  const RuleView& rule = *one.rule;
  if (rule.type == RuleType::parity) return std::max({0.0, rule.lower - facts.latest, facts.latest - rule.upper});
  const bool part_of_base = rule.type == RuleType::reduce_by || rule.type == RuleType::multiply_by;
  if (part_of_base && !std::isfinite(facts.base)) return no_figure;
  const Promise promise = promise_of(rule, std::isfinite(facts.base) ? facts.base : facts.latest, facts.latest);
  if (!std::isfinite(promise.target)) return no_figure;
  return meets(promise, rule, facts.latest) ? 0 : std::max(0.0, promise.sense * (promise.target - facts.latest));
}

// Of the latest figures, with n - 1; 0 when there are fewer than two or all are alike.
double deviation(std::span<const Case> cases, std::span<const std::size_t> group) {
  std::vector<double> latest;
  latest.reserve(group.size());
  for (const std::size_t i : group) latest.push_back(cases[i].facts->latest);
  return sample_deviation(latest);
}

Judgement judge_one(const Case& one, double sd, std::span<const double> p) {
  const double gap = missing(one);
  if (std::isnan(gap) || (gap > 0 && !(sd > 0))) return {Verdict::not_applicable, no_class, no_figure};
  const double distance = gap > 0 ? gap / sd : 0;
  const std::uint8_t own = distance == 0 ? 0 : distance <= p[0] ? 1 : distance <= p[1] ? 2 : 3;
  return {classes_of[own].verdict, own, distance};
}

class OecdDistance final : public Method {
 public:
  const MethodInfo& info() const override {
    static const MethodInfo info{
        "oecd_distance",
        "OECD distance to target",
        "max(0, d (y* - yt))/sd, sd of the latest figures of the areas judged together",
        "OECD, Measuring Distance to the SDG Targets: a modified z-score, the distance from a fixed end point (seen, ch. 3); the "
        "exact formula as recalled, not seen; the classes are Stocktake's, the OECD publishes the distance",
        Evidence::recalled,
        "distance in standard deviations, 0 = met",
        {Basis::level, Path::none, Fit::recent, 0, true, true}};
    return info;
  }
  std::span<const MethodClass> classes() const override { return classes_of; }
  std::span<const MethodParameter> parameters() const override { return parameters_of; }
  void judge(std::span<const Case> cases, std::span<const double> parameters, std::span<Judgement> out) const override {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < cases.size(); ++i) {
      const Verdict refusal = refusal_of(cases[i]);
      out[i] = {refusal, no_class, no_figure};  // `met` is filled in below
      if (refusal == Verdict::met) order.push_back(i);
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return key_of(cases[a]) < key_of(cases[b]); });
    for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
      while (end < order.size() && key_of(cases[order[end]]) == key_of(cases[order[begin]])) ++end;
      const std::span<const std::size_t> group(order.data() + begin, end - begin);
      const double sd = parameters[2] > 0 ? parameters[2] : deviation(cases, group);
      for (const std::size_t i : group) out[i] = judge_one(cases[i], sd, parameters);
    }
  }
};

}  // namespace

const Method& oecd_distance() {
  static const OecdDistance instance;
  return instance;
}

}  // namespace stocktake
