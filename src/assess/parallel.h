// Splits [0, count) into one contiguous part a thread. `work(begin, end)` must not throw.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <system_error>
#include <thread>
#include <vector>

namespace stocktake {

template <typename Work>
void in_parallel(std::size_t count, unsigned threads, const Work& work) {
  constexpr std::size_t smallest_part = 4096;  // below this a thread costs more than it saves
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  const std::size_t parts = std::min<std::size_t>(threads, count / smallest_part);
  if (parts < 2) return work(std::size_t{0}, count);
  std::vector<std::thread> helpers;
  helpers.reserve(parts - 1);
  std::size_t begin = 0;
  for (std::size_t part = 0; part + 1 < parts; ++part) {
    const std::size_t end = count * (part + 1) / parts;
    try {
      helpers.emplace_back([&work, begin, end] { work(begin, end); });
    } catch (const std::system_error&) {  // no more threads to be had: the calling thread does the rest
      break;
    }
    begin = end;
  }
  work(begin, count);
  for (std::thread& helper : helpers) helper.join();
}

// Calls work(0) … work(count - 1), each once, on all cores; who is done takes the next. `work` must not throw.
template <typename Work>
void in_tasks(std::size_t count, unsigned threads, const Work& work) {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  std::atomic<std::size_t> next{0};
  const auto run = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::thread> helpers;
  for (std::size_t i = 1; i < std::min<std::size_t>(threads, count); ++i) {
    try {
      helpers.emplace_back(run);
    } catch (const std::system_error&) {  // no more threads to be had: the others do the rest
      break;
    }
  }
  run();
  for (std::thread& helper : helpers) helper.join();
}

}  // namespace stocktake
