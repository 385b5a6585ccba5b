// Joint simulation of groups: each country is drawn once and counts in all its groups, so that groups which overlap agree and
// differences between groups and between years have the uncertainty they should have.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "assess/simulation/figures.h"

namespace stocktake {

struct DrawOptions {
  GroupKind kind = GroupKind::mean;
  unsigned draws = 1000;
  double min_coverage = 0.5;  // share of a group's weight with figures of their own: observed, interpolated or projected
  double correlation = 0;     // between any two countries, through one shock that all share; 0 to 1
  bool summaries = true;      // mean, sd and quantiles of the estimates; without them these are left as they are made
};

inline constexpr std::array<double, 7> quantile_levels{0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975};

struct GroupEstimate {
  std::uint32_t group = 0;  // index into GroupMap::groups
  std::int16_t year = 0;
  double value = no_figure;                 // with every country at its centre: what aggregate_group gives when all are observed
  double mean = no_figure, sd = no_figure;  // of the draws; sd divides by draws - 1, NaN for one draw
  std::array<double, quantile_levels.size()> quantiles{};  // of the draws, by R's default rule (type 7)
  // Shares of the weight of all members (of their number for unweighted medians). Coverage is observed + projected.
  double observed = 0, projected = 0, imputed = 0;
  std::uint16_t members = 0, figures = 0;  // countries in the group; of which with a figure, imputed ones included

  bool published() const { return value == value; }
  double coverage() const { return observed + projected; }
  Nature nature() const;  // E where anything is imputed, else M where anything is projected, else none
};

// The draws of all groups in all years of a table, a row for each (year, group). Reused from series to series.
struct GroupDraws {
  std::size_t draws = 0, stride = 0, groups = 0;
  std::vector<double> values;

  std::span<const double> row(std::size_t year, std::size_t group) const {
    return {values.data() + (year * groups + group) * stride, draws};
  }
};

// Room that a thread needs; keep it from call to call.
struct SimulationScratch {
  std::vector<double> normals, common, values, accumulated, sorted;
  std::vector<std::pair<double, double>> pairs;
};

// Draws every group in every year. keys: stream_key() of each country of the map; common_key: of the common shock.
// A country's draw s uses the same standard normal in all years: paths are perfectly correlated in time.
// estimates[y * groups + g]; those below the coverage have NaN for value and draws.
void simulate_groups(const GroupMap& map, const FigureTable& table, std::span<const std::uint64_t> keys, std::uint64_t common_key,
                     const DrawOptions& options, SimulationScratch& scratch, GroupDraws& draws,
                     std::vector<GroupEstimate>& estimates);

// The weighted median: the least y at which the weight of figures up to y is more than half of all; halfway to the next where it
// is exactly half. With equal weights the usual median. Sorts `pairs` (figure, weight).
double weighted_median(std::span<std::pair<double, double>> pairs);

}  // namespace stocktake
