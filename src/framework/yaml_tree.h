// A YAML document as a plain tree that keeps what the checks need: positions, quoting and the order of keys.
// yaml-cpp's own nodes lose a key's position and share aliased parts; here aliases are refused, so that a small file cannot
// unfold into a huge one, and every node is visited once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "framework/framework.h"

namespace stocktake {

struct YamlNode {
  enum class Kind { null, scalar, list, map };

  Kind kind = Kind::null;
  std::string text;             // of a scalar
  bool quoted = false;          // quoted, a block text, or tagged !!str: never a number
  std::uint64_t line = 0;       // from 1; of an empty value: its key's
  std::uint64_t column = 0;     // from 1, in bytes
  std::vector<YamlNode> keys;   // of a map, in the order of the file
  std::vector<YamlNode> items;  // of a list, or the values of a map, parallel to keys

  // The value of a key; null when the map has no such key.
  const YamlNode* find(std::string_view key) const;
};

// Reads one document. A syntax error, an alias or a second document becomes a diagnostic, and there is no tree then.
std::optional<YamlNode> parse_yaml(std::string_view text, const std::string& file, std::vector<Diagnostic>& diagnostics);

}  // namespace stocktake
