// The real program as a child process: run to its end, or started and then killed, interrupted or starved.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "framework/temporary_folder.h"

namespace stocktake::testing {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool sanitized = true;  // memory and time are the sanitizer's, not ours
#else
inline constexpr bool sanitized = false;
#endif

struct Outcome {
  int exit_code = -1;  // -1: ended by a signal
  int signal = 0;
  std::string out, err;
  long peak_kib = 0;  // largest resident set
};

struct Limits {
  rlim_t file_bytes = RLIM_INFINITY;     // a full disk: no file may grow beyond
  rlim_t address_bytes = RLIM_INFINITY;  // little memory: what the process may map
};

class Program {
 public:
  explicit Program(std::vector<std::string> arguments, Limits limits = {}) {
    arguments.insert(arguments.begin(), STOCKTAKE_BINARY);
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    const std::string out = folder_.write("out", ""), err = folder_.write("err", "");
    pid_ = ::fork();
    if (pid_ != 0) return;
    // From here to exec only calls that are safe after fork.
    const rlimit limit{limits.file_bytes, limits.file_bytes};
    ::dup2(::open(out.c_str(), O_WRONLY), STDOUT_FILENO);
    ::dup2(::open(err.c_str(), O_WRONLY), STDERR_FILENO);
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const rlimit memory{limits.address_bytes, limits.address_bytes};
    ::setrlimit(RLIMIT_AS, &memory);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program() {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
    }
  }

  pid_t pid() const { return pid_; }
  void send(int signal) const { ::kill(pid_, signal); }
  bool running() const {
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0;
  }
  Outcome wait() {
    Outcome outcome;
    int status = 0;
    rusage usage{};
    while (::wait4(pid_, &status, 0, &usage) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    if (WIFEXITED(status)) outcome.exit_code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) outcome.signal = WTERMSIG(status);
    outcome.peak_kib = usage.ru_maxrss;
    outcome.out = read_file(folder_.path("out"));
    outcome.err = read_file(folder_.path("err"));
    return outcome;
  }

 private:
  TemporaryFolder folder_;
  pid_t pid_ = -1;
};

inline Outcome run(std::vector<std::string> arguments, Limits limits = {}) {
  return Program(std::move(arguments), limits).wait();
}

}  // namespace stocktake::testing
