// When a request may go out: so many a minute to each host, pauses that a host asks for, and how long to wait before another try.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace stocktake::fetch {

// Sleeps in short steps; Error(interrupted) after Ctrl-C.
void sleep_for(double seconds);

// Shared by all threads.
class Pace {
 public:
  using Clock = std::chrono::steady_clock;
  // Requests a minute to one host; 0 is no limit. `set` for a host that has a rate of its own.
  explicit Pace(double per_minute) : per_minute_(per_minute) {}
  void set(const std::string& host, double per_minute);
  // Waits for this request's turn.
  void wait(const std::string& host);
  // No request to the host before so many seconds have passed.
  void hold(const std::string& host, double seconds);

 private:
  struct Host {
    double per_minute = -1;
    Clock::time_point next{};
  };
  double per_minute_;
  std::mutex mutex_;
  std::map<std::string, Host> hosts_;
};

// Seconds before try number `attempt` (1 is the second try): base, twice that, four times …, at most `longest`, times a factor
// between a half and one that seed, URL and attempt decide, so that the same run waits the same.
double backoff(double base, double longest, std::uint64_t seed, const std::string& url, int attempt);

}  // namespace stocktake::fetch
