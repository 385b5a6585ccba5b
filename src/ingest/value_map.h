// What the codes and names of a foreign file mean: role or dimension → foreign text → our code. Texts that are not in it stay as
// they are. Two further roles: "dimension", names of dimensions ("ignore" leaves one out), and "constant", what holds for keys
// that say nothing of a role. Made by `stocktake map` and a person (docs/check.md). The sink applies it, whatever the format.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace stocktake {

using ValueMap = std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>>;

inline std::string_view mapped(const ValueMap* values, std::string_view role, std::string_view text) {
  if (values == nullptr) return text;
  const auto of_role = values->find(role);
  if (of_role == values->end()) return text;
  const auto found = of_role->second.find(text);
  return found == of_role->second.end() ? text : std::string_view(found->second);
}

// Whether the text has a meaning there.
inline bool is_mapped(const ValueMap* values, std::string_view role, std::string_view text) {
  return mapped(values, role, text).data() != text.data();
}

// What holds for all keys that say nothing of the role; "" for none.
inline std::string_view constant_of(const ValueMap* values, std::string_view role) {
  return is_mapped(values, "constant", role) ? mapped(values, "constant", role) : std::string_view();
}

// The texts of keys as a file has them, before anything was made of them: role, dimension or "dimension" → text → number of keys.
using KeyTexts = std::map<std::string, std::map<std::string, std::int64_t, std::less<>>, std::less<>>;

}  // namespace stocktake
