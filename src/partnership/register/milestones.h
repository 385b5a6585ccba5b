// Milestones of a commitment on a day: by the money told, by the figures of its series, or by a person's word with evidence.
// Rules: docs/commitments.md, "Milestones".
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assess/assessment.h"
#include "base/calendar.h"
#include "framework/framework.h"
#include "partnership/register/commitment.h"

namespace stocktake {

enum class DueState : std::uint8_t {
  overdue,    // the day is past, and nobody told that it was done
  coming,     // the day is not past
  kept,       // delivered, or a milestone that was reached in time
  missed,     // delivered after the day, or a milestone that was not reached by its day
  closed,     // withdrawn, or a milestone of what was delivered or withdrawn of which nothing else is known
  no_figures  // a milestone of a series, past, of whose year there is no figure (yet)
};
std::string_view to_string(DueState state);

struct MilestoneStanding {
  DueState state = DueState::coming;
  int year = 0;                // of a series: the year by whose figure it is judged
  double figure = no_figure;   // that figure; NaN where there is none, and for money and words
  std::optional<Date> met_on;  // what a person told last by that day; empty: nothing, or that it was not met after all
  // Still waited for: the commitment is open and it was not reached to this day, in time or late.
  bool waits = false;
};

// The figures of a commitment's series, by year, and which way is better: +1 up, -1 down, 0 nobody says.
struct SeriesFigures {
  std::span<const std::int16_t> years;
  std::span<const double> values;
  int sense = 0;
};
// Which way is better for a series: the commitment's own direction, the rule's, the indicator's; where none has one, from `base`
// to the rule's level. `rule` and `indicator` may be null.
int sense_of_measure(const Measure& measure, const Indicator* indicator, double base);

// One a milestone, in their order. `figures` may be null: the commitment has no series, or the store none of its figures.
std::vector<MilestoneStanding> judge_milestones(const Commitment& commitment, const SeriesFigures* figures, Date day);

}  // namespace stocktake
