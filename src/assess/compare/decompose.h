// A difference between two states as a sum over the steps that lead from one to the other, and what became of a verdict.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "assess/assessment.h"

namespace stocktake {

// The steps, in the order in which they are made. Each changes one thing and keeps what the steps before it changed.
enum class ChangeStep : std::uint8_t {
  revisions,   // other values for years that both states have
  new_years,   // years that were added to, or withdrawn from, a series that both have; the last year of figures
  series,      // series that only one state has
  ageing,      // the year before which a latest figure is too old moves on with the last year of figures
  membership,  // members of groups on the day of the stocktaking
  parameters,  // max-age, base-window, min-coverage
  framework,   // the framework file: targets, rules, indicators
  method,      // the method that judges
};
inline constexpr std::size_t step_count = 8;
std::string_view to_string(ChangeStep step);  // "revisions", "new_years", …

// The causes that a reader is told: revisions; new data (new_years, series); ageing, time that passed without new data; method
// (the others).
enum class ChangeCause : std::uint8_t { revisions, new_data, ageing, method };
inline constexpr std::size_t cause_count = 4;
std::string_view to_string(ChangeCause cause);  // "revisions", "new_data", "ageing", "method"
ChangeCause cause_of(ChangeStep step);

// A value before the first step and after each.
using StepValues = std::array<double, step_count + 1>;

// effect[k] = value after step k - value before it, so that they add up to after - before (in doubles: to rounding). NaN
// throughout when the first or the last value does not exist; a value that is missing only in between counts as not moved, and
// the next step that has one takes the whole difference.
std::array<double, step_count> effects_of(const StepValues& values);

// What became of a verdict.
enum class VerdictChange : std::uint8_t {
  same,
  up,            // a better class
  down,          // a worse class
  judged,        // from no judgement ("insufficient_data", …) to one
  not_judged,    // the other way round
  other_reason,  // no judgement before and after, for another reason
  appeared,      // the target and area have a row only after
  vanished,      // … only before
};
inline constexpr std::size_t change_count = 8;
std::string_view to_string(VerdictChange change);
VerdictChange change_of(Verdict before, Verdict after);  // of rows that both states have

// A verdict before the first step and after each; `present` is false where the state has no row for the target and area.
struct StepVerdict {
  bool present = false;
  Verdict verdict = Verdict::insufficient_data;
  bool operator==(const StepVerdict& other) const { return present == other.present && (!present || verdict == other.verdict); }
};
using StepVerdicts = std::array<StepVerdict, step_count + 1>;

VerdictChange change_of(const StepVerdicts& verdicts);
// Steps after which the verdict (or whether there is a row) was another one, joined by "+"; "" when there was none. A verdict
// that came back has two.
std::string moving_steps(const StepVerdicts& verdicts);
// The causes of these steps, each once: "revisions+new_data".
std::string moving_causes(const StepVerdicts& verdicts);

}  // namespace stocktake
