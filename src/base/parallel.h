// Work on all cores. What a thread throws (memory that has run out, Ctrl-C) is thrown again by the caller when all have ended.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "base/progress.h"

namespace stocktake {

inline std::size_t thread_count(unsigned asked) { return asked == 0 ? std::max(1U, std::thread::hardware_concurrency()) : asked; }

// Calls loop(0) … loop(threads - 1), each on a thread of its own, the last on this one. With fewer threads to be had, fewer are
// called: a loop that takes its work from a shared counter loses nothing by that.
template <typename Loop>
void on_threads(std::size_t threads, const Loop& loop) {
  std::mutex mutex;
  std::exception_ptr failure;
  const auto guarded = [&](std::size_t thread) {
    try {
      loop(thread);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> helpers;  // joined at the end of this block, whatever happens in it
    helpers.reserve(threads);
    for (std::size_t i = 0; i + 1 < threads; ++i) {
      try {
        helpers.emplace_back(guarded, i);
      } catch (const std::system_error&) {
        break;
      }
    }
    guarded(threads - 1);
  }
  if (failure) std::rethrow_exception(failure);
}

// Calls work(0) … work(count - 1), each once; who is done takes the next. Ends early, by Error(interrupted), after Ctrl-C.
template <typename Work>
void in_tasks(std::size_t count, unsigned threads, const Work& work) {
  std::atomic<std::size_t> next{0};
  on_threads(std::max<std::size_t>(1, std::min(thread_count(threads), count)), [&](std::size_t) {
    try {
      for (std::size_t i = next++; i < count; i = next++) {
        check_interrupted();
        work(i);
      }
    } catch (...) {
      next = count;  // the others need not go on
      throw;
    }
  });
}

// Splits [0, count) into one contiguous part a thread: work(begin, end).
template <typename Work>
void in_parallel(std::size_t count, unsigned threads, const Work& work) {
  constexpr std::size_t smallest_part = 4096;  // below this a thread costs more than it saves
  const std::size_t parts = std::min(thread_count(threads), count / smallest_part);
  if (parts < 2) return work(std::size_t{0}, count);
  std::atomic<std::size_t> next{0};
  on_threads(parts, [&](std::size_t) {
    for (std::size_t part = next++; part < parts; part = next++) work(count * part / parts, count * (part + 1) / parts);
  });
}

}  // namespace stocktake
