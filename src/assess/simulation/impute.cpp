#include "assess/simulation/impute.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace stocktake {
namespace {

constexpr std::array<std::string_view, 17> codes{"M49_015", "M49_202", "M49_419", "M49_021", "M49_143", "M49_030",
                                                 "M49_035", "M49_034", "M49_145", "M49_151", "M49_154", "M49_039",
                                                 "M49_155", "M49_053", "M49_054", "M49_057", "M49_061"};

// Mean and sample variance by Welford's recurrence.
struct Spread {
  std::size_t n = 0;
  double mean = 0, squares = 0;

  void add(double x) {
    ++n;
    const double step = x - mean;
    mean += step / static_cast<double>(n);
    squares += step * (x - mean);
  }
  double predictive_sd() const {
    const double count = static_cast<double>(n);
    return std::sqrt(squares / (count - 1) * (1 + 1 / count));
  }
};

bool is_donor(const CountryFigure& figure, bool by_weight) {
  return figure.source != FigureSource::missing && figure.source != FigureSource::imputed && (!by_weight || figure.weight > 0);
}

double figure_of(const CountryFigure& figure, bool by_weight) { return by_weight ? figure.value / figure.weight : figure.value; }

}  // namespace

std::span<const std::string_view> sub_regions() { return codes; }

std::vector<std::uint8_t> regions_of(const AreaRegistry& areas, const GroupMap& map, Date on) {
  std::vector<std::uint8_t> of_area(areas.all().size(), no_region);
  for (std::uint8_t r = 0; r < codes.size(); ++r) {
    const auto group = areas.find(codes[r]);
    if (!group || !areas.is_group(*group)) continue;
    for (const AreaId member : areas.members(*group, on)) of_area[member] = r;
  }
  std::vector<std::uint8_t> regions;
  for (const AreaId country : map.countries) regions.push_back(of_area[country]);
  return regions;
}

void impute_missing(std::span<CountryFigure> figures, std::span<const std::uint8_t> regions, const FigureOptions& options) {
  const bool by_weight = options.kind == GroupKind::sum;
  Indicator per_weight;
  per_weight.scale = Scale::log;
  std::vector<double> donors;
  for (const CountryFigure& one : figures) {
    if (is_donor(one, by_weight)) donors.push_back(figure_of(one, by_weight));
  }
  if (donors.size() < least_donors) return;
  const ScaleView scale = scale_of(by_weight ? &per_weight : options.indicator, {nullptr, donors.data(), donors.size()});

  std::array<Spread, codes.size()> region;
  Spread world;
  for (std::size_t c = 0; c < figures.size(); ++c) {
    if (!is_donor(figures[c], by_weight)) continue;
    const double z = scale.to(figure_of(figures[c], by_weight));
    world.add(z);
    if (regions[c] != no_region) region[regions[c]].add(z);
  }
  for (std::size_t c = 0; c < figures.size(); ++c) {
    CountryFigure& one = figures[c];
    if (one.source != FigureSource::missing || !(one.weight > 0)) continue;
    const bool own = regions[c] != no_region && region[regions[c]].n >= least_donors;
    const Spread& spread = own ? region[regions[c]] : world;
    one.centre = spread.mean;
    one.sd = spread.predictive_sd();
    if (by_weight && scale.scale == Scale::log) {
      one.centre += std::log(one.weight);
    } else if (by_weight) {
      one.centre *= one.weight;
      one.sd *= one.weight;
    }
    one.scale = scale;
    one.value = scale.from(one.centre);
    one.source = FigureSource::imputed;
  }
}

}  // namespace stocktake
