#include "ingest/packages/package_files.h"

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "base/hash.h"
#include "ingest/sheets/archive.h"

namespace stocktake {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& problem, const std::string& remedy, const std::string& file) {
  throw Error(ErrorKind::input, problem, remedy, {file, 0, 0, {}});
}

bool hidden(std::string_view path) { return path.starts_with('.') || path.find("/.") != std::string_view::npos; }

void check_count(std::size_t count, const std::string& file) {
  if (count > PackageFiles::most_files)
    refuse("there are more than " + std::to_string(PackageFiles::most_files) + " files", "Name the folder of the data alone",
           file);
}

class FolderFiles final : public PackageFiles {
 public:
  explicit FolderFiles(std::string folder) : folder_(std::move(folder)) {
    while (folder_.size() > 1 && folder_.ends_with('/')) folder_.pop_back();
  }
  const std::string& name() const override { return folder_; }
  std::vector<std::string> paths() const override {
    std::vector<std::string> found;
    std::error_code failed;
    // Links to folders are not followed, so that no circle can be.
    for (fs::recursive_directory_iterator at(folder_, fs::directory_options::skip_permission_denied, failed), end;
         !failed && at != end; at.increment(failed)) {
      const std::string path = at->path().lexically_relative(folder_).generic_string();
      std::error_code unknown;
      if (hidden(path)) {
        if (at->is_directory(unknown)) at.disable_recursion_pending();
        continue;
      }
      if (at->is_regular_file(unknown)) found.push_back(path);
      check_count(found.size(), folder_);
    }
    std::sort(found.begin(), found.end());
    return found;
  }
  bool has(const std::string& path) const override {
    std::error_code unknown;
    return fs::is_regular_file(folder_ + "/" + path, unknown);
  }
  std::unique_ptr<ByteSource> open(const std::string& path) override { return ByteSource::open(folder_ + "/" + path); }
  std::string hash_hex(const std::vector<std::string>& paths) override {
    std::string list;
    for (const auto& path : paths) list += path + '\n' + hash_file(folder_ + "/" + path) + '\n';
    return stocktake::hash_hex(list);
  }
  std::int64_t bytes(const std::vector<std::string>& paths) override {
    std::int64_t sum = 0;
    for (const auto& path : paths) {
      std::error_code unknown;
      const std::uintmax_t size = fs::file_size(folder_ + "/" + path, unknown);
      if (!unknown) sum += static_cast<std::int64_t>(size);
    }
    return sum;
  }

 private:
  std::string folder_;
};

class ZipFiles final : public PackageFiles {
 public:
  explicit ZipFiles(std::unique_ptr<sheets::Archive> archive) : archive_(std::move(archive)) {
    const std::vector<std::string> parts = archive_->parts();
    check_count(parts.size(), archive_->name());
    for (const auto& part : parts) {
      if (!part.ends_with('/') && !hidden(part) && !part.starts_with("__MACOSX/")) parts_.push_back(part);
    }
    // A packed folder: its name stands before each part.
    const std::size_t stroke = parts_.empty() ? std::string::npos : parts_.front().find('/');
    if (stroke == std::string::npos) return;
    const std::string root = parts_.front().substr(0, stroke + 1);
    if (std::all_of(parts_.begin(), parts_.end(), [&](const std::string& part) { return part.starts_with(root); })) root_ = root;
  }
  const std::string& name() const override { return archive_->name(); }
  std::vector<std::string> paths() const override {
    std::vector<std::string> found;
    for (const auto& part : parts_) found.push_back(part.substr(root_.size()));
    std::sort(found.begin(), found.end());
    return found;
  }
  bool has(const std::string& path) const override { return archive_->has(root_ + path); }
  std::unique_ptr<ByteSource> open(const std::string& path) override {
    if (!has(path)) refuse("there is no '" + path + "' in it", "Pack the whole package", name());
    return ByteSource::from_bytes(archive_->text(root_ + path, std::size_t{1} << 30), name() + "/" + path);
  }
  std::string hash_hex(const std::vector<std::string>&) override { return {}; }
  std::int64_t bytes(const std::vector<std::string>&) override { return 0; }

 private:
  std::unique_ptr<sheets::Archive> archive_;
  std::vector<std::string> parts_;
  std::string root_;
};

}  // namespace

std::string PackageFiles::text(const std::string& path) {
  const auto source = open(path);
  std::string text;
  for (std::string_view block = source->next(); !block.empty(); block = source->next()) {
    text += block;
    if (text.size() > most_text)
      refuse("the file has more than 64 MiB, expected a small one", "Is it what its name says?", source->name());
  }
  return text;
}

std::unique_ptr<PackageFiles> folder_files(const std::string& folder) { return std::make_unique<FolderFiles>(folder); }

std::unique_ptr<PackageFiles> zip_files(std::unique_ptr<sheets::Archive> archive) {
  return std::make_unique<ZipFiles>(std::move(archive));
}

bool is_safe_path(std::string_view path) {
  if (path.empty() || path.front() == '/' || path.front() == '\\' || path.find("://") != std::string_view::npos) return false;
  if (path.size() > 1 && path[1] == ':') return false;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find_first_of("/\\", begin), path.size());
    if (path.substr(begin, end - begin) == "..") return false;
    begin = end + 1;
  }
  return path.find('\0') == std::string_view::npos;
}

}  // namespace stocktake
