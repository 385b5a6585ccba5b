// What the texts of keys mean, and which were met.
#include <algorithm>

#include "ingest/sink.h"
#include "ingest/value_map.h"

namespace stocktake {

Sink::KeyParts Sink::translated(const KeyParts& parts) const {
  const auto meaning = [&](std::string_view role, std::string_view text) {
    return text.empty() ? constant_of(values_, role) : mapped(values_, role, text);
  };
  KeyParts key{meaning("series", parts.series), meaning("ref_area", parts.area), meaning("unit_measure", parts.unit), {}};
  const auto put = [&](std::string_view name, std::string_view code) {
    if (name == "ignore" || code.empty() || code == "_T") return;
    const bool there = std::any_of(key.dims.begin(), key.dims.end(), [&](const auto& one) { return one.first == name; });
    if (!there) key.dims.emplace_back(name, code);
  };
  for (const auto& [name, code] : parts.dims) {
    const std::string_view ours = mapped(values_, "dimension", name);
    put(ours, mapped(values_, ours, code));
  }
  if (const auto constants = values_->find("constant"); constants != values_->end()) {
    for (const auto& [role, code] : constants->second) {
      if (role.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string::npos) put(role, code);
    }
  }
  std::sort(key.dims.begin(), key.dims.end());
  return key;
}

void Sink::note(const KeyParts& parts) {
  const auto count = [&](std::string_view role, std::string_view text) {
    auto& texts = met_->try_emplace(std::string(role)).first->second;
    if (texts.size() < max_faults || texts.contains(text)) ++texts[std::string(text)];
  };
  count("series", parts.series);
  count("ref_area", parts.area);
  if (!parts.unit.empty()) count("unit_measure", parts.unit);
  for (const auto& [name, code] : parts.dims) {
    const std::string_view ours = mapped(values_, "dimension", name);
    count("dimension", name);
    count(ours, code);
  }
}

}  // namespace stocktake
