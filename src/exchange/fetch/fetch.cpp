#include "exchange/fetch/fetch.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <set>

#include "base/error.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "base/utf8.h"
#include "exchange/fetch/collect.h"
#include "exchange/fetch/flow_structures.h"
#include "exchange/fetch/progress_line.h"

namespace stocktake::fetch {
namespace {

struct Work {
  bool claimed = false, done = false;
  Collected collected;
  std::optional<Error> error;
};

// What the threads share. Pages are in the cache: what waits for its turn to be stored needs no memory.
class Crew {
 public:
  Crew(Client& client, const std::vector<Request>& requests, const FetchOptions& options)
      : client_(client), requests_(requests), options_(options), work_(requests.size()), progress_("fetching", options.quiet) {
    pages_ = static_cast<std::int64_t>(requests.size());
  }

  // A helper takes the next request until there is none.
  void help() {
    HttpConnection connection(client_.settings().http);
    for (;;) {
      std::size_t i = 0;
      {
        const std::lock_guard lock(mutex_);
        while (next_ < work_.size() && work_[next_].claimed) ++next_;
        if (next_ == work_.size() || stopped_) return;
        i = next_;
        work_[i].claimed = true;
      }
      if (!run(i, connection, false)) return;
    }
  }

  // For the thread that stores: request i, worked on here when nobody has begun it.
  Work& finished(std::size_t i, HttpConnection& connection) {
    {
      std::unique_lock lock(mutex_);
      if (work_[i].claimed) {
        while (!changed_.wait_for(lock, std::chrono::milliseconds(100), [&] { return work_[i].done; })) {
          lock.unlock();
          check_interrupted();
          show();
          lock.lock();
        }
        return work_[i];
      }
      work_[i].claimed = true;
    }
    run(i, connection, true);
    return work_[i];
  }

  void stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  void show() {
    if (!progress_.due()) return;
    progress_.show(progress_text({static_cast<std::int64_t>(requests_.size()), requests_done_, pages_, pages_got_, rows_,
                                  bytes_ + part_, part_, part_of_, progress_.seconds()}));
  }
  void hide() { progress_.finish(); }

 private:
  bool run(std::size_t i, HttpConnection& connection, bool may_show) {
    std::int64_t part = 0, part_of = 0;  // of the answer that is coming
    const auto on_bytes = [&](std::int64_t got, std::int64_t announced) {
      part_ += got - part;
      part_of_ += announced - part_of;
      part = got;
      part_of = announced;
      if (may_show) show();
    };
    std::int64_t pages = 0, rows = 0, expected = 1;
    const auto on_page = [&](std::int64_t got, std::int64_t all, std::int64_t so_far) {
      check_interrupted();
      bytes_ += part;
      on_bytes(0, 0);
      pages_got_ += got - pages;
      pages_ += all - expected;
      rows_ += std::max<std::int64_t>(0, so_far) - rows;
      pages = got;
      expected = all;
      rows = std::max<std::int64_t>(0, so_far);
      if (may_show) show();
    };
    std::optional<Error> error;
    Collected collected;
    bool go_on = true;
    try {
      collected = collect(client_, connection, requests_[i], options_.fresh, on_page, on_bytes);
    } catch (const Error& failure) {
      error = failure;
      go_on = failure.kind() != ErrorKind::interrupted;
      pages_got_ += expected - pages;
    }
    bytes_ += part;
    on_bytes(0, 0);
    ++requests_done_;
    const std::lock_guard lock(mutex_);
    work_[i].collected = std::move(collected);
    work_[i].error = std::move(error);
    work_[i].done = true;
    changed_.notify_all();
    return go_on;
  }

  Client& client_;
  const std::vector<Request>& requests_;
  const FetchOptions& options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Work> work_;
  std::size_t next_ = 0;
  bool stopped_ = false;
  std::atomic<std::int64_t> pages_got_{0}, pages_{0}, rows_{0}, requests_done_{0};
  std::atomic<std::int64_t> bytes_{0}, part_{0}, part_of_{0};
  Progress progress_;  // of the storing thread
};

// As the import will compute it.
std::string hash_of(const std::vector<std::string>& files) {
  const auto source = ByteSource::of_parts(files, files.front());
  while (!source->next().empty()) {
  }
  return source->hash_hex();
}

// One request's pages into the store.
void keep(Store& store, const AreaRegistry& areas, const DimensionCodes& codes, Client& client, const Request& request,
          const Collected& collected, FlowStructures* structures, const FetchOptions& options, Outcome& outcome) {
  outcome.structure_note = collected.structure_note;
  if (collected.structure && structures != nullptr) {
    const CachedPage& record = collected.structure->record;
    try {
      outcome.structures = structures->take(client.cache().file_of(record), record.url);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::input) throw;
      outcome.structure_note = "the service's structure cannot be used: " + error.problem();
    }
  }
  outcome.pages = static_cast<std::int64_t>(collected.pages.size());
  outcome.kept = collected.kept;
  if (collected.rows == 0) {
    outcome.state = Outcome::State::empty;
    outcome.kind = ErrorKind::not_found;
    outcome.problem = "the service has no figures for this request";
    outcome.remedy = "Check the series and area codes";
    outcome.where = {request.url, 0, 0, {}};
    return;
  }
  std::vector<std::string> files;
  for (const Page& page : collected.pages) files.push_back(client.cache().file_of(page.record));
  outcome.bytes = collected.bytes;
  if (!options.again) {
    const std::string hash = hash_of(files);
    for (const Vintage& vintage : store.vintages()) {
      if (vintage.hash != hash || vintage.origin != readable(request.url)) continue;
      outcome.state = Outcome::State::unchanged;
      outcome.same_vintage = vintage.id;
    }
    if (outcome.state == Outcome::State::unchanged) return;
  }
  ImportOptions import = options.import;
  import.format = request.format;
  if (!request.series.empty()) import.series = request.series;
  import.quiet = true;
  // Figures of some years must not hide those of the others that earlier vintages have.
  import.update = import.update || import.years.has_value();
  if (structures != nullptr) structures->give(request.flow, import);
  const auto source = ByteSource::of_parts(files, request.url);
  outcome.result = import_source(store, areas, codes, *source, import);
  outcome.state = Outcome::State::stored;
}

}  // namespace

void fetch(Store& store, const AreaRegistry& areas, const DimensionCodes& codes, Client& client,
           const std::vector<Request>& wanted, const FetchOptions& options, const std::function<void(const Outcome&)>& done) {
  std::vector<Request> requests = wanted;
  std::optional<FlowStructures> structures;
  for (Request& request : requests) {
    if (request.flow.id.empty()) continue;
    if (!structures) structures.emplace(store);
    if (!options.fresh && structures->knows(request.flow)) request.structure_url.clear();
  }
  Crew crew(client, requests, options);
  const std::size_t threads = std::max<std::size_t>(1, std::min<std::size_t>(options.at_once, requests.size()));
  on_threads(threads, [&](std::size_t thread) {
    if (thread + 1 < threads) return crew.help();
    try {
      HttpConnection connection(client.settings().http);
      for (std::size_t i = 0; i < requests.size(); ++i) {
        check_interrupted();
        Work& work = crew.finished(i, connection);
        Outcome outcome;
        outcome.label = requests[i].label;
        outcome.url = requests[i].url;
        const auto failed = [&](const Error& error) {
          if (error.kind() != ErrorKind::input && error.kind() != ErrorKind::not_found && error.kind() != ErrorKind::busy)
            throw error;
          outcome.state = Outcome::State::failed;
          outcome.kind = error.kind();
          outcome.problem = error.problem();
          outcome.remedy = error.remedy();
          outcome.where = error.where();
        };
        try {
          if (work.error) throw *work.error;
          keep(store, areas, codes, client, requests[i], work.collected, structures ? &*structures : nullptr, options, outcome);
        } catch (const Error& error) {
          failed(error);
        }
        if (!client.settings().offline && !options.import.dry_run && (!work.error)) client.cache().finish(requests[i].url);
        work.collected = {};
        crew.hide();
        done(outcome);
      }
    } catch (...) {
      crew.stop();
      throw;
    }
  });
}

std::vector<std::pair<std::string, std::vector<std::string>>> bound_series(const std::vector<Binding>& bindings,
                                                                           const std::string& framework,
                                                                           const std::vector<Service>& services) {
  std::vector<std::pair<std::string, std::vector<std::string>>> all;
  for (const Binding& binding : bindings) {
    const bool live = std::any_of(services.begin(), services.end(), [&](const Service& s) { return s.id == binding.id; });
    if (!live) continue;
    std::vector<std::string> series;
    std::set<std::string> seen;
    const auto add = [&](const std::string& code) {
      if (seen.insert(code).second) series.push_back(code);
    };
    for (const SeriesBinding& one : binding.series) {
      if (one.indicators.contains(framework)) add(one.series);
    }
    if (series.empty()) continue;
    for (const auto& [concept_name, weight] : binding.weights) add(weight.series);
    all.emplace_back(binding.id, std::move(series));
  }
  return all;
}

}  // namespace stocktake::fetch
