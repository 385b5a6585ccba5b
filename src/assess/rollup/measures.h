// The figures that indices are made of: of each indicator under each rule, the series of every country, ready to be judged.
#pragma once

#include <cstdint>
#include <deque>
#include <string_view>
#include <vector>

#include "assess/methods/method.h"
#include "assess/run.h"

namespace stocktake {

// A series of one binding under one rule: what ESCAP calls a sub-indicator. Several may tell of one indicator (three levels of
// schooling); those of different bindings are rivals, never added up.
struct Measure {
  std::uint16_t target = 0, rule = 0;  // as in Assessment
  std::uint16_t binding = 0, entry = 0;
  std::vector<std::uint32_t> rows;  // of countries, by area, each area once
};

// Cases for rows of a run. The run must outlive this and stay where it is; not copied, because cases point into it.
class Measures {
 public:
  explicit Measures(const AssessmentRun& run);
  Measures(const Measures&) = delete;
  Measures& operator=(const Measures&) = delete;

  // Rows of countries with the headline key of their entry, by target, rule, binding and entry.
  const std::vector<Measure>& all() const { return measures_; }
  // The row as a method sees it. Of a rule of type `relative` the series is left out: only the facts are of the gap.
  Case case_of(std::uint32_t row) const;
  const std::string& indicator_of(const Measure& measure) const;

 private:
  SeriesView series_of(const Assessment& row) const;

  const AssessmentRun& run_;
  std::vector<std::vector<RuleView>> rules_;  // by target and rule
  std::vector<Measure> measures_;
  struct Copy {
    std::vector<std::int16_t> year;
    std::vector<double> value;
  };
  mutable std::deque<Copy> copies_;  // of the few series that hold values which are not finite
};

// The rows of the areas inside, by measure: of each rule those of the binding with the most of them (then the one that comes
// first by priority); the others' are empty.
std::vector<std::vector<std::uint32_t>> chosen_rows(const AssessmentRun& run, const Measures& measures,
                                                    const std::vector<bool>& inside);

// Countries of an area on the day of the run: a group's members, or the country itself.
std::vector<AreaId> countries_of(const AssessmentRun& run, AreaId area);

}  // namespace stocktake
