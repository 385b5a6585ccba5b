// The files of a data package: a folder, or a ZIP of one.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/byte_source.h"
#include "ingest/sheets/archive.h"

namespace stocktake {

class PackageFiles {
 public:
  static constexpr std::size_t most_files = 100'000;
  static constexpr std::size_t most_text = std::size_t{64} << 20;  // of a descriptor

  virtual ~PackageFiles() = default;
  virtual const std::string& name() const = 0;  // the folder or the ZIP, for messages
  // Paths below the root, with '/', sorted. Hidden files are left out. At most `most_files`: Error(input) beyond.
  virtual std::vector<std::string> paths() const = 0;
  virtual bool has(const std::string& path) const = 0;
  // Throws Error(input) for a path that is not there. Gzip is inflated.
  virtual std::unique_ptr<ByteSource> open(const std::string& path) = 0;
  // A small file. Throws Error(input) above most_text.
  std::string text(const std::string& path);
  // A hash of the paths and bytes, and the number of bytes; "" and 0 of a ZIP, whose bytes its reader knows.
  virtual std::string hash_hex(const std::vector<std::string>& paths) = 0;
  virtual std::int64_t bytes(const std::vector<std::string>& paths) = 0;
};

std::unique_ptr<PackageFiles> folder_files(const std::string& folder);
// The root is the folder in the ZIP that all its parts are in, where there is one.
std::unique_ptr<PackageFiles> zip_files(std::unique_ptr<sheets::Archive> archive);

// Whether a path of a descriptor may be followed: relative, without "..", a drive or a scheme.
bool is_safe_path(std::string_view path);

}  // namespace stocktake
