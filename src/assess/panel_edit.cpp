#include "assess/panel_edit.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace stocktake {
namespace {

void scale(std::vector<double>& column, std::size_t begin, std::size_t end, double factor) {
  if (column.empty()) return;
  for (std::size_t i = begin; i < end; ++i) column[i] *= factor;
}

void scale_bounds(Panel& panel, std::size_t begin, std::size_t end, double factor) {
  scale(panel.lower, begin, end, factor);
  scale(panel.upper, begin, end, factor);
  if (factor >= 0 || panel.lower.empty() || panel.upper.empty()) return;
  for (std::size_t i = begin; i < end; ++i) std::swap(panel.lower[i], panel.upper[i]);
}

}  // namespace

std::uint32_t append_series(Panel& panel, const PanelSeries& series, std::span<const std::int16_t> years,
                            std::span<const double> values, std::uint32_t provenance) {
  panel.series.push_back(series);
  panel.year.insert(panel.year.end(), years.begin(), years.end());
  panel.value.insert(panel.value.end(), values.begin(), values.end());
  if (!panel.lower.empty()) panel.lower.resize(panel.value.size(), missing_value);
  if (!panel.upper.empty()) panel.upper.resize(panel.value.size(), missing_value);
  panel.provenance.resize(panel.value.size(), provenance);
  panel.begin.push_back(static_cast<std::uint32_t>(panel.value.size()));
  return static_cast<std::uint32_t>(panel.size() - 1);
}

std::uint32_t append_scaled(Panel& panel, std::uint32_t series, double factor) {
  const std::size_t begin = panel.begin[series];
  const std::size_t end = panel.begin[series + 1];
  panel.series.push_back(PanelSeries(panel.series[series]));
  const auto repeat = [begin, end](auto& column) {
    if (column.empty()) return;
    const std::size_t start = column.size();
    column.resize(start + (end - begin));
    std::copy_n(column.begin() + static_cast<std::ptrdiff_t>(begin), end - begin,
                column.begin() + static_cast<std::ptrdiff_t>(start));
  };
  repeat(panel.year);
  repeat(panel.value);
  repeat(panel.lower);
  repeat(panel.upper);
  repeat(panel.provenance);
  panel.begin.push_back(static_cast<std::uint32_t>(panel.value.size()));
  const auto copy = static_cast<std::uint32_t>(panel.size() - 1);
  scale_in_place(panel, copy, factor);
  return copy;
}

void keep_until(Panel& panel, int last_year) {
  const bool late =
      std::any_of(panel.year.begin(), panel.year.end(), [last_year](std::int16_t year) { return year > last_year; });
  const bool empty = std::adjacent_find(panel.begin.begin(), panel.begin.end()) != panel.begin.end();
  if (!late && !empty) return;
  const auto move_figure = [](auto& column, std::size_t to, std::size_t from) {
    if (!column.empty()) column[to] = column[from];
  };
  std::size_t series = 0, figures = 0, first = 0;
  for (std::size_t i = 0; i < panel.size(); ++i) {
    const std::size_t last = panel.begin[i + 1], start = figures;
    for (std::size_t k = first; k < last && panel.year[k] <= last_year; ++k, ++figures) {
      panel.year[figures] = panel.year[k];
      panel.value[figures] = panel.value[k];
      move_figure(panel.lower, figures, k);
      move_figure(panel.upper, figures, k);
      move_figure(panel.provenance, figures, k);
    }
    first = last;  // read before it may be written over
    if (figures == start) continue;
    panel.series[series] = panel.series[i];
    panel.begin[++series] = static_cast<std::uint32_t>(figures);
  }
  panel.series.resize(series);
  panel.begin.resize(series + 1);
  panel.year.resize(figures);
  panel.value.resize(figures);
  if (!panel.lower.empty()) panel.lower.resize(figures);
  if (!panel.upper.empty()) panel.upper.resize(figures);
  if (!panel.provenance.empty()) panel.provenance.resize(figures);
}

void scale_in_place(Panel& panel, std::uint32_t series, double factor) {
  const std::size_t begin = panel.begin[series];
  const std::size_t end = panel.begin[series + 1];
  scale(panel.value, begin, end, factor);
  scale_bounds(panel, begin, end, factor);
}

}  // namespace stocktake
