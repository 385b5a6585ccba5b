#include <array>
#include <cmath>
#include <string>

#include "assess/methods/method.h"
#include "base/error.h"

namespace stocktake {

std::span<const Method* const> methods() {
  // clang-format off
  static const std::array all{
      &mdg_chart(),
      &un_sdg_chart(),
      &un_sdg_chart_2023(),
      &open_sdg(),
      &eurostat_short(),
      &eurostat_long(),
      &istat(),
      &germany(),
      &world_bank_likelihood(),
      &igme_arr(),
      &jmp_linear(),
      &escap_csi(),
      &escap_api(),
      &sdsn_score(),
      &sdsn_trend(),
      &oecd_distance(),
  };
  // clang-format on
  return all;
}

const Method& method(std::string_view id) {
  std::string known;
  for (const Method* one : methods()) {
    if (one->info().id == id) return *one;
    known += (known.empty() ? "" : ", ") + std::string(one->info().id);
  }
  throw Error(ErrorKind::not_found, "there is no method '" + std::string(id) + "'", "use one of: " + known);
}

std::vector<double> default_parameters(const Method& method) {
  std::vector<double> values;
  for (const MethodParameter& parameter : method.parameters()) values.push_back(parameter.value);
  return values;
}

std::string_view to_string(Evidence evidence) {
  constexpr std::array<std::string_view, 3> names{"seen", "as recalled, not seen", "our choice"};
  return names[static_cast<std::size_t>(evidence)];
}

std::uint8_t class_of(std::span<const MethodClass> classes, Verdict verdict) {
  for (std::size_t i = 0; i < classes.size(); ++i) {
    if (classes[i].verdict == verdict) return static_cast<std::uint8_t>(i);
  }
  return no_class;
}

Verdict common_refusal(const Facts& facts, const RuleView& rule, bool needs_target) {
  const bool no_number = rule.type == RuleType::none_quantified || rule.type == RuleType::halt_and_reverse;
  if (needs_target && no_number) return Verdict::not_quantified;
  if (facts.points < 2 || facts.bounds_only) return Verdict::insufficient_data;
  if (facts.latest_year < rule.oldest) return Verdict::data_too_old;
  if (!no_number && !std::isfinite(facts.target)) return Verdict::not_applicable;
  return Verdict::met;
}

}  // namespace stocktake
