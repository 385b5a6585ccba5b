// One rule of a framework judged for groups by the joint simulation of their countries. Whatever says a probability of a group
// (`stocktake aggregate`, the rows of `stocktake assess`) asks here, so that there is one answer for a group and a target.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assess/simulation/outlook.h"
#include "assess/simulation/run_jobs.h"

namespace stocktake {

// What decides the figures of a group, apart from the series: the same values give the same group everywhere.
struct GroupSettings {
  int data_until = 0;  // last year of figures
  int max_age = 5, base_window = 10;
  double interval = 0.9;       // probability that published bounds hold
  std::optional<Model> model;  // of the years after a country's last figure, with calibrated spread; none: random_walk()
  bool impute = false;
  SimulationSettings simulation;
};

// How countries make a group for an indicator; none where they do not.
std::optional<GroupKind> group_kind(Aggregate aggregate);

// A job without years. series_code and dimensions name its random streams. `weights` may be null for sums and medians.
SimulationJob group_job(std::string_view series_code, std::string_view dimensions, SeriesOfArea series,
                        const SeriesOfArea* weights, GroupKind kind, const Indicator* indicator, const GroupSettings& settings);

// A rule with what its judgement of each group needs.
struct GroupRule {
  RuleView view;
  int latest_year = 0;                  // see latest_year()
  std::vector<std::int16_t> base_year;  // by group that the job simulates; 0: none
  std::vector<bool> current;            // … whether members with figures of their own cover it in a year that is not too old
};

// Chooses the base years by coverage, as a country's base figure is chosen: the baseline year; else the first later year of the
// window, before the latest, in which the group is covered; else the nearest earlier one. A group is current when figures
// observed or interpolated cover it in some year from view.oldest on.
GroupRule group_rule(const Panel& panel, const GroupMap& map, std::span<const std::uint8_t> regions, const SimulationJob& job,
                     const RuleView& view, int latest_year, const GroupSettings& settings);

// The years that outlook_of_group() needs, ascending: base years, latest and deadline; with years_beyond also all from the latest
// to that many after the deadline, but no more than `longest_outlook` after the latest.
std::vector<std::int16_t> years_of_rule(const GroupRule& rule, std::optional<int> years_beyond = {});
inline constexpr int longest_outlook = 120;

// The outlook of a group of the job. Nothing is said (GroupOutlook as made) where the group's figures are too old for the
// rule, or where the group is not published in the latest year. Years of the table after the latest are looked through for the
// year of achievement where all of them, one after the other, are there.
GroupOutlook outlook_of_group(const GroupRule& rule, std::uint32_t group, const FigureTable& table, const GroupDraws& draws,
                              std::span<const GroupEstimate> estimates);

}  // namespace stocktake
