// The combination of the models, weighted by what the backtest found, and the calibration of every model's spread. The table of
// weights and factors (calibration_table.h) is written by `stocktake backtest --calibrate`; docs/methods.md, "Backtest".
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "assess/projection/outlook.h"
#include "assess/projection/projection.h"

namespace stocktake {

inline constexpr std::size_t single_models = model_count - 1;  // all but the combination

// Series are classed by their number of figures, because models fitted to few figures are worse, and too sure of themselves, in
// ways of their own; and by their roughness, because a smooth series goes on as it went and a rough one does not.
inline constexpr std::array<int, 4> figure_starts = {0, 8, 12, 20};
inline constexpr std::array<double, 3> rough_starts = {0, 0.1, 0.5};
// Series that their source drew along lines are a class of their own, whatever their length: a line shows no noise, and says
// nothing of where it will bend.
inline constexpr std::size_t line_class = figure_starts.size() * rough_starts.size();
inline constexpr std::size_t class_count = line_class + 1;
// r = sum (c_i - c_i-1)^2 / (2 sum c_i^2) of the changes a year c_i on the scale: 0 on a line, 1 for a random walk, 1.5 for noise
// around a level. 1 where it is not defined: fewer than three figures, or no change.
double roughness(const ProjectionInput& input);
// rough_starts.size() * (class by figures) + (class by roughness).
std::size_t series_class(std::size_t figures, double roughness);

// Whether figures were drawn rather than observed: at least half of the second differences between figures of three successive
// years are zero (within 1e-6 of the figure), as where a source interpolates between surveys or carries figures forward. No with
// fewer than two such differences. Flat: on at least half of these straight stretches the figure does not change; else a line.
enum class Drawn : std::uint8_t { no, line, flat };
Drawn drawn_as(const SeriesView& series);
std::string_view to_string(Drawn drawn);  // "", "line", "flat"
// line_class for series drawn along lines, else by figures and roughness.
std::size_t series_class(const ProjectionInput& input);

// What was estimated for forecasts so many years after the last figure.
struct Calibration {
  std::array<double, single_models> weight{};  // of each model in the mixture; they sum to 1
  std::array<double, model_count> factor{};    // the sd of a model is multiplied by it
};
// By series class, for the years ahead that the backtest scored.
struct CalibrationStep {
  int step = 1;
  std::array<Calibration, class_count> by_class;
};

// The values of the table for a step (>= 1): interpolated between its steps, unchanged before the first and after the last.
Calibration calibration_at(int step, std::size_t series_class);

struct Moments {
  double mean = 0, sd = 0;
};
// Mean and standard deviation of the mixture of the single models' forecasts, each with its own factor. The mixture is not
// Gaussian; it is passed on as if it were, by its two moments. Its own factor, which makes up for that as far as a factor can, is
// not applied here.
Moments mix(const std::array<Moments, single_models>& models, const Calibration& calibration);

// The combination of what project_all() gave for a series of a class; mean and sd are as long as one model's forecasts.
void combine_models(std::size_t series_class, std::span<const double> means, std::span<const double> sds, std::span<double> mean,
                    std::span<double> sd);
// Model::combination: as project() says.
bool combine(const ProjectionInput& input, std::span<double> mean, std::span<double> sd);

// What the forecast's probability of a band is worth, from the table: figures that have come to parity stay there more often than
// a normal distribution of the same spread says. Other targets have none (docs/methods.md says why).
ChanceLine parity_line();
// P(met) as it is told of a calibrated forecast: under parity by that line, else as it is.
double told_probability(double probability, const RuleView& rule);

// The model of the product: the one that the backtest on real data supports.
Model default_model();
// Multiplies the sd of a single model's forecasts by its factors; the combination's are calibrated already.
void calibrate_sd(Model model, std::size_t series_class, std::span<double> sd);
// A model's forecast with calibrated spread.
bool project_calibrated(const ProjectionInput& input, Model model, std::span<double> mean, std::span<double> sd);

}  // namespace stocktake
