// The parts of a ZIP in memory, unpacked as a stream: what is inside may be far larger than the file, so nothing is taken whole
// that has no limit.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace stocktake::sheets {

class Archive {
 public:
  // A whole archive may unpack to so much, and a part to so many times its packed size (XML packs some fifty to one; deflate
  // cannot do better than 1,032).
  static constexpr std::uint64_t most_bytes = std::uint64_t{4} << 30;
  static constexpr std::uint64_t most_ratio = 400;

  // Throws Error(input) for what is no ZIP.
  Archive(std::string bytes, std::string name);
  ~Archive();
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  const std::string& name() const { return name_; }
  std::vector<std::string> parts() const;
  bool has(const std::string& part) const;
  // Hands the part on in blocks until `take` says false. False where there is no such part. Throws Error(input) for one that is
  // encrypted, damaged, or unpacks beyond the limits above.
  bool read(const std::string& part, const std::function<bool(std::string_view)>& take);
  // A part that must be small.
  std::string text(const std::string& part, std::size_t most);
  [[noreturn]] void refuse(const std::string& problem, const std::string& remedy) const;

 private:
  struct State;
  std::string bytes_, name_;
  std::unique_ptr<State> state_;
  std::uint64_t unpacked_ = 0;
};

}  // namespace stocktake::sheets
