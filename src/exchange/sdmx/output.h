// Bytes to a file: written beside the target and renamed at the end, so that a reader never sees half a file; compressed where
// its name ends in ".gz". "-" is standard output.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace stocktake {

class Output {
 public:
  // Throws Error(store) where the file cannot be made. A device or a pipe is written to as it is.
  explicit Output(const std::string& path);
  ~Output();  // without close(): what was written is removed, the target stays as it was
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  // Where the writers put their bytes; they call flush() when it is long.
  std::string buffer;
  void flush_if_long() {
    if (buffer.size() >= block) flush();
  }
  void flush();  // Throws Error(store), Error(interrupted)
  void close();  // the rest, then the rename

 private:
  static constexpr std::size_t block = 1 << 18;
  struct State;
  void write(std::string_view bytes);
  void deflate(bool last);
  std::unique_ptr<State> state_;
};

}  // namespace stocktake
