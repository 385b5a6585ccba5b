// A method turns a series and its facts into a verdict by a published rule. One file a method, one line in registry.cpp.
// Methods have no state: one instance serves all threads.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assess/assessment.h"
#include "assess/promise.h"
#include "framework/framework.h"

namespace stocktake {

// The figures of one series: finite, ascending years, none after the run's last year of figures.
struct SeriesView {
  const std::int16_t* year = nullptr;
  const double* value = nullptr;
  std::size_t size = 0;
};

// What a method may look at. Facts and rule are those of docs/methods.md, "Facts"; of a rule of type `relative` the series is
// that of the gap.
struct Case {
  SeriesView series;
  const Facts* facts = nullptr;
  const RuleView* rule = nullptr;
  const Indicator* indicator = nullptr;  // null where there is none (figures tried by hand)
};

inline constexpr std::uint8_t no_class = 255;

struct Judgement {
  Verdict verdict = Verdict::not_applicable;  // on the scale that all methods share; insufficient_data, … as for Assessment
  std::uint8_t own = no_class;                // index into Method::classes(); no_class where the method does not judge
  double score = no_figure;                   // the figure that decided it, see MethodInfo::score; NaN where there is none
};

// How sure we are of a statement: the text or code that says so was read; it is recalled, not seen; or it is our own choice.
enum class Evidence : std::uint8_t { seen, recalled, own_choice };
std::string_view to_string(Evidence evidence);  // "seen", "as recalled, not seen", "our choice"

// A class of the method, in its own words, and where it lies on the shared scale.
struct MethodClass {
  std::string_view id;     // "accelerate"
  std::string_view label;  // "Accelerate progress"
  Verdict verdict = Verdict::not_applicable;
};

// The values that a parameter may take. Without more words: any finite number.
struct ParameterRange {
  double least = -std::numeric_limits<double>::infinity(), most = std::numeric_limits<double>::infinity();
  bool above_least = false;         // `least` itself is not allowed
  bool whole = false;               // whole numbers only: years, counts
  std::string_view not_below = {};  // id of a parameter of the same method that this one must reach: thresholds in their order
  std::string_view above = {};      // … that this one must exceed
};
namespace ranges {
inline constexpr double none = std::numeric_limits<double>::infinity();
inline constexpr ParameterRange share{0, 1, false, false, {}, {}};
inline constexpr ParameterRange per_cent{0, 100, false, false, {}, {}};
inline constexpr ParameterRange not_negative{0, none, false, false, {}, {}};
constexpr ParameterRange whole(double least, double most) { return {least, most, false, true, {}, {}}; }
constexpr ParameterRange not_below(std::string_view id, ParameterRange range = {}) {
  range.not_below = id;
  return range;
}
constexpr ParameterRange above(std::string_view id, ParameterRange range = {}) {
  range.above = id;
  return range;
}
}  // namespace ranges

// A threshold of the method, with the published default.
struct MethodParameter {
  std::string_view id;       // "on_track"
  double value = 0;          // the default
  std::string_view meaning;  // "least ratio of observed to required growth for the first class"
  Evidence evidence = Evidence::own_choice;
  ParameterRange range = {};
};

// What tells methods apart, for saying why two of them disagree.
enum class Basis : std::uint8_t { trend, level };            // the way it moves, or where it stands
enum class Path : std::uint8_t { none, linear, geometric };  // the path along which it is compared or projected
enum class Fit : std::uint8_t { ends, regression, recent };  // base and latest; all points; the last points or years
struct MethodTraits {
  Basis basis = Basis::trend;
  Path path = Path::none;
  Fit fit = Fit::ends;
  int window_years = 0;  // of Fit::recent; 0: from the base
  bool needs_target = true;
  bool joint = false;  // judges the cases of a call by each other: give it all areas of a rule at once, and countries only
};

struct MethodInfo {
  std::string_view id;                 // "escap_api"
  std::string_view title;              // "ESCAP Anticipated Progress Index"
  std::string_view formula;            // one line: "P = 100 |TV - I_T| / |TV - I_base|"
  std::string_view citation;           // document, year, and how much of it was seen
  Evidence evidence = Evidence::seen;  // of the formula
  std::string_view score;  // what Judgement::score is, with its unit: "P, per cent of the required progress that will be missing"
  MethodTraits traits;
};

class Method {
 public:
  virtual ~Method() = default;
  virtual const MethodInfo& info() const = 0;
  virtual std::span<const MethodClass> classes() const = 0;
  virtual std::span<const MethodParameter> parameters() const = 0;  // may be empty
  // out[i] = judgement of cases[i]. `parameters` has a value for each of parameters(), in that order.
  virtual void judge(std::span<const Case> cases, std::span<const double> parameters, std::span<Judgement> out) const = 0;
};

// A method that judges one case after the other: what it is, and a function.
class CaseMethod final : public Method {
 public:
  using JudgeOne = Judgement (*)(const Case& one, std::span<const double> parameters);
  // The spans must live as long as the method.
  CaseMethod(MethodInfo info, std::span<const MethodClass> classes, std::span<const MethodParameter> parameters,
             JudgeOne judge_one)
      : info_(info), classes_(classes), parameters_(parameters), judge_one_(judge_one) {}
  const MethodInfo& info() const override { return info_; }
  std::span<const MethodClass> classes() const override { return classes_; }
  std::span<const MethodParameter> parameters() const override { return parameters_; }
  void judge(std::span<const Case> cases, std::span<const double> parameters, std::span<Judgement> out) const override {
    for (std::size_t i = 0; i < cases.size(); ++i) out[i] = judge_one_(cases[i], parameters);
  }

 private:
  MethodInfo info_;
  std::span<const MethodClass> classes_;
  std::span<const MethodParameter> parameters_;
  JudgeOne judge_one_;
};

std::span<const Method* const> methods();   // all, in the order of the registry
const Method& method(std::string_view id);  // Throws Error(not_found).
std::vector<double> default_parameters(const Method& method);
// "0 to 1, not below fair"; "any number" where there is no bound.
std::string to_string(const ParameterRange& range);
// Throws Error(usage), naming the range, for a value that the parameter cannot take (NaN and infinity never can).
void check_parameter(const Method& method, const MethodParameter& parameter, double value);
// The same for all values of a method, and their order among each other.
void check_parameters(const Method& method, std::span<const double> values);

// What comes before any trend method's own rule: no number (where one is needed), too few figures, too old, no target value.
// `met` when none of these holds: the method may judge.
Verdict common_refusal(const Facts& facts, const RuleView& rule, bool needs_target);
// The first class with that verdict; no_class for a verdict that is no judgement.
std::uint8_t class_of(std::span<const MethodClass> classes, Verdict verdict);

// The two charts whose verdicts every Assessment carries, on facts alone (rules: one a fact, or one for all).
void judge_mdg_chart(std::span<const Facts> facts, std::span<const RuleView> rules, std::span<Verdict> out);
void judge_un_sdg_chart(std::span<const Facts> facts, std::span<const RuleView> rules, std::span<Verdict> out);

// The instances, one a file. Declared here so that the registry is a plain list.
const Method& mdg_chart();
const Method& un_sdg_chart();
const Method& un_sdg_chart_2023();
const Method& open_sdg();
const Method& eurostat_short();
const Method& eurostat_long();
const Method& istat();
const Method& germany();
const Method& world_bank_likelihood();
const Method& igme_arr();
const Method& jmp_linear();
const Method& escap_csi();
const Method& escap_api();
const Method& sdsn_score();
const Method& sdsn_trend();
const Method& oecd_distance();

}  // namespace stocktake
