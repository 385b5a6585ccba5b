// Eurostat, monitoring of the SDGs in an EU context: growth over the last 5 and the last 15 years, with and without a target.
#include <cmath>

#include "assess/methods/growth.h"

namespace stocktake {
namespace {

constexpr std::array parameters_of{
    MethodParameter{"significant", 0.95, "least ratio of observed to required growth of the first class", Evidence::seen,
                    ranges::not_below("moderate")},
    MethodParameter{"moderate", 0.60, "least ratio of the second class", Evidence::seen, ranges::not_below("insufficient")},
    MethodParameter{"insufficient", 0, "least ratio of the third class", Evidence::seen},
    MethodParameter{"free_significant", 1,
                    "without a target: least growth of significant progress (and, with the other sign, of "
                    "significant movement away), per cent a year",
                    Evidence::seen, ranges::not_below("no_movement", ranges::not_negative)},
    MethodParameter{"no_movement", 0.1,
                    "without a target: growth up to which, either way, nothing moves, per cent a year; 0 for the "
                    "editions without such a class",
                    Evidence::seen, ranges::not_negative},
    MethodParameter{"nearest", 0, "years by which the first figure may miss the beginning of the window; 0: a full window",
                    Evidence::own_choice, ranges::whole(0, 100)},
};

constexpr std::array classes_of{
    MethodClass{"met", "Target met", Verdict::met},
    MethodClass{"significant", "Significant progress", Verdict::on_track},
    MethodClass{"moderate", "Moderate progress", Verdict::fair},
    MethodClass{"insufficient", "Insufficient progress (with a target)", Verdict::insufficient},
    MethodClass{"no_movement", "No movement (without a target)", Verdict::insufficient},
    MethodClass{"away", "Movement away (with a target)", Verdict::deterioration},
    MethodClass{"moderate_away", "Moderate movement away (without a target)", Verdict::deterioration},
    MethodClass{"significant_away", "Significant movement away (without a target)", Verdict::deterioration},
};
enum Own : std::uint8_t { met, significant, moderate, insufficient, no_movement, away, moderate_away, significant_away };

// Growth from zero and a ratio to a target that was left are infinite: the class is clear, a figure there is not.
Judgement judgement(Own own, double score) { return {classes_of[own].verdict, own, std::isfinite(score) ? score : no_figure}; }

constexpr std::size_t none = static_cast<std::size_t>(-1);

// The figure nearest to `year`, at most `slack` years off and before the last; of two equally near the earlier.
std::size_t nearest_to(const SeriesView& series, int year, double slack) {
  std::size_t best = none;
  for (std::size_t i = 0; i + 1 < series.size; ++i) {
    const int off = std::abs(series.year[i] - year);
    if (!std::isfinite(series.value[i]) || off > slack) continue;
    if (best == none || off < std::abs(series.year[best] - year)) best = i;
  }
  return best;
}

Judgement with_target(const Ends& ends, std::span<const double> p) {
  const double ratio = growth_ratio(ends);
  if (std::isnan(ratio)) return {};
  if (ratio >= p[0]) return judgement(significant, ratio);
  if (ratio >= p[1]) return judgement(moderate, ratio);
  return judgement(ratio >= p[2] ? insufficient : away, ratio);
}

Judgement without_target(const Ends& ends, std::span<const double> p) {
  const double growth = 100 * better_growth(ends);
  if (ends.sense == 0 || std::isnan(growth)) return {};
  if (std::abs(growth) <= p[4]) return judgement(no_movement, growth);
  if (growth > 0) return judgement(growth >= p[3] ? significant : moderate, growth);
  return judgement(growth <= -p[3] ? significant_away : moderate_away, growth);
}

Judgement judge_one(const Case& one, int window, std::span<const double> p) {
  const Facts& facts = *one.facts;
  const RuleView& rule = *one.rule;
  if (const Verdict refusal = common_refusal(facts, rule, false); refusal != Verdict::met) return {refusal};
  if (has_number(rule) && facts.target_met) return judgement(met, no_figure);
  const std::size_t first = nearest_to(one.series, facts.latest_year - window, p[5]);
  if (first == none || one.series.year[first] >= facts.latest_year) return {Verdict::insufficient_data};
  const Ends ends = ends_between(facts, rule, one.series.year[first], one.series.value[first], facts.latest_year, facts.latest);
  return has_number(rule) ? with_target(ends, p) : without_target(ends, p);
}

class Eurostat final : public Method {
 public:
  explicit Eurostat(const MethodInfo& info) : info_(info) {}
  const MethodInfo& info() const override { return info_; }
  std::span<const MethodClass> classes() const override { return classes_of; }
  std::span<const MethodParameter> parameters() const override { return parameters_of; }
  void judge(std::span<const Case> cases, std::span<const double> parameters, std::span<Judgement> out) const override {
    for (std::size_t i = 0; i < cases.size(); ++i) out[i] = judge_one(cases[i], info_.traits.window_years, parameters);
  }

 private:
  MethodInfo info_;
};

constexpr std::string_view formula =
    "CAGR over the window / CAGR from its first year to y* at the deadline; without a target d CAGR";
constexpr std::string_view citation =
    "Eurostat, Sustainable development in the European Union, monitoring reports since 2017: windows of 5 and 15 years seen "
    "(IISD on the edition of 2018); cuts with a target seen in the text of Statistics Canada, which follows Eurostat; all cuts "
    "seen as implemented by Eustat, the Basque statistics office (github.com/EUSTAT-PRE/data, scripts/build_data.py, 'umbrales "
    "Eurostat'); the reports' own annexes were not seen";
constexpr std::string_view score =
    "ratio of observed to required growth; without a target growth in the direction that is better, "
    "per cent a year";

}  // namespace

const Method& eurostat_short() {
  static const Eurostat instance({"eurostat_short",
                                  "Eurostat, short term (5 years)",
                                  formula,
                                  citation,
                                  Evidence::seen,
                                  score,
                                  {Basis::trend, Path::geometric, Fit::recent, 5, false}});
  return instance;
}

const Method& eurostat_long() {
  static const Eurostat instance({"eurostat_long",
                                  "Eurostat, long term (15 years)",
                                  formula,
                                  citation,
                                  Evidence::seen,
                                  score,
                                  {Basis::trend, Path::geometric, Fit::recent, 15, false}});
  return instance;
}

}  // namespace stocktake
