// SDG Progress Chart (UN DESA technical notes, 2020-2022): observed yearly growth against the growth that is required.
#include <cmath>

#include "assess/methods/method.h"

namespace stocktake {
namespace {

constexpr double substantial = 0.95, fair = 0.50, limited = -0.10;                  // of the required growth
constexpr double free_substantial = 0.01, free_fair = 0.005, free_limited = -0.01;  // yearly growth without a target

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

Verdict with_target(double ratio) {
  if (!std::isfinite(ratio)) return Verdict::not_applicable;
  if (ratio >= substantial) return Verdict::on_track;
  if (ratio >= fair) return Verdict::fair;
  return ratio >= limited ? Verdict::insufficient : Verdict::deterioration;
}

Verdict without_target(const Facts& facts, const RuleView& rule) {
  if (rule.direction == Direction::none) return Verdict::not_applicable;
  double rate = facts.observed_rate;
  if (!std::isfinite(rate)) rate = facts.observed_linear == 0 ? 0 : facts.observed_linear / std::abs(facts.base);
  if (std::isnan(rate)) return Verdict::not_applicable;  // from zero it is infinite: the way it moves decides
  if (rule.direction == Direction::down) rate = -rate;
  if (rate > free_substantial) return Verdict::on_track;
  if (rate >= free_fair) return Verdict::fair;
  return rate >= free_limited ? Verdict::insufficient : Verdict::deterioration;
}

Verdict judge_one(const Facts& facts, const RuleView& rule) {
  if (facts.points < 2 || facts.bounds_only) return Verdict::insufficient_data;
  if (facts.latest_year < rule.oldest) return Verdict::data_too_old;
  if (rule.type == RuleType::none_quantified || rule.type == RuleType::halt_and_reverse) return without_target(facts, rule);
  if (!std::isfinite(facts.target)) return Verdict::not_applicable;
  if (facts.target_met) return Verdict::met;
  if (facts.base_met) return Verdict::deterioration;  // met once, lost since: the ratio would reward moving away
  if (rule.type == RuleType::parity) return with_target(parity_ratio(facts, rule));
  return with_target(std::isfinite(facts.ratio_rate) ? facts.ratio_rate : facts.ratio_linear);
}

class UnSdgChart final : public Method {
 public:
  std::string_view id() const override { return "un_sdg_chart"; }
  std::string_view citation() const override {
    return "UN DESA, Sustainable Development Goals Progress Chart 2022, technical note: cuts with a target as implemented by "
           "UNDP's SDG push diagnostics; cuts without a target as recalled, not seen (docs/methods.md)";
  }
  void judge(std::span<const Facts> facts, std::span<const RuleView> rules, std::span<Verdict> out) const override {
    for (std::size_t i = 0; i < facts.size(); ++i) out[i] = judge_one(facts[i], rules.size() == 1 ? rules[0] : rules[i]);
  }
};

}  // namespace

const Method& un_sdg_chart() {
  static const UnSdgChart instance;
  return instance;
}

}  // namespace stocktake
