// The bytes of an input, inflated when they are gzip, in blocks read ahead by a thread of its own.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace stocktake {

class ByteSource {
 public:
  // A file. Throws Error(not_found | input). Without `hashed` there is no hash_hex(): a fifth of the time for plain text.
  static std::unique_ptr<ByteSource> open(const std::string& path, bool hashed = true);
  // Several files as one text, each ended by a line end; none of them gzip. A single file is taken as it is.
  static std::unique_ptr<ByteSource> of_parts(const std::vector<std::string>& paths, std::string name);
  // Bytes in memory, for tests and fuzzing; `name` stands in messages.
  static std::unique_ptr<ByteSource> from_bytes(std::string bytes, std::string name);

  ~ByteSource();
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;

  // The next block of text, valid until the next call; empty at the end. Throws Error(input) for a damaged or truncated
  // gzip stream ("… ends early"), Error(interrupted) after Ctrl-C.
  std::string_view next();
  // The first 64 KiB of text, for format detection; does not consume.
  std::string_view head();

  const std::string& name() const;
  std::int64_t raw_bytes() const;     // size of the input as it is; -1 when unknown
  std::int64_t raw_consumed() const;  // of which read so far
  std::string hash_hex();             // BLAKE2b-256 of the raw bytes; call after the end

 private:
  struct State;
  explicit ByteSource(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace stocktake
