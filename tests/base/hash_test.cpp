#include "base/hash.h"

#include <gtest/gtest.h>

namespace stocktake {
namespace {

// BLAKE2b with a digest of 32 bytes, of "abc": TestDigest of CryptoLib4Pascal (Xor-el/CryptoLib4Pascal, vector 'BLAKE2B-256').
TEST(Hash, KnownVector) { EXPECT_EQ(hash_hex("abc"), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"); }

TEST(Hash, IsIncremental) {
  const std::string text(100'000, 'x');
  Hasher hasher;
  for (std::size_t at = 0; at < text.size(); at += 777) hasher.add(std::string_view(text).substr(at, 777));
  EXPECT_EQ(hasher.hex(), hash_hex(text));
}

TEST(Hash, DiffersByOneBit) {
  EXPECT_NE(hash_hex("a"), hash_hex("b"));
  EXPECT_NE(hash_hex(""), hash_hex(std::string(1, '\0')));
  EXPECT_EQ(hash_hex("a").size(), 64U);
}

}  // namespace
}  // namespace stocktake
