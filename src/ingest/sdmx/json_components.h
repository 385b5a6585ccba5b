// Parts of SDMX-JSON structure messages as values: texts in languages, representations, components, regions of cubes. What is
// of another type than expected counts as not given.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/sdmx/structure.h"

namespace stocktake::sdmx {

// A component without which its artefact makes no sense.
struct UnusableComponent {
  std::string where, problem;
};

std::string text_at(const nlohmann::json& object, const char* key);  // texts and numbers; else ""
std::optional<bool> flag_at(const nlohmann::json& object, const char* key);
const nlohmann::json& list_at(const nlohmann::json& object, const char* key);  // an empty array where there is none
// The texts of `several` ({"en": ...}); where there are none, the one text under "".
Texts texts_at(const nlohmann::json& object, const char* one, const char* several);
// Both forms: "format" with "dataType" (2.0), "textFormat" with "textType" (1.0).
std::optional<Representation> representation_at(const nlohmann::json& object, const char* key);
// Values, each a text or an object with `value` and `cascadeValues` (true, or "excluderoot"), into the lists of a CodeSelection.
void add_selected(const nlohmann::json& values, std::vector<std::string>& codes, std::vector<std::string>& below);
CubeRegion cube_region(const nlohmann::json& object);
// The dimensions, measures, attributes and groups. Throws UnusableComponent for a component without id and concept.
void read_components_of(const nlohmann::json& data_structure, DataStructure& structure);

// "hierarchicalCodelists" to "HierarchicalCodelist".
std::string class_of(std::string key);
// Throws Error(input) with line and column unless the text is one JSON value, at most 512 deep.
void check_json(std::string_view text, const std::string& name);

}  // namespace stocktake::sdmx
