// Runs over the activities of a file on all cores, in bounded memory, with the results in the order of the file.
#pragma once

#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "base/queue.h"
#include "ingest/iati/activity.h"
#include "ingest/iati/splitter.h"
#include "ingest/xml/utf8_text.h"

namespace stocktake::iati {

// What the file as a whole was.
struct StreamReport {
  std::string version;  // of the root element; "" when it has none
  bool has_version = false;
  std::uint64_t activities = 0;
  std::vector<Fault> faults;  // activities that are too long
  std::string broken;         // "" for a whole file; else why it ends early: activities before that counted
  std::uint64_t broken_line = 0;
};

// The end of a run: takes over what the splitter saw.
StreamReport report_of(const Splitter& splitter);
// Why the file ends early, for a message.
std::string told_end(const StreamReport& report);

// work(batch) runs on `threads` threads (0: all cores), merge(result) on this one, in the order of the file. Throws what the
// source, the splitter, work or merge throw.
template <typename Result>
StreamReport read_activities(ByteSource& source, unsigned threads, const std::function<Result(const Batch&)>& work,
                             const std::function<void(Result&&)>& merge) {
  using Task = std::packaged_task<Result()>;
  const std::size_t workers = threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : threads;
  Splitter splitter(source.name());
  BoundedQueue<Task> tasks(2 * workers);
  std::deque<std::future<Result>> waiting;
  struct Pool {
    BoundedQueue<Task>& tasks;
    std::vector<std::jthread> threads;
    ~Pool() { tasks.close(); }  // before the threads are joined
  } pool{tasks, {}};
  for (std::size_t i = 0; i < workers; ++i) {
    pool.threads.emplace_back([&tasks] {
      while (std::optional<Task> task = tasks.pop()) (*task)();
    });
  }
  const auto merge_first = [&] {
    Result result = waiting.front().get();
    waiting.pop_front();
    merge(std::move(result));
  };
  const auto give = [&] {
    Task task([&work, batch = std::make_shared<Batch>(splitter.take())] { return work(*batch); });
    waiting.push_back(task.get_future());
    tasks.push(std::move(task));
    while (waiting.size() > 2 * workers) merge_first();
  };
  xml::Utf8Text text(source);
  // A compressed file that is cut off: what came before counts, as with one that is not compressed.
  std::string cut;
  const auto next = [&]() -> std::string_view {
    try {
      return text.next();
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::input || splitter.activities() == 0) throw;
      cut = error.problem();
      return {};
    }
  };
  for (std::string_view block = next(); !block.empty(); block = next()) {
    check_interrupted();
    if (splitter.feed(block)) give();
  }
  if (splitter.finish()) give();
  while (!waiting.empty()) merge_first();
  StreamReport report = report_of(splitter);
  if (!cut.empty()) report.broken = cut;
  return report;
}

}  // namespace stocktake::iati
