// sdmx_ml_core FILE: reads an SDMX-ML data message to columns; prints seconds, rows and the sum of the values.
#include <chrono>
#include <cmath>
#include <cstdio>

#include "base/error.h"
#include "ingest/sdmx/ml_reader.h"

namespace {

struct Sums : stocktake::sdmx::DataHandler {
  std::size_t rows = 0, faults = 0;
  double sum = 0;
  void block(const stocktake::sdmx::Block& block) override {
    rows += block.rows();
    for (const double value : block.value) {
      if (!std::isnan(value)) sum += value;
    }
  }
  void fault(const stocktake::sdmx::Fault&) override { ++faults; }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  try {
    const auto start = std::chrono::steady_clock::now();
    const auto source = stocktake::ByteSource::open(argv[1], false);
    Sums sums;
    stocktake::sdmx::read_ml_data(*source, nullptr, sums);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    std::printf("%.6f %zu %.17g\n", seconds.count(), sums.rows, sums.sum);
    return sums.faults == 0 ? 0 : 1;
  } catch (const stocktake::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
