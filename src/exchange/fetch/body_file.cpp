#include "exchange/fetch/body_file.h"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/error.h"
#include "ingest/byte_source.h"

namespace stocktake::fetch {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t most_head = 4096;
constexpr std::string_view mark = "\xEF\xBB\xBF";
constexpr std::string_view blanks = " \t\r\n\v\f";

// Files of a process that was killed: nothing is written to them for a day.
void remove_abandoned(const std::string& folder) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const auto written = fs::last_write_time(entry.path(), ignored);
    if (!ignored && fs::file_time_type::clock::now() - written > std::chrono::hours(24)) fs::remove(entry.path(), ignored);
  }
}

std::string head_of(std::string_view text) {
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  const std::size_t begin = text.find_first_not_of(blanks);
  return begin == std::string_view::npos ? std::string() : std::string(text.substr(begin));
}

char last_of(std::string_view text) {
  const std::size_t last = text.find_last_not_of(blanks);
  return last == std::string_view::npos ? '\0' : text[last];
}

}  // namespace

BodyLook look_at(std::string_view body) {
  if (body.starts_with(mark)) body.remove_prefix(mark.size());
  return {head_of(body.substr(0, most_head)), last_of(body), json_complete(body), static_cast<std::int64_t>(body.size())};
}

BodyFile::BodyFile(const std::string& folder, std::int64_t most)
    : folder_(folder), most_(most), hasher_(std::make_unique<Hasher>()) {
  static std::atomic<std::uint64_t> count{0};
  std::error_code ignored;
  fs::create_directories(folder_, ignored);
  if (count == 0) remove_abandoned(folder_);
  path_ = folder_ + "/" + std::to_string(::getpid()) + "." + std::to_string(++count);
  file_.reset(std::fopen(path_.c_str(), "wb"));
  if (!file_) fail("create");
}

BodyFile::BodyFile(BodyFile&& other) noexcept = default;

BodyFile::~BodyFile() {
  if (path_.empty() || !hasher_) return;  // moved from
  file_.reset();
  std::remove(path_.c_str());
}

void BodyFile::fail(const char* doing) const {
  throw Error(ErrorKind::store, std::string("cannot ") + doing + " a file of the cache: " + std::strerror(errno),
              "Check the folder, its permissions and the free space, or name another with --cache", {path_, 0, 0, {}});
}

void BodyFile::append(std::string_view block) {
  if (bytes_ == 0 && block.starts_with(mark)) {
    brackets_.add(block.substr(mark.size()));
  } else {
    brackets_.add(block);
  }
  if (head_.size() < most_head) head_.append(block.substr(0, most_head - head_.size()));
  if (const char last = last_of(block); last != 0) last_ = last;
  hasher_->add(block);
  bytes_ += static_cast<std::int64_t>(block.size());
  if (std::fwrite(block.data(), 1, block.size(), file_.get()) != block.size()) fail("write");
}

bool BodyFile::is_gzip() const { return head_.starts_with("\x1f\x8b"); }

bool BodyFile::finish() {
  if (std::fflush(file_.get()) != 0) fail("write");
  if (std::fclose(file_.release()) != 0) fail("write");
  if (!is_gzip()) {
    hash_ = hasher_->hex();
    return bytes_ <= most_;
  }
  BodyFile inflated(folder_, most_);
  const auto source = ByteSource::open(path_, false);
  for (std::string_view block = source->next(); !block.empty(); block = source->next()) {
    inflated.append(block);
    if (inflated.bytes_ > most_) return false;
  }
  if (std::fflush(inflated.file_.get()) != 0 || std::fclose(inflated.file_.release()) != 0) inflated.fail("write");
  std::swap(path_, inflated.path_);
  std::swap(head_, inflated.head_);
  bytes_ = inflated.bytes_;
  last_ = inflated.last_;
  brackets_ = inflated.brackets_;
  hash_ = inflated.hasher_->hex();
  return true;
}

void BodyFile::move_to(const std::string& path) {
  std::error_code ignored;
  fs::create_directories(fs::path(path).parent_path(), ignored);
  if (std::rename(path_.c_str(), path.c_str()) != 0) fail("move");
  path_.clear();
}

BodyLook BodyFile::look() const { return {head_of(head_), last_, brackets_.complete(), bytes_}; }

}  // namespace stocktake::fetch
