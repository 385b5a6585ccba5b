#include "partnership/money/flows.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "base/error.h"
#include "base/files.h"

namespace stocktake {
namespace {

struct FlowSource {
  std::string flow, name, direction, series, dimensions, percent_of, note;
  double multiply = 1;
};

std::vector<FlowSource> load_flow_sources(const std::string& folder) {
  const std::string path = folder + "/finance_flows.csv";
  const SmallCsv csv =
      read_small_csv(path, {"flow", "name", "direction", "series", "dimensions", "percent_of", "multiply", "note"});
  std::vector<FlowSource> sources;
  for (std::size_t i = 0; i < csv.rows.size(); ++i) {
    const auto& row = csv.rows[i];
    FlowSource source{row[0], row[1], row[2], row[3], row[4], row[5], row[7]};
    const auto [end, error] = std::from_chars(row[6].data(), row[6].data() + row[6].size(), source.multiply);
    if (error != std::errc() || end != row[6].data() + row[6].size() || source.series.empty()) {
      throw Error(ErrorKind::input, "expected a series and a factor", "Correct the row", {path, csv.lines[i], 0, "multiply"});
    }
    sources.push_back(std::move(source));
  }
  return sources;
}

}  // namespace

std::vector<FlowFigure> finance_flows(const Store& store, const AreaRegistry& areas, const std::string& reference,
                                      const FlowOptions& options) {
  const auto area = areas.find(options.area);
  if (!area) {
    throw Error(ErrorKind::not_found, "unknown area '" + options.area + "'",
                "Use ISO 3166, M49 or a group code of `stocktake groups`");
  }
  const std::vector<FlowSource> sources = load_flow_sources(reference);
  PanelQuery query;
  std::set<std::string> wanted;
  for (const FlowSource& source : sources) wanted.insert(source.series);
  query.series.assign(wanted.begin(), wanted.end());
  query.areas = {areas.at(*area).code};
  query.first_year = options.first_year;
  query.last_year = options.last_year;
  query.as_of = options.as_of;
  const Panel panel = store.panel(query);
  std::vector<FlowFigure> figures;
  for (std::size_t first = 0; first < sources.size();) {
    std::size_t last = first;
    while (last < sources.size() && sources[last].flow == sources[first].flow) ++last;
    // For each year the first source that has it; shares before sums of money, so that flows can be compared.
    std::map<int, FlowFigure> of_year;
    for (std::size_t s = first; s < last; ++s) {
      for (std::size_t i = 0; i < panel.size(); ++i) {
        if (panel.series[i].series != sources[s].series || panel.series[i].dimensions != sources[s].dimensions) continue;
        for (std::uint32_t k = panel.begin[i]; k < panel.begin[i + 1]; ++k) {
          FlowFigure figure;
          figure.flow = sources[s].flow;
          figure.name = sources[s].name;
          figure.direction = sources[s].direction;
          figure.series = sources[s].series;
          figure.dimensions = sources[s].dimensions;
          figure.unit = panel.series[i].unit;
          figure.note = sources[s].note;
          figure.year = panel.year[k];
          figure.value = panel.value[k] * sources[s].multiply;
          figure.percent_of = sources[s].percent_of;
          figure.percent = figure.percent_of.empty() ? std::numeric_limits<double>::quiet_NaN() : figure.value;
          of_year.try_emplace(figure.year, std::move(figure));
        }
      }
    }
    if (options.latest && !of_year.empty()) {
      figures.push_back(std::move(of_year.rbegin()->second));
    } else {
      for (auto& [year, figure] : of_year) figures.push_back(std::move(figure));
    }
    first = last;
  }
  return figures;
}

}  // namespace stocktake
