// SDG Progress Chart (UN DESA technical notes, 2020-2022): observed yearly growth against the growth that is required.
#include <cmath>

#include "assess/methods/method.h"

namespace stocktake {
namespace {

constexpr std::array parameters_of{
    MethodParameter{"substantial", 0.95, "least CR of substantial progress", Evidence::seen, ranges::not_below("fair")},
    MethodParameter{"fair", 0.50, "least CR of fair progress", Evidence::seen, ranges::not_below("limited")},
    MethodParameter{"limited", -0.10, "least CR of limited or no progress", Evidence::seen},
    MethodParameter{"free_substantial", 1, "without a target: growth above which progress is substantial, per cent a year",
                    Evidence::seen, ranges::not_below("free_fair")},
    MethodParameter{"free_fair", 0.5, "without a target: least growth of fair progress, per cent a year", Evidence::seen,
                    ranges::not_below("free_limited")},
    MethodParameter{"free_limited", -1, "without a target: least growth of limited progress, per cent a year", Evidence::seen},
};

struct Cuts {  // of the required growth; yearly growth without a target
  double substantial = parameters_of[0].value, fair = parameters_of[1].value, limited = parameters_of[2].value;
  double free_substantial = parameters_of[3].value / 100, free_fair = parameters_of[4].value / 100,
         free_limited = parameters_of[5].value / 100;
};

Cuts cuts_of(std::span<const double> p) { return {p[0], p[1], p[2], p[3] / 100, p[4] / 100, p[5] / 100}; }

double growth(double from, double to, int years) {
  return from > 0 && to > 0 && years > 0 ? std::expm1(std::log(to / from) / years) : no_figure;
}

// Growth of the distance from parity over the growth that would end it; linear where that is not defined.
double parity_ratio(const Facts& facts, const RuleView& rule) {
  const double before = parity_distance(rule, facts.base);
  const double now = parity_distance(rule, facts.latest);
  const int years = facts.latest_year - facts.base_year;
  const int span = facts.deadline_year - facts.base_year;
  const double ratio = growth(before, now, years) / growth(before, rule.centre, span);
  if (std::isfinite(ratio)) return ratio;
  const double away = std::abs(facts.base - rule.centre);
  return span > 0 ? (away - std::abs(facts.latest - rule.centre)) / years / (away / span) : no_figure;
}

Verdict with_target(double ratio, const Cuts& cuts) {
  if (!std::isfinite(ratio)) return Verdict::not_applicable;
  if (ratio >= cuts.substantial) return Verdict::on_track;
  if (ratio >= cuts.fair) return Verdict::fair;
  return ratio >= cuts.limited ? Verdict::insufficient : Verdict::deterioration;
}

Verdict without_target(const Facts& facts, const RuleView& rule, const Cuts& cuts) {
  if (rule.direction == Direction::none) return Verdict::not_applicable;
  double rate = facts.observed_rate;
  if (!std::isfinite(rate)) rate = facts.observed_linear == 0 ? 0 : facts.observed_linear / std::abs(facts.base);
  if (std::isnan(rate)) return Verdict::not_applicable;  // from zero it is infinite: the way it moves decides
  if (rule.direction == Direction::down) rate = -rate;
  if (rate > cuts.free_substantial) return Verdict::on_track;
  if (rate >= cuts.free_fair) return Verdict::fair;
  return rate >= cuts.free_limited ? Verdict::insufficient : Verdict::deterioration;
}

Verdict judge_one(const Facts& facts, const RuleView& rule, const Cuts& cuts) {
  if (facts.points < 2 || facts.bounds_only) return Verdict::insufficient_data;
  if (facts.latest_year < rule.oldest) return Verdict::data_too_old;
  if (rule.type == RuleType::none_quantified || rule.type == RuleType::halt_and_reverse) return without_target(facts, rule, cuts);
  if (!std::isfinite(facts.target)) return Verdict::not_applicable;
  if (facts.target_met) return Verdict::met;
  if (facts.base_met) return Verdict::deterioration;  // met once, lost since: the ratio would reward moving away
  if (rule.type == RuleType::parity) return with_target(parity_ratio(facts, rule), cuts);
  return with_target(std::isfinite(facts.ratio_rate) ? facts.ratio_rate : facts.ratio_linear, cuts);
}

constexpr std::array classes_of{
    MethodClass{"met", "Target met", Verdict::met},
    MethodClass{"substantial", "Substantial progress, on track", Verdict::on_track},
    MethodClass{"fair", "Fair progress, acceleration needed", Verdict::fair},
    MethodClass{"limited", "Limited or no progress", Verdict::insufficient},
    MethodClass{"deterioration", "Deterioration", Verdict::deterioration},
};

double score_of(const Facts& facts, const RuleView& rule) {
  if (rule.type == RuleType::none_quantified || rule.type == RuleType::halt_and_reverse) return 100 * facts.observed_rate;
  if (rule.type == RuleType::parity) {
    const double ratio = parity_ratio(facts, rule);
    return std::isfinite(ratio) ? ratio : no_figure;  // infinite: equality was left
  }
  return std::isfinite(facts.ratio_rate) ? facts.ratio_rate : facts.ratio_linear;
}

class UnSdgChart final : public Method {
 public:
  const MethodInfo& info() const override {
    static const MethodInfo info{
        "un_sdg_chart",
        "UN SDG Progress Chart 2020-2022, trend",
        "CR = CAGR observed / CAGR required; without a target d CAGR",
        "UN DESA, Sustainable Development Goals Progress Chart 2022, technical note: cuts with a target as implemented by UNDP's "
        "SDG push diagnostics; all cuts as implemented in a notebook on the chart (github.com/cwtravisyip/unsd_global_database, "
        "int_func.py, which loses the sign of growth without a target); the note's own text was not seen",
        Evidence::seen,
        "CR; without a target CAGR in per cent a year",
        {Basis::trend, Path::geometric, Fit::ends, 0, false}};
    return info;
  }
  std::span<const MethodClass> classes() const override { return classes_of; }
  std::span<const MethodParameter> parameters() const override { return parameters_of; }
  void judge(std::span<const Case> cases, std::span<const double> parameters, std::span<Judgement> out) const override {
    const Cuts cuts = cuts_of(parameters);
    for (std::size_t i = 0; i < cases.size(); ++i) {
      const Verdict verdict = judge_one(*cases[i].facts, *cases[i].rule, cuts);
      out[i] = {verdict, class_of(classes_of, verdict),
                is_judgement(verdict) ? score_of(*cases[i].facts, *cases[i].rule) : no_figure};
    }
  }
};

}  // namespace

void judge_un_sdg_chart(std::span<const Facts> facts, std::span<const RuleView> rules, std::span<Verdict> out) {
  for (std::size_t i = 0; i < facts.size(); ++i) out[i] = judge_one(facts[i], rules.size() == 1 ? rules[0] : rules[i], Cuts{});
}

const Method& un_sdg_chart() {
  static const UnSdgChart instance;
  return instance;
}

}  // namespace stocktake
