// How many people a finding is about. Sources, choices and limits: docs/methods.md, "Priorities".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "assess/aggregate.h"
#include "assess/run.h"

namespace stocktake {

// The figure of a year on the line between its neighbours; the first and last figures stand for `reach` years beyond. NaN
// where there is none.
double figure_at(const Panel& panel, std::uint32_t series, int year, int reach);

// People by weight concept ("population", "births"), as the bindings name their series (find_weights). Keeps what it has
// looked up; not thread-safe.
class People {
 public:
  explicit People(const AssessmentRun& run) : run_(run) {}
  // Of a country in a year; of a group the sum over its members on the day of the stocktaking that have a figure. NaN: none.
  double count(std::string_view concept_name, AreaId area, int year);
  // The whole population in the run's last year of figures.
  double population(AreaId area) { return count("population", area, *run_.options.data_until); }

 private:
  const SeriesOfArea* weights(std::string_view concept_name);
  const AssessmentRun& run_;
  std::map<std::string, std::optional<SeriesOfArea>, std::less<>> weights_;
};

// Whether the indicator is the per cent of the people of its weight concept, so that a distance in it is a number of people: a
// weighted mean in per cent between 0 and 100 that is on the list in people.cpp.
bool counts_people(const Framework& framework, const Indicator& indicator);

// The people by whom a row misses its target today: abs(y* - yt)/100 of the people of the weight concept in the latest year;
// 0 when met; NaN where the indicator does not count people, the concept has no figures or there is no target value.
double people_behind(const AssessmentRun& run, const Assessment& row, People& people);

}  // namespace stocktake
