// What is known of each country in the years asked for: a figure with its uncertainty, on the indicator's scale, and its weight.
// Formulas: docs/methods.md, "Aggregation with uncertainty".
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "assess/aggregate.h"
#include "assess/projection/projection.h"
#include "framework/areas.h"
#include "store/observation.h"

namespace stocktake {

// How countries make a group. Of the medians, the first counts countries, the second their weights.
enum class GroupKind : std::uint8_t { mean, sum, median, weighted_median };
std::string_view to_string(GroupKind kind);  // "mean", "sum", "median", "weighted_median"

// Where a country's figure of a year comes from.
enum class FigureSource : std::uint8_t { missing, observed, interpolated, projected, imputed };
std::string_view to_string(FigureSource source);

// One country in one year. On the scale the figure is Gaussian: centre and sd; `value` is the centre in the indicator's unit,
// exactly the published figure where there is one. A missing country has a weight and no figure.
struct CountryFigure {
  double value = 0, centre = 0, sd = 0;
  double weight = 0;  // not negative; 0 where the country has none
  ScaleView scale;
  FigureSource source = FigureSource::missing;
};

// The predictive distribution of the years after a country's last figure: as project(), whatever the model.
// Returns false where the series has too few figures.
using Projector = std::function<bool(const ProjectionInput&, std::span<double> mean, std::span<double> sd)>;

// Groups and their countries. Countries are those of any group of the registry, in its order, whichever groups are asked for:
// what is said of a country must not depend on that. Members are indices into them.
struct GroupMap {
  std::vector<AreaId> groups;
  std::vector<AreaId> countries;
  std::vector<std::vector<std::uint32_t>> members;  // by group
  std::vector<std::vector<std::uint32_t>> of;       // by country: the groups that it is in
};
GroupMap map_groups(const AreaRegistry& areas, std::span<const AreaId> groups, Date on);
// The same countries with some of the groups, by their index.
GroupMap part_of(const GroupMap& map, std::span<const std::uint32_t> groups);

struct FigureOptions {
  GroupKind kind = GroupKind::mean;
  const Indicator* indicator = nullptr;  // whose scale and bounds count, see scale_of(); null: identity
  int data_until = 32000;                // last year of figures that counts
  int max_age = 5;                       // a country's last figure may be so old, at the latest year, to be projected
  double interval = 0.9;                 // probability that published bounds hold: 0.9 is UN IGME's
  Projector projector;                   // none: a random walk with drift (random_walk below)
  bool impute = false;                   // missing countries from their M49 sub-region, see impute.h
};

// One series with what a simulation needs to know of its countries: figures[y * countries + c] for years[y].
struct FigureTable {
  std::vector<std::int16_t> years;
  std::size_t countries = 0;
  int latest_year = 0;  // the last year in which at least half of the countries with figures have one; 0: there are no figures
  std::vector<CountryFigure> figures;

  std::span<const CountryFigure> year(std::size_t y) const { return {figures.data() + y * countries, countries}; }
};

// The latest year as above, over the countries of the map. With weights, a country's figures end where its weights, and the years
// for which the last one stands, end: later there is no group.
int latest_year(const Panel& panel, const GroupMap& map, const SeriesOfArea& series, int data_until,
                const SeriesOfArea* weights = nullptr);

// Figures as they would be published: at a bound of log and logit where the place on the scale lies within the scale's `inside`
// of it. A country at 100 % is projected to be at 100 %, and not half a step below it.
struct PublishedFigures {
  explicit PublishedFigures(const ScaleView& view);
  double at(double z) const { return z <= low_z ? low : z >= high_z ? high : scale.from(z); }

  ScaleView scale;
  double low = 0, high = 0;      // the bounds; -inf and inf where there is none
  double low_z = 0, high_z = 0;  // from here on a figure is at the bound
};

// `weights` may be null: every country then weighs 1, which only sums and medians of countries make sense with. Weights are
// interpolated and stand for weight_reach years beyond their ends, the last one also for the years after the latest. Counts
// without weights are not imputed.
// `regions` gives each country of the map its sub-region (impute.h); empty when nothing is imputed.
FigureTable country_figures(const Panel& panel, const GroupMap& map, const SeriesOfArea& series, const SeriesOfArea* weights,
                            std::span<const std::int16_t> years, std::span<const std::uint8_t> regions,
                            const FigureOptions& options);

// A random walk with drift on the scale: mean z_n + h d, variance v h (1 + h/T) + s_n^2, with d = (z_n - z_1)/T over the T years
// of figures, v = sum((dz - d dt)^2 / dt) / (figures - 2) and s_n the sd of the last figure. Needs 3 figures. With a figure every
// year and s_n = 0 this is forecast::rwf(drift = TRUE) of R (a test compares).
bool random_walk(const ProjectionInput& input, std::span<double> mean, std::span<double> sd);

}  // namespace stocktake
