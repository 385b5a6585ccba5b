// WHO/UNICEF JMP: least squares through all figures since 2000. The line is theirs, the class is ours: they publish none.
#include "assess/methods/jmp_linear.h"

#include <algorithm>
#include <cmath>

namespace stocktake {
namespace {

constexpr std::array parameters_of{
    MethodParameter{"first_year", 2000, "figures before this year are left out", Evidence::seen, ranges::whole(1, 9999)},
    MethodParameter{"least_years", 5, "years that the figures must span for a slope; else their mean", Evidence::seen,
                    ranges::whole(1, 1000)},
    MethodParameter{"beyond", 2, "years to which the line is drawn after the last figure", Evidence::seen,
                    ranges::whole(0, 1000)},
    MethodParameter{"on_track", 1, "least ratio of the line's slope to the yearly change required from the last estimate",
                    Evidence::own_choice, ranges::not_below("fair")},
    MethodParameter{"fair", 0.5, "least ratio of the second class", Evidence::own_choice, ranges::not_negative},
};

constexpr std::array classes_of{
    MethodClass{"met", "The last estimate meets the target", Verdict::met},
    MethodClass{"on_track", "The line reaches the target by the deadline", Verdict::on_track},
    MethodClass{"slow", "The line has half the slope required, or more", Verdict::fair},
    MethodClass{"too_slow", "The line has less than half the slope required", Verdict::insufficient},
    MethodClass{"no_progress", "The line is level or goes the wrong way", Verdict::deterioration},
};

Judgement judge_one(const Case& one, std::span<const double> p) {
  const Facts& facts = *one.facts;
  const RuleView& rule = *one.rule;
  if (const Verdict refusal = common_refusal(facts, rule, true); refusal != Verdict::met) return {refusal};
  const auto years = [](double value) { return static_cast<int>(std::clamp(value, -9999.0, 9999.0)); };
  JmpOptions options{years(p[0]), years(p[1]), years(p[2])};
  if (one.indicator != nullptr) {
    options.lower = one.indicator->bounds.lower;
    options.upper = one.indicator->bounds.upper;
  }
  const JmpLine line = fit_jmp_line(one.series, options);
  if (line.points < 2) return {Verdict::insufficient_data};
  const int year = std::min(line.last_year + options.beyond, std::max<int>(facts.deadline_year, line.last_year));
  const double estimate = on_jmp_line(line, options, year);
  const Promise promise = promise_of(rule, facts.base, facts.latest);
  if (meets(promise, rule, estimate)) return {Verdict::met, 0, no_figure};
  if (!line.has_slope) return {Verdict::insufficient_data};
  if (!(promise.sense * line.slope > 0)) return {Verdict::deterioration, 4, no_figure};
  const double ratio = line.slope * std::max(0, facts.deadline_year - year) / (promise.line - estimate);
  // A line through a band (parity) is not followed to its other side.
  const std::uint8_t own = ratio < 0 ? 4 : ratio >= p[3] ? 1 : ratio >= p[4] ? 2 : 3;
  return {classes_of[own].verdict, own, ratio};
}

constexpr MethodInfo info_of{"jmp_linear",
                             "WHO/UNICEF JMP, linear estimates",
                             "b / ((y* - E)/(T - s)): b slope of the least squares line through all figures since 2000, E "
                             "its value at s, two years after "
                             "the last figure",
                             "WHO/UNICEF JMP, least squares on all survey points since 2000: metadata of SDG indicator "
                             "6.1.1, seen (worldbank/sdg-metadata); "
                             "five years, two years beyond: seen in a reproduction of the estimates (larnsce); flat four "
                             "years after that as recalled, "
                             "not seen. JMP publishes estimates, no classes: the classes are ours",
                             Evidence::seen,
                             "slope of the line over the yearly change required from the last estimate",
                             {Basis::trend, Path::linear, Fit::regression, 0, true}};

}  // namespace

JmpLine fit_jmp_line(const SeriesView& series, const JmpOptions& options) {
  JmpLine line;
  double years = 0, values = 0;
  for (std::size_t i = 0; i < series.size; ++i) {
    if (series.year[i] < options.first_year || !std::isfinite(series.value[i])) continue;
    if (line.points == 0) line.first_year = series.year[i];
    line.last_year = series.year[i];
    years += series.year[i];
    values += series.value[i];
    ++line.points;
  }
  if (line.points == 0) return line;
  line.mean_year = years / line.points;
  line.mean = values / line.points;
  line.has_slope = line.last_year > line.first_year && line.last_year - line.first_year >= options.least_years;
  if (!line.has_slope) return line;
  double across = 0, along = 0;
  for (std::size_t i = 0; i < series.size; ++i) {
    if (series.year[i] < options.first_year || !std::isfinite(series.value[i])) continue;
    const double away = series.year[i] - line.mean_year;
    across += away * (series.value[i] - line.mean);
    along += away * away;
  }
  line.slope = across / along;
  return line;
}

double on_jmp_line(const JmpLine& line, const JmpOptions& options, double year) {
  if (line.points == 0) return no_figure;
  return std::min(options.upper, std::max(options.lower, line.mean + line.slope * (year - line.mean_year)));
}

double jmp_estimate(const JmpLine& line, const JmpOptions& options, int year) {
  const int end = line.last_year + options.beyond;
  if (line.points == 0 || year < line.first_year - options.beyond || year > end + options.flat) return no_figure;
  return on_jmp_line(line, options, std::min(year, end));
}

const Method& jmp_linear() {
  static const CaseMethod instance(info_of, classes_of, parameters_of, judge_one);
  return instance;
}

}  // namespace stocktake
