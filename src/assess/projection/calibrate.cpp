#include "assess/projection/calibrate.h"

#include <algorithm>
#include <cmath>

#include "assess/projection/outlook.h"
#include "assess/simulation/random.h"
#include "base/error.h"

namespace stocktake {
namespace {

constexpr std::size_t least_cases = 200;
constexpr double finest = 0.05;  // weights are multiples of it
constexpr auto combined = static_cast<std::size_t>(Model::combination);

using Cases = std::vector<const BacktestCase*>;

// The cases of one step and class, and room to try weights on them.
class Fitting {
 public:
  Fitting(const BacktestPlan& plan, Cases cases)
      : plan_(plan), cases_(std::move(cases)), forecasts_(cases_.size()), away_(cases_.size()) {}

  Calibration fit() {
    Calibration made;
    for (std::size_t m = 0; m < single_models; ++m) {
      take_single(m);
      made.factor[m] = factor_of_forecasts();
    }
    made.weight.fill(0);
    made.weight[best_single(made)] = 1;
    double best = loss_of(made);
    for (const double step : {0.4, 0.2, 0.1, finest}) {
      while (improve(made, step, best)) check_interrupted();
    }
    for (double& weight : made.weight) weight = std::round(weight / finest) * finest;
    loss_of(made);  // leaves the final factor behind
    made.factor[combined] = factor_;
    return made;
  }

 private:
  std::size_t best_single(const Calibration& made) {
    std::size_t found = 0;
    double least = HUGE_VAL;
    for (std::size_t m = 0; m < single_models; ++m) {
      take_single(m);
      const double loss = loss_of_forecasts(made.factor[m]);
      if (loss < least) {
        least = loss;
        found = m;
      }
    }
    return found;
  }

  // Tries every move of `step` from one model to another and takes the best.
  bool improve(Calibration& made, double step, double& best) {
    const Calibration before = made;
    bool better = false;
    for (std::size_t from = 0; from < single_models; ++from) {
      if (before.weight[from] < step - 1e-9) continue;
      for (std::size_t to = 0; to < single_models; ++to) {
        if (to == from) continue;
        Calibration trial = before;
        trial.weight[from] -= step;
        trial.weight[to] += step;
        if (trial.weight[from] < 1e-9) trial.weight[from] = 0;
        const double loss = loss_of(trial);
        if (loss >= best - 1e-6) continue;
        best = loss;
        made = trial;
        better = true;
      }
    }
    return better;
  }

  void take_single(std::size_t m) {
    for (std::size_t i = 0; i < cases_.size(); ++i) forecasts_[i] = {cases_[i]->models[m].mean, cases_[i]->models[m].sd};
  }

  double loss_of(const Calibration& trial) {
    for (std::size_t i = 0; i < cases_.size(); ++i) {
      std::array<Moments, single_models> models;
      for (std::size_t m = 0; m < single_models; ++m) models[m] = {cases_[i]->models[m].mean, cases_[i]->models[m].sd};
      forecasts_[i] = mix(models, trial);
    }
    factor_ = factor_of_forecasts();
    return loss_of_forecasts(factor_);
  }

  double factor_of_forecasts() {
    for (std::size_t i = 0; i < cases_.size(); ++i)
      away_[i] = std::abs(cases_[i]->observed - forecasts_[i].mean) / std::max(forecasts_[i].sd, 1e-300);
    const auto at = away_.begin() + static_cast<std::ptrdiff_t>(0.8 * static_cast<double>(away_.size()));
    std::nth_element(away_.begin(), at, away_.end());
    static const double normal = normal_quantile(0.9);
    return *at / normal;
  }

  // Logarithm of the pooled CRPS: as score_backtest() pools it.
  double loss_of_forecasts(double factor) {
    sums_.assign(plan_.subjects.size(), 0);
    counts_.assign(plan_.subjects.size(), 0);
    for (std::size_t i = 0; i < cases_.size(); ++i) {
      const std::uint32_t subject = plan_.entries[cases_[i]->entry].subject;
      sums_[subject] += gaussian_crps(forecasts_[i].mean, factor * forecasts_[i].sd, cases_[i]->observed) / cases_[i]->scale_unit;
      counts_[subject] += 1;
    }
    double loss = 0;
    for (std::size_t s = 0; s < sums_.size(); ++s) {
      if (sums_[s] > 0) loss += counts_[s] * std::log(sums_[s] / counts_[s]);
    }
    return loss / static_cast<double>(cases_.size());
  }

  const BacktestPlan& plan_;
  Cases cases_;
  std::vector<Moments> forecasts_;
  std::vector<double> away_, sums_, counts_;
  double factor_ = 1;
};

// Mean log CRPS of each calibrated model over all classes and steps, weighted by cases: the least decides the default.
class Contest {
 public:
  void add(const BacktestPlan& plan, const Cases& cases, const Calibration& calibration) {
    std::vector<std::array<double, model_count>> sums(plan.subjects.size(), std::array<double, model_count>{});
    std::vector<double> counts(plan.subjects.size(), 0);
    for (const BacktestCase* one : cases) {
      const std::uint32_t subject = plan.entries[one->entry].subject;
      std::array<Moments, single_models> models;
      for (std::size_t m = 0; m < single_models; ++m) models[m] = {one->models[m].mean, one->models[m].sd};
      const Moments mixed = mix(models, calibration);
      for (std::size_t m = 0; m < model_count; ++m) {
        const Moments& forecast = m == combined ? mixed : models[m];
        sums[subject][m] += gaussian_crps(forecast.mean, calibration.factor[m] * forecast.sd, one->observed) / one->scale_unit;
      }
      counts[subject] += 1;
    }
    for (std::size_t s = 0; s < sums.size(); ++s) {
      for (std::size_t m = 0; m < model_count; ++m) {
        if (sums[s][m] > 0) loss_[m] += counts[s] * std::log(sums[s][m] / counts[s]);
      }
    }
  }
  Model best() const { return static_cast<Model>(std::min_element(loss_.begin(), loss_.end()) - loss_.begin()); }

 private:
  std::array<double, model_count> loss_{};
};

// From the forecasts of the combination as the new table makes it.
ChanceLine parity_of(const BacktestPlan& plan, const std::vector<BacktestCase>& cases,
                     const std::vector<CalibrationStep>& steps) {
  std::vector<double> said;
  std::vector<bool> came;
  for (const BacktestCase& one : cases) {
    const auto& rule = plan.entries[one.entry].rule;
    const auto step = std::find_if(steps.begin(), steps.end(), [&](const CalibrationStep& s) { return s.step == one.step; });
    if (one.met < 0 || !rule || rule->type != RuleType::parity || one.drawn == Drawn::flat || step == steps.end()) continue;
    const Calibration& calibration = step->by_class[one.series_class];
    std::array<Moments, single_models> models;
    for (std::size_t m = 0; m < single_models; ++m) models[m] = {one.models[m].mean, one.models[m].sd};
    const Moments mixed = mix(models, calibration);
    said.push_back(probability_within(one.range, mixed.mean, std::max(mixed.sd * calibration.factor[combined], 1e-300)));
    came.push_back(one.met == 1);
  }
  return fit_chances(said, came);
}

std::string row(const auto& values) {
  std::string text = "{{";
  for (std::size_t i = 0; i < values.size(); ++i) text += (i == 0 ? "" : ", ") + number_text(std::round(values[i] * 1000) / 1000);
  return text + "}}";
}

}  // namespace

bool in_calibration_half(std::string_view area) {
  std::uint32_t hash = 2166136261U;
  for (const char c : area) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return (hash >> 16) % 2 == 0;
}

CalibrationTable calibrate(const BacktestPlan& plan, const std::vector<BacktestCase>& cases, const std::vector<int>& steps) {
  CalibrationTable table;
  Contest contest;
  for (const int step : steps) {
    std::array<Cases, class_count> by_class;
    for (const BacktestCase& one : cases) {
      if (one.step == step && one.drawn != Drawn::flat) by_class[one.series_class].push_back(&one);
    }
    CalibrationStep made;
    made.step = step;
    bool lines_missing = false;
    for (std::size_t c = class_count; c-- > 0;) {
      if (by_class[c].size() >= least_cases) {
        made.by_class[c] = Fitting(plan, by_class[c]).fit();
        contest.add(plan, by_class[c], made.by_class[c]);
      } else if (c == line_class) {
        lines_missing = true;
      } else if (c + rough_starts.size() < line_class) {
        made.by_class[c] = made.by_class[c + rough_starts.size()];
      } else {
        throw Error(ErrorKind::input,
                    "only " + std::to_string(by_class[c].size()) + " forecasts of " + std::to_string(step) +
                        " years from long series, expected at least " + std::to_string(least_cases),
                    "Use more figures or other origins");
      }
    }
    if (lines_missing) {
      made.by_class[line_class] =
          table.steps.empty() ? made.by_class[line_class - rough_starts.size()] : table.steps.back().by_class[line_class];
    }
    table.steps.push_back(made);
  }
  table.parity = parity_of(plan, cases, table.steps);
  table.best = contest.best();
  return table;
}

ChanceLine fit_chances(const std::vector<double>& said, const std::vector<bool>& came) {
  const auto all = static_cast<std::ptrdiff_t>(came.size()), ones = std::count(came.begin(), came.end(), true);
  if (came.size() < least_cases || ones == 0 || ones == all) return {};
  ChanceLine line;
  for (int round = 0; round < 100; ++round) {
    double gradient[2] = {0, 0}, weight[3] = {0, 0, 0};
    for (std::size_t i = 0; i < said.size(); ++i) {
      const double z = normal_quantile(std::clamp(said[i], least_chance, greatest_chance));
      const double at = std::clamp(line.shift + line.slope * z, -8.0, 8.0);
      const double density = normal_density(at), below = normal_below(at), above = normal_below(-at);
      const double pull = came[i] ? density / below : -density / above, information = density * density / (below * above);
      gradient[0] += pull;
      gradient[1] += pull * z;
      weight[0] += information;
      weight[1] += information * z;
      weight[2] += information * z * z;
    }
    const double determinant = weight[0] * weight[2] - weight[1] * weight[1];
    if (!(determinant > 1e-9 * weight[0] * weight[2])) return {};
    const double shift = (weight[2] * gradient[0] - weight[1] * gradient[1]) / determinant;
    const double slope = (weight[0] * gradient[1] - weight[1] * gradient[0]) / determinant;
    line.shift += shift;
    line.slope += slope;
    if (std::abs(shift) + std::abs(slope) < 1e-10) return line.slope > 0 ? line : ChanceLine{};
  }
  return {};
}

std::string to_source(const CalibrationTable& table, const std::vector<std::string>& run) {
  std::string text =
      "// Weights of the models in the combination, and factors on their spread, by step and class of series (combination.h).\n"
      "// Written by tools/make_calibration.py (`stocktake backtest --calibrate`); do not edit. Estimated from:\n";
  for (const std::string& line : run) text += "//   " + line + "\n";
  text +=
      "#pragma once\n\n#include <array>\n\n#include \"assess/projection/combination.h\"\n\nnamespace stocktake {\n\n// "
      "clang-format "
      "off\n";
  text += "inline constexpr Model calibrated_default = Model::" + std::string(to_string(table.best)) + ";\n";
  const auto rounded = [](double value) { return number_text(std::round(value * 1000) / 1000); };
  text += "inline constexpr ChanceLine calibrated_parity{" + rounded(table.parity.shift) + ", " + rounded(table.parity.slope) +
          "};\n";
  text += "inline constexpr std::array<CalibrationStep, " + std::to_string(table.steps.size()) + "> calibration_table = {{\n";
  for (const CalibrationStep& one : table.steps) {
    text += "    {" + std::to_string(one.step) + ", {{\n";
    for (const Calibration& c : one.by_class) text += "        {" + row(c.weight) + ", " + row(c.factor) + "},\n";
    text += "    }}},\n";
  }
  return text + "}};\n// clang-format on\n\n}  // namespace stocktake\n";
}

}  // namespace stocktake
