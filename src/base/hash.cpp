#include "base/hash.h"

#include <sodium.h>

#include <fstream>

#include "base/error.h"

namespace stocktake {
namespace {

crypto_generichash_state* as_state(std::array<unsigned char, 512>& bytes) {
  return reinterpret_cast<crypto_generichash_state*>(bytes.data());
}

}  // namespace

void require_sodium() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) throw Error(ErrorKind::internal, "libsodium could not be initialised");
}

Hasher::Hasher() : state_{} {
  static_assert(sizeof(crypto_generichash_state) <= 512);
  require_sodium();
  crypto_generichash_init(as_state(state_), nullptr, 0, crypto_generichash_BYTES);
}

void Hasher::add(std::string_view bytes) {
  crypto_generichash_update(as_state(state_), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

std::string Hasher::hex() {
  std::array<unsigned char, crypto_generichash_BYTES> digest{};
  crypto_generichash_final(as_state(state_), digest.data(), digest.size());
  std::array<char, 2 * crypto_generichash_BYTES + 1> text{};
  sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
  return text.data();
}

std::string hash_hex(std::string_view bytes) {
  Hasher hasher;
  hasher.add(bytes);
  return hasher.hex();
}

std::array<unsigned char, 32> hash_bytes(std::string_view bytes) {
  require_sodium();
  std::array<unsigned char, 32> digest{};
  crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr,
                     0);
  return digest;
}

std::string hash_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(ErrorKind::not_found, "cannot open the file", "Check the path", {path, 0, 0, {}});
  Hasher hasher;
  std::string buffer(1 << 18, '\0');
  while (file.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || file.gcount() > 0) {
    hasher.add({buffer.data(), static_cast<std::size_t>(file.gcount())});
  }
  if (file.bad()) throw Error(ErrorKind::input, "cannot read the file", "Check the permissions and the disk", {path, 0, 0, {}});
  return hasher.hex();
}

}  // namespace stocktake
