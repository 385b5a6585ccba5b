#include "assess/simulation/run_jobs.h"

#include <algorithm>
#include <atomic>

#include "assess/simulation/random.h"
#include "base/parallel.h"

namespace stocktake {

void run_jobs(const Panel& panel, const AreaRegistry& areas, const GroupMap& map, std::span<const std::uint8_t> regions,
              std::span<const SimulationJob> jobs, const SimulationSettings& settings, const JobResult& result) {
  // Jobs differ in length, so each thread takes the next one that is left.
  std::atomic<std::size_t> next{0};
  const std::size_t count = jobs.size();
  on_threads(std::max<std::size_t>(1, std::min(thread_count(settings.threads), count)), [&](std::size_t) {
    SimulationScratch scratch;
    GroupDraws draws;
    std::vector<GroupEstimate> estimates;
    std::vector<std::uint64_t> keys(map.countries.size());
    for (std::size_t j = next++; j < count; j = next++) {
      check_interrupted();
      const SimulationJob& job = jobs[j];
      DrawOptions options = settings.draws;
      options.kind = job.figures.kind;
      for (std::size_t c = 0; c < keys.size(); ++c) {
        keys[c] = stream_key(settings.seed, job.name, areas.at(map.countries[c]).code);
      }
      const FigureTable table = country_figures(panel, map, job.series, job.weights, job.years, regions, job.figures);
      const GroupMap some = job.groups.empty() ? GroupMap() : part_of(map, job.groups);
      simulate_groups(job.groups.empty() ? map : some, table, keys, stream_key(settings.seed, job.name, "*"), options, scratch,
                      draws, estimates);
      result(j, table, draws, estimates);
    }
  });
}

}  // namespace stocktake
