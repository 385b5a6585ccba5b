// One side of `bench/run audit`: `make FILE ENTRIES APPEND` writes a log of so many entries in appends of so many; `verify FILE
// TIMES THREADS` checks it and prints what was found, then the seconds of each time.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/chain_log.h"
#include "base/signing_key.h"

using namespace stocktake;

namespace {

int make(const std::string& path, std::size_t entries, std::size_t append) {
  const std::vector<SigningKey> keys{key_of_seed("Ministry of Planning", std::string(32, 'p')),
                                     key_of_seed("Audit Office", std::string(32, 'a'))};
  LogWriter writer = LogWriter::open(path);
  std::size_t written = 0, turn = 0;
  while (written < entries) {
    const SigningKey& key = keys[turn % 2];
    const std::size_t key_entry = turn++ < 2 ? 1 : 0;
    std::vector<LogEntry> batch;
    while (batch.size() + key_entry < append && written + batch.size() + key_entry < entries) {
      const std::string n = std::to_string(written + batch.size());
      batch.push_back({0, "2013-10-09T00:00:00Z", "status",
                       R"({"amount":)" + n + R"(.5,"id":"A-RES-68-6/14/)" + n + R"(","note":"第)" + n +
                           R"(号","on":"2014-12-31","status":"disbursed"})"});
    }
    writer.append(batch, key);
    written += batch.size() + key_entry;
  }
  return 0;
}

int verify(const std::string& path, int times, unsigned threads) {
  std::vector<double> seconds;
  for (int i = 0; i < times; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const ChainLog log = ChainLog::open(path);
    LogCheckOptions options;
    options.threads = threads;
    const LogCheck found = log.check(options);
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    if (i == 0) {
      std::printf("%llu %s %llu %llu\n", static_cast<unsigned long long>(found.head.entries), found.head.hash.c_str(),
                  static_cast<unsigned long long>(found.seals_checked),
                  static_cast<unsigned long long>(found.fault ? found.fault->entry : 0));
    }
  }
  for (const double s : seconds) std::printf("%.6f\n", s);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  const std::string what = argv[1];
  if (what == "make") return make(argv[2], std::strtoull(argv[3], nullptr, 10), std::strtoull(argv[4], nullptr, 10));
  return verify(argv[2], std::atoi(argv[3]), static_cast<unsigned>(std::atoi(argv[4])));
}
