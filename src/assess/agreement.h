// Where methods agree on a stocktaking, and why they do not. docs/methods.md, "Agreement".
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "assess/method_run.h"

namespace stocktake {

// Three answers that every method has, so that methods with three classes can be compared with those that have five.
enum class Answer : std::uint8_t { none, on_course, too_slow, backwards };  // none: the method does not judge
Answer answer_of(Verdict verdict);

// Why two methods answer differently, first that holds:
enum class Cause : std::uint8_t {
  level_trend,       // one looks at where the series stands, the other at the way it moves
  linear_geometric,  // the linear path reaches the target and the geometric one does not, or the other way round
  window,            // they look at other years, or at the ends where the other fits all figures
  cut_points,        // the same figures, other thresholds
};
constexpr std::size_t cause_count = 4;
std::string_view to_string(Cause cause);  // "level or trend", …

struct Pair {
  std::size_t both = 0;                           // rows that both judge
  std::size_t same = 0;                           // … with the same answer
  std::array<std::size_t, cause_count> causes{};  // of the others
};

struct Agreement {
  std::size_t methods = 0;
  std::size_t rows = 0;             // looked at
  std::vector<Pair> pairs;          // methods x methods, symmetric
  std::vector<std::size_t> judged;  // rows that each method judges
  std::size_t unanimous = 0;        // rows on which all methods that judge (two or more) give one answer
  std::size_t contested = 0;        // rows that two or more methods judge, not unanimously
  const Pair& pair(std::size_t a, std::size_t b) const { return pairs[a * methods + b]; }
};

// Over the rows for which `counted` is true (all when empty); headline rows are the usual choice.
Agreement agreement_of(const AssessmentRun& run, const MethodRun& judged, const std::vector<bool>& counted);

// The same on one row alone.
Agreement agreement_on(const AssessmentRun& run, const MethodRun& judged, std::size_t row);

// One line a pair of methods: method, other, both, same, share, and a count for each cause.
Table to_table(const Agreement& agreement, const MethodRun& judged);
// The matrix for reading: share of equal answers, then the causes of disagreement, largest first.
std::string render_text(const Agreement& agreement, const MethodRun& judged);

}  // namespace stocktake
