// The result of assessing one series against one rule: facts first, then each method's verdict on them. Plain values.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "framework/areas.h"
#include "framework/framework.h"
#include "store/observation.h"

namespace stocktake {

inline constexpr double no_figure = std::numeric_limits<double>::quiet_NaN();

// What a method says. Each method uses the subset that its publication defines (src/assess/methods/).
enum class Verdict : std::uint8_t {
  met,                // target met (or expected with certainty: already beyond it)
  on_track,           // expected to be met by the deadline / substantial progress
  fair,               // progress, but too slow: acceleration needed (UN SDG chart only)
  insufficient,       // progress insufficient (MDG chart) / limited or no progress (UN SDG chart)
  deterioration,      // no progress or deterioration (MDG chart) / deterioration (UN SDG chart)
  insufficient_data,  // fewer points than the method needs
  data_too_old,       // the latest figure is older than the rule allows
  not_quantified,     // the target has no number and no documented proxy
  not_applicable,     // the method is not defined for this rule or these values
};
std::string_view to_string(Verdict verdict);  // "met", "on_track", …
bool is_judgement(Verdict verdict);           // true for the first five
constexpr std::size_t verdict_count = 9;

// Where the figures of an assessment come from.
enum class Origin : std::uint8_t {
  country,          // figures of a country
  published_group,  // a group's figures as its custodian published them
  computed_group,   // aggregated here from country figures (coverage >= the rule's share)
};
std::string_view to_string(Origin origin);

// Facts about one series under one rule; NaN (no_figure) where a figure does not exist. Rates are fractions a year
// (0.0277 = 2.77 %), signed as the indicator moves, not as it improves. Formulas: docs/methods.md, "Facts". Under a rule of
// type `relative` all figures are of the gap, value - factor * the other indicator, and the target is 0.
struct Facts {
  std::int16_t base_year = 0, latest_year = 0;  // 0: none
  std::int16_t deadline_year = 0;
  std::int16_t points = 0;  // figures from the base year to the latest year; 0 without a base
  double base = no_figure, latest = no_figure;
  double target = no_figure;           // y*, in the indicator's unit; parity: the edge of the band that is nearer
  double observed_linear = no_figure;  // units a year, base to latest
  double required_linear = no_figure;  // units a year, base to target at the deadline
  double observed_rate = no_figure;    // geometric, (latest/base)^(1/years) - 1
  double required_rate = no_figure;    // geometric, base to target at the deadline
  double ratio_linear = no_figure;     // observed / required
  double ratio_rate = no_figure;
  double expected_linear = no_figure;  // value at the deadline on the observed linear path from latest
  double expected_rate = no_figure;    // … on the geometric path
  double needed_linear = no_figure;    // units a year from latest to target at the deadline
  double needed_rate = no_figure;      // geometric, from latest to target at the deadline
  double acceleration = no_figure;     // needed pace / observed pace (geometric where defined, else linear); 1 = keep the
                                       // pace; NaN when met or when the series moves the wrong way
  double year_met = no_figure;         // year in which the target is met on the observed linear path (fractional); when met:
                                       // the first year since which every figure meets it; NaN: never
  std::int16_t worst_year = 0;         // halt_and_reverse: the last year with the worst figure since the base
  double worst = no_figure;            // … its value
  double previous = no_figure;         // halt_and_reverse: the last figure before the latest that differs from it
  bool bounds_only = false;            // published as "<5" at both ends (or at the base that the target is a part of): the change
                                       // is unknown, and nothing but the figures themselves is given
  bool target_met = false;             // the latest figure meets the target
  bool base_met = false;               // the base figure did
};

struct Assessment {
  std::uint16_t target = 0;  // index into AssessmentRun::targets
  std::uint16_t rule = 0;    // index into that target's rules
  AreaId area = 0;
  Origin origin = Origin::country;
  bool headline = false;           // the key and series by which the target is judged for this area
  bool exact = true;               // the series is the indicator (else near: see the binding's note)
  std::uint16_t binding = 0;       // index into AssessmentRun::bindings
  std::uint16_t entry = 0;         // index into that binding's series
  std::uint32_t series = 0;        // index into AssessmentRun::panel (group aggregates are appended to it)
  std::uint32_t judged = 0;        // … of the figures that the rule judges: of the gap under `relative`, else the same
  float coverage = 1;              // share of the group's weight that was observed at the latest year (computed groups)
  bool substitute_weight = false;  // computed group: weighted by population, because the indicator's own weight has no series
  Facts facts;
  Verdict mdg = Verdict::insufficient_data;  // MDG Progress Chart rule
  Verdict sdg = Verdict::insufficient_data;  // UN SDG Progress Chart rule (2020-2022)
  std::uint32_t group_source = 0;            // computed group: index into AssessmentRun::group_sources
};

}  // namespace stocktake
