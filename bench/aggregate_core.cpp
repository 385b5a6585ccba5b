// Our side of bench/run aggregate: every series of a store in all groups, drawn 1,000 times, for the latest year and the
// deadline. aggregate_core STORE FOLDER REPEATS: prints the seconds of each repetition; writes, for the peer, the countries'
// figures (centre, sd, weight; NaN where missing) as doubles by series, year and country, the groups' members, and our answer.
#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "assess/simulation/impute.h"
#include "assess/simulation/run_jobs.h"
#include "base/files.h"
#include "store/store.h"

using namespace stocktake;

namespace {

constexpr std::int16_t deadline = 2030;

std::map<std::string, SeriesOfArea> series_of_countries(const Panel& panel, const AreaRegistry& areas) {
  std::map<std::string, SeriesOfArea> found;
  for (std::uint32_t i = 0; i < panel.size(); ++i) {
    const auto area = areas.find(panel.series[i].area);
    auto& series = found.try_emplace(std::string(panel.series[i].series), areas.all().size(), no_series).first->second;
    if (area && !areas.is_group(*area) && series[*area] == no_series) series[*area] = i;
  }
  return found;
}

void write_doubles(const std::string& path, const std::vector<double>& values) {
  std::ofstream out(path, std::ios::binary);
  out.write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(double)));
  if (!out) std::exit(1);
}

struct Answer {
  std::vector<double> centre, sd, weight;                 // by year, country
  std::vector<double> value, mean, deviation, low, high;  // by year, group
};

Answer answer_of(const FigureTable& table, const std::vector<GroupEstimate>& estimates) {
  Answer out;
  for (const CountryFigure& one : table.figures) {
    const bool missing = one.source == FigureSource::missing || !(one.weight > 0);
    out.centre.push_back(missing ? no_figure : one.centre);
    out.sd.push_back(missing ? no_figure : one.sd);
    out.weight.push_back(one.weight);
  }
  for (const GroupEstimate& one : estimates) {
    out.value.push_back(one.value);
    out.mean.push_back(one.mean);
    out.deviation.push_back(one.sd);
    out.low.push_back(one.published() ? one.quantiles.front() : no_figure);
    out.high.push_back(one.published() ? one.quantiles.back() : no_figure);
  }
  return out;
}

void write(const std::string& folder, const GroupMap& map, const std::vector<Answer>& answers) {
  std::vector<double> members(map.groups.size() * map.countries.size(), 0);
  for (std::size_t g = 0; g < map.groups.size(); ++g) {
    for (const std::uint32_t member : map.members[g]) members[g * map.countries.size() + member] = 1;
  }
  write_doubles(folder + "/members", members);
  const auto column = [&](const char* name, std::vector<double> Answer::*part) {
    std::vector<double> all;
    for (const Answer& one : answers) all.insert(all.end(), (one.*part).begin(), (one.*part).end());
    write_doubles(folder + "/" + name, all);
  };
  column("centre", &Answer::centre);
  column("sd", &Answer::sd);
  column("weight", &Answer::weight);
  column("value", &Answer::value);
  column("mean", &Answer::mean);
  column("deviation", &Answer::deviation);
  column("low", &Answer::low);
  column("high", &Answer::high);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const Store store = Store::open(argv[1], Store::Access::read);
  const Panel panel = store.panel({});
  const AreaRegistry areas = AreaRegistry::load(data_home() + "/reference");
  const std::vector<AreaId> groups = areas.groups();
  const Date at{2026, 11, 24};
  const auto series = series_of_countries(panel, areas);
  const SeriesOfArea& weights = series.at("female_population_with_projections");  // 236 areas, every year from 1960 to 2025

  std::vector<Answer> answers(series.size());
  std::size_t countries = 0;
  for (int i = 0; i < std::stoi(argv[3]); ++i) {
    const auto start = std::chrono::steady_clock::now();
    const GroupMap map = map_groups(areas, groups, at);
    const std::vector<std::uint8_t> regions = regions_of(areas, map, at);
    std::vector<SimulationJob> jobs;
    for (const auto& [name, of_area] : series) {
      SimulationJob job;
      job.name = name;
      job.series = of_area;
      job.weights = &weights;
      job.figures.max_age = 100;  // every country is projected, however old its figures: the most work there can be
      job.years = {static_cast<std::int16_t>(latest_year(panel, map, of_area, 2025)), deadline};
      jobs.push_back(std::move(job));
    }
    const bool last = i + 1 == std::stoi(argv[3]);
    run_jobs(panel, areas, map, regions, jobs, {},
             [&](std::size_t j, const FigureTable& table, const GroupDraws&, const std::vector<GroupEstimate>& estimates) {
               if (last) answers[j] = answer_of(table, estimates);
             });
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    std::printf("%.6f\n", elapsed.count());
    countries = map.countries.size();
    if (last) write(argv[2], map, answers);
  }
  std::printf("%zu %zu %zu\n", series.size(), countries, groups.size());
  return 0;
}
