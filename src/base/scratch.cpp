#include "base/scratch.h"

#include <unistd.h>

#include <filesystem>
#include <new>

#include "base/error.h"

namespace stocktake {

ScratchFile::ScratchFile(const std::string& what, const std::string& extension) {
  std::error_code failed;
  const auto folder = std::filesystem::temp_directory_path(failed);
  if (failed) throw Error(ErrorKind::store, "there is no folder for temporary files: " + failed.message(), "Set TMPDIR to one");
  path_ = (folder / ("stocktake-" + what + "-" + std::to_string(::getpid()) + extension)).string();
}

ScratchFile::~ScratchFile() { remove_store(path_); }

void remove_store(const std::string& path) {
  try {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
    std::filesystem::remove(path + ".wal", ignored);
  } catch (const std::bad_alloc&) {  // called where memory has run out: what was thrown for that must arrive
    return;
  }
}

}  // namespace stocktake
