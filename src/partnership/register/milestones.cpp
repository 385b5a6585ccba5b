#include "partnership/register/milestones.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "assess/promise.h"
#include "partnership/register/register.h"

namespace stocktake {
namespace {

constexpr double rounding = 1e-9;  // as in promise.cpp: 0.1 + 0.2 comes up to 0.3

bool comes_up_to(double figure, double value, int sense) { return sense * (figure - value) >= -rounding * std::abs(value); }

// A person's last word by that day.
std::optional<Date> told_met(const Milestone& milestone, Date day) {
  std::optional<Date> met;
  for (const MilestoneWord& word : milestone.told) {
    if (day < word.on) continue;
    met = word.met ? std::optional<Date>(word.on) : std::nullopt;
  }
  return met;
}

void judge_by_money(const Commitment& commitment, const Milestone& milestone, Date day, bool open, MilestoneStanding& standing) {
  const auto reached_on = [&](Date by) {
    const MoneyTold told = money_on(commitment, by);
    return told.delivered.value_or(told.disbursed.value_or(0)) >= *milestone.value * (1 - rounding);
  };
  standing.waits = open && !reached_on(day);
  if (reached_on(std::min(milestone.due, day))) {
    standing.state = DueState::kept;
  } else if (milestone.due < day) {
    standing.state = DueState::missed;
  } else {
    standing.state = open ? DueState::coming : DueState::closed;
  }
}

void judge_by_word(const Milestone& milestone, Date day, bool open, DueState unknown, MilestoneStanding& standing) {
  standing.waits = open && !standing.met_on;
  if (standing.met_on) {
    standing.state = milestone.due < *standing.met_on ? DueState::missed : DueState::kept;
  } else if (!open) {
    standing.state = DueState::closed;
  } else {
    standing.state = milestone.due < day ? unknown : DueState::coming;
  }
}

// False: the figures cannot tell.
bool judge_by_figures(const Milestone& milestone, const SeriesFigures& figures, Date day, bool open,
                      MilestoneStanding& standing) {
  standing.year = last_complete_year(milestone.due);
  if (!(milestone.due < day)) return false;
  const int until = last_complete_year(day);
  bool reached = false;  // by the latest figure
  for (std::size_t i = 0; i < figures.years.size(); ++i) {
    if (figures.years[i] > until || !std::isfinite(figures.values[i])) continue;
    if (figures.years[i] == standing.year) standing.figure = figures.values[i];
    reached = comes_up_to(figures.values[i], *milestone.value, figures.sense);
  }
  if (std::isnan(standing.figure)) return false;
  const bool held = comes_up_to(standing.figure, *milestone.value, figures.sense);
  standing.state = held ? DueState::kept : DueState::missed;
  standing.waits = open && !held && !reached;
  return true;
}

}  // namespace

std::string_view to_string(DueState state) {
  constexpr std::array<std::string_view, 6> names{"overdue", "coming", "kept", "missed", "closed", "no_figures"};
  return names[static_cast<std::size_t>(state)];
}

int sense_of_measure(const Measure& measure, const Indicator* indicator, double base) {
  const auto way = [](Direction direction) { return direction == Direction::up ? 1 : direction == Direction::down ? -1 : 0; };
  if (measure.direction != Direction::none) return way(measure.direction);
  if (!measure.rule) return indicator == nullptr ? 0 : way(indicator->direction);
  const RuleView view = view_of(*measure.rule, indicator, 0, Date{1, 1, 1}, 0);
  if (view.direction != Direction::none) return way(view.direction);
  const bool level = view.type == RuleType::reach || view.type == RuleType::universal;
  if ((!level && view.type != RuleType::parity) || std::isnan(base)) return 0;
  return base <= (level ? view.value : view.centre) ? 1 : -1;
}

std::vector<MilestoneStanding> judge_milestones(const Commitment& commitment, const SeriesFigures* figures, Date day) {
  std::vector<MilestoneStanding> standings;
  if (commitment.milestones.empty()) return standings;
  const CommitmentStatus status = commitment.status_on(day);
  const bool open = status != CommitmentStatus::delivered && status != CommitmentStatus::withdrawn;
  const Measure& measure = commitment.measure;
  const bool money = money_on(commitment, day).promised.has_value();
  const bool series = !money && (!measure.series.empty() || !measure.indicator.empty());
  for (const Milestone& milestone : commitment.milestones) {
    MilestoneStanding standing;
    standing.met_on = told_met(milestone, day);
    if (milestone.value && money) {
      judge_by_money(commitment, milestone, day, open, standing);
    } else if (milestone.value && series && (figures == nullptr || figures->sense != 0)) {
      const bool judged = figures != nullptr && judge_by_figures(milestone, *figures, day, open, standing);
      if (!judged) judge_by_word(milestone, day, open, DueState::no_figures, standing);
    } else {
      judge_by_word(milestone, day, open, DueState::overdue, standing);
    }
    standings.push_back(standing);
  }
  return standings;
}

}  // namespace stocktake
