// Hashes and signatures against the published vectors, and the files of keys.
#include "base/signing_key.h"

#include <sodium.h>
#include <sys/stat.h>

#include <filesystem>

#include "base/error.h"
#include "base/hash.h"
#include "base/log_sample.h"

namespace stocktake {
namespace {

using testing::bytes_of_hex;

struct Vector {
  const char *seed, *public_key, *message, *signature;
};
// RFC 8032, section 7.1, tests 1 to 3.
const Vector vectors[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7"
     "a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612b"
     "b0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1"
     "ec40a"},
};

TEST(SigningKeys, VectorsOfRfc8032) {
  for (const Vector& vector : vectors) {
    SigningKey key = key_of_seed("x", bytes_of_hex(vector.seed));
    EXPECT_EQ(key.public_key, vector.public_key);
    const std::string message = bytes_of_hex(vector.message);
    EXPECT_EQ(sign(key, message), vector.signature);
    EXPECT_TRUE(verify_signature(vector.public_key, message, vector.signature));
    EXPECT_FALSE(verify_signature(vector.public_key, message + "x", vector.signature));
    EXPECT_FALSE(verify_signature(vectors[0].public_key, "other", vector.signature));
    key.forget();
    EXPECT_TRUE(key.secret.empty());
    EXPECT_THROW(sign(key, message), Error);
  }
  EXPECT_FALSE(verify_signature("", "", ""));
  EXPECT_FALSE(verify_signature(std::string(64, 'g'), "", std::string(128, '0')));
}

// The self test of RFC 7693, appendix E: the hash of the hashes of fixed sequences, of four lengths, with and without a key. Ours
// are those of 32 bytes without a key and the hash over all; libsodium's own function gives the rest.
TEST(Hashes, SelfTestOfRfc7693) {
  const auto sequence = [](std::size_t size) {
    std::string bytes(size, '\0');
    std::uint32_t a = 0xDEAD4BADU * static_cast<std::uint32_t>(size), b = 1;
    for (char& byte : bytes) {
      const std::uint32_t next = a + b;
      a = b;
      b = next;
      byte = static_cast<char>(next >> 24U);
    }
    return bytes;
  };
  const auto sodium = [](const std::string& in, const std::string& key, std::size_t size) {
    std::string out(size, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(out.data()), size, reinterpret_cast<const unsigned char*>(in.data()),
                       in.size(), key.empty() ? nullptr : reinterpret_cast<const unsigned char*>(key.data()), key.size());
    return out;
  };
  Hasher all;
  for (const std::size_t out : {20, 32, 48, 64}) {
    for (const std::size_t in : {0, 3, 128, 129, 255, 1024}) {
      if (out == 32) {
        const auto digest = hash_bytes(sequence(in));
        all.add({reinterpret_cast<const char*>(digest.data()), digest.size()});
        EXPECT_EQ(bytes_of_hex(hash_hex(sequence(in))), sodium(sequence(in), "", out));
      } else {
        all.add(sodium(sequence(in), "", out));
      }
      all.add(sodium(sequence(in), sequence(out), out));
    }
  }
  EXPECT_EQ(all.hex(), "c23a7800d98123bd10f506c61e29da5603d763b8bbad2e737f5e765a7bccd475");
}

TEST(SigningKeys, AKeyIsKeptAndFound) {
  const testing::TemporaryFolder folder;
  const std::string keys = folder.path("keys");
  EXPECT_TRUE(list_keys(keys).empty());
  EXPECT_THROW(find_key(keys, ""), Error);
  const SigningKey key = new_key("Ministère du Plan");
  EXPECT_NE(new_key("x").public_key, new_key("x").public_key);
  const std::string path = save_key(key, keys, "");
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  ASSERT_EQ(::stat(keys.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
  EXPECT_THROW(save_key(key, keys, ""), Error);  // never written over
  const SigningKey again = load_key(find_key(keys, "").path, {});
  EXPECT_EQ(again.secret, key.secret);
  EXPECT_EQ(again.name, "Ministère du Plan");
  const std::string second = save_key(new_key("Auditor"), keys, "");
  EXPECT_EQ(list_keys(keys).size(), 2U);
  EXPECT_EQ(list_keys(keys).front().name, "Auditor");
  EXPECT_THROW(find_key(keys, ""), Error);
  EXPECT_EQ(find_key(keys, "Auditor").path, second);
  EXPECT_EQ(find_key(keys, key.id()).path, path);
  EXPECT_EQ(find_key("nowhere", path).path, path);
  EXPECT_THROW(find_key(keys, "Nobody"), Error);
}

TEST(SigningKeys, APassphraseLocks) {
  const testing::TemporaryFolder folder;
  const SigningKey key = new_key("Auditor");
  const std::string path = save_key(key, folder.path("keys"), "correct horse");
  EXPECT_TRUE(find_key(folder.path("keys"), "").locked);
  EXPECT_EQ(read_file(path).find("\"secret\""), std::string::npos);
  EXPECT_EQ(load_key(path,
                     [](const KeyFile& file) {
                       EXPECT_EQ(file.name, "Auditor");
                       return std::string("correct horse");
                     })
                .secret,
            key.secret);
  EXPECT_THROW(load_key(path, [](const KeyFile&) { return std::string("wrong"); }), Error);
  EXPECT_THROW(load_key(path, {}), Error);
}

TEST(SigningKeys, BadFiles) {
  const testing::TemporaryFolder folder;
  const std::string path = save_key(new_key("Auditor"), folder.path("keys"), "");
  const std::string good = read_file(path);
  const auto refused = [&](const std::string& text) {
    folder.write("keys/x.key", text);
    ::chmod(folder.path("keys/x.key").c_str(), 0600);
    EXPECT_THROW(load_key(folder.path("keys/x.key"), {}), Error) << text;
  };
  refused("");
  refused("{}");
  refused("[]");
  refused(R"({"format":"stocktake-key-2"})");
  for (const char* field : {"format", "name", "public_key", "secret"}) {
    std::string text = good;
    text.replace(text.find(field), 2, "zz");
    refused(text);
  }
  std::string other = good;  // a secret that does not belong to the public key
  const std::size_t at = other.find("\"secret\": \"") + 11;
  other[at] = other[at] == '0' ? '1' : '0';
  refused(other);
  ::chmod(path.c_str(), 0644);
  try {
    load_key(path, {});
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_NE(error.remedy().find("chmod 600"), std::string::npos);
  }
  EXPECT_THROW(new_key(""), Error);
  EXPECT_THROW(new_key("a\nb"), Error);
}

}  // namespace
}  // namespace stocktake
