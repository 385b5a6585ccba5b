#include "exchange/fetch/pace.h"

#include <algorithm>
#include <cmath>
#include <thread>

#include "base/progress.h"

namespace stocktake::fetch {
namespace {

std::uint64_t mixed(std::uint64_t x) {  // splitmix64: Steele, Lea and Flood, OOPSLA 2014
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31U);
}

}  // namespace

void sleep_for(double seconds) {
  const auto end = Pace::Clock::now() + std::chrono::duration_cast<Pace::Clock::duration>(std::chrono::duration<double>(seconds));
  for (;;) {
    check_interrupted();
    const auto left = end - Pace::Clock::now();
    if (left <= Pace::Clock::duration::zero()) return;
    std::this_thread::sleep_for(std::min<Pace::Clock::duration>(left, std::chrono::milliseconds(50)));
  }
}

void Pace::set(const std::string& host, double per_minute) {
  const std::lock_guard lock(mutex_);
  hosts_[host].per_minute = per_minute;
}

void Pace::wait(const std::string& host) {
  for (;;) {
    double seconds = 0;
    {
      const std::lock_guard lock(mutex_);
      Host& entry = hosts_[host];
      const double rate = entry.per_minute >= 0 ? entry.per_minute : per_minute_;
      const auto now = Clock::now();
      if (entry.next <= now) {
        const double gap = rate > 0 ? 60 / rate : 0;
        entry.next = now + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(gap));
        return;
      }
      seconds = std::chrono::duration<double>(entry.next - now).count();
    }
    sleep_for(seconds);  // then asks again: a pause may have been set meanwhile
  }
}

void Pace::hold(const std::string& host, double seconds) {
  const std::lock_guard lock(mutex_);
  const auto until = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  hosts_[host].next = std::max(hosts_[host].next, until);
}

double backoff(double base, double longest, std::uint64_t seed, const std::string& url, int attempt) {
  std::uint64_t hash = mixed(seed);
  for (const char c : url) hash = mixed(hash ^ static_cast<unsigned char>(c));
  hash = mixed(hash ^ static_cast<std::uint64_t>(attempt));
  const double share = 0.5 + 0.5 * static_cast<double>(hash >> 11U) / 9007199254740992.0;  // 2^53
  return std::min(longest, base * std::pow(2.0, std::min(attempt - 1, 30))) * share;
}

}  // namespace stocktake::fetch
