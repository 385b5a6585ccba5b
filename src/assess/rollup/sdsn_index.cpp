#include "assess/rollup/sdsn_index.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "base/error.h"

namespace stocktake {
namespace {

void add_members(const AssessmentRun& run, SdsnIndexes& out) {
  for (std::size_t g = 0; g < run.framework.goals.size(); ++g) {
    std::set<std::string_view> listed;
    for (const Target& target : run.framework.goals[g].targets) {
      for (const TargetRule& rule : target.rules) {
        const Indicator* indicator = run.framework.find_indicator(rule.indicator);
        if (indicator == nullptr || !indicator->sdsn || !listed.insert(indicator->code).second) continue;
        out.indicators.push_back({out.goals.size(), indicator});
      }
    }
    if (!listed.empty()) out.goals.push_back(static_cast<std::uint16_t>(g));
  }
  if (out.goals.empty()) {
    throw Error(ErrorKind::input, "no indicator of the framework '" + run.framework.id + "' has an sdsn block",
                "Give indicators their scale, `sdsn: {worst: …, best: …, red: …, green: …}` (docs/framework-file.md)");
  }
}

AreaId known_area(const AssessmentRun& run, const std::string& code) {
  if (const auto area = run.areas.find(code)) return *area;
  throw Error(ErrorKind::input,
              "the sdsn block of the framework '" + run.framework.id + "' names the unknown group '" + code + "'",
              "Use a code of `stocktake groups`");
}

// What does not apply to an area: goals and indicators, by code.
bool applies(const AssessmentRun& run, const std::string& code, AreaId area) {
  const auto found = run.framework.sdsn.not_applicable.find(code);
  if (found == run.framework.sdsn.not_applicable.end()) return true;
  return std::none_of(found->second.begin(), found->second.end(), [&](const std::string& text) {
    const AreaId group = known_area(run, text);
    return group == area || (run.areas.is_group(group) && run.areas.is_member(group, area, run.options.at));
  });
}

// The best row of each area and indicator: with a figure of the last years, exact, of the source that comes first.
std::map<std::pair<AreaId, std::string_view>, std::uint32_t> best_rows(const AssessmentRun& run, const Measures& measures) {
  const int oldest = *run.options.data_until - run.options.max_age;
  const auto preference = [&](std::uint32_t index) {
    const Assessment& row = run.rows[index];
    return std::tuple{!std::isfinite(row.facts.latest),
                      row.facts.latest_year < oldest,
                      !row.exact,
                      run.bindings[row.binding].priority,
                      row.binding,
                      row.entry,
                      row.target,
                      row.rule};
  };
  std::map<std::pair<AreaId, std::string_view>, std::uint32_t> best;
  for (const Measure& measure : measures.all()) {
    const std::string& code = measures.indicator_of(measure);
    const Indicator* indicator = run.framework.find_indicator(code);
    if (indicator == nullptr || !indicator->sdsn) continue;
    if (run.targets[measure.target].target->rules[measure.rule].type == RuleType::relative) continue;  // facts of a gap
    for (const std::uint32_t row : measure.rows) {
      const auto slot = best.try_emplace({run.rows[row].area, code}, row);
      if (!slot.second && preference(row) < preference(slot.first->second)) slot.first->second = row;
    }
  }
  return best;
}

SdsnCell cell_of(const Measures& measures, std::uint32_t row, const SdsnScale& scale) {
  static const std::vector<double> cuts = default_parameters(sdsn_trend());
  SdsnCell cell;
  const Case one = measures.case_of(row);
  Judgement level, trend;
  sdsn_score().judge({&one, 1}, {}, {&level, 1});
  if (level.own == no_class) return cell;
  sdsn_trend().judge({&one, 1}, cuts, {&trend, 1});
  cell.row = row;
  cell.score = level.score;
  cell.rescaled = sdsn_rescaled(scale, level.score);
  cell.colour = static_cast<Colour>(level.own);
  if (trend.own != no_class) {
    cell.arrow = static_cast<Arrow>(trend.own);
    cell.ratio = trend.score;
    cell.points =
        sdsn_trend_points(cell.arrow, cell.arrow == Arrow::on_track && level.own == 0 ? no_figure : trend.score, cuts[1]);
  }
  return cell;
}

void judge_goals(const AssessmentRun& run, const SdsnIndexes& out, const SdsnOptions& options, SdsnCountry& country) {
  int of = 0, with = 0;
  for (std::size_t g = 0; g < out.goals.size(); ++g) {
    SdsnGoal& goal = country.goals[g];
    goal.applies = applies(run, run.framework.goals[out.goals[g]].code, country.area);
    std::vector<double> rescaled;
    double scores = 0, points = 0;
    int trends = 0;
    for (std::size_t i = 0; i < out.indicators.size(); ++i) {
      SdsnCell& cell = country.cells[i];
      if (out.indicators[i].goal != g) continue;
      cell.applies = goal.applies && applies(run, out.indicators[i].indicator->code, country.area);
      if (!cell.applies) continue;
      ++goal.of;
      if (std::isnan(cell.score)) continue;
      rescaled.push_back(cell.rescaled);
      scores += cell.score;
      if (std::isnan(cell.points)) continue;
      points += cell.points;
      ++trends;
    }
    goal.indicators = static_cast<int>(rescaled.size());
    if (goal.indicators >= options.min_coloured * goal.of) goal.colour = sdsn_goal_colour(rescaled);
    if (goal.indicators > 0) goal.score = scores / goal.indicators;
    if (trends > 0 && trends >= options.min_trends * goal.of) goal.arrow = sdsn_arrow_of_points(points / trends);
    of += goal.of;
    with += goal.indicators;
  }
  country.missing = of == 0 ? 1 : 1 - static_cast<double>(with) / of;
}

// A goal without figures of its own takes the mean of the countries of its region that have some.
void impute(SdsnIndexes& out) {
  std::map<std::pair<AreaId, std::size_t>, std::pair<double, int>> sums;
  for (const SdsnCountry& country : out.countries) {
    if (!country.region) continue;
    for (std::size_t g = 0; g < out.goals.size(); ++g) {
      if (country.goals[g].indicators == 0) continue;
      auto& [sum, count] = sums[{*country.region, g}];
      sum += country.goals[g].score;
      ++count;
    }
  }
  for (SdsnCountry& country : out.countries) {
    for (std::size_t g = 0; g < out.goals.size(); ++g) {
      SdsnGoal& goal = country.goals[g];
      if (goal.indicators > 0 || !country.region) continue;
      const auto found = sums.find({*country.region, g});
      if (found == sums.end()) continue;
      goal.score = found->second.first / found->second.second;
      goal.imputed = true;
    }
  }
}

void rank(SdsnIndexes& out, const SdsnOptions& options) {
  std::vector<double> ranked;
  for (SdsnCountry& country : out.countries) {
    double sum = 0;
    for (const SdsnGoal& goal : country.goals) sum += goal.score;  // NaN: a goal that could not be filled in
    if (country.missing <= options.max_missing) country.index = sum / static_cast<double>(out.goals.size());
    if (!std::isnan(country.index)) ranked.push_back(country.index);
  }
  std::sort(ranked.begin(), ranked.end(), std::greater<>());
  for (SdsnCountry& country : out.countries) {
    if (std::isnan(country.index)) continue;
    const auto place = std::lower_bound(ranked.begin(), ranked.end(), country.index, std::greater<>());
    country.rank = static_cast<int>(place - ranked.begin()) + 1;
  }
}

}  // namespace

SdsnIndexes sdsn_indexes(const AssessmentRun& run, const SdsnOptions& options) {
  SdsnIndexes out;
  add_members(run, out);
  std::vector<AreaId> regions;
  for (const std::string& code : run.framework.sdsn.regions) regions.push_back(known_area(run, code));
  const Measures measures(run);
  const auto rows = best_rows(run, measures);
  for (std::size_t a = 0; a < run.areas.all().size(); ++a) {
    SdsnCountry country;
    country.area = static_cast<AreaId>(a);
    country.goals.resize(out.goals.size());
    country.cells.resize(out.indicators.size());
    bool any = false;
    for (std::size_t i = 0; i < out.indicators.size(); ++i) {
      const Indicator& indicator = *out.indicators[i].indicator;
      const auto found = rows.find({country.area, indicator.code});
      if (found == rows.end()) continue;
      country.cells[i] = cell_of(measures, found->second, *indicator.sdsn);
      any = any || !std::isnan(country.cells[i].score);
    }
    if (!any) continue;
    const auto home = std::find_if(regions.begin(), regions.end(), [&](AreaId region) {
      return run.areas.is_group(region) && run.areas.is_member(region, country.area, run.options.at);
    });
    if (home != regions.end()) country.region = *home;
    judge_goals(run, out, options, country);
    out.countries.push_back(std::move(country));
  }
  impute(out);
  rank(out, options);
  return out;
}

}  // namespace stocktake
