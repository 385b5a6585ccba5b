// World Bank, developmentgoals.org: the latest figure against the point of the same year on a path of constant growth.
#include <algorithm>
#include <cmath>

#include "assess/methods/growth.h"

namespace stocktake {
namespace {

constexpr std::array parameters_of{
    MethodParameter{"possible", 2, "times the promised time that a country on the second class may need", Evidence::seen,
                    ParameterRange{1}},
    MethodParameter{"nearly_all", 1,
                    "points short of 100 per cent that stand for all, where the target itself allows none: no "
                    "constant rate ends at zero",
                    Evidence::own_choice, ParameterRange{0, 100, true}},
};

constexpr std::array classes_of{
    MethodClass{"met", "Target met", Verdict::met},
    MethodClass{"likely", "Likely to be met: on the path or better", Verdict::on_track},
    MethodClass{"possible", "Possible: up to twice the time", Verdict::fair},
    MethodClass{"unlikely", "Unlikely: slower still", Verdict::insufficient},
    MethodClass{"very_unlikely", "Very unlikely: worse than at the beginning", Verdict::deterioration},
};

// A share whose target is all, or a part of those without, is looked at from the other side: the share without, to fall.
Ends recast(const Facts& facts, const RuleView& rule, double nearly_all) {
  Ends ends = ends_of(facts, rule);
  const bool all = rule.type != RuleType::parity && ends.sense > 0 && ends.target == 100;
  if (!all && !rule.has_complement) return ends;
  const double whole = rule.has_complement ? rule.complement : 100;
  const double rest = all ? std::max(rule.tolerance, nearly_all) : whole - ends.target;
  return {whole - ends.from, whole - ends.to, rest, ends.from_year, ends.to_year, ends.deadline, -1};
}

// Observed over required logarithmic growth; 1 is the path itself, 1/2 takes twice the time.
double pace(const Ends& ends) {
  if (ends.years() <= 0 || ends.span() <= 0 || !(ends.from > 0 && ends.to > 0 && ends.target > 0)) return no_figure;
  return std::log(ends.to / ends.from) / ends.years() / (std::log(ends.target / ends.from) / ends.span());
}

Judgement judge_one(const Case& one, std::span<const double> p) {
  const Facts& facts = *one.facts;
  if (const Verdict refusal = common_refusal(facts, *one.rule, true); refusal != Verdict::met) return {refusal};
  if (facts.target_met) return {Verdict::met, 0, no_figure};
  const Ends ends = recast(facts, *one.rule, p[1]);
  const double change = ends.sense * (ends.to - ends.from);
  if (facts.base_met) return {Verdict::deterioration, 4, no_figure};
  if (ends.sense * (ends.to - ends.target) >= 0) return {Verdict::on_track, 1, no_figure};  // nearly all
  const double value = pace(ends);
  if (!std::isfinite(value)) return {};
  const std::uint8_t own = change < 0 ? 4 : value >= 1 ? 1 : value * p[0] >= 1 ? 2 : 3;
  return {classes_of[own].verdict, own, value};
}

constexpr MethodInfo info_of{
    "world_bank_likelihood",
    "World Bank, likelihood of reaching the MDGs",
    "yt against the path y0 (y*/y0)^((t - t0)/(T - t0)); where the target is 100 per cent, of 100 - y",
    "World Bank, developmentgoals.org, regional charts (developmentgoals.org/regional-charts): text seen",
    Evidence::seen,
    "observed over required logarithmic growth: 1 is on the path, 1/2 takes twice the time",
    {Basis::trend, Path::geometric, Fit::ends, 0, true}};

}  // namespace

const Method& world_bank_likelihood() {
  static const CaseMethod instance(info_of, classes_of, parameters_of, judge_one);
  return instance;
}

}  // namespace stocktake
