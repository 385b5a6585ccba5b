// Faults and doubts of a store's figures, for the office that has to mend them: what is missing, stands twice, jumps, is in the
// wrong unit or beyond what is possible. Rules and thresholds: docs/check.md. A finding is a question to a person; nothing is
// changed. The same figures give the same findings, whatever the number of threads.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/table.h"
#include "base/translate.h"
#include "framework/areas.h"
#include "framework/binding.h"
#include "framework/framework.h"
#include "framework/units.h"
#include "store/observation.h"
#include "store/overlaps.h"

namespace stocktake {

enum class CheckKind : std::uint8_t {
  out_of_bounds,      // beyond the natural bounds of the indicator, or of a share
  interval,           // published bounds that do not hold the figure, or stand the wrong way round
  negative,           // below zero in a series that else never is
  duplicate_row,      // rows of a file that gave a second figure for the same year
  scale_slip,         // 10, 100, 1000 ... times its neighbours
  outlier,            // leaves its neighbours and comes back
  jump,               // a change that the series has nowhere else
  zero,               // zero between figures that are not, in a series without zeros
  unit_mixed,         // several units in one series
  unit_binding,       // another unit than the binding says
  disagreement,       // two sources differ for the same indicator, area and year
  revised,            // a later vintage has another figure
  stopped,            // ends long before the others
  hole,               // years left out of a yearly series
  carried_forward,    // the same figure year after year
  nature_mix,         // figures of different natures in one series
  repeated_vintage,   // a later vintage has the same figures again
  missing_indicator,  // no figure at all
  missing_areas,      // areas without a figure of an indicator
};
inline constexpr std::size_t check_kinds = 19;
enum class Severity : std::uint8_t { fault, warning, remark };

std::string_view to_string(CheckKind kind);  // "out_of_bounds"
std::optional<CheckKind> parse_check_kind(std::string_view text);
std::string_view to_string(Severity severity);
// fault: cannot be right. warning: to be looked at. remark: to be known.
Severity severity_of(CheckKind kind);

// The thresholds. Where no source is named the default is the project's own choice, made by looking at findings in the UN SDG
// database and Gapminder's compilation (docs/check.md).
struct CheckOptions {
  std::optional<int> first_year, last_year;  // of completeness; none: the framework's baseline, the last complete year of `at`
  Date at{};
  std::vector<std::string> areas;  // completeness counts these; empty: every country with a figure in the store
  // |robust z| of a rate. Iglewicz and Hoaglin 1993, section 3.3, name 3.5 for modified z-scores of a sample; yearly rates have
  // heavier tails than the normal distribution, and 3.5 marks one series in four.
  double z = 10;
  double change = 1;              // and the least change: ln(1 + change) of a positive series, ...
  double points = 20;             // ... percentage points of a share
  std::size_t least_figures = 8;  // of a series whose rates are judged
  double disagreement = 0.1;      // relative difference of two sources
  double revision = 0.1;          // relative change by a later vintage
  int stopped_years = 5;          // years behind the other areas of the series
  int hole_years = 3;             // years left out
  std::size_t repeats = 5;        // equal figures one after the other
  unsigned threads = 0;           // 0: one a core
};

struct Finding {
  CheckKind kind{};
  std::string indicator, series, area, dimensions;  // "" where the finding is not of one
  int first_year = 0, last_year = 0;                // 0: of no year
  std::int64_t figures = 0;                         // concerned
  double value = missing_value;                     // the figure in question, the worst where there are several
  double expected = missing_value;                  // what it was held against: a bound, a neighbour, the other source
  double score = missing_value;                     // robust z, ratio, share or years; docs/check.md says which
  std::string evidence;                             // the numbers, in the same form in every language
};
// The same finding has the same id in every run: of the kind, the place and the first year, not of the values.
std::string finding_id(const Finding& finding);

// An indicator in a country: years with a figure of the headline series.
struct CompletenessRow {
  std::string indicator, area;
  int expected = 0, years = 0;  // years of the period; those with a figure
  int first = 0, last = 0;      // of the figures in the period; 0: none
  std::string missing;          // "2000-2004 2007", of the period
};

struct CheckInput {
  const Framework* framework = nullptr;  // may be null: then no completeness and no indicators
  const std::vector<Binding>& bindings;
  const AreaRegistry& areas;
  const UnitCodes& units;
  const Panel& panel;
  std::vector<VintageOverlap> overlaps;
  std::vector<SecondFigures> second_figures;
};

struct CheckResult {
  std::vector<Finding> findings;  // by kind, indicator, series, area, dimensions, year
  std::vector<CompletenessRow> completeness;
  std::size_t series = 0, figures = 0;
  std::array<std::int64_t, check_kinds> count{};
};

CheckResult check_store(const CheckInput& input, const CheckOptions& options);

Table summary_table(const CheckResult& result, const Translator& words);  // a row a kind that was found
Table findings_table(const CheckResult& result, const Translator& words);
Table completeness_table(const CheckResult& result);
// SARIF 2.1.0, the form in which code hosts and CI systems take findings.
std::string to_sarif(const CheckResult& result, const Translator& words);

// "outlier=10,fault,stopped": a kind, a severity or "any", each with the number that is still accepted (0). Returns what went
// beyond ("outlier: 12, at most 10"). Throws Error(usage) for an unknown name or number.
std::vector<std::string> beyond_limits(const CheckResult& result, std::string_view limits);

}  // namespace stocktake
