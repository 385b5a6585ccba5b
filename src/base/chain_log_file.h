// The file of a log: locked (flock), mapped, and written to its end in one piece.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/chain_log_check.h"

namespace stocktake {

class LogFile {
 public:
  enum class Access { read, append };

  LogFile() = default;
  // Waits for the lock (shared to read, alone to append) at most `wait_ms`. `append` makes a missing file. Throws as
  // ChainLog::open and LogWriter::open say.
  static LogFile open(const std::string& path, Access access, int wait_ms);
  LogFile(LogFile&& other) noexcept;
  LogFile& operator=(LogFile&& other) noexcept;
  ~LogFile();

  const std::string& path() const { return path_; }
  // All bytes as they are now; valid until the next call or the end.
  std::string_view map();
  // Cuts the file to `size`, writes the bytes behind it and waits until they are on the disk. Throws Error(store); the file then
  // has `size` bytes again.
  void append(std::size_t size, std::string_view bytes);

 private:
  void unmap();
  std::string path_;
  int file_ = -1;
  void* mapped_ = nullptr;
  std::size_t size_ = 0;
};

// Throws Error(check_failed) for a fault that is more than an unfinished end.
void require_sound(const LogCheck& check, const std::string& path);
void replay_log(std::string_view bytes, const std::string& path, const ExaminedLog& log,
                const std::function<void(const LogEntry&, std::string_view)>& take);

}  // namespace stocktake
