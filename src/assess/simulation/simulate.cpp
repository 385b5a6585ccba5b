#include "assess/simulation/simulate.h"

#include <algorithm>
#include <cmath>

#include "assess/simulation/quantiles.h"
#include "assess/simulation/random.h"

namespace stocktake {
namespace {

constexpr std::size_t block = 128;  // draws handled at a time: the groups' sums of a block stay in the cache

bool is_mean(GroupKind kind) { return kind == GroupKind::mean; }
bool is_median(GroupKind kind) { return kind == GroupKind::median || kind == GroupKind::weighted_median; }

// Of a member: what its figure counts in the group, and what it counts in the coverage.
double share_weight(const CountryFigure& figure, GroupKind kind) { return kind == GroupKind::median ? 1 : figure.weight; }

bool counts(const CountryFigure& figure, GroupKind kind) {
  return figure.source != FigureSource::missing && (kind == GroupKind::median || kind == GroupKind::sum || figure.weight > 0);
}

double plain_median(std::span<std::pair<double, double>> pairs) {
  std::sort(pairs.begin(), pairs.end());
  const std::size_t half = pairs.size() / 2;
  return pairs.size() % 2 == 1 ? pairs[half].first : (pairs[half - 1].first + pairs[half].first) / 2;
}

double median(std::span<std::pair<double, double>> pairs, GroupKind kind) {
  return kind == GroupKind::median ? plain_median(pairs) : weighted_median(pairs);
}

// Coverage and the value with every country at its centre. `weight` returns what the draws are divided by (means).
GroupEstimate centre_estimate(std::span<const std::uint32_t> members, std::span<const CountryFigure> figures,
                              const DrawOptions& options, SimulationScratch& scratch, double& weight) {
  GroupEstimate out;
  double total = 0, sum = 0;
  double by_source[5] = {};
  weight = 0;
  scratch.pairs.clear();
  for (const std::uint32_t member : members) {
    const CountryFigure& figure = figures[member];
    const double share = share_weight(figure, options.kind);
    total += share;
    ++out.members;
    if (!counts(figure, options.kind)) continue;
    ++out.figures;
    by_source[static_cast<std::size_t>(figure.source)] += share;
    weight += share;
    sum += is_mean(options.kind) ? share * figure.value : figure.value;
    if (is_median(options.kind)) scratch.pairs.emplace_back(figure.value, share);
  }
  if (!(total > 0) || out.figures == 0) return out;
  const auto share_of = [&](FigureSource source) { return by_source[static_cast<std::size_t>(source)] / total; };
  out.observed = share_of(FigureSource::observed) + share_of(FigureSource::interpolated);
  out.projected = share_of(FigureSource::projected);
  out.imputed = share_of(FigureSource::imputed);
  // The tolerance is for shares that are exact in decimals only; a group of imputed countries alone is never published.
  if (out.coverage() < options.min_coverage - 1e-12 || !(out.coverage() > 0)) return out;
  const double value = is_median(options.kind) ? median(scratch.pairs, options.kind) : is_mean(options.kind) ? sum / weight : sum;
  if (std::isfinite(value)) out.value = value;
  return out;
}

// A country's values in one block of draws; a loop of fixed length without branches for each scale.
void country_values(const CountryFigure& figure, const double* __restrict normals, double* __restrict out) {
  const double centre = figure.centre, sd = figure.sd, floor = figure.scale.floor, ceiling = figure.scale.ceiling;
  if (!(sd > 0)) {
    std::fill_n(out, block, figure.value);
    return;
  }
  if (figure.scale.scale == Scale::identity) {
    for (std::size_t s = 0; s < block; ++s) {
      double y = centre + sd * normals[s];
      y = y < floor ? floor : y;
      out[s] = y > ceiling ? ceiling : y;
    }
    return;
  }
  const PublishedFigures published(figure.scale);
  for (std::size_t s = 0; s < block; ++s) out[s] = published.at(centre + sd * normals[s]);
}

// Without __restrict the compiler must expect the rows to overlap and makes no vector code.
void add_weighted(double* __restrict sums, const double* __restrict values, double weight) {
  for (std::size_t s = 0; s < block; ++s) sums[s] += weight * values[s];
}

bool is_random(const FigureTable& table, std::size_t country) {
  for (std::size_t y = 0; y < table.years.size(); ++y) {
    const CountryFigure& figure = table.year(y)[country];
    if (figure.source != FigureSource::missing && figure.sd > 0) return true;
  }
  return false;
}

void summarise(std::span<const double> draws, SimulationScratch& scratch, GroupEstimate& out) {
  double sum = 0, squares = 0;
  for (const double draw : draws) sum += draw;
  out.mean = sum / static_cast<double>(draws.size());
  for (const double draw : draws) squares += (draw - out.mean) * (draw - out.mean);
  if (draws.size() > 1) out.sd = std::sqrt(squares / static_cast<double>(draws.size() - 1));
  quantiles_of(draws, quantile_levels, scratch.sorted, out.quantiles);
}

class Simulation {
 public:
  Simulation(const GroupMap& map, const FigureTable& table, const DrawOptions& options, SimulationScratch& scratch,
             GroupDraws& draws)
      : map_(map), table_(table), options_(options), scratch_(scratch), draws_(draws), years_(table.years.size()) {
    draws.draws = options.draws;
    draws.stride = (options.draws + block - 1) / block * block;
    draws.groups = map.groups.size();
    draws.values.resize(years_ * draws.groups * draws.stride);
    for (std::uint32_t c = 0; c < map.countries.size(); ++c) random_.push_back(is_random(table, c));
    scratch.normals.resize(block);
    scratch.common.resize(block);
    scratch.values.resize(is_median(options.kind) ? years_ * map.countries.size() * block : block);
    scratch.accumulated.resize(years_ * draws.groups * block);
  }

  void centres(std::vector<GroupEstimate>& estimates) {
    for (std::size_t y = 0; y < years_; ++y) {
      for (std::uint32_t g = 0; g < map_.groups.size(); ++g) {
        double weight = 0;
        GroupEstimate one = centre_estimate(map_.members[g], table_.year(y), options_, scratch_, weight);
        one.group = g;
        one.year = table_.years[y];
        estimates.push_back(one);
        weights_.push_back(weight);
      }
    }
  }

  void run(std::span<const std::uint64_t> keys, std::uint64_t common_key) {
    for (std::size_t first = 0; first < draws_.draws; first += block) {
      std::fill(scratch_.accumulated.begin(), scratch_.accumulated.end(), 0);
      if (options_.correlation > 0) fill_normals(common_key, first, scratch_.common);
      for (std::uint32_t c = 0; c < map_.countries.size(); ++c) {
        if (map_.of[c].empty()) continue;
        if (random_[c]) normals(keys[c], first);
        for (std::size_t y = 0; y < years_; ++y) add_country(y, c);
      }
      for (std::size_t y = 0; y < years_; ++y) {
        for (std::uint32_t g = 0; g < map_.groups.size(); ++g) finish_group(y, g, first);
      }
    }
  }

 private:
  void normals(std::uint64_t key, std::size_t first) {
    fill_normals(key, first, scratch_.normals);
    if (!(options_.correlation > 0)) return;
    const double shared = std::sqrt(options_.correlation), own = std::sqrt(1 - options_.correlation);
    for (std::size_t s = 0; s < block; ++s) scratch_.normals[s] = shared * scratch_.common[s] + own * scratch_.normals[s];
  }

  void add_country(std::size_t y, std::uint32_t c) {
    const CountryFigure& figure = table_.year(y)[c];
    if (!counts(figure, options_.kind)) return;
    double* values = scratch_.values.data() + (is_median(options_.kind) ? (y * map_.countries.size() + c) * block : 0);
    country_values(figure, scratch_.normals.data(), values);
    if (is_median(options_.kind)) return;
    const double weight = is_mean(options_.kind) ? figure.weight : 1;
    for (const std::uint32_t g : map_.of[c]) {
      add_weighted(scratch_.accumulated.data() + (y * map_.groups.size() + g) * block, values, weight);
    }
  }

  void finish_group(std::size_t y, std::uint32_t g, std::size_t first) {
    double* out = draws_.values.data() + (y * map_.groups.size() + g) * draws_.stride + first;
    if (is_median(options_.kind)) {
      for (std::size_t s = 0; s < block; ++s) out[s] = median_of_draw(y, g, s);
      return;
    }
    const double* sums = scratch_.accumulated.data() + (y * map_.groups.size() + g) * block;
    const double by = is_mean(options_.kind) ? weights_[y * map_.groups.size() + g] : 1;
    for (std::size_t s = 0; s < block; ++s) out[s] = sums[s] / by;
  }

  double median_of_draw(std::size_t y, std::uint32_t g, std::size_t s) {
    scratch_.pairs.clear();
    for (const std::uint32_t member : map_.members[g]) {
      const CountryFigure& figure = table_.year(y)[member];
      if (!counts(figure, options_.kind)) continue;
      scratch_.pairs.emplace_back(scratch_.values[(y * map_.countries.size() + member) * block + s],
                                  share_weight(figure, options_.kind));
    }
    return scratch_.pairs.empty() ? no_figure : median(scratch_.pairs, options_.kind);
  }

  const GroupMap& map_;
  const FigureTable& table_;
  const DrawOptions& options_;
  SimulationScratch& scratch_;
  GroupDraws& draws_;
  std::size_t years_;
  std::vector<bool> random_;
  std::vector<double> weights_;
};

}  // namespace

Nature GroupEstimate::nature() const { return imputed > 0 ? Nature::E : projected > 0 ? Nature::M : Nature::none; }

double weighted_median(std::span<std::pair<double, double>> pairs) {
  std::sort(pairs.begin(), pairs.end());
  double total = 0, below = 0;
  for (const auto& [value, weight] : pairs) total += weight;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    below += pairs[i].second;
    if (2 * below > total) return pairs[i].first;
    if (2 * below == total) {
      for (std::size_t next = i + 1; next < pairs.size(); ++next) {
        if (pairs[next].second > 0) return (pairs[i].first + pairs[next].first) / 2;
      }
      return pairs[i].first;
    }
  }
  return no_figure;  // no weight at all
}

void simulate_groups(const GroupMap& map, const FigureTable& table, std::span<const std::uint64_t> keys, std::uint64_t common_key,
                     const DrawOptions& options, SimulationScratch& scratch, GroupDraws& draws,
                     std::vector<GroupEstimate>& estimates) {
  estimates.clear();
  Simulation simulation(map, table, options, scratch, draws);
  simulation.centres(estimates);
  if (options.draws == 0) return;
  simulation.run(keys, common_key);
  for (std::size_t i = 0; options.summaries && i < estimates.size(); ++i) {
    if (!estimates[i].published()) continue;
    summarise(draws.row(i / map.groups.size(), i % map.groups.size()), scratch, estimates[i]);
  }
}

}  // namespace stocktake
