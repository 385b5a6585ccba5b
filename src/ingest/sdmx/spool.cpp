#include "ingest/sdmx/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "base/error.h"

namespace stocktake::sdmx {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 20;

[[noreturn]] void refuse(const std::string& what, const std::string& folder) {
  throw Error(ErrorKind::store, what + ": " + std::strerror(errno), "Make room there, or set TMPDIR to a folder that has room",
              {folder, 0, 0, {}});
}

std::string folder_name() {
  std::error_code failed;
  const auto folder = std::filesystem::temp_directory_path(failed);
  return failed ? "/tmp" : folder.string();
}

int open_unnamed() {
  const std::string folder = folder_name();
  int file = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600);
  if (file >= 0) return file;
  // Not every file system knows files without a name.
  std::string name = folder + "/stocktake-XXXXXX";
  file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) refuse("cannot make a temporary file", folder);
  ::unlink(name.c_str());
  return file;
}

}  // namespace

Spool::~Spool() {
  if (file_ >= 0) ::close(file_);
}

void Spool::write_out() {
  if (file_ < 0) file_ = open_unnamed();
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t count = ::write(file_, rest.data(), rest.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) refuse("cannot write a temporary file", folder_name());
    rest.remove_prefix(static_cast<std::size_t>(count));
  }
  written_ += buffer_.size();
  buffer_.clear();
}

void Spool::append(std::string_view bytes) {
  buffer_.append(bytes);
  if (buffer_.size() > (file_ < 0 ? in_memory_ : block_bytes)) write_out();
}

std::string_view Spool::next() {
  if (file_ < 0) {
    if (reading_) return {};
    reading_ = true;
    return buffer_;
  }
  if (!reading_) {
    write_out();
    reading_ = true;
    if (::lseek(file_, 0, SEEK_SET) < 0) refuse("cannot read a temporary file", folder_name());
    buffer_.resize(block_bytes);
  }
  while (read_ < written_) {
    const ssize_t count = ::read(file_, buffer_.data(), buffer_.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) refuse("cannot read a temporary file", folder_name());
    read_ += static_cast<std::uint64_t>(count);
    return std::string_view(buffer_).substr(0, static_cast<std::size_t>(count));
  }
  return {};
}

}  // namespace stocktake::sdmx
