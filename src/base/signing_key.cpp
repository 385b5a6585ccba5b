#include "base/signing_key.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/chain_log_line.h"
#include "base/environment.h"
#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/utf8.h"

namespace stocktake {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* format_name = "stocktake-key-1";

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

void wipe(std::string& text) {
  sodium_memzero(text.data(), text.size());
  text.clear();
}

std::string to_hex(std::string_view bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes_of(bytes), bytes.size());
  text.pop_back();
  return text;
}

// Empty for what is not hexadecimal.
std::string from_hex(std::string_view text) {
  std::string bytes(text.size() / 2, '\0');
  std::size_t length = 0;
  const char* end = nullptr;
  if (text.size() % 2 != 0 ||
      sodium_hex2bin(bytes_of(bytes), bytes.size(), text.data(), text.size(), nullptr, &length, &end) != 0 ||
      length != bytes.size() || end != text.data() + text.size()) {
    return {};
  }
  return bytes;
}

[[noreturn]] void refuse(const std::string& path, const std::string& problem, const std::string& remedy,
                         const std::string& field = {}) {
  throw Error(ErrorKind::input, problem, remedy, {path, 0, 0, field});
}

std::string text_of(const json& object, const char* field, const std::string& path) {
  const auto found = object.find(field);
  if (found == object.end() || !found->is_string())
    refuse(path, "the key file has no text there", "Take it from a backup", field);
  return found->get<std::string>();
}

std::string hex_of(const json& object, const char* field, std::size_t size, const std::string& path) {
  std::string bytes = from_hex(text_of(object, field, path));
  if (bytes.size() != size) {
    refuse(path, "expected " + std::to_string(2 * size) + " hexadecimal digits", "Take the key file from a backup", field);
  }
  return bytes;
}

// The key of the box from a passphrase, by Argon2id.
std::string box_key(const std::string& passphrase, const std::string& salt, unsigned long long operations, std::size_t memory) {
  std::string key(crypto_secretbox_KEYBYTES, '\0');
  if (crypto_pwhash(bytes_of(key), key.size(), passphrase.data(), passphrase.size(), bytes_of(salt), operations, memory,
                    crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw Error(ErrorKind::input, "there is not enough memory to derive a key from the passphrase",
                "It needs " + std::to_string(memory >> 20U) + " MiB");
  }
  return key;
}

json locked_secret(const SigningKey& key, const std::string& passphrase) {
  std::string salt(crypto_pwhash_SALTBYTES, '\0'), nonce(crypto_secretbox_NONCEBYTES, '\0');
  randombytes_buf(salt.data(), salt.size());
  randombytes_buf(nonce.data(), nonce.size());
  const unsigned long long operations = crypto_pwhash_OPSLIMIT_MODERATE;
  const std::size_t memory = crypto_pwhash_MEMLIMIT_MODERATE;
  std::string derived = box_key(passphrase, salt, operations, memory);
  std::string box(key.secret.size() + crypto_secretbox_MACBYTES, '\0');
  crypto_secretbox_easy(bytes_of(box), bytes_of(key.secret), key.secret.size(), bytes_of(nonce), bytes_of(derived));
  wipe(derived);
  return {{"kdf", "argon2id"}, {"salt", to_hex(salt)},   {"operations", operations},
          {"memory", memory},  {"nonce", to_hex(nonce)}, {"box", to_hex(box)}};
}

std::string unlock(const json& lock, const std::string& passphrase, const std::string& path) {
  if (text_of(lock, "kdf", path) != "argon2id") refuse(path, "unknown way to lock a key", "Use a newer version", "locked.kdf");
  const auto number = [&](const char* field, std::uint64_t least, std::uint64_t most) {
    const auto found = lock.find(field);
    if (found == lock.end() || !found->is_number_unsigned() || found->get<std::uint64_t>() < least ||
        found->get<std::uint64_t>() > most) {
      refuse(path, "expected a number from " + std::to_string(least) + " to " + std::to_string(most),
             "Take the key file from a backup", std::string("locked.") + field);
    }
    return found->get<std::uint64_t>();
  };
  // The upper bounds keep a forged file from taking all time and memory.
  const std::uint64_t operations = number("operations", crypto_pwhash_OPSLIMIT_MIN, 32);
  const std::uint64_t memory = number("memory", crypto_pwhash_MEMLIMIT_MIN, std::uint64_t{2} << 30U);
  const std::string nonce = hex_of(lock, "nonce", crypto_secretbox_NONCEBYTES, path);
  const std::string box = hex_of(lock, "box", crypto_sign_SECRETKEYBYTES + crypto_secretbox_MACBYTES, path);
  std::string derived = box_key(passphrase, hex_of(lock, "salt", crypto_pwhash_SALTBYTES, path), operations, memory);
  std::string secret(crypto_sign_SECRETKEYBYTES, '\0');
  const bool opened =
      crypto_secretbox_open_easy(bytes_of(secret), bytes_of(box), box.size(), bytes_of(nonce), bytes_of(derived)) == 0;
  wipe(derived);
  if (!opened) refuse(path, "the passphrase is wrong", "Try again; a lost passphrase cannot be found again");
  return secret;
}

// The file as an object with a name and a public key.
json read_key_file(const std::string& path) {
  json object = json::parse(read_file(path), nullptr, false);
  if (object.is_discarded() || !object.is_object() || text_of(object, "format", path) != format_name) {
    refuse(path, "the file is no key", "`stocktake audit key list` lists the keys, `audit key new NAME` makes one");
  }
  hex_of(object, "public_key", crypto_sign_PUBLICKEYBYTES, path);
  if (!is_lower_hex(object["public_key"].get<std::string>())) refuse(path, "expected lower-case digits", "", "public_key");
  if (text_of(object, "name", path).empty()) refuse(path, "the key has no name", "", "name");
  return object;
}

KeyFile describe(const std::string& path) {
  const json object = read_key_file(path);
  return {path, object["name"].get<std::string>(), object["public_key"].get<std::string>(), object.contains("locked")};
}

}  // namespace

void SigningKey::forget() { wipe(secret); }

SigningKey key_of_seed(const std::string& name, std::string_view seed) {
  require_sodium();
  if (seed.size() != crypto_sign_SEEDBYTES) throw Error(ErrorKind::internal, "a seed has 32 bytes");
  SigningKey key{name, {}, std::string(crypto_sign_SECRETKEYBYTES, '\0')};
  std::string pub(crypto_sign_PUBLICKEYBYTES, '\0');
  crypto_sign_seed_keypair(bytes_of(pub), bytes_of(key.secret), bytes_of(seed));
  key.public_key = to_hex(pub);
  return key;
}

SigningKey new_key(const std::string& name) {
  require_sodium();
  if (name.empty() || name.size() > 200 || !valid_utf8(name) || printable(name) != name) {
    throw Error(ErrorKind::usage, "a key needs the name of a person or an office, at most 200 bytes without control characters");
  }
  std::string seed(crypto_sign_SEEDBYTES, '\0');
  randombytes_buf(seed.data(), seed.size());
  SigningKey key = key_of_seed(name, seed);
  wipe(seed);
  return key;
}

std::string save_key(const SigningKey& key, const std::string& folder, const std::string& passphrase) {
  json object{{"format", format_name}, {"name", key.name}, {"public_key", key.public_key}};
  if (passphrase.empty()) {
    object["secret"] = to_hex(key.secret);
  } else {
    object["locked"] = locked_secret(key, passphrase);
  }
  std::string text = object.dump(2) + "\n";
  const std::string path = (fs::path(folder) / (key.id() + ".key")).string();
  const auto fail = [&](const char* doing) {
    throw Error(ErrorKind::store, std::string("cannot ") + doing + ": " + std::strerror(errno),
                "Check the folder, its permissions and the free space", {path, 0, 0, {}});
  };
  std::error_code failed;
  const bool made = fs::create_directories(folder, failed);
  if (made) fs::permissions(folder, fs::perms::owner_all, failed);
  // O_EXCL: no key is ever written over.
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) fail("make the key file");
  const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  const int why = errno;
  ::close(file);
  wipe(text);
  if (!written) {
    ::unlink(path.c_str());
    errno = why;
    fail("write the key file");
  }
  return path;
}

SigningKey load_key(const std::string& path, const AskPassphrase& ask) {
  require_sodium();
  json object = read_key_file(path);
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && (status.st_mode & 077U) != 0) {
    refuse(path, "others may read the file of a secret key",
           "chmod 600 " + path + "; if others could have read it, make a new key");
  }
  SigningKey key{object["name"].get<std::string>(), object["public_key"].get<std::string>(), {}};
  if (object.contains("locked")) {
    std::string passphrase = ask ? ask(describe(path)) : std::string();
    key.secret = unlock(object["locked"], passphrase, path);
    wipe(passphrase);
  } else {
    key.secret = hex_of(object, "secret", crypto_sign_SECRETKEYBYTES, path);
  }
  // The pair must be a pair: a secret key of libsodium is the seed and the public key.
  const SigningKey pair = key_of_seed(key.name, std::string_view(key.secret).substr(0, crypto_sign_SEEDBYTES));
  if (pair.public_key != key.public_key || pair.secret != key.secret) {
    refuse(path, "the secret does not belong to the public key", "Take the key file from a backup");
  }
  return key;
}

std::vector<KeyFile> list_keys(const std::string& folder) {
  std::vector<KeyFile> keys;
  std::error_code failed;
  for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed)) {
    if (entry->path().extension() == ".key") keys.push_back(describe(entry->path().string()));
  }
  std::sort(keys.begin(), keys.end(),
            [](const KeyFile& a, const KeyFile& b) { return std::tie(a.name, a.public_key) < std::tie(b.name, b.public_key); });
  return keys;
}

std::string key_folder() {
  if (std::string chosen = environment("STOCKTAKE_KEYS"); !chosen.empty()) return chosen;
  if (const std::string config = environment("XDG_CONFIG_HOME"); !config.empty()) return config + "/stocktake/keys";
  if (const std::string home = environment("HOME"); !home.empty()) return home + "/.config/stocktake/keys";
  throw Error(ErrorKind::usage, "there is no place for keys", "Set STOCKTAKE_KEYS to a folder that only you may read");
}

KeyFile find_key(const std::string& folder, const std::string& wanted) {
  if (wanted.find('/') != std::string::npos || wanted.ends_with(".key")) return describe(wanted);
  std::vector<KeyFile> keys = list_keys(folder);
  if (!wanted.empty()) {
    std::erase_if(keys, [&](const KeyFile& key) {
      return key.name != wanted && (wanted.size() < 4 || !key.public_key.starts_with(wanted));
    });
  }
  if (keys.size() == 1) return keys.front();
  if (!keys.empty()) {
    std::string names;
    for (const KeyFile& key : keys) names += "\n    " + key.public_key.substr(0, 16) + "  " + key.name;
    throw Error(ErrorKind::usage,
                wanted.empty() ? "there are several keys to sign with" : "several keys are meant by '" + wanted + "'",
                "Say which with --key NAME or --key ID:" + names);
  }
  throw Error(ErrorKind::not_found, wanted.empty() ? "there is no key to sign with" : "there is no key '" + wanted + "'",
              "`stocktake audit key new NAME` makes one in " + folder);
}

std::string sign(const SigningKey& key, std::string_view message) {
  require_sodium();
  if (key.secret.size() != crypto_sign_SECRETKEYBYTES) throw Error(ErrorKind::internal, "a key without its secret cannot sign");
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(bytes_of(signature), nullptr, bytes_of(message), message.size(), bytes_of(key.secret));
  return to_hex(signature);
}

bool verify_signature(std::string_view public_key_hex, std::string_view message, std::string_view signature_hex) {
  require_sodium();
  const std::string pub = from_hex(public_key_hex), signature = from_hex(signature_hex);
  return pub.size() == crypto_sign_PUBLICKEYBYTES && signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(bytes_of(signature), bytes_of(message), message.size(), bytes_of(pub)) == 0;
}

}  // namespace stocktake
