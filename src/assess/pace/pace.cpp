#include "assess/pace/pace.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "assess/pace/episodes.h"

namespace stocktake {
namespace {

constexpr double rounding = 1e-9;  // relative; a pace that equals the needed one but for rounding has achieved it

double value_at(const Indicator& indicator, double position) {
  if (indicator.scale == Scale::log) return std::exp(position);
  const double width = indicator.bounds.upper - indicator.bounds.lower;
  if (indicator.scale != Scale::logit || !std::isfinite(width) || !(width > 0)) return position;
  return indicator.bounds.lower + width / (1 + std::exp(-position));
}

PaceStatus status_of(const AssessmentRun& run, const Assessment& row) {
  const TargetRule& rule = run.rule(row);
  const Facts& facts = row.facts;
  if (rule.type == RuleType::relative) return PaceStatus::not_defined;
  if (rule.type == RuleType::none_quantified || rule.type == RuleType::halt_and_reverse) return PaceStatus::no_number;
  if (!std::isfinite(facts.target) || !std::isfinite(facts.latest)) return PaceStatus::insufficient_data;
  if (facts.target_met) return PaceStatus::met;
  if (facts.latest_year >= facts.deadline_year) return PaceStatus::deadline_past;
  return std::isfinite(facts.needed_linear) && facts.needed_linear != 0 ? PaceStatus::compared : PaceStatus::insufficient_data;
}

// A pace in the direction of the target: positive is towards it. NaN where growth is not defined.
double towards(double start, double end, int years, int sense, bool geometric) {
  if (!geometric) return sense * (end - start) / years;
  return start > 0 && end > 0 ? sense * std::log(end / start) / years : no_figure;
}

// From a pace towards the target to one signed as the indicator moves; of logarithms to a rate.
double as_it_moves(double pace, int sense, bool geometric) { return geometric ? std::expm1(sense * pace) : sense * pace; }

// Type 7 of Hyndman and Fan: linear between order statistics.
double quantile(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

struct Question {
  double position = 0, half_width = 0;
  double latest = 0, target = 0;
  int years = 0, sense = 0;
};

// Held against the windows that start within the band. `best` (may be null) gets the best window of each country.
PaceAgainst hold_against(const Windows& windows, const Question& question, bool geometric, const PaceOptions& options,
                         std::vector<BestPerformer>* best) {
  PaceAgainst out;
  const double needed = towards(question.latest, question.target, question.years, question.sense, geometric);
  if (!std::isfinite(needed)) return out;
  out.needed = as_it_moves(needed, question.sense, geometric);
  std::vector<double> paces;
  const double enough = needed * (1 - rounding);
  double slower = 0;
  for (std::size_t i = 0; i < windows.size();) {
    const AreaId country = windows.area[i];
    int free_from = INT16_MIN;  // the year from which the next episode of the country may start
    double fastest = no_figure;
    std::size_t fastest_at = i;
    for (; i < windows.size() && windows.area[i] == country; ++i) {
      if (std::abs(windows.position[i] - question.position) > question.half_width) continue;
      const int years = windows.to[i] - windows.from[i];
      const double pace = towards(windows.start[i], windows.end[i], years, question.sense, geometric);
      if (!std::isfinite(pace)) continue;
      if (std::isnan(fastest) || pace > fastest) {
        fastest = pace;
        fastest_at = i;
      }
      if (windows.from[i] < free_from) continue;
      free_from = windows.to[i];
      paces.push_back(pace);
      out.achieved += pace >= enough ? 1 : 0;
      slower += pace >= enough ? (pace <= needed * (1 + rounding) ? 0.5 : 0) : 1;
    }
    if (std::isnan(fastest)) continue;
    ++out.countries;
    out.achieved_by += fastest >= enough ? 1 : 0;
    if (best != nullptr) {
      best->push_back({country, windows.from[fastest_at], windows.to[fastest_at], windows.start[fastest_at],
                       windows.end[fastest_at], fastest, false});
    }
  }
  out.episodes = static_cast<int>(paces.size());
  if (out.episodes == 0 || out.episodes < options.min_episodes) return out;
  std::sort(paces.begin(), paces.end());
  out.percentile = 100 * slower / out.episodes;
  out.median = as_it_moves(quantile(paces, 0.5), question.sense, geometric);
  out.top = as_it_moves(quantile(paces, 0.9), question.sense, geometric);
  return out;
}

// What the rows of one entry and indicator share.
struct History {
  CountrySeries countries;
  double spread = 0;
};

void keep_fastest(const AssessmentRun& run, const CountrySeries& countries, std::vector<BestPerformer>& best, std::size_t count,
                  int sense, bool geometric) {
  for (BestPerformer& one : best) one.recovery = made_good_a_loss(run, countries, one.area, one.from, one.start, one.end, sense);
  const auto faster = [](const BestPerformer& a, const BestPerformer& b) {
    return std::tuple{a.recovery, -a.pace, a.area} < std::tuple{b.recovery, -b.pace, b.area};
  };
  std::sort(best.begin(), best.end(), faster);
  if (best.size() > count) best.resize(count);
  for (BestPerformer& one : best) one.pace = as_it_moves(one.pace, sense, geometric);
}

void compare(const AssessmentRun& run, const Assessment& row, const Indicator& indicator, const History& history,
             const Windows& windows, const PaceOptions& options, Pace& out) {
  const Facts& facts = row.facts;
  out.linear.needed = facts.needed_linear;
  out.linear.observed = facts.observed_linear;
  Question question;
  question.latest = facts.latest;
  question.target = facts.target;
  question.years = out.years_left;
  question.sense = facts.target > facts.latest ? 1 : -1;
  question.position = position_on_scale(indicator, facts.latest);
  question.half_width = options.band * history.spread;
  if (!std::isfinite(question.position)) {  // zero on a logarithmic scale: there is no level to be similar to
    out.status = PaceStatus::no_episodes;
    return;
  }
  out.level_from = value_at(indicator, question.position - question.half_width);
  out.level_to = value_at(indicator, question.position + question.half_width);
  out.geometric = indicator.scale == Scale::log && facts.latest > 0 && facts.target > 0;
  const auto keep = static_cast<std::size_t>(std::max(0, options.best));
  out.linear = hold_against(windows, question, false, options, out.geometric ? nullptr : &out.best);
  out.rate = hold_against(windows, question, true, options, out.geometric ? &out.best : nullptr);
  out.linear.observed = facts.observed_linear;
  out.rate.observed = facts.observed_rate;
  keep_fastest(run, history.countries, out.best, keep, question.sense, out.geometric);
  if (out.deciding().episodes == 0) out.status = PaceStatus::no_episodes;
}

}  // namespace

std::string_view to_string(PaceStatus status) {
  switch (status) {
    case PaceStatus::compared: return "compared";
    case PaceStatus::met: return "met";
    case PaceStatus::no_number: return "no_number";
    case PaceStatus::insufficient_data: return "insufficient_data";
    case PaceStatus::deadline_past: return "deadline_past";
    case PaceStatus::not_defined: return "not_defined";
    case PaceStatus::no_episodes: return "no_episodes";
  }
  return "";
}

std::vector<Pace> required_paces(const AssessmentRun& run, const PaceOptions& options) {
  std::vector<Pace> out;
  // Rows that share their windows, so that these are looked for once and are then dropped.
  std::map<std::tuple<std::uint16_t, std::uint16_t, std::string_view>, std::map<int, std::vector<std::size_t>>> by_windows;
  for (std::uint32_t i = 0; i < run.rows.size(); ++i) {
    const Assessment& row = run.rows[i];
    if (!row.headline && !options.all) continue;
    Pace& pace = out.emplace_back();
    pace.row = i;
    pace.status = status_of(run, row);
    const bool dated = row.facts.latest_year != 0;
    pace.years_left = static_cast<std::int16_t>(dated ? std::max(0, row.facts.deadline_year - row.facts.latest_year) : 0);
    if (!row.facts.target_met) pace.years_late = row.facts.year_met - row.facts.deadline_year;
    if (pace.status != PaceStatus::compared) continue;
    pace.length = static_cast<std::int16_t>(std::max<int>(pace.years_left, options.min_years));
    by_windows[{row.binding, row.entry, run.rule(row).indicator}][pace.length].push_back(out.size() - 1);
  }
  for (const auto& [key, lengths] : by_windows) {
    const Assessment& first = run.rows[out[lengths.begin()->second.front()].row];
    const Indicator& indicator = run.indicator(first);
    History history;
    history.countries = country_series(run, first);
    history.spread = spread_on_scale(run, history.countries, indicator);
    for (const auto& [length, members] : lengths) {
      const Windows windows = find_windows(run, history.countries, indicator, length, options.slack);
      for (const std::size_t i : members) compare(run, run.rows[out[i].row], indicator, history, windows, options, out[i]);
    }
  }
  return out;
}

}  // namespace stocktake
