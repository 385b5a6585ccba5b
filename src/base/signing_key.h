// Keys of those who write into the log: Ed25519 pairs in files of their own, at wish locked with a passphrase (Argon2id).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/chain_log.h"

namespace stocktake {

// Of the file format only; the secret is not read.
struct KeyFile {
  std::string path, name, public_key;
  bool locked = false;  // with a passphrase
};

// Asked for only when a file is locked.
using AskPassphrase = std::function<std::string(const KeyFile&)>;

SigningKey new_key(const std::string& name);  // from the system's random numbers
// The pair that belongs to a seed of 32 bytes (RFC 8032). For tests; a key from a guessable seed protects nothing.
SigningKey key_of_seed(const std::string& name, std::string_view seed);
// Writes FOLDER/ID.key with mode 0600, the folder (mode 0700) too. "" for no passphrase. Returns the path. Throws Error(store).
std::string save_key(const SigningKey& key, const std::string& folder, const std::string& passphrase);
// Throws Error(input) for a file that is no key, that others may read, or whose passphrase is wrong.
SigningKey load_key(const std::string& path, const AskPassphrase& ask);
// Keys of a folder by name, then id; none when there is no folder.
std::vector<KeyFile> list_keys(const std::string& folder);
// $STOCKTAKE_KEYS, else $XDG_CONFIG_HOME/stocktake/keys, else ~/.config/stocktake/keys.
std::string key_folder();
// The key that a text names: a file, an id (or its beginning), a name; with "" the only one there is.
// Throws Error(not_found | usage) with what to do.
KeyFile find_key(const std::string& folder, const std::string& wanted);

// 128 hex digits; Ed25519 over the bytes.
std::string sign(const SigningKey& key, std::string_view message);
bool verify_signature(std::string_view public_key_hex, std::string_view message, std::string_view signature_hex);

}  // namespace stocktake
