// References, texts and representations as SDMX-JSON 2.0 has them, valid against the official schema; what it does not take
// stands under a name that begins with "x-".
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "ingest/sdmx/structure.h"

namespace stocktake::sdmx {

enum class RepresentationOf : std::uint8_t { dimension, time_dimension, measure, attribute, item };  // item: a concept

// Whether the URN is one that the schema takes: an agency, an id and a version in numbers.
bool strict(const Reference& reference);
void put_reference(nlohmann::ordered_json& object, const std::string& key, const std::optional<Reference>& reference);
// `one` and `several` are "name", "names" and so on; a name that is required and missing is the id, with "x-named": false.
void put_texts(nlohmann::ordered_json& object, const std::string& one, const std::string& several, const Texts& texts);
void put_names(nlohmann::ordered_json& object, const Texts& names, const std::string& id);
void put_representation(nlohmann::ordered_json& object, const std::string& key, const Representation& representation,
                        RepresentationOf of);

}  // namespace stocktake::sdmx
