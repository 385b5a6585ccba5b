// A file among the temporary ones ($TMPDIR), for this process alone and gone at its end.
#pragma once

#include <string>

namespace stocktake {

class ScratchFile {
 public:
  // stocktake-WHAT-PID; the file itself is made by whoever writes it. Throws Error(store) when there is no folder for it.
  ScratchFile(const std::string& what, const std::string& extension);
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  ~ScratchFile();
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Removes a store: the file, and DuckDB's log beside it.
void remove_store(const std::string& path);

}  // namespace stocktake
