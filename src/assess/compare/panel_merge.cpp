#include "assess/compare/panel_merge.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <tuple>

namespace stocktake {
namespace {

auto key_of(const PanelSeries& one) { return std::tuple{one.series, one.area, one.dimensions, one.unit}; }

class SeriesIndex {
 public:
  explicit SeriesIndex(const Panel& panel) : panel_(panel), order_(panel.size()) {
    std::iota(order_.begin(), order_.end(), 0U);
    std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::tuple{key_of(panel.series[a]), a} < std::tuple{key_of(panel.series[b]), b};
    });
  }
  // Its place in the panel; the panel's size when it has none.
  std::size_t find(const PanelSeries& wanted) const {
    const auto found = std::lower_bound(order_.begin(), order_.end(), wanted, [&](std::uint32_t a, const PanelSeries& b) {
      return key_of(panel_.series[a]) < key_of(b);
    });
    return found != order_.end() && key_of(panel_.series[*found]) == key_of(wanted) ? *found : panel_.size();
  }

 private:
  const Panel& panel_;
  std::vector<std::uint32_t> order_;
};

// Builds the merged panel figure by figure out of two sources.
class Builder {
 public:
  Builder(const Panel& before, const Panel& after) : before_(before), after_(after) {
    bounds_ = !before.lower.empty() || !before.upper.empty() || !after.lower.empty() || !after.upper.empty();
    made_.provenances = before.provenances;
    made_.provenances.insert(made_.provenances.end(), after.provenances.begin(), after.provenances.end());
    if (before.provenance.empty() || after.provenance.empty()) {  // a panel made by hand
      unknown_ = static_cast<std::uint32_t>(made_.provenances.size());
      made_.provenances.emplace_back();
    }
    made_.year.reserve(before.value.size());
    made_.value.reserve(before.value.size());
    made_.provenance.reserve(before.value.size());
  }

  void add_old(std::size_t figure) { add(before_, figure, 0); }
  void add_new(std::size_t figure) { add(after_, figure, static_cast<std::uint32_t>(before_.provenances.size())); }
  void end_series(const PanelSeries& series) {
    made_.series.push_back(series);
    made_.begin.push_back(static_cast<std::uint32_t>(made_.value.size()));
  }
  Panel take() { return std::move(made_); }

 private:
  void add(const Panel& from, std::size_t figure, std::uint32_t first_provenance) {
    made_.year.push_back(from.year[figure]);
    made_.value.push_back(from.value[figure]);
    made_.provenance.push_back(from.provenance.empty() ? unknown_ : first_provenance + from.provenance[figure]);
    if (!bounds_) return;
    made_.lower.push_back(from.lower.empty() ? missing_value : from.lower[figure]);
    made_.upper.push_back(from.upper.empty() ? missing_value : from.upper[figure]);
  }

  const Panel& before_;
  const Panel& after_;
  Panel made_;
  bool bounds_ = false;
  std::uint32_t unknown_ = 0;
};

void add_revised(const Panel& before, std::size_t i, const Panel& after, std::size_t j, Builder& builder) {
  std::size_t other = after.begin[j];
  for (std::size_t k = before.begin[i]; k < before.begin[i + 1]; ++k) {
    while (other < after.begin[j + 1] && after.year[other] < before.year[k]) ++other;
    const bool both = other < after.begin[j + 1] && after.year[other] == before.year[k] && std::isfinite(before.value[k]) &&
                      std::isfinite(after.value[other]);
    if (both) {
      builder.add_new(other);
    } else {
      builder.add_old(k);
    }
  }
}

char qualifier_of(const Panel& panel, std::size_t figure) {
  return panel.provenance.empty() ? '\0' : panel.provenances[panel.provenance[figure]].qualifier;
}

}  // namespace

Panel borrow_panel(const Panel& panel) {
  Panel copy;
  copy.series = panel.series;
  copy.begin = panel.begin;
  copy.year = panel.year;
  copy.value = panel.value;
  copy.lower = panel.lower;
  copy.upper = panel.upper;
  copy.provenance = panel.provenance;
  copy.provenances = panel.provenances;
  return copy;
}

Panel merge_panels(const Panel& before, const Panel& after, Merge merge) {
  const SeriesIndex index(after);
  Builder builder(before, after);
  for (std::size_t i = 0; i < before.size(); ++i) {
    const std::size_t j = index.find(before.series[i]);
    if (j == after.size()) {
      for (std::size_t k = before.begin[i]; k < before.begin[i + 1]; ++k) builder.add_old(k);
    } else if (merge == Merge::revisions) {
      add_revised(before, i, after, j, builder);
    } else {
      for (std::size_t k = after.begin[j]; k < after.begin[j + 1]; ++k) builder.add_new(k);
    }
    builder.end_series(before.series[i]);
  }
  return builder.take();
}

bool same_figures(const Panel& a, const Panel& b) {
  if (a.begin != b.begin || a.year != b.year) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (key_of(a.series[i]) != key_of(b.series[i])) return false;
  }
  for (std::size_t k = 0; k < a.value.size(); ++k) {
    if (std::bit_cast<std::uint64_t>(a.value[k]) != std::bit_cast<std::uint64_t>(b.value[k])) return false;
    if (qualifier_of(a, k) != qualifier_of(b, k)) return false;
  }
  return true;
}

}  // namespace stocktake
