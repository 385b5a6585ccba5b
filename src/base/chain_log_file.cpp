#include "base/chain_log_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <thread>
#include <utility>

#include "base/error.h"
#include "base/progress.h"

namespace stocktake {
namespace {

[[noreturn]] void refuse(ErrorKind kind, const std::string& path, const std::string& doing, const std::string& remedy) {
  throw Error(kind, "cannot " + doing + ": " + std::strerror(errno), remedy, {path, 0, 0, {}});
}

constexpr const char* disk_remedy = "Check the folder, its permissions and the free space; nothing was written";

// A new file is there after a crash only when its folder was written too.
void sync_folder(const std::string& path) {
  std::string folder = std::filesystem::path(path).parent_path().string();
  if (folder.empty()) folder = ".";
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

void lock(int file, const std::string& path, int operation, int wait_ms) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(wait_ms);
  while (::flock(file, operation | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR)
      refuse(ErrorKind::store, path, "lock the log", "Is it on a file system that knows locks?");
    check_interrupted();
    if (std::chrono::steady_clock::now() >= until) {
      throw Error(ErrorKind::busy, "the log is in use by another process", "Try again when that has ended", {path, 0, 0, {}});
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

}  // namespace

LogFile LogFile::open(const std::string& path, Access access, int wait_ms) {
  LogFile log;
  log.path_ = path;
  const bool append = access == Access::append;
  // Again when the file was replaced while we waited for its lock.
  for (;;) {
    struct stat before {};
    const bool missing = ::stat(path.c_str(), &before) != 0;
    log.file_ = ::open(path.c_str(), append ? O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC : O_RDONLY | O_CLOEXEC, 0644);
    if (log.file_ < 0) {
      const bool none = errno == ENOENT && !append;
      refuse(none     ? ErrorKind::not_found
             : append ? ErrorKind::store
                      : ErrorKind::input,
             path, "open the log",
             none ? "`stocktake commitments add` or `import` begins one" : "Check the folder and its permissions");
    }
    struct stat opened {
    }, named{};
    ::fstat(log.file_, &opened);
    if (!S_ISREG(opened.st_mode)) {
      throw Error(append ? ErrorKind::store : ErrorKind::input, "the log must be a file", "Name another path", {path, 0, 0, {}});
    }
    lock(log.file_, path, append ? LOCK_EX : LOCK_SH, wait_ms);
    if (::stat(path.c_str(), &named) == 0 && named.st_ino == opened.st_ino && named.st_dev == opened.st_dev) {
      if (append && missing) sync_folder(path);
      return log;
    }
    ::close(std::exchange(log.file_, -1));
  }
}

LogFile::LogFile(LogFile&& other) noexcept { *this = std::move(other); }

LogFile& LogFile::operator=(LogFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(file_, other.file_);
  std::swap(mapped_, other.mapped_);
  std::swap(size_, other.size_);
  return *this;
}

LogFile::~LogFile() {
  unmap();
  if (file_ >= 0) ::close(file_);  // gives the lock back
}

void LogFile::unmap() {
  if (mapped_ != nullptr) ::munmap(std::exchange(mapped_, nullptr), size_);
  size_ = 0;
}

std::string_view LogFile::map() {
  unmap();
  struct stat status {};
  if (::fstat(file_, &status) != 0) refuse(ErrorKind::input, path_, "read the log", "");
  if (status.st_size == 0) return {};
  void* const mapped = ::mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_PRIVATE, file_, 0);
  if (mapped == MAP_FAILED) refuse(ErrorKind::input, path_, "read the log", "Is there enough memory?");
  mapped_ = mapped;
  size_ = static_cast<std::size_t>(status.st_size);
  ::madvise(mapped_, size_, MADV_WILLNEED);
  return {static_cast<const char*>(mapped_), size_};
}

void LogFile::append(std::size_t size, std::string_view bytes) {
  unmap();
  if (::ftruncate(file_, static_cast<off_t>(size)) != 0) refuse(ErrorKind::store, path_, "write the log", disk_remedy);
  std::size_t written = 0;
  bool good = true;
  while (written < bytes.size()) {
    const ssize_t n = ::write(file_, bytes.data() + written, bytes.size() - written);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      if (n == 0) errno = ENOSPC;
      good = false;
      break;
    }
    written += static_cast<std::size_t>(n);
  }
  if (good && ::fsync(file_) == 0) return;
  const int why = errno;
  const bool undone = ::ftruncate(file_, static_cast<off_t>(size)) == 0 && ::fsync(file_) == 0;
  errno = why;
  refuse(ErrorKind::store, path_, "write the log",
         undone ? disk_remedy : "Free some space; the unfinished end is set aside when the log is written next");
}

}  // namespace stocktake
