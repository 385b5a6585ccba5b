// A run of four countries and two targets with their populations, for the tests of priorities.
#pragma once

#include "assess/priorities/priorities.h"
#include "assess/sample.h"

namespace stocktake::sample {

// 4.A (indicator 4.1, to be halved from 1990 to 2015): A 40 to 20 met; B 40 to 22 on track (19.5 expected); C 100 to 60, 54.5
// expected for 50; D 10 to 11, away. 4.B (4.2): A 40 to 39, ratio (1/22)/(20/25) = 0.057, stalled; B and C met.
// People: A 10, B 20, C 5, D 5.
inline AssessmentRun priority_run(bool people = true, int year = 2013, std::vector<std::string> targets = {}) {
  Panel panel;
  add(panel, "S", "AAA", {{1990, 40}, {2012, 20}});
  add(panel, "S", "BBB", {{1990, 40}, {2012, 22}});
  add(panel, "S", "CCC", {{1990, 100}, {2012, 60}});
  add(panel, "S", "DDD", {{1990, 10}, {2012, 11}});
  add(panel, "T", "AAA", {{1990, 40}, {2012, 39}});
  add(panel, "T", "BBB", {{1990, 40}, {2012, 20}});
  add(panel, "T", "CCC", {{1990, 40}, {2012, 20}});
  if (people) {
    add(panel, "POP", "AAA", {{2010, 8}, {2012, 10}});
    add(panel, "POP", "BBB", {{2012, 20}});
    add(panel, "POP", "CCC", {{2009, 5}});
    add(panel, "POP", "DDD", {{2012, 5}});
  }
  Framework made = framework({halve("4.1", true)});
  Target second = made.goals[0].targets[0];
  second.code = "4.B";
  second.rules = {halve("4.2", true)};
  made.goals[0].targets.push_back(second);
  Binding bound = binding("b", 1, {feeds("S", "4.1"), feeds("T", "4.2")});
  bound.weights["population"] = {"POP", {}};
  AssessOptions options;
  options.at = {year, 9, 25};
  options.data_until = 2012;
  options.computed_groups = false;
  options.targets = std::move(targets);
  return assess_panel(std::move(panel), {}, made, registry(), {bound}, options);
}

inline PriorityOptions certain() {
  PriorityOptions options;
  options.draws = 0;
  return options;
}

}  // namespace stocktake::sample
