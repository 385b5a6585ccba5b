// Tasks done on all cores whose results are taken in the order in which the tasks were given, a bounded number of them waiting.
#pragma once

#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "base/queue.h"

namespace stocktake {

template <typename Result>
class OrderedTasks {
 public:
  using Take = std::function<void(Result&&)>;
  // take(result) runs on the caller's thread, within give() and finish(). `threads`: 0 is all cores.
  OrderedTasks(unsigned threads, Take take) : workers_(thread_count(threads)), take_(std::move(take)), tasks_(2 * workers_) {}
  ~OrderedTasks() { tasks_.close(); }  // before the threads are joined; what was not taken is dropped
  OrderedTasks(const OrderedTasks&) = delete;
  OrderedTasks& operator=(const OrderedTasks&) = delete;

  // Throws what take or an earlier task threw. `work` must be copyable.
  template <typename Work>
  void give(Work work) {
    Task task(std::move(work));
    waiting_.push_back(task.get_future());
    // A single task is not worth a thread: it waits for the second, or for finish().
    if (threads_.empty() && !first_) {
      first_.emplace(std::move(task));
      return;
    }
    start();
    if (threads_.empty()) {  // no threads to be had
      run_first();
      task();
    } else {
      if (first_) tasks_.push(std::move(*first_));
      first_.reset();
      tasks_.push(std::move(task));
    }
    while (waiting_.size() > 2 * workers_) take_first();
  }
  void finish() {
    run_first();
    while (!waiting_.empty()) take_first();
  }

 private:
  using Task = std::packaged_task<Result()>;
  void run_first() {
    if (first_) (*first_)();
    first_.reset();
  }
  void take_first() {
    std::future<Result> front = std::move(waiting_.front());
    waiting_.pop_front();
    take_(front.get());
  }
  void start() {
    while (threads_.size() < workers_) {
      try {
        threads_.emplace_back([this] {
          while (std::optional<Task> task = tasks_.pop()) (*task)();
        });
      } catch (const std::system_error&) {
        break;
      }
    }
  }

  std::size_t workers_;
  Take take_;
  BoundedQueue<Task> tasks_;
  std::deque<std::future<Result>> waiting_;
  std::optional<Task> first_;
  std::vector<std::jthread> threads_;
};

// Things that tasks use one after the other, made when there is none to spare: parsers and buffers that keep their memory.
template <typename T>
class Spares {
 public:
  template <typename Make>
  std::unique_ptr<T> get(const Make& make) {
    {
      const std::lock_guard lock(mutex_);
      if (!spares_.empty()) {
        std::unique_ptr<T> one = std::move(spares_.back());
        spares_.pop_back();
        return one;
      }
    }
    return make();
  }
  void give_back(std::unique_ptr<T> one) {
    const std::lock_guard lock(mutex_);
    spares_.push_back(std::move(one));
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<T>> spares_;
};

}  // namespace stocktake
