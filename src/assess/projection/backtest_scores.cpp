#include "assess/projection/backtest_scores.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <random>

#include "assess/projection/outlook.h"
#include "assess/simulation/random.h"

namespace stocktake {
namespace {

constexpr std::size_t samples = 1000;
constexpr std::uint64_t seed = 20151231;  // any fixed number: the same run gives the same bytes

using PerModel = std::array<double, model_count>;

// Sums over the cases of one subject in one area.
struct Cell {
  std::uint32_t subject = 0;
  AreaId area = 0;
  double cases = 0;
  PerModel crps{}, error{};
};

// What is added up over the cases of a subject, or of all.
struct Tally {
  std::int64_t cases = 0, targets = 0;
  double met = 0;
  std::array<PerModel, 3> within{};
  PerModel brier{}, expected{};
};

struct Horizon {
  std::vector<Cell> cells;  // by subject, area
  std::vector<Tally> tallies;
  Tally all;
};

const std::array<double, 3>& half_widths() {
  static const std::array<double, 3> widths = {normal_quantile(0.75), normal_quantile(0.90), normal_quantile(0.975)};
  return widths;
}

void count(Tally& tally, const BacktestCase& one) {
  ++tally.cases;
  for (std::size_t m = 0; m < model_count; ++m) {
    const ModelForecast& forecast = one.models[m];
    const double away = std::abs(one.observed - forecast.mean);
    for (std::size_t k = 0; k < 3; ++k) tally.within[k][m] += away <= half_widths()[k] * forecast.sd ? 1 : 0;
    if (one.met < 0) continue;
    tally.brier[m] += (forecast.met - one.met) * (forecast.met - one.met);
    tally.expected[m] += forecast.met;
  }
  if (one.met < 0) return;
  ++tally.targets;
  tally.met += one.met;
}

Horizon gather(const BacktestPlan& plan, const std::vector<BacktestCase>& cases, int horizon) {
  Horizon out;
  out.tallies.resize(plan.subjects.size());
  std::map<std::pair<std::uint32_t, AreaId>, Cell> cells;
  for (const BacktestCase& one : cases) {
    if (one.horizon != horizon) continue;
    const BacktestEntry& entry = plan.entries[one.entry];
    Cell& cell = cells[{entry.subject, entry.area}];
    cell.subject = entry.subject;
    cell.area = entry.area;
    cell.cases += 1;
    for (std::size_t m = 0; m < model_count; ++m) {
      cell.crps[m] += gaussian_crps(one.models[m].mean, one.models[m].sd, one.observed) / one.scale_unit;
      cell.error[m] += one.models[m].error;
    }
    count(out.tallies[entry.subject], one);
    count(out.all, one);
  }
  for (const auto& [key, cell] : cells) out.cells.push_back(cell);
  return out;
}

// Sums of one sample of areas, each taken so many times.
struct Sums {
  std::vector<double> cases;
  std::vector<PerModel> crps;
};

Sums sums_of(const Horizon& horizon, std::size_t subjects, const std::vector<double>& times) {
  Sums sums{std::vector<double>(subjects, 0), std::vector<PerModel>(subjects, PerModel{})};
  for (const Cell& cell : horizon.cells) {
    const double n = times[cell.area];
    sums.cases[cell.subject] += n * cell.cases;
    for (std::size_t m = 0; m < model_count; ++m) sums.crps[cell.subject][m] += n * cell.crps[m];
  }
  return sums;
}

// Geometric mean of values[s], each counted cases[s] times; values that are not positive are left out. NaN when none is left.
template <typename Value>
double geometric_mean(const std::vector<double>& cases, const Value& value) {
  double sum = 0, weight = 0;
  for (std::size_t s = 0; s < cases.size(); ++s) {
    const double one = cases[s] > 0 ? value(s) : 0;
    if (!(one > 0) || !std::isfinite(one)) continue;
    sum += cases[s] * std::log(one);
    weight += cases[s];
  }
  return weight > 0 ? std::exp(sum / weight) : no_figure;
}

double skill_of(const PerModel& crps, std::size_t model, Model benchmark) {
  const double reference = crps[static_cast<std::size_t>(benchmark)];
  return reference > 0 ? 1 - crps[model] / reference : no_figure;
}

double pooled_skill(const Sums& sums, std::size_t model, Model benchmark) {
  return 1 - geometric_mean(sums.cases, [&](std::size_t s) { return 1 - skill_of(sums.crps[s], model, benchmark); });
}

// The middle 95 % of the values that are numbers.
void interval(std::vector<double>& values, Skill& skill) {
  std::erase_if(values, [](double value) { return std::isnan(value); });
  if (values.empty()) return;
  std::sort(values.begin(), values.end());
  const auto at = [&](double share) {
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
  };
  skill.low = at(0.025);
  skill.high = at(0.975);
}

// A row for every subject and, at the end, for all; models within.
class Bootstrap {
 public:
  Bootstrap(const Horizon& horizon, std::size_t subjects) : horizon_(horizon), subjects_(subjects) {
    std::vector<bool> seen;
    for (const Cell& cell : horizon.cells) {
      if (seen.size() <= cell.area) seen.resize(cell.area + std::size_t{1}, false);
      if (!seen[cell.area]) areas_.push_back(cell.area);
      seen[cell.area] = true;
    }
    times_.assign(seen.size(), 1);
    real_ = sums_of(horizon, subjects, times_);
    for (std::vector<double>& one : over_) one.resize((subjects + 1) * model_count * samples);
    std::mt19937_64 random(seed);
    for (std::size_t b = 0; b < samples; ++b) {
      check_interrupted();
      std::fill(times_.begin(), times_.end(), 0);
      for (std::size_t k = 0; k < areas_.size(); ++k) times_[areas_[random() % areas_.size()]] += 1;
      const Sums sums = sums_of(horizon_, subjects_, times_);
      for (std::size_t s = 0; s <= subjects_; ++s) {
        for (std::size_t m = 0; m < model_count; ++m) {
          for (std::size_t k = 0; k < 2; ++k) over_[k][(s * model_count + m) * samples + b] = one_skill(sums, s, m, k);
        }
      }
    }
  }

  // k: 0 over last_value, 1 over linear. s == the number of subjects: pooled.
  Skill skill(std::size_t s, std::size_t m, std::size_t k) const {
    Skill skill;
    skill.value = one_skill(real_, s, m, k);
    const double* first = over_[k].data() + (s * model_count + m) * samples;
    std::vector<double> values(first, first + samples);
    interval(values, skill);
    return skill;
  }

 private:
  double one_skill(const Sums& sums, std::size_t s, std::size_t m, std::size_t k) const {
    const Model benchmark = k == 0 ? Model::last_value : Model::linear;
    return s == subjects_ ? pooled_skill(sums, m, benchmark) : skill_of(sums.crps[s], m, benchmark);
  }

  const Horizon& horizon_;
  std::size_t subjects_;
  std::vector<AreaId> areas_;
  std::vector<double> times_;
  Sums real_;
  std::array<std::vector<double>, 2> over_;
};

BacktestScore score_of(const Tally& tally, std::size_t m) {
  BacktestScore score;
  score.model = static_cast<Model>(m);
  score.cases = tally.cases;
  score.targets = tally.targets;
  const auto n = static_cast<double>(tally.cases), targets = static_cast<double>(tally.targets);
  score.within_50 = tally.within[0][m] / n;
  score.within_80 = tally.within[1][m] / n;
  score.within_95 = tally.within[2][m] / n;
  if (tally.targets > 0) {
    score.brier = tally.brier[m] / targets;
    score.met = tally.met / targets;
    score.expected_met = tally.expected[m] / targets;
  }
  return score;
}

void score_horizon(const BacktestPlan& plan, const Horizon& horizon, int years, std::vector<BacktestScore>& out) {
  const std::size_t subjects = plan.subjects.size();
  const Bootstrap bootstrap(horizon, subjects);
  std::vector<double> cases(subjects, 0), areas(subjects, 0);
  std::vector<PerModel> crps(subjects, PerModel{}), error(subjects, PerModel{});
  std::vector<AreaId> all_areas;
  for (const Cell& cell : horizon.cells) {
    cases[cell.subject] += cell.cases;
    areas[cell.subject] += 1;
    all_areas.push_back(cell.area);
    for (std::size_t m = 0; m < model_count; ++m) {
      crps[cell.subject][m] += cell.crps[m];
      error[cell.subject][m] += cell.error[m];
    }
  }
  std::sort(all_areas.begin(), all_areas.end());
  all_areas.erase(std::unique(all_areas.begin(), all_areas.end()), all_areas.end());
  const auto add = [&](std::uint32_t subject, std::size_t row, const Tally& tally) {
    if (tally.cases == 0) return;
    for (std::size_t m = 0; m < model_count; ++m) {
      BacktestScore score = score_of(tally, m);
      score.subject = subject;
      score.horizon = static_cast<std::int16_t>(years);
      if (subject == pooled) {
        score.areas = static_cast<std::int64_t>(all_areas.size());
        score.mae = geometric_mean(cases, [&](std::size_t s) { return error[s][m] / cases[s]; });
        score.crps = geometric_mean(cases, [&](std::size_t s) { return crps[s][m] / cases[s]; });
      } else {
        score.areas = static_cast<std::int64_t>(areas[row]);
        score.mae = error[row][m] / cases[row];
        score.crps = crps[row][m] / cases[row];
      }
      score.over_last_value = bootstrap.skill(row, m, 0);
      score.over_linear = bootstrap.skill(row, m, 1);
      out.push_back(score);
    }
  };
  add(pooled, subjects, horizon.all);
  for (std::size_t s = 0; s < subjects; ++s) add(static_cast<std::uint32_t>(s), s, horizon.tallies[s]);
}

}  // namespace

std::vector<BacktestScore> score_backtest(const BacktestPlan& plan, const std::vector<BacktestCase>& cases) {
  std::vector<int> horizons;
  for (const BacktestCase& one : cases) {
    if (std::find(horizons.begin(), horizons.end(), one.horizon) == horizons.end()) horizons.push_back(one.horizon);
  }
  std::sort(horizons.begin(), horizons.end());
  std::vector<BacktestScore> scores;
  for (const int years : horizons) score_horizon(plan, gather(plan, cases, years), years, scores);
  return scores;
}

Table to_table(const BacktestPlan& plan, const std::vector<BacktestScore>& scores) {
  Table table;
  auto& horizon = table.add_integers("horizon");
  auto& series = table.add_texts("series");
  auto& indicator = table.add_texts("indicator");
  auto& model = table.add_texts("model");
  auto& cases = table.add_integers("cases");
  auto& areas = table.add_integers("areas");
  auto& mae = table.add_numbers("mae", 2);
  auto& crps = table.add_numbers("crps", 2);
  std::array<Table::Numbers*, 6> skills{};
  const char* const names[] = {"skill", "skill_low", "skill_high", "skill_linear", "skill_linear_low", "skill_linear_high"};
  for (std::size_t k = 0; k < skills.size(); ++k) skills[k] = &table.add_numbers(names[k], 3);
  auto& within_50 = table.add_numbers("within_50", 3);
  auto& within_80 = table.add_numbers("within_80", 3);
  auto& within_95 = table.add_numbers("within_95", 3);
  auto& targets = table.add_integers("targets");
  auto& met = table.add_numbers("met", 3);
  auto& expected = table.add_numbers("expected_met", 3);
  auto& brier = table.add_numbers("brier", 3);
  for (const BacktestScore& one : scores) {
    horizon.push_back(one.horizon);
    series.push_back(one.subject == pooled ? "(pooled)" : plan.subjects[one.subject].series);
    indicator.push_back(one.subject == pooled ? std::string() : plan.subjects[one.subject].indicator);
    model.emplace_back(to_string(one.model));
    cases.push_back(one.cases);
    areas.push_back(one.areas);
    mae.push_back(one.mae);
    crps.push_back(one.crps);
    const double values[] = {one.over_last_value.value, one.over_last_value.low, one.over_last_value.high,
                             one.over_linear.value,     one.over_linear.low,     one.over_linear.high};
    for (std::size_t k = 0; k < skills.size(); ++k) skills[k]->push_back(values[k]);
    within_50.push_back(one.within_50);
    within_80.push_back(one.within_80);
    within_95.push_back(one.within_95);
    targets.push_back(one.targets);
    met.push_back(one.met);
    expected.push_back(one.expected_met);
    brier.push_back(one.brier);
  }
  return table;
}

}  // namespace stocktake
