// Bytes set aside until they can be read: in memory as long as they are few, then in a temporary file without a name
// ($TMPDIR, else /tmp), which goes with the process.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace stocktake::sdmx {

class Spool {
 public:
  explicit Spool(std::size_t in_memory = std::size_t{32} << 20) : in_memory_(in_memory) {}
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  // Throws Error(store) when the temporary file cannot be made or written.
  void append(std::string_view bytes);
  // The bytes again, block by block; empty at the end. Nothing may be appended after the first call.
  std::string_view next();
  std::uint64_t size() const { return written_ + buffer_.size(); }

 private:
  void write_out();
  std::size_t in_memory_;
  std::string buffer_;         // what is not in the file
  int file_ = -1;              // -1: all is in memory
  std::uint64_t written_ = 0;  // bytes in the file
  std::uint64_t read_ = 0;     // of them
  bool reading_ = false;
};

}  // namespace stocktake::sdmx
