// What the codes and names of a foreign table mean: role or dimension → foreign text → our code. Texts that are not in it stay as
// they are. Made by `stocktake map` and a person (docs/map.md).
#pragma once

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

}  // namespace stocktake
