#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>

#include "store/store.h"

namespace stocktake {
namespace {

// The process number in "store.duckdb.1234.part" and "store.duckdb.1234.part.wal"; 0 for other names.
pid_t maker_of(std::string_view name, const std::string& store) {
  if (!name.starts_with(store + ".")) return 0;
  name.remove_prefix(store.size() + 1);
  if (name.ends_with(".wal")) name.remove_suffix(4);
  if (!name.ends_with(".part")) return 0;
  name.remove_suffix(5);
  pid_t pid = 0;
  const auto [end, status] = std::from_chars(name.data(), name.data() + name.size(), pid);
  return status == std::errc() && end == name.data() + name.size() && pid > 0 && name.front() != '0' ? pid : 0;
}

// A process of another container may have our own number, or one that is free here: then the lock tells.
bool is_locked(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) return errno != ENOENT;  // what cannot be looked at is left alone
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  const bool asked = ::fcntl(file, F_GETLK, &lock) == 0;
  ::close(file);
  return !asked || lock.l_type != F_UNLCK;
}

bool is_alive(pid_t pid) { return pid != ::getpid() && (::kill(pid, 0) == 0 || errno != ESRCH); }

}  // namespace

std::vector<std::string> remove_leftovers(const std::string& path) {
  const std::filesystem::path store(path);
  const std::string name = store.filename().string();
  std::vector<std::string> removed;
  std::error_code failed;
  const auto folder = store.parent_path().empty() ? std::filesystem::path(".") : store.parent_path();
  for (auto entry = std::filesystem::directory_iterator(folder, failed);
       !failed && entry != std::filesystem::directory_iterator(); entry.increment(failed)) {
    const std::string found = entry->path().filename().string();
    const pid_t maker = maker_of(found, name);
    if (maker == 0 || is_alive(maker)) continue;
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(entry->symlink_status(ignored))) continue;
    removed.push_back((store.parent_path() / found).string());
  }
  std::sort(removed.begin(), removed.end());  // NAME.part before its NAME.part.wal
  std::string locked;
  std::erase_if(removed, [&locked](const std::string& file) {
    if (!file.ends_with(".wal") && is_locked(file)) locked = file;
    const bool keep = !locked.empty() && (file == locked || file == locked + ".wal");
    std::error_code gone;
    return keep || !std::filesystem::remove(file, gone);
  });
  return removed;
}

}  // namespace stocktake
