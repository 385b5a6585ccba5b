// Many series simulated at once: one job a series, on all processor cores, with the same result on any number of them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "assess/simulation/simulate.h"

namespace stocktake {

struct SimulationJob {
  std::string name;  // names the random streams: series code and dimensions
  SeriesOfArea series;
  const SeriesOfArea* weights = nullptr;
  std::vector<std::int16_t> years;
  FigureOptions figures;              // kind included; it is also that of the draws
  std::vector<std::uint32_t> groups;  // of the map, to simulate; empty: all. Results count groups in this order
};

struct SimulationSettings {
  DrawOptions draws;  // its kind is overruled by the job's
  std::uint64_t seed = 1;
  unsigned threads = 0;  // 0: as many as the machine has
};

// What is made of a job before its room is used for the next. Called on any thread, once a job; must not throw.
using JobResult = std::function<void(std::size_t job, const FigureTable&, const GroupDraws&, const std::vector<GroupEstimate>&)>;

void run_jobs(const Panel& panel, const AreaRegistry& areas, const GroupMap& map, std::span<const std::uint8_t> regions,
              std::span<const SimulationJob> jobs, const SimulationSettings& settings, const JobResult& result);

}  // namespace stocktake
