#include "assess/stocktaking.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "assess/candidates.h"
#include "assess/deviation.h"

namespace stocktake {
namespace {

constexpr std::size_t worst_shown = 3;

using Rows = std::vector<std::uint32_t>;

double ratio_of(const Assessment& row) {
  return std::isfinite(row.facts.ratio_linear) ? row.facts.ratio_linear : row.facts.ratio_rate;
}

// 1 - the part of the required way that was made. Without a ratio: nothing missing when on track, everything otherwise.
double shortfall_of(const Assessment& row) {
  const Verdict verdict = ranked_verdict(row);
  if (verdict == Verdict::met) return 0;
  const double ratio = ratio_of(row);
  if (!std::isfinite(ratio)) return is_on_track(verdict) ? 0 : 1;
  return 1 - std::clamp(ratio, 0.0, 1.0);
}

RankedTarget rank_target(const AssessmentRun& run, std::uint16_t target, Rows rows) {
  RankedTarget ranked;
  ranked.target = target;
  // A proxy's verdict is shown, but it does not make a target the most off track.
  std::erase_if(rows,
                [&](std::uint32_t row) { return run.rule(run.rows[row]).proxy || !is_judgement(ranked_verdict(run.rows[row])); });
  ranked.judged = static_cast<int>(rows.size());
  double shortfall = 0;
  for (const std::uint32_t row : rows) {
    ranked.off_track += is_on_track(ranked_verdict(run.rows[row])) ? 0 : 1;
    ranked.stalled += is_stalled(run.rows[row]) ? 1 : 0;
    shortfall += shortfall_of(run.rows[row]);
  }
  if (!rows.empty()) ranked.shortfall = shortfall / static_cast<double>(rows.size());
  std::erase_if(rows, [&](std::uint32_t row) { return is_on_track(ranked_verdict(run.rows[row])); });
  const auto badness = [&](std::uint32_t row) {  // a row without a ratio counts as one that has not moved
    const double ratio = ratio_of(run.rows[row]);
    return std::tuple{std::isfinite(ratio) ? ratio : 0.0, run.rows[row].area, row};
  };
  std::sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) { return badness(a) < badness(b); });
  if (rows.size() > worst_shown) rows.resize(worst_shown);
  ranked.worst = std::move(rows);
  return ranked;
}

// By the share of the judged that `count` names, then by shortfall, then in the framework's order; those with none left out.
std::vector<RankedTarget> ranked_by(std::vector<RankedTarget> all, int RankedTarget::*count) {
  std::erase_if(all, [count](const RankedTarget& one) { return one.*count == 0; });
  std::sort(all.begin(), all.end(), [count](const RankedTarget& a, const RankedTarget& b) {
    const long left = static_cast<long>(a.*count) * b.judged;  // a share > b share, without division
    const long right = static_cast<long>(b.*count) * a.judged;
    return std::tuple{-left, -a.shortfall, a.target} < std::tuple{-right, -b.shortfall, b.target};
  });
  return all;
}

// Headline rows of groups that the chart shows.
std::vector<AreaId> chart_groups(const AssessmentRun& run) {
  std::vector<AreaId> published, computed;
  for (const Assessment& row : run.rows) {
    if (row.headline && row.origin == Origin::published_group) published.push_back(row.area);
    if (row.headline && row.origin == Origin::computed_group) computed.push_back(row.area);
  }
  std::vector<AreaId>& groups = published.empty() ? computed : published;
  std::sort(groups.begin(), groups.end());
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  return groups;
}

void fill_chart(const AssessmentRun& run, Stocktaking& out) {
  out.groups = chart_groups(run);
  std::map<std::uint16_t, std::vector<std::int32_t>> lines;
  for (std::uint32_t i = 0; i < run.rows.size(); ++i) {
    const Assessment& row = run.rows[i];
    const auto column = std::lower_bound(out.groups.begin(), out.groups.end(), row.area);
    if (!row.headline || column == out.groups.end() || *column != row.area) continue;
    auto& line = lines.try_emplace(row.target, out.groups.size(), -1).first->second;
    line[static_cast<std::size_t>(column - out.groups.begin())] = static_cast<std::int32_t>(i);
  }
  for (const auto& [target, line] : lines) {
    out.targets.push_back(target);
    out.cell.insert(out.cell.end(), line.begin(), line.end());
  }
}

// The columns that a ranking counts: the framework's regions, which do not overlap; all columns where it names none that is
// shown.
std::vector<bool> ranked_groups(const AssessmentRun& run, const Stocktaking& out) {
  std::vector<bool> ranked(out.groups.size(), false);
  for (const std::string& code : run.framework.regions) {
    const auto area = run.areas.find(code);
    for (std::size_t g = 0; area && g < out.groups.size(); ++g) {
      if (out.groups[g] == *area) ranked[g] = true;
    }
  }
  if (std::find(ranked.begin(), ranked.end(), true) == ranked.end()) ranked.assign(out.groups.size(), true);
  return ranked;
}

void rank_targets(const AssessmentRun& run, const std::vector<Rows>& countries, Stocktaking& out) {
  const std::vector<bool> ranked_group = ranked_groups(run, out);
  std::vector<Rows> regions(run.targets.size());
  for (std::size_t t = 0; t < out.targets.size(); ++t) {
    for (std::size_t g = 0; g < out.groups.size(); ++g) {
      const std::int32_t cell = out.cell[t * out.groups.size() + g];
      if (cell < 0) continue;
      if (ranked_group[g]) regions[out.targets[t]].push_back(static_cast<std::uint32_t>(cell));
      if (is_on_track(ranked_verdict(run.rows[static_cast<std::size_t>(cell)])))
        out.sustain.push_back(static_cast<std::uint32_t>(cell));
    }
  }
  std::vector<RankedTarget> all;
  for (std::size_t t = 0; t < run.targets.size(); ++t) {
    RankedTarget ranked = rank_target(run, static_cast<std::uint16_t>(t), regions[t]);
    if (ranked.judged == 0) ranked = rank_target(run, static_cast<std::uint16_t>(t), countries[t]);
    if (ranked.judged > 0) all.push_back(std::move(ranked));
  }
  out.off_track = ranked_by(all, &RankedTarget::off_track);
  out.stalled = ranked_by(std::move(all), &RankedTarget::stalled);
}

// Standard deviation of the latest figures of the countries under one rule; 0 for fewer than two.
double spread(const AssessmentRun& run, const Rows& rows, std::uint16_t rule) {
  std::vector<double> latest;
  for (const std::uint32_t row : rows) {
    const Assessment& one = run.rows[row];
    if (one.rule == rule && is_judgement(ranked_verdict(one))) latest.push_back(one.facts.latest);
  }
  return sample_deviation(latest);
}

// By gap; equals (above all those that make nothing of the promised change) by how many standard deviations of the
// countries' figures lie between the latest figure and the target, so that targets in different units can be compared.
void rank_countries(const AssessmentRun& run, const std::vector<Rows>& countries, Stocktaking& out) {
  std::vector<std::tuple<double, double, std::uint32_t>> order;
  for (const Rows& rows : countries) {
    std::map<std::uint16_t, double> spreads;
    for (const std::uint32_t row : rows) {
      const Assessment& one = run.rows[row];
      const double gap = gap_at_deadline(one);
      if (!is_judgement(ranked_verdict(one)) || !(gap > 0)) continue;
      const auto slot = spreads.try_emplace(one.rule, 0.0);
      if (slot.second) slot.first->second = spread(run, rows, one.rule);
      const double distance = std::abs(one.facts.latest - one.facts.target) / slot.first->second;
      order.emplace_back(-gap, std::isfinite(distance) ? -distance : 0.0, row);
    }
  }
  std::sort(order.begin(), order.end());
  for (const auto& [gap, distance, row] : order) out.furthest_behind.push_back({row, -gap});
}

bool exists(const Area& area, Date on) {
  return area.kind == AreaKind::country && (!area.from || *area.from <= on) && (!area.to || on <= *area.to);
}

// Countries that exist on the day and that the run and the target's headline rule are about.
int countries_of(const AssessmentRun& run, const Scope& scope, const Target& target) {
  const auto rule = std::find_if(target.rules.begin(), target.rules.end(), [](const TargetRule& one) { return one.headline; });
  const std::vector<bool> applies = scope.of_rule(rule == target.rules.end() ? target.rules.front() : *rule);
  int count = 0;
  for (std::size_t id = 0; id < run.areas.all().size(); ++id) {
    const bool covered = scope.covers(static_cast<AreaId>(id)) && (applies.empty() || applies[id]);
    count += covered && exists(run.areas.all()[id], run.options.at) ? 1 : 0;
  }
  return count;
}

DataGap data_gap(const AssessmentRun& run, const Scope& scope, std::uint16_t target, const Rows& rows) {
  DataGap gap;
  gap.target = target;
  gap.countries = countries_of(run, scope, *run.targets[target].target);
  int seen = 0;
  for (const std::uint32_t row : rows) {
    if (!exists(run.areas.at(run.rows[row].area), run.options.at)) continue;
    ++seen;
    const Verdict verdict = ranked_verdict(run.rows[row]);
    gap.judged += is_judgement(verdict) ? 1 : 0;
    gap.too_old += verdict == Verdict::data_too_old ? 1 : 0;
    gap.insufficient += verdict == Verdict::insufficient_data ? 1 : 0;
  }
  gap.no_data = std::max(0, gap.countries - seen);
  return gap;
}

}  // namespace

Verdict ranked_verdict(const Assessment& row) { return row.mdg == Verdict::not_applicable ? row.sdg : row.mdg; }

bool is_on_track(Verdict verdict) { return verdict == Verdict::met || verdict == Verdict::on_track; }

bool is_stalled(const Assessment& row) {
  const Verdict verdict = ranked_verdict(row);
  if (is_on_track(verdict)) return false;
  const double ratio = ratio_of(row);
  return std::isfinite(ratio) ? ratio < stalled_below : verdict == Verdict::deterioration;
}

double gap_at_deadline(const Assessment& row) {
  const Facts& facts = row.facts;
  if (facts.target_met) return 0;
  if (facts.base_met) return no_figure;
  const double gap = (facts.target - facts.expected_linear) / (facts.target - facts.base);
  return std::isfinite(gap) ? std::clamp(gap, 0.0, 1.0) : no_figure;
}

Stocktaking take_stock(const AssessmentRun& run) {
  Stocktaking out;
  fill_chart(run, out);
  std::vector<Rows> countries(run.targets.size());
  for (std::uint32_t i = 0; i < run.rows.size(); ++i) {
    const Assessment& row = run.rows[i];
    if (row.headline && row.origin == Origin::country) countries[row.target].push_back(i);
  }
  rank_targets(run, countries, out);
  rank_countries(run, countries, out);
  const Scope scope(run);
  for (std::size_t t = 0; t < run.targets.size(); ++t)
    out.gaps.push_back(data_gap(run, scope, static_cast<std::uint16_t>(t), countries[t]));
  out.days_left = days_between(run.options.at, run.framework.deadline);
  return out;
}

}  // namespace stocktake
