#include "base/hash.h"

#include <sodium.h>

#include "base/error.h"

namespace stocktake {
namespace {

crypto_generichash_state* as_state(std::array<unsigned char, 512>& bytes) {
  return reinterpret_cast<crypto_generichash_state*>(bytes.data());
}

}  // namespace

Hasher::Hasher() : state_{} {
  static_assert(sizeof(crypto_generichash_state) <= 512);
  static const bool ready = sodium_init() >= 0;
  if (!ready) throw Error(ErrorKind::internal, "libsodium could not be initialised");
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

}  // namespace stocktake
