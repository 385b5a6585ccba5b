// The five gaps of the MDG Gap Task Force on a day: of each target of the framework mdg-gaps what the figures show and which
// commitments stand behind it. Works on any framework; the areas are its goals.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "assess/run.h"
#include "base/table.h"
#include "partnership/views/account.h"

namespace stocktake {

struct GapLine {
  std::uint16_t target = 0;  // into AssessmentRun::targets
  std::uint16_t rule = 0;    // into its rules
  const Indicator* indicator = nullptr;
  double to_reach = no_figure;  // of a level (reach, universal) that the rule or its proxy sets
  bool proxy = false;
  // Countries that the rule concerns, each by its first series (source priority), with a figure that is not too old.
  int countries = 0;
  int met = 0;                // of those; 0 where the rule has no number
  double median = no_figure;  // of their latest figures (mean of the two in the middle of an even number)
  int first_year = 0, last_year = 0;
  // A group's own figure: of the only group that the rule concerns, else donors (DAC), developing regions, the world.
  std::optional<AreaId> group;
  int group_year = 0;
  double group_value = no_figure, group_gap = no_figure;  // missing to the level, 0 when met
  bool group_met = false;
  std::vector<std::size_t> commitments;  // Accounts::rows: measured by the indicator, or naming the target
};

struct GapArea {
  const Goal* goal = nullptr;
  std::vector<GapLine> lines;            // by target, then rule
  std::vector<std::size_t> commitments;  // of its lines and those that name the goal itself, each once
  int kept = 0, overdue = 0;             // of these
};

// In the order of the framework.
std::vector<GapArea> five_gaps(const AssessmentRun& run, const Accounts& accounts);

// One row a line.
Table to_table(const AssessmentRun& run, const std::vector<GapArea>& gaps, Language language, bool brief);

}  // namespace stocktake
