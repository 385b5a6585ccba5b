// Progress on a terminal, and Ctrl-C. Long loops call `check_interrupted` now and then; nothing is printed in a pipe.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace stocktake {

// Installs a handler of SIGINT and SIGTERM that only sets a flag; a second one ends the process at once. A limit on file sizes
// (SIGXFSZ) is left to the write that hits it.
void install_interrupt_handler();
bool interrupted();
// Throws Error(interrupted) once the flag is set.
void check_interrupted();

class Progress {
 public:
  // Shows on stderr when that is a terminal and `quiet` is false.
  Progress(std::string what, bool quiet);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  // done/total in any unit (bytes); rows as a count. Redraws at most ten times a second.
  void update(std::int64_t done, std::int64_t total, std::int64_t rows);
  // The same with a line of the caller's own; `due()` says beforehand whether it would be drawn now.
  bool due() const;
  void show(const std::string& line);
  double seconds() const;  // since the beginning
  void finish();

 private:
  std::string what_;
  bool shown_ = false, drawn_ = false;
  std::chrono::steady_clock::time_point start_, last_;
};

}  // namespace stocktake
