#include "assess/aggregate.h"

#include <algorithm>
#include <cmath>

#include "store/unit_text.h"

namespace stocktake {
namespace {

struct Range {
  int first = 0, last = -1;
  std::size_t size() const { return last < first ? 0 : static_cast<std::size_t>(last - first + 1); }
};

// Calls use(year - range.first, value) for each year of the range that lies between two figures of the series, the ends
// included, and up to `reach` years beyond the ends with the nearest figure.
template <typename Use>
void interpolate(const Panel& panel, std::uint32_t series, const Range& range, int reach, const Use& use) {
  const std::size_t begin = panel.begin[series];
  const std::size_t end = panel.begin[series + 1];
  if (begin == end) return;
  std::size_t next = begin;  // the first figure at or after the year
  const int from = std::max(range.first, panel.year[begin] - reach);
  const int to = std::min(range.last, panel.year[end - 1] + reach);
  for (int year = from; year <= to; ++year) {
    while (next < end && panel.year[next] < year) ++next;
    double value = 0;
    if (next == end) {
      value = panel.value[end - 1];
    } else if (next == begin || panel.year[next] == year) {
      value = panel.value[next];
    } else {
      const double share = static_cast<double>(year - panel.year[next - 1]) / (panel.year[next] - panel.year[next - 1]);
      value = panel.value[next - 1] + share * (panel.value[next] - panel.value[next - 1]);
    }
    if (std::isfinite(value)) use(static_cast<std::size_t>(year - range.first), value);
  }
}

Range years_of(const Panel& panel, std::span<const AreaId> members, const SeriesOfArea& series, int last_year) {
  Range range{INT16_MAX, -1};
  for (const AreaId member : members) {
    const std::uint32_t one = series[member];
    if (one == no_series || panel.begin[one] == panel.begin[one + 1]) continue;
    range.first = std::min<int>(range.first, panel.year[panel.begin[one]]);
    range.last = std::max<int>(range.last, panel.year[panel.begin[one + 1] - 1]);
  }
  range.last = std::min(range.last, last_year);
  return range;
}

// Sums by year over the members.
struct Sums {
  explicit Sums(std::size_t years) : total(years), observed(years), value(years) {}
  std::vector<double> total;     // weight of all members
  std::vector<double> observed;  // weight of those with a figure
  std::vector<double> value;     // of weight x figure, or of figures
};

void add_member(const Panel& panel, const Range& range, std::uint32_t series, const std::vector<double>& weight, bool weighted,
                Sums& sums) {
  for (std::size_t i = 0; i < weight.size(); ++i) sums.total[i] += weight[i];
  if (series == no_series) return;
  interpolate(panel, series, range, 0, [&](std::size_t i, double value) {
    sums.observed[i] += weight[i];
    sums.value[i] += weighted ? weight[i] * value : value;
  });
}

}  // namespace

GroupFigures aggregate_group(const Panel& panel, std::span<const AreaId> members, const SeriesOfArea& series,
                             const SeriesOfArea* weights, Aggregate kind, double min_coverage, int last_year) {
  GroupFigures out;
  if (kind == Aggregate::none || (kind == Aggregate::weighted_mean && weights == nullptr)) return out;
  const Range range = years_of(panel, members, series, last_year);
  Sums sums(range.size());
  std::vector<double> weight(range.size());
  for (const AreaId member : members) {
    std::fill(weight.begin(), weight.end(), weights == nullptr ? 1.0 : 0.0);
    if (weights != nullptr && (*weights)[member] != no_series) {
      interpolate(panel, (*weights)[member], range, weight_reach,
                  [&](std::size_t i, double value) { weight[i] = std::max(0.0, value); });
    }
    add_member(panel, range, series[member], weight, kind == Aggregate::weighted_mean, sums);
  }
  for (std::size_t i = 0; i < range.size(); ++i) {
    if (!(sums.observed[i] > 0)) continue;
    const double share = sums.observed[i] / sums.total[i];
    const double value = kind == Aggregate::weighted_mean ? sums.value[i] / sums.observed[i] : sums.value[i];
    if (share < min_coverage || !std::isfinite(value)) continue;
    out.year.push_back(static_cast<std::int16_t>(range.first + static_cast<int>(i)));
    out.value.push_back(value);
    out.share.push_back(static_cast<float>(share));
  }
  // When the last surveys of some members drop out, a mean of those that are left jumps: such years are no end of a trend.
  const float best = out.share.empty() ? 0 : *std::max_element(out.share.begin(), out.share.end());
  while (!out.share.empty() && out.share.back() < keep_share * best) {
    out.year.pop_back();
    out.value.pop_back();
    out.share.pop_back();
  }
  return out;
}

std::string filter_text(const Filter& filter) {
  Dimensions dims;
  for (const auto& [dimension, code] : filter) {
    if (code != "_T") dims.emplace_back(dimension, code);
  }
  return to_string(dims);
}

std::optional<SeriesOfArea> find_weights(const Panel& panel, const AreaRegistry& areas, const std::vector<Binding>& bindings,
                                         std::string_view concept_name) {
  for (const Binding& binding : bindings) {
    const auto bound = binding.weights.find(concept_name);
    if (bound == binding.weights.end()) continue;
    const std::string dims = filter_text(bound->second.filter);
    SeriesOfArea found(areas.all().size(), no_series);
    bool any = false;
    for (std::uint32_t i = 0; i < panel.size(); ++i) {
      const PanelSeries& series = panel.series[i];
      if (series.series != bound->second.series || series.dimensions != dims || !in_ones(series.unit)) continue;
      const auto area = areas.find(series.area);
      if (!area || areas.is_group(*area) || found[*area] != no_series) continue;
      found[*area] = i;
      any = true;
    }
    if (any) return found;
  }
  return std::nullopt;
}

}  // namespace stocktake
