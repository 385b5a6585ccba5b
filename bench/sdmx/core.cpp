// sdmx_core FILE: reads an SDMX data message of any format to columns; prints seconds, rows, the sum of the values, and in how
// many different texts the cells of its columns are, added up over the columns.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>
#include <string>

#include "base/error.h"
#include "ingest/sdmx/data.h"

namespace {

struct Sums : stocktake::sdmx::DataHandler {
  std::size_t rows = 0, faults = 0;
  double sum = 0;
  std::map<std::string, std::set<std::string, std::less<>>> texts;
  void block(const stocktake::sdmx::Block& block) override {
    rows += block.rows();
    for (const double value : block.value) {
      if (!std::isnan(value)) sum += value;
    }
    for (const stocktake::sdmx::Column& column : block.columns) {
      auto& met = texts[column.id];
      for (std::uint32_t code = 1; code < column.texts.size(); ++code) {
        if (!met.contains(column.texts.text(code))) met.emplace(column.texts.text(code));
      }
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
    stocktake::sdmx::read_data(*source, nullptr, sums);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    std::size_t distinct = 0;
    for (const auto& [id, met] : sums.texts) distinct += met.size();
    std::printf("%.6f %zu %.17g %zu\n", seconds.count(), sums.rows, sums.sum, distinct);
    return sums.faults == 0 ? 0 : 1;
  } catch (const stocktake::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
