// The model of a goal framework: goals → targets → rules and indicators. Plain values, immutable after loading.
// The file format is docs/framework-file.md. A TargetRule says what is promised; how it is judged is assess's matter.
#pragma once

#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "base/language.h"

namespace stocktake {

enum class Direction { up, down, none };            // which way is better
enum class Scale { identity, log, logit };          // scale on which the indicator is modelled
enum class Aggregate { weighted_mean, sum, none };  // how countries make a group

// Natural bounds of an indicator; infinite where there is none.
struct Bounds {
  double lower = -std::numeric_limits<double>::infinity();
  double upper = std::numeric_limits<double>::infinity();
};

// Where an indicator lies between the worst and the best, as the codebook of SDSN's Sustainable Development Report gives it, in
// the indicator's unit: worst < red <= green <= best, or the other way round where less is better.
struct SdsnScale {
  double worst = 0, best = 0;  // lower bound (score 0) and optimum (score 100)
  double red = 0, green = 0;   // thresholds of the colours
  bool operator==(const SdsnScale&) const = default;
};

struct Indicator {
  std::string code;  // "4.1", "3.2.1"
  LocalText name;
  std::string unit;  // a code of reference/units.csv
  Direction direction = Direction::none;
  Bounds bounds;
  Scale scale = Scale::identity;
  Aggregate aggregate = Aggregate::none;
  std::string weight;     // weight concept of weighted_mean: "population", "births", …
  std::string unsd_code;  // "C030201", empty when there is none
  std::string same_as;    // another code of the same framework, empty when there is none
  std::string url;
  std::optional<SdsnScale> sdsn;  // of an index of the SDSN kind; none: not part of it
};

// How such an index fills in goals without data.
struct SdsnIndex {
  std::vector<std::string> regions;  // groups whose mean goal score stands in for a missing one, the first that has the country
  std::map<std::string, std::vector<std::string>, std::less<>>
      not_applicable;  // goal or indicator → areas and groups that it does not concern
};

enum class RuleType { reduce_by, multiply_by, reach, universal, parity, halt_and_reverse, relative, none_quantified };

// What is promised for one indicator. Only the fields of the type are meaningful (table in docs/framework-file.md).
struct TargetRule {
  std::string indicator;  // empty only in the none_quantified rule of a target that has no indicator
  RuleType type = RuleType::none_quantified;
  double fraction = 0;                // reduce_by: 2/3 means y* = y0 (1 - 2/3)
  std::optional<double> complement;   // reduce_by: applied to complement - y
  double factor = 1;                  // multiply_by, relative
  double value = 100;                 // reach, universal
  double tolerance = 0;               // universal: distance from value that still counts as met
  double lower = 0.97, upper = 1.03;  // parity
  double centre = 1;                  // parity
  std::string to;                     // relative: the other indicator
  bool at_least = true;               // relative: y >= factor * other (else <=)
  std::optional<int> baseline;        // overrides the target's, then the framework's
  std::optional<Date> deadline;
  std::vector<std::string> applies_to;  // area or group codes; empty means everyone
  bool headline = false;                // exactly one rule of a target is the headline after loading
  bool proxy = false;                   // the rule of a none_quantified's documented proxy
  std::string citation, reason, note;
};

struct Target {
  std::string code;
  LocalText title;
  std::string url;
  std::optional<int> baseline;
  std::optional<Date> deadline;
  std::vector<std::string> indicators;
  std::vector<TargetRule> rules;
};

struct Goal {
  std::string code;
  LocalText title;
  std::string url;
  std::vector<Target> targets;
};

struct Framework {
  std::string id, version, extends;
  LocalText title;
  std::string source_title, source_url;
  int baseline = 0;
  Date deadline;
  std::vector<std::string> areas;    // of a national layer; empty means all
  std::vector<std::string> regions;  // groups that divide the world without overlap: those that a ranking of targets counts
  std::vector<Goal> goals;
  std::map<std::string, Indicator, std::less<>> indicators;  // by code
  SdsnIndex sdsn;
  std::string hash;  // BLAKE2b-256 (hex) of the file's bytes, a parent's included

  const Target* find_target(std::string_view code) const;
  const Indicator* find_indicator(std::string_view code) const;
  int baseline_of(const Target& target, const TargetRule& rule) const;
  Date deadline_of(const Target& target, const TargetRule& rule) const;
};

std::string_view to_string(Direction value);
std::string_view to_string(Scale value);
std::string_view to_string(Aggregate value);
std::string_view to_string(RuleType value);

// One fault of a framework or binding file.
struct Diagnostic {
  Location where;
  std::string message;  // what is wrong and what was expected
  std::string remedy;
};

// Sorts codes as people do: 1.2 before 1.10, 1.A after 1.9.
bool code_less(std::string_view a, std::string_view b);

// Reads a framework file, its parent (`extends`, looked for beside it) included. Throws Error(input) with the first fault's
// file:line:column, Error(not_found) when the file does not exist.
Framework load_framework(const std::string& path);

// All faults of a file, in the order of the file; empty when it is sound. Never throws for bad content.
std::vector<Diagnostic> check_framework(const std::string& path);
// The same for bytes in hand; `path` names them in the faults, gives the id they must have and the folder of a parent.
std::vector<Diagnostic> check_framework_text(std::string_view text, const std::string& path);

}  // namespace stocktake
