#include "base/hash.h"

#include <gtest/gtest.h>

namespace stocktake {
namespace {

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
