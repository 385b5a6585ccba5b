// Small groups and tables of country figures for the tests of the joint simulation, made in memory.
#pragma once

#include <string>
#include <vector>

#include "assess/sample.h"
#include "assess/simulation/random.h"
#include "assess/simulation/simulate.h"

namespace stocktake::sample {

// Groups over countries 0, 1, …: no registry is needed.
inline GroupMap groups(std::size_t countries, const std::vector<std::vector<std::uint32_t>>& members) {
  GroupMap map;
  for (std::size_t c = 0; c < countries; ++c) map.countries.push_back(static_cast<AreaId>(c));
  map.of.resize(countries);
  map.members = members;
  for (std::uint32_t g = 0; g < members.size(); ++g) {
    map.groups.push_back(static_cast<AreaId>(100 + g));
    for (const std::uint32_t member : members[g]) map.of[member].push_back(g);
  }
  return map;
}

inline CountryFigure figure(double value, double sd, double weight, FigureSource source = FigureSource::observed) {
  CountryFigure one;
  one.value = one.centre = value;
  one.sd = sd;
  one.weight = weight;
  one.source = source;
  return one;
}

inline CountryFigure missing(double weight) { return figure(0, 0, weight, FigureSource::missing); }

// One row of figures a year, from 2000.
inline FigureTable table(const std::vector<std::vector<CountryFigure>>& years) {
  FigureTable made;
  made.countries = years.front().size();
  for (std::size_t y = 0; y < years.size(); ++y) {
    made.years.push_back(static_cast<std::int16_t>(2000 + y));
    made.figures.insert(made.figures.end(), years[y].begin(), years[y].end());
  }
  return made;
}

struct Simulated {
  GroupDraws draws;
  std::vector<GroupEstimate> estimates;
};

inline Simulated simulate(const GroupMap& map, const FigureTable& figures, GroupKind kind, unsigned draws = 20000,
                          double correlation = 0, double min_coverage = 0.5, std::uint64_t seed = 1) {
  DrawOptions options;
  options.kind = kind;
  options.draws = draws;
  options.correlation = correlation;
  options.min_coverage = min_coverage;
  std::vector<std::uint64_t> keys;
  for (std::size_t c = 0; c < map.countries.size(); ++c) keys.push_back(stream_key(seed, "S", std::to_string(c)));
  SimulationScratch scratch;
  Simulated out;
  simulate_groups(map, figures, keys, stream_key(seed, "S", "*"), options, scratch, out.draws, out.estimates);
  return out;
}

}  // namespace stocktake::sample
