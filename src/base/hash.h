// BLAKE2b-256 of bytes, in lower-case hex (libsodium). Used for vintages, frameworks and manifests.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace stocktake {

// Makes libsodium ready, once. Throws Error(internal) where it cannot be.
void require_sodium();

// Incremental hash; not copyable because libsodium's state must be used in place.
class Hasher {
 public:
  Hasher();
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;
  void add(std::string_view bytes);
  std::string hex();  // ends the hash; call once

 private:
  alignas(64) std::array<unsigned char, 512> state_;
};

std::string hash_hex(std::string_view bytes);
std::array<unsigned char, 32> hash_bytes(std::string_view bytes);  // the same, not as text
// Of a file's bytes. Throws Error(not_found | input).
std::string hash_file(const std::string& path);

}  // namespace stocktake
