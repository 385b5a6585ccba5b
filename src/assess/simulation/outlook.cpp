#include "assess/simulation/outlook.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "assess/core.h"
#include "assess/methods/method.h"
#include "assess/projection/combination.h"
#include "assess/simulation/quantiles.h"

namespace stocktake {
namespace {

bool judged_by_draws(RuleType type) {
  return type != RuleType::none_quantified && type != RuleType::halt_and_reverse && type != RuleType::relative;
}

// The chart's verdict of every draw: a panel with one series a draw and two figures a series.
std::vector<Verdict> chart_verdicts(const RuleView& rule, int base_year, std::span<const double> base, int latest_year,
                                    std::span<const double> latest) {
  Panel panel;
  panel.series.resize(base.size());
  std::vector<std::uint32_t> all(base.size());
  for (std::size_t s = 0; s < base.size(); ++s) {
    panel.year.insert(panel.year.end(), {static_cast<std::int16_t>(base_year), static_cast<std::int16_t>(latest_year)});
    panel.value.insert(panel.value.end(), {base[s], latest[s]});
    panel.begin.push_back(static_cast<std::uint32_t>(panel.value.size()));
    all[s] = static_cast<std::uint32_t>(s);
  }
  RuleView at_base = rule;  // the base year was chosen before; whether a figure is too old is not a matter of chance
  at_base.baseline = static_cast<std::int16_t>(base_year);
  at_base.oldest = 0;
  CoreOptions options;
  options.data_until = latest_year;
  options.threads = 1;
  std::vector<Facts> facts(base.size());
  compute_facts(panel, all, std::span(&at_base, 1), options, facts);
  std::vector<Verdict> verdicts(base.size());
  judge_mdg_chart(facts, std::span(&at_base, 1), verdicts);
  return verdicts;
}

// Met or not, draw by draw: the promise of each draw comes from its own base figure.
class Promises {
 public:
  Promises(const RuleView& rule, const GroupPaths& paths) : rule_(rule) {
    const bool needs_base = rule.type == RuleType::reduce_by || rule.type == RuleType::multiply_by;
    if (!judged_by_draws(rule.type) || (paths.base.empty() && needs_base)) return;
    promises_.reserve(paths.latest.size());
    for (std::size_t s = 0; s < paths.latest.size(); ++s) {
      promises_.push_back(promise_of(rule, paths.base.empty() ? paths.latest[s] : paths.base[s], paths.latest[s]));
      any_ = any_ || std::isfinite(promises_.back().target);
    }
  }
  bool any() const { return any_; }
  // Share of all draws: one whose promise is not defined does not meet it.
  double met(std::span<const double> draws) const {
    std::size_t count = 0;
    for (std::size_t s = 0; s < draws.size(); ++s) {
      count += std::isfinite(promises_[s].target) && meets(promises_[s], rule_, draws[s]) ? 1 : 0;
    }
    return static_cast<double>(count) / static_cast<double>(draws.size());
  }
  // Of a year that is forecast, as it is told of a country: shares of draws are recalibrated under parity.
  double expected(std::span<const double> draws) const { return told_probability(met(draws), rule_); }
  // Mean distance from the target over the draws that have one.
  double shortfall(std::span<const double> draws) const {
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t s = 0; s < draws.size(); ++s) {
      if (!std::isfinite(promises_[s].target)) continue;
      sum += distance_to(promises_[s], rule_, draws[s]);
      ++count;
    }
    return sum / static_cast<double>(count);
  }

 private:
  const RuleView& rule_;
  std::vector<Promise> promises_;
  bool any_ = false;
};

void fan_of_draws(std::span<const double> draws, Outlook& out) {
  static_assert(quantile_levels == fan_shares);
  std::vector<double> room;
  quantiles_of(draws, fan_shares, room, out.fan);
  double sum = 0;
  for (const double draw : draws) sum += draw;
  out.mean = sum / static_cast<double>(draws.size());
}

void years_met(const Promises& promises, const GroupPaths& paths, double met_now, Outlook& out) {
  double chance = met_now;
  const auto reached = [&](int year) {
    for (std::size_t k = 0; k < year_shares.size(); ++k) {
      if (out.year_met[k] == 0 && chance >= year_shares[k]) out.year_met[k] = static_cast<std::int16_t>(year);
    }
  };
  reached(paths.latest_year);
  for (std::size_t i = 0; i < paths.future.size(); ++i) {
    if (paths.future[i].empty()) continue;
    chance = std::max(chance, promises.expected(paths.future[i]));
    reached(paths.first_future + static_cast<int>(i));
  }
}

// The figures of the deadline year, and what they say of the target.
void look_at_deadline(const RuleView& rule, const Promises& promises, const GroupPaths& paths, Outlook& out) {
  if (paths.deadline.empty()) return;
  out.state = rule.deadline <= paths.latest_year ? OutlookState::decided : OutlookState::forecast;
  if (out.state == OutlookState::forecast) fan_of_draws(paths.deadline, out);
  if (!promises.any()) return;
  out.probability =
      out.state == OutlookState::forecast ? told_chance(promises.expected(paths.deadline)) : promises.met(paths.deadline);
  out.shortfall = promises.shortfall(paths.deadline);
}

void judge_by_chart(const RuleView& rule, const GroupPaths& paths, GroupOutlook& out) {
  if (paths.base.empty() || paths.base_year >= paths.latest_year) return;
  const double draws = static_cast<double>(paths.latest.size());
  std::size_t on_track = 0, insufficient = 0, deterioration = 0, judged = 0;
  for (const Verdict verdict : chart_verdicts(rule, paths.base_year, paths.base, paths.latest_year, paths.latest)) {
    judged += is_judgement(verdict) ? 1 : 0;
    on_track += verdict == Verdict::met || verdict == Verdict::on_track ? 1 : 0;
    insufficient += verdict == Verdict::insufficient ? 1 : 0;
    deterioration += verdict == Verdict::deterioration ? 1 : 0;
  }
  if (judged == 0) return;
  out.on_track = static_cast<double>(on_track) / draws;
  out.insufficient = static_cast<double>(insufficient) / draws;
  out.deterioration = static_cast<double>(deterioration) / draws;
}

}  // namespace

GroupOutlook outlook(const RuleView& rule, const GroupPaths& paths) {
  GroupOutlook out;
  out.deadline.deadline = rule.deadline;
  // Under a relative rule the figures judged are of the gap between two indicators, which is not what was drawn.
  if (rule.type == RuleType::relative || paths.latest.empty()) return out;
  const Promises promises(rule, paths);
  look_at_deadline(rule, promises, paths, out.deadline);
  out.deadline.last_year =
      static_cast<std::int16_t>(std::max<int>(rule.deadline, paths.first_future + static_cast<int>(paths.future.size()) - 1));
  if (!promises.any()) return out;
  out.met_now = promises.met(paths.latest);
  const Promise central =
      promise_of(rule, std::isfinite(paths.base_value) ? paths.base_value : paths.latest_value, paths.latest_value);
  out.deadline.met_now = std::isfinite(central.target) && meets(central, rule, paths.latest_value);
  years_met(promises, paths, out.met_now, out.deadline);
  judge_by_chart(rule, paths, out);
  return out;
}

}  // namespace stocktake
