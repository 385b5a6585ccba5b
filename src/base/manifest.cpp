#include "base/manifest.h"

#include <nlohmann/json.hpp>

#include "base/hash.h"

#ifndef STOCKTAKE_VERSION
#define STOCKTAKE_VERSION "0.0.0"
#endif

namespace stocktake {
namespace {

using Json = nlohmann::ordered_json;

Json pairs(const std::vector<std::pair<std::string, std::string>>& list) {
  Json object = Json::object();
  for (const auto& [name, value] : list) object[name] = value;
  return object;
}

Json sources(const std::vector<Manifest::Source>& list) {
  Json array = Json::array();
  for (const Manifest::Source& one : list) {
    array.push_back({{"vintage", one.vintage},
                     {"source", one.source},
                     {"format", one.format},
                     {"edition", one.edition},
                     {"hash", one.hash},
                     {"rows", one.rows}});
  }
  return array;
}

}  // namespace

std::string version() { return STOCKTAKE_VERSION; }

std::string to_json(const Manifest& manifest) {
  Json object = Json::object();
  object["program"] = manifest.program;
  object["framework"] = manifest.framework;
  object["framework_version"] = manifest.framework_version;
  object["framework_hash"] = manifest.framework_hash;
  object["reference_hash"] = manifest.reference_hash;
  object["bindings"] = pairs(manifest.bindings);
  object["vintages"] = sources(manifest.vintages);
  object["parameters"] = pairs(manifest.parameters);
  // Bytes that are not UTF-8 (from a source's own text) are replaced rather than refused.
  return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string manifest_hash(const Manifest& manifest) { return hash_hex(to_json(manifest)); }

}  // namespace stocktake
