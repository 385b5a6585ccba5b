#include "assess/compare/decompose.h"

#include <cmath>

namespace stocktake {

std::string_view to_string(ChangeStep step) {
  constexpr std::array<std::string_view, step_count> names{"revisions",  "new_years",  "series",    "ageing",
                                                           "membership", "parameters", "framework", "method"};
  return names[static_cast<std::size_t>(step)];
}

std::string_view to_string(ChangeCause cause) {
  constexpr std::array<std::string_view, cause_count> names{"revisions", "new_data", "ageing", "method"};
  return names[static_cast<std::size_t>(cause)];
}

std::string_view to_string(VerdictChange change) {
  constexpr std::array<std::string_view, change_count> names{"same",       "up",           "down",     "judged",
                                                             "not_judged", "other_reason", "appeared", "vanished"};
  return names[static_cast<std::size_t>(change)];
}

ChangeCause cause_of(ChangeStep step) {
  switch (step) {
    case ChangeStep::revisions: return ChangeCause::revisions;
    case ChangeStep::new_years:
    case ChangeStep::series: return ChangeCause::new_data;
    case ChangeStep::ageing: return ChangeCause::ageing;
    default: return ChangeCause::method;
  }
}

std::array<double, step_count> effects_of(const StepValues& values) {
  std::array<double, step_count> effects;
  effects.fill(no_figure);
  if (!std::isfinite(values.front()) || !std::isfinite(values.back())) return effects;
  double last = values.front();
  for (std::size_t k = 0; k < step_count; ++k) {
    const double next = std::isfinite(values[k + 1]) ? values[k + 1] : last;
    effects[k] = next - last;
    last = next;
  }
  return effects;
}

VerdictChange change_of(Verdict before, Verdict after) {
  if (before == after) return VerdictChange::same;
  if (is_judgement(before) && is_judgement(after))
    return after < before ? VerdictChange::up : VerdictChange::down;  // best first in the enum
  if (is_judgement(after)) return VerdictChange::judged;
  return is_judgement(before) ? VerdictChange::not_judged : VerdictChange::other_reason;
}

VerdictChange change_of(const StepVerdicts& verdicts) {
  const StepVerdict& before = verdicts.front();
  const StepVerdict& after = verdicts.back();
  if (before.present && after.present) return change_of(before.verdict, after.verdict);
  return after.present ? VerdictChange::appeared : before.present ? VerdictChange::vanished : VerdictChange::same;
}

std::string moving_steps(const StepVerdicts& verdicts) {
  std::string text;
  for (std::size_t k = 0; k < step_count; ++k) {
    if (verdicts[k] == verdicts[k + 1]) continue;
    text += (text.empty() ? "" : "+") + std::string(to_string(static_cast<ChangeStep>(k)));
  }
  return text;
}

std::string moving_causes(const StepVerdicts& verdicts) {
  std::array<bool, cause_count> moved{};
  for (std::size_t k = 0; k < step_count; ++k) {
    if (!(verdicts[k] == verdicts[k + 1])) moved[static_cast<std::size_t>(cause_of(static_cast<ChangeStep>(k)))] = true;
  }
  std::string text;
  for (std::size_t c = 0; c < cause_count; ++c) {
    if (moved[c]) text += (text.empty() ? "" : "+") + std::string(to_string(static_cast<ChangeCause>(c)));
  }
  return text;
}

}  // namespace stocktake
