// What the rankings of priorities count: a country (or region) and a target, judged; with its state as published and in a draw.
#pragma once

#include <string>
#include <vector>

#include "assess/priorities/people.h"
#include "assess/priorities/priorities.h"

namespace stocktake {

struct UnitState {
  bool off_track = false, stalled = false;
  double gap = no_figure;  // at the deadline, 0 to 1; NaN: not defined
};

struct Unit {
  std::uint32_t row = 0;
  std::uint16_t target = 0;
  AreaId area = 0;
  bool region = false;  // of a target for which no country is judged
  UnitState published;  // by the rule of the ranking
  double distance = no_figure;
  double population = no_figure;
  double probability = no_figure;
  bool drawn = false;  // its state differs between draws: not met yet, a target value, a forecast
  DeadlineForecast forecast;
  Promise promise;
  double line = no_figure;  // promise.line on the forecast's scale
  double base = no_figure;
  std::uint64_t key = 0;  // of its stream of draws: seed, target and area
};

// Headline rows of countries with a judgement, proxies left out; of targets without any, those of the regions that rankings
// count (not when the run is confined to groups). In the order of the run.
std::vector<Unit> find_units(const AssessmentRun& run, const PriorityOptions& options, const Forecaster& forecast,
                             People& people);

// The state that follows from a drawn value at the deadline: on track when it reaches the target; stalled when less than a tenth
// of the promised change will have been made; gap as gap_at_deadline. The published state for a unit that is not drawn.
UnitState drawn_state(const Unit& unit, std::uint64_t draw);

// The countries of the options' groups on the day of the run, by AreaId; empty when the options name none.
std::vector<bool> members_of(const AssessmentRun& run, const std::vector<std::string>& groups);

// Population of the countries that exist on the day and belong to the run and the options.
double population_in_question(const AssessmentRun& run, const PriorityOptions& options, const TargetRule& rule, People& people);

}  // namespace stocktake
