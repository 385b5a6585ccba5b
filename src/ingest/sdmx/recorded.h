// What a reader told its handler, kept until it is told again: chunks of a message are read on several threads, and handed on in
// their order. The memory stays with it from one chunk to the next.
#pragma once

#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "ingest/sdmx/data.h"

namespace stocktake::sdmx {

class Recorded : public DataHandler {
 public:
  void begin(const Dataset& dataset) override {
    datasets_.push_back(dataset);
    events_.push_back({What::begin, datasets_.size() - 1});
  }
  void block(const Block& block) override {
    if (used_ == blocks_.size()) blocks_.emplace_back();
    blocks_[used_] = block;
    events_.push_back({What::block, used_++});
  }
  void fault(const Fault& fault) override {
    faults_.push_back(fault);
    events_.push_back({What::fault, faults_.size() - 1});
  }
  void clear() {
    events_.clear();
    datasets_.clear();
    faults_.clear();
    used_ = 0;
    failure = nullptr;
  }

  // each.begin(Dataset&), each.block(Block&), each.fault(Fault&) in their order; then throws `failure`.
  template <typename Each>
  void tell(Each& each) {
    for (const Event& event : events_) {
      switch (event.what) {
        case What::begin: each.begin(datasets_[event.at]); break;
        case What::block: each.block(blocks_[event.at]); break;
        case What::fault: each.fault(faults_[event.at]); break;
      }
    }
    if (failure) std::rethrow_exception(failure);
  }

  std::exception_ptr failure;  // what ended the reading

 private:
  enum class What : std::uint8_t { begin, block, fault };
  struct Event {
    What what;
    std::size_t at;
  };
  std::vector<Event> events_;
  std::vector<Dataset> datasets_;
  std::vector<Fault> faults_;
  std::vector<Block> blocks_;
  std::size_t used_ = 0;
};

}  // namespace stocktake::sdmx
