#include "base/progress.h"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>

#include "base/error.h"

namespace stocktake {
namespace {

std::atomic<bool> interrupt_flag{false};
static_assert(std::atomic<bool>::is_always_lock_free, "the signal handler may only touch lock-free atomics");

void on_interrupt(int) {
  if (interrupt_flag.exchange(true)) _exit(exit_code(ErrorKind::interrupted));
}

}  // namespace

void install_interrupt_handler() {
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow further is an error to report, not a reason to die
}

bool interrupted() { return interrupt_flag.load(std::memory_order_relaxed); }

void check_interrupted() {
  if (interrupted()) throw Error(ErrorKind::interrupted, "interrupted; nothing was changed");
}

Progress::Progress(std::string what, bool quiet)
    : what_(std::move(what)), shown_(!quiet && ::isatty(2) == 1), start_(std::chrono::steady_clock::now()), last_(start_) {}

Progress::~Progress() { finish(); }

bool Progress::due() const { return shown_ && std::chrono::steady_clock::now() - last_ >= std::chrono::milliseconds(100); }

double Progress::seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

void Progress::show(const std::string& line) {
  if (!due()) return;
  last_ = std::chrono::steady_clock::now();
  drawn_ = true;
  std::fprintf(stderr, "\r\033[K%s", line.c_str());
  std::fflush(stderr);
}

void Progress::update(std::int64_t done, std::int64_t total, std::int64_t rows) {
  if (!due()) return;
  char text[96];
  const double share = total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 0;
  if (share > 0) {
    std::snprintf(text, sizeof text, " %3.0f %%  %lld rows  %.0f s left", 100 * share, static_cast<long long>(rows),
                  seconds() * (1 - share) / share);
  } else {  // how long it takes cannot be told yet
    std::snprintf(text, sizeof text, " %lld rows", static_cast<long long>(rows));
  }
  show(what_ + text);
}

void Progress::finish() {
  if (!shown_ || !drawn_) return;
  std::fputs("\r\033[K", stderr);
  std::fflush(stderr);
  drawn_ = false;
}

}  // namespace stocktake
