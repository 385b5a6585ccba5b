// Our side of bench/run projection. Series are read from a text file, one a line: first year, figures (contiguous years).
//   projection_core fit SERIES OUTPUT REPEATS HORIZON   fits and forecasts the local linear trend on all cores; prints seconds a
//                                                       series of each repetition; writes variances, log-likelihood, forecasts
//   projection_core likelihood SERIES VARIANCES         exact diffuse log-likelihood of given variances (noise level slope, a
//   line) projection_core all SERIES COUNT HORIZON            the combination of all models and a probability for COUNT series
//   (those of
//                                                       the file, repeated): prints seconds and a checksum
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "assess/projection/projection.h"

using namespace stocktake;

namespace {

struct Input {
  std::vector<std::int16_t> year;
  std::vector<double> value;
  std::vector<std::size_t> begin{0};
  std::size_t size() const { return begin.size() - 1; }
  SeriesView at(std::size_t i) const { return {year.data() + begin[i], value.data() + begin[i], begin[i + 1] - begin[i]}; }
};

Input read(const char* path) {
  Input input;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    int year = 0;
    words >> year;
    for (std::string word; words >> word; ++year) {
      input.year.push_back(static_cast<std::int16_t>(year));
      input.value.push_back(std::stod(word));
    }
    input.begin.push_back(input.value.size());
  }
  return input;
}

template <typename Work>
double seconds(const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

int fit(const Input& input, const char* output, int repeats, std::size_t horizon) {
  const std::size_t copies = std::max<std::size_t>(1, 20000 / input.size()), count = copies * input.size();
  std::vector<TrendFit> fits(count);
  std::vector<double> mean(count * horizon), sd(count * horizon);
  for (int r = 0; r < repeats; ++r) {
    const double elapsed = seconds([&] {
      in_parallel(count, 0, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
          const SeriesView s = input.at(i % input.size());
          fit_trend({s.year, s.size}, {s.value, s.size}, {}, false, fits[i]);
          forecast_trend(fits[i], std::span(mean).subspan(i * horizon, horizon), std::span(sd).subspan(i * horizon, horizon));
        }
      });
    });
    std::printf("%.9f\n", elapsed / static_cast<double>(count));
  }
  std::ofstream file(output);
  file.precision(17);
  for (std::size_t i = 0; i < input.size(); ++i) {
    const TrendFit& f = fits[i];
    file << f.observation_variance << ' ' << f.level_variance << ' ' << f.slope_variance << ' ' << f.log_likelihood;
    for (std::size_t h = 0; h < horizon; ++h) file << ' ' << mean[i * horizon + h] << ' ' << sd[i * horizon + h];
    file << '\n';
  }
  return 0;
}

int likelihood(const Input& input, const char* variances) {
  std::ifstream file(variances);
  for (std::size_t i = 0; i < input.size(); ++i) {
    double noise = 0, level = 0, slope = 0;
    file >> noise >> level >> slope;
    const SeriesView s = input.at(i);
    std::printf("%.17g\n", trend_log_likelihood({s.year, s.size}, {s.value, s.size}, {}, noise, level, slope, 1));
  }
  return 0;
}

int all(const Input& input, std::size_t count, std::size_t horizon) {
  std::vector<double> met(count);
  const double elapsed = seconds([&] {
    in_parallel(count, 0, [&](std::size_t begin, std::size_t end) {
      std::vector<double> mean(horizon), sd(horizon);
      for (std::size_t i = begin; i < end; ++i) {
        ProjectionInput one{input.at(i % input.size()), {}, {}};
        const std::size_t last = horizon - 1;
        const double target = one.scale.to(0.5 * one.series.value[0]);
        if (!project(one, Model::combination, mean, sd)) continue;  // fits every model on the way
        met[i] = 0.5 * std::erfc((mean[last] - target) / (sd[last] * std::sqrt(2.0)));
      }
    });
  });
  double sum = 0;
  for (const double one : met) sum += one;
  std::printf("%.6f %.6f\n", elapsed, sum / static_cast<double>(count));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  const std::string what = argv[1];
  const Input input = read(argv[2]);
  if (what == "fit" && argc == 6) return fit(input, argv[3], std::stoi(argv[4]), std::stoul(argv[5]));
  if (what == "likelihood") return likelihood(input, argv[3]);
  if (what == "all" && argc == 5) return all(input, std::stoul(argv[3]), std::stoul(argv[4]));
  return 2;
}
