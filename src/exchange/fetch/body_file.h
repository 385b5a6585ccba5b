// An answer on its way into the cache: bytes go to a file of their own while they are hashed and looked at, so that an answer
// of any size needs no memory. The file is removed unless it was moved to where it belongs.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "ingest/json_scan.h"

namespace stocktake::fetch {

// What of a body tells whether it is whole and of the right kind.
struct BodyLook {
  std::string head;         // its first bytes behind a byte order mark and blanks
  char last = 0;            // its last byte that is no blank; 0 for a body of blanks
  bool whole_json = false;  // brackets and quotes are closed
  std::int64_t bytes = 0;
};
BodyLook look_at(std::string_view body);

class BodyFile {
 public:
  // At most `most` bytes, inflated. Throws Error(store).
  BodyFile(const std::string& folder, std::int64_t most);
  ~BodyFile();
  BodyFile(BodyFile&&) noexcept;
  BodyFile& operator=(BodyFile&&) = delete;
  // Throws Error(store) when the disk refuses.
  void append(std::string_view block);
  // Ends the writing; gzip is inflated. False: larger than allowed. Throws Error(input) for a damaged or cut gzip stream,
  // Error(store), Error(interrupted).
  bool finish();
  void move_to(const std::string& path);  // after finish(); Error(store)

  bool is_gzip() const;
  std::int64_t bytes() const { return bytes_; }
  const std::string& hash() const { return hash_; }  // BLAKE2b-256, after finish()
  BodyLook look() const;

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  [[noreturn]] void fail(const char* doing) const;
  std::string folder_, path_;
  std::int64_t most_, bytes_ = 0;
  std::unique_ptr<std::FILE, Close> file_;
  std::unique_ptr<Hasher> hasher_;
  std::string hash_;
  std::string head_;
  char last_ = 0;
  JsonBrackets brackets_;
};

}  // namespace stocktake::fetch
