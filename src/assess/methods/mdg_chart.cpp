// MDG Progress Chart (UN DESA, 2005-2015): is the target met, or will it be if the prevailing trend goes on to the deadline?
#include <cmath>

#include "assess/methods/method.h"

namespace stocktake {
namespace {

// Met: the worst year lies behind, the last move is right and the figure is no worse than at base. On track: the same, but
// still worse than at base. Deterioration: no figure is worse than the latest.
Verdict halted(const Facts& facts, const RuleView& rule) {
  if (rule.direction == Direction::none) return Verdict::not_applicable;
  if (facts.worst_year >= facts.latest_year) return Verdict::deterioration;
  if (facts.target_met) return Verdict::met;
  const double sense = rule.direction == Direction::up ? 1 : -1;
  return sense * (facts.latest - facts.previous) > 0 ? Verdict::on_track : Verdict::insufficient;
}

// The distance from parity did not shrink, or the series went through parity and comes out on the other side.
Verdict unequal(const Facts& facts, const RuleView& rule, const Promise& promise) {
  const bool passed_through = (facts.base < rule.lower) != (facts.latest < rule.lower);
  const double before = parity_distance(rule, facts.base);
  const double now = parity_distance(rule, facts.latest);
  if (now >= before) return Verdict::deterioration;
  if (passed_through) return Verdict::insufficient;
  return reaches(promise, facts.expected_linear) ? Verdict::on_track : Verdict::insufficient;
}

Verdict judge_one(const Facts& facts, const RuleView& rule) {
  if (rule.type == RuleType::none_quantified) return Verdict::not_quantified;
  if (facts.points < 2 || facts.bounds_only) return Verdict::insufficient_data;
  if (facts.latest_year < rule.oldest) return Verdict::data_too_old;
  if (rule.type == RuleType::halt_and_reverse) return halted(facts, rule);
  if (!std::isfinite(facts.target)) return Verdict::not_applicable;
  if (facts.target_met) return Verdict::met;
  if (facts.base_met) return Verdict::deterioration;
  const Promise promise = promise_of(rule, facts.base, facts.latest);
  if (rule.type == RuleType::parity) return unequal(facts, rule, promise);
  if (!(promise.sense * (facts.latest - facts.base) > 0)) return Verdict::deterioration;
  return reaches(promise, facts.expected_linear) ? Verdict::on_track : Verdict::insufficient;
}

constexpr std::array classes_of{
    MethodClass{"met", "Target met", Verdict::met},
    MethodClass{"on_track", "Expected to be met by the deadline", Verdict::on_track},
    MethodClass{"insufficient", "Progress insufficient if prevailing trends persist", Verdict::insufficient},
    MethodClass{"deterioration", "No progress or deterioration", Verdict::deterioration},
};

class MdgChart final : public Method {
 public:
  const MethodInfo& info() const override {
    static const MethodInfo info{
        "mdg_chart",
        "MDG Progress Chart",
        "on track when yt + (T - t)(yt - y0)/(t - t0) reaches y*",
        "UN DESA, Millennium Development Goals Progress Chart, 2005-2015: classes as recalled from the chart's legend, order of "
        "tests and linear path by Stocktake",
        Evidence::recalled,
        "value expected at the deadline on the linear path, in the indicator's unit",
        {Basis::trend, Path::linear, Fit::ends, 0, true}};
    return info;
  }
  std::span<const MethodClass> classes() const override { return classes_of; }
  std::span<const MethodParameter> parameters() const override { return {}; }
  void judge(std::span<const Case> cases, std::span<const double> /*parameters*/, std::span<Judgement> out) const override {
    for (std::size_t i = 0; i < cases.size(); ++i) {
      const Verdict verdict = judge_one(*cases[i].facts, *cases[i].rule);
      out[i] = {verdict, class_of(classes_of, verdict), is_judgement(verdict) ? cases[i].facts->expected_linear : no_figure};
    }
  }
};

}  // namespace

void judge_mdg_chart(std::span<const Facts> facts, std::span<const RuleView> rules, std::span<Verdict> out) {
  for (std::size_t i = 0; i < facts.size(); ++i) out[i] = judge_one(facts[i], rules.size() == 1 ? rules[0] : rules[i]);
}

const Method& mdg_chart() {
  static const MdgChart instance;
  return instance;
}

}  // namespace stocktake
