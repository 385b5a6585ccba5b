#include "assess/projection/combination.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "assess/projection/calibration_table.h"

namespace stocktake {
namespace {

constexpr auto combined = static_cast<std::size_t>(Model::combination);

Calibration between(const Calibration& before, const Calibration& after, double share) {
  const auto blend = [share](double a, double b) { return a + share * (b - a); };
  Calibration made;
  for (std::size_t m = 0; m < single_models; ++m) made.weight[m] = blend(before.weight[m], after.weight[m]);
  for (std::size_t m = 0; m < model_count; ++m) made.factor[m] = blend(before.factor[m], after.factor[m]);
  return made;
}

}  // namespace

double roughness(const ProjectionInput& input) {
  double squares = 0, bends = 0, before = 0;
  for (std::size_t i = 1; i < input.series.size; ++i) {
    const double change = (input.scale.to(input.series.value[i]) - input.scale.to(input.series.value[i - 1])) /
                          (input.series.year[i] - input.series.year[i - 1]);
    squares += change * change;
    if (i > 1) bends += (change - before) * (change - before);
    before = change;
  }
  return input.series.size < 3 || !(squares > 0) ? 1 : bends / (2 * squares);
}

std::size_t series_class(std::size_t figures, double roughness) {
  std::size_t by_figures = 0, by_roughness = 0;
  while (by_figures + 1 < figure_starts.size() && figures >= static_cast<std::size_t>(figure_starts[by_figures + 1]))
    ++by_figures;
  while (by_roughness + 1 < rough_starts.size() && roughness >= rough_starts[by_roughness + 1]) ++by_roughness;
  return rough_starts.size() * by_figures + by_roughness;
}

std::size_t series_class(const ProjectionInput& input) {
  if (drawn_as(input.series) == Drawn::line) return line_class;
  return series_class(input.series.size, roughness(input));
}

Drawn drawn_as(const SeriesView& series) {
  std::size_t straight = 0, flat = 0, all = 0;
  for (std::size_t i = 2; i < series.size; ++i) {
    if (series.year[i] - series.year[i - 2] != 2) continue;
    const double before = series.value[i - 2], middle = series.value[i - 1], after = series.value[i];
    const double rounding = 1e-6 * std::abs(middle);
    ++all;
    if (!(std::abs(after - 2 * middle + before) <= rounding)) continue;
    ++straight;
    flat += std::abs(after - middle) <= rounding ? 1 : 0;
  }
  if (all < 2 || 2 * straight < all) return Drawn::no;
  return 2 * flat >= straight ? Drawn::flat : Drawn::line;
}

std::string_view to_string(Drawn drawn) {
  constexpr std::array<std::string_view, 3> names{"", "line", "flat"};
  return names[static_cast<std::size_t>(drawn)];
}

Calibration calibration_at(int step, std::size_t series_class) {
  const auto after = std::find_if(calibration_table.begin(), calibration_table.end(),
                                  [step](const CalibrationStep& one) { return one.step >= step; });
  if (after == calibration_table.begin()) return calibration_table.front().by_class[series_class];
  if (after == calibration_table.end()) return calibration_table.back().by_class[series_class];
  const auto before = after - 1;
  return between(before->by_class[series_class], after->by_class[series_class],
                 static_cast<double>(step - before->step) / (after->step - before->step));
}

Moments mix(const std::array<Moments, single_models>& models, const Calibration& calibration) {
  Moments mixed;
  for (std::size_t m = 0; m < single_models; ++m) mixed.mean += calibration.weight[m] * models[m].mean;
  double variance = 0;
  for (std::size_t m = 0; m < single_models; ++m) {
    if (calibration.weight[m] == 0) continue;  // a model without a say may be infinitely wide
    const double sd = calibration.factor[m] * models[m].sd, away = models[m].mean - mixed.mean;
    variance += calibration.weight[m] * (sd * sd + away * away);
  }
  mixed.sd = std::sqrt(variance);
  return mixed;
}

void combine_models(std::size_t series_class, std::span<const double> means, std::span<const double> sds, std::span<double> mean,
                    std::span<double> sd) {
  const std::size_t horizon = mean.size();
  for (std::size_t i = 0; i < horizon; ++i) {
    std::array<Moments, single_models> models;
    for (std::size_t m = 0; m < single_models; ++m) models[m] = {means[m * horizon + i], sds[m * horizon + i]};
    const Calibration calibration = calibration_at(static_cast<int>(i + 1), series_class);
    const Moments mixed = mix(models, calibration);
    mean[i] = mixed.mean;
    // Never surer than the surest model (a constant series has the uncertainty of rounding), nor surer of a later year.
    const double least = std::min_element(models.begin(), models.end(), [](auto a, auto b) { return a.sd < b.sd; })->sd;
    sd[i] = std::max({mixed.sd * calibration.factor[combined], least, i == 0 ? 0 : sd[i - 1]});
  }
}

bool combine(const ProjectionInput& input, std::span<double> mean, std::span<double> sd) {
  const std::size_t all = single_models * mean.size();
  thread_local std::vector<double> means, sds;  // grown once a thread
  means.resize(std::max(means.size(), all));
  sds.resize(means.size());
  if (!project_all(input, mean.size(), std::span(means).first(all), std::span(sds).first(all))) return false;
  combine_models(series_class(input), std::span(means).first(all), std::span(sds).first(all), mean, sd);
  return true;
}

ChanceLine parity_line() { return calibrated_parity; }

double told_probability(double probability, const RuleView& rule) {
  return rule.type == RuleType::parity ? recalibrated(calibrated_parity, probability) : probability;
}

Model default_model() { return calibrated_default; }

void calibrate_sd(Model model, std::size_t series_class, std::span<double> sd) {
  if (model == Model::combination) return;
  for (std::size_t i = 0; i < sd.size(); ++i) {
    sd[i] *= calibration_at(static_cast<int>(i + 1), series_class).factor[static_cast<std::size_t>(model)];
    if (i > 0) sd[i] = std::max(sd[i], sd[i - 1]);
  }
}

bool project_calibrated(const ProjectionInput& input, Model model, std::span<double> mean, std::span<double> sd) {
  if (!project(input, model, mean, sd)) return false;
  calibrate_sd(model, series_class(input), sd);
  return true;
}

}  // namespace stocktake
