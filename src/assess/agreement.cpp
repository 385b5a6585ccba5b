#include "assess/agreement.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/table.h"

namespace stocktake {
namespace {

// Whether the two paths of the facts end on different sides of the target.
bool paths_part(const Facts& facts, const RuleView& rule) {
  if (!std::isfinite(facts.expected_rate) || !std::isfinite(facts.target)) return false;
  const Promise promise = promise_of(rule, facts.base, facts.latest);
  return reaches(promise, facts.expected_linear) != reaches(promise, facts.expected_rate);
}

Cause cause_of(const MethodTraits& a, const MethodTraits& b, bool parting) {
  if (a.basis != b.basis) return Cause::level_trend;
  if (a.path != b.path && parting) return Cause::linear_geometric;
  if (a.fit != b.fit || a.window_years != b.window_years) return Cause::window;
  return Cause::cut_points;
}

std::string share_text(const Pair& pair) {
  char text[16];
  if (pair.both == 0) return "-";
  std::snprintf(text, sizeof text, "%.0f %%", 100.0 * static_cast<double>(pair.same) / static_cast<double>(pair.both));
  return text;
}

}  // namespace

Answer answer_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::met:
    case Verdict::on_track: return Answer::on_course;
    case Verdict::fair:
    case Verdict::insufficient: return Answer::too_slow;
    case Verdict::deterioration: return Answer::backwards;
    default: return Answer::none;
  }
}

std::string_view to_string(Cause cause) {
  constexpr std::array<std::string_view, cause_count> names{"level or trend", "linear or geometric path", "window or fit",
                                                            "cut points"};
  return names[static_cast<std::size_t>(cause)];
}

namespace {

Agreement no_rows(std::size_t methods) {
  Agreement out;
  out.methods = methods;
  out.pairs.resize(methods * methods);
  out.judged.resize(methods);
  return out;
}

void add_row(const AssessmentRun& run, const MethodRun& judged, const RuleView& rule, std::size_t row, Agreement& out,
             std::vector<Answer>& answers) {
  const std::size_t n = out.methods;
  answers.resize(n);
  ++out.rows;
  std::size_t answering = 0;
  bool one_voice = true;
  Answer first = Answer::none;
  for (std::size_t m = 0; m < n; ++m) {
    answers[m] = answer_of(judged.at(m, row).verdict);
    if (answers[m] == Answer::none) continue;
    ++out.judged[m];
    if (answering++ == 0) first = answers[m];
    one_voice = one_voice && answers[m] == first;
  }
  if (answering >= 2) ++(one_voice ? out.unanimous : out.contested);
  const bool parting = !one_voice && paths_part(run.rows[row].facts, rule);
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < n && answers[a] != Answer::none; ++b) {
      if (answers[b] == Answer::none) continue;
      Pair& pair = out.pairs[a * n + b];
      ++pair.both;
      if (answers[a] == answers[b]) {
        ++pair.same;
      } else {
        ++pair.causes[static_cast<std::size_t>(
            cause_of(judged.methods[a]->info().traits, judged.methods[b]->info().traits, parting))];
      }
    }
  }
}

}  // namespace

Agreement agreement_of(const AssessmentRun& run, const MethodRun& judged, const std::vector<bool>& counted) {
  Agreement out = no_rows(judged.methods.size());
  const std::vector<RuleView> views = rule_views(run);
  std::vector<Answer> answers;
  for (std::size_t row = 0; row < judged.rows; ++row) {
    if (counted.empty() || counted[row]) add_row(run, judged, views[row], row, out, answers);
  }
  return out;
}

Agreement agreement_on(const AssessmentRun& run, const MethodRun& judged, std::size_t row) {
  Agreement out = no_rows(judged.methods.size());
  std::vector<Answer> answers;
  add_row(run, judged, rule_view(run, run.rows[row].target, run.rows[row].rule), row, out, answers);
  return out;
}

Table to_table(const Agreement& agreement, const MethodRun& judged) {
  Table table;
  auto& method = table.add_texts("method");
  auto& other = table.add_texts("other");
  auto& both = table.add_integers("both_judge");
  auto& same = table.add_integers("same_answer");
  auto& share = table.add_numbers("share", 3);
  std::array<Table::Integers*, cause_count> causes{};
  constexpr std::array<const char*, cause_count> names{"level_or_trend", "linear_or_geometric", "window_or_fit", "cut_points"};
  for (std::size_t c = 0; c < cause_count; ++c) causes[c] = &table.add_integers(names[c]);
  for (std::size_t a = 0; a < agreement.methods; ++a) {
    for (std::size_t b = a + 1; b < agreement.methods; ++b) {
      const Pair& pair = agreement.pair(a, b);
      method.emplace_back(judged.methods[a]->info().id);
      other.emplace_back(judged.methods[b]->info().id);
      both.push_back(static_cast<std::int64_t>(pair.both));
      same.push_back(static_cast<std::int64_t>(pair.same));
      share.push_back(pair.both == 0 ? no_figure : static_cast<double>(pair.same) / static_cast<double>(pair.both));
      for (std::size_t c = 0; c < cause_count; ++c) causes[c]->push_back(static_cast<std::int64_t>(pair.causes[c]));
    }
  }
  return table;
}

std::string render_text(const Agreement& agreement, const MethodRun& judged) {
  Table matrix;
  auto& number = matrix.add_integers("no");
  auto& name = matrix.add_texts("method");
  auto& rows = matrix.add_integers("judges");
  for (std::size_t m = 0; m < agreement.methods; ++m) {
    number.push_back(static_cast<std::int64_t>(m + 1));
    name.emplace_back(judged.methods[m]->info().id);
    rows.push_back(static_cast<std::int64_t>(agreement.judged[m]));
  }
  for (std::size_t b = 0; b < agreement.methods; ++b) {
    auto& cells = matrix.add_texts(std::to_string(b + 1));
    for (std::size_t a = 0; a < agreement.methods; ++a) cells.push_back(a == b ? "" : share_text(agreement.pair(a, b)));
  }
  std::array<std::size_t, cause_count> causes{};
  std::size_t differing = 0;
  for (std::size_t a = 0; a < agreement.methods; ++a) {
    for (std::size_t b = a + 1; b < agreement.methods; ++b) {
      for (std::size_t c = 0; c < cause_count; ++c) causes[c] += agreement.pair(a, b).causes[c];
      differing += agreement.pair(a, b).both - agreement.pair(a, b).same;
    }
  }
  std::string text = "Agreement on " + std::to_string(agreement.rows) +
                     " rows: share of those that both methods judge on which they give the same answer\n"
                     "(on course: met, on track; too slow: fair, insufficient; backwards: deterioration)\n\n" +
                     to_text(matrix) + "\n";
  text += std::to_string(agreement.unanimous) + " rows: all methods that judge agree; " + std::to_string(agreement.contested) +
          " rows: they do not.\n";
  if (differing == 0) return text;
  text += "Why two methods differ, of " + std::to_string(differing) + " cases:\n";
  std::array<std::size_t, cause_count> order{0, 1, 2, 3};
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return causes[a] > causes[b]; });
  for (const std::size_t c : order) {
    char line[96];
    std::snprintf(line, sizeof line, "  %-26s %5.1f %%\n", std::string(to_string(static_cast<Cause>(c))).c_str(),
                  100.0 * static_cast<double>(causes[c]) / static_cast<double>(differing));
    text += line;
  }
  return text;
}

}  // namespace stocktake
