// Splits [0, count) into one contiguous part a thread. `work(begin, end)` must not throw.
#pragma once

#include <algorithm>
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

}  // namespace stocktake
