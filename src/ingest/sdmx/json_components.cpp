#include "ingest/sdmx/json_components.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <nlohmann/json.hpp>

#include "ingest/sdmx/json_tokens.h"

namespace stocktake::sdmx {

using nlohmann::json;

std::string text_at(const json& object, const char* key) {
  if (!object.is_object()) return {};
  const auto found = object.find(key);
  if (found == object.end()) return {};
  if (found->is_string()) return found->get<std::string>();
  return found->is_number() ? found->dump() : std::string();
}

std::optional<bool> flag_at(const json& object, const char* key) {
  if (!object.is_object()) return std::nullopt;
  const auto found = object.find(key);
  if (found == object.end() || !found->is_boolean()) return std::nullopt;
  return found->get<bool>();
}

const json& list_at(const json& object, const char* key) {
  static const json none = json::array();
  if (!object.is_object()) return none;
  const auto found = object.find(key);
  return found == object.end() || !found->is_array() ? none : *found;
}

Texts texts_at(const json& object, const char* one, const char* several) {
  Texts texts;
  if (!object.is_object()) return texts;
  // What we wrote ourselves of an artefact without a name, which the format wants.
  if (std::string_view(one) == "name" && object.contains("x-named")) return texts;
  for (const std::string& key : {std::string(several), "x-" + std::string(several)}) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_object()) continue;
    for (const auto& [language, text] : found->items()) {
      if (text.is_string()) texts.emplace(language, text.get<std::string>());
    }
  }
  if (texts.empty()) {
    std::string text = text_at(object, one);
    if (!text.empty()) texts.emplace("", std::move(text));
  }
  return texts;
}

namespace {

std::optional<std::int64_t> integer_at(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_integer()) return std::nullopt;
  return found->get<std::int64_t>();
}

std::optional<double> number_at(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

void read_occurrence(const json& from, Representation& to) {
  if (const auto count = integer_at(from, "minOccurs"); count && *count >= 0) to.min_occurs = static_cast<std::uint32_t>(*count);
  if (const auto count = integer_at(from, "maxOccurs"); count && *count > 0) to.max_occurs = static_cast<std::uint32_t>(*count);
  if (text_at(from, "maxOccurs") == "unbounded") to.max_occurs = 0;
}

Component component(const json& from, Role role, const std::string& place) {
  Component one;
  one.role = role;
  one.id = text_at(from, "id");
  one.concept_identity = parse_urn(text_at(from, "conceptIdentity"));
  // 2.1 and 1.0: a component without an id has that of its concept.
  if (one.id.empty() && one.concept_identity) one.id = one.concept_identity->item;
  if (one.id.empty()) throw UnusableComponent{place, "a component has neither id nor concept"};
  one.representation = representation_at(from, "localRepresentation");
  if (!one.representation) one.representation = representation_at(from, "x-localRepresentation");
  const std::string usage = text_at(from, "usage"), status = text_at(from, "assignmentStatus");
  one.mandatory = usage == "mandatory" || status == "Mandatory";
  return one;
}

void read_relationship(const json& from, Component& one) {
  const auto found = from.find("attributeRelationship");
  if (found == from.end() || !found->is_object()) return;
  const auto last_part = [](std::string text) {  // a URN's item, where 1.0 has URNs
    return text.starts_with("urn:") ? text.substr(text.find_last_of('.') + 1) : text;
  };
  if (found->contains("dataflow") || found->contains("none")) {
    one.attachment = Attachment::dataset;
  } else if (const std::string group = text_at(*found, "group"); !group.empty()) {
    one.attachment = Attachment::group;
    one.attached_to = {last_part(group)};
  } else if (found->contains("dimensions")) {
    one.attachment = Attachment::series;
    for (const json& id : list_at(*found, "dimensions")) {
      if (id.is_string()) one.attached_to.push_back(last_part(id.get<std::string>()));
    }
  } else if (!list_at(*found, "attachmentGroups").empty() && list_at(*found, "attachmentGroups").front().is_string()) {
    one.attachment = Attachment::group;
    one.attached_to = {last_part(list_at(*found, "attachmentGroups").front().get<std::string>())};
  }
}

}  // namespace

std::optional<Representation> representation_at(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_object()) return std::nullopt;
  Representation to;
  to.enumeration = parse_urn(text_at(*found, "enumeration"));
  read_occurrence(*found, to);
  for (const char* name : {"format", "textFormat", "enumerationFormat"}) {
    const auto format = found->find(name);
    if (format == found->end() || !format->is_object()) continue;
    to.text_type = text_at(*format, "dataType");
    if (to.text_type.empty()) to.text_type = text_at(*format, "textType");
    to.min_length = integer_at(*format, "minLength");
    to.max_length = integer_at(*format, "maxLength");
    to.decimals = integer_at(*format, "decimals");
    if (const auto none = integer_at(*format, "x-decimals")) to.decimals = none;
    if (const auto none = integer_at(*format, "x-minLength")) to.min_length = none;
    if (const auto none = integer_at(*format, "x-maxLength")) to.max_length = none;
    to.min_value = number_at(*format, "minValue");
    to.max_value = number_at(*format, "maxValue");
    to.pattern = text_at(*format, "pattern");
    to.multilingual = flag_at(*format, "isMultiLingual").value_or(flag_at(*format, "x-isMultiLingual").value_or(false));
    read_occurrence(*format, to);
    break;
  }
  if (const auto type = found->find("x-dataType"); type != found->end() && type->is_string())
    to.text_type = type->get<std::string>();
  return to;
}

void add_selected(const json& values, std::vector<std::string>& codes, std::vector<std::string>& below) {
  for (const json& one : values) {
    const std::string code = one.is_string() ? one.get<std::string>() : one.is_object() ? text_at(one, "value") : std::string();
    if (code.empty()) continue;
    const bool children_only = one.is_object() && text_at(one, "cascadeValues") == "excluderoot";
    if (!children_only) codes.push_back(code);
    if (children_only || (one.is_object() && flag_at(one, "cascadeValues").value_or(false))) below.push_back(code);
  }
}

CubeRegion cube_region(const json& object) {
  CubeRegion region;
  const auto included = flag_at(object, "include");
  region.include = included ? *included : flag_at(object, "isIncluded").value_or(true);
  for (const char* key : {"keyValues", "components", "attributes"}) {
    for (const json& one : list_at(object, key)) {
      CubeRegion::Values values;
      values.include = flag_at(one, "include").value_or(true);
      add_selected(list_at(one, "values"), values.codes, values.below);
      // 1.0 lists the codes whose children are meant; they are meant themselves.
      for (const json& code : list_at(one, "cascadeValues")) {
        if (!code.is_string()) continue;
        values.below.push_back(code.get<std::string>());
        if (std::find(values.codes.begin(), values.codes.end(), values.below.back()) == values.codes.end())
          values.codes.push_back(values.below.back());
      }
      for (const char* name_of_range : {"timeRange", "x-timeRange"}) {
        if (!one.is_object()) break;
        const auto range = one.find(name_of_range);
        if (range == one.end() || !range->is_object()) continue;
        const auto period = [&](const char* name, std::string& to, bool& inside) {
          const auto found = range->find(name);
          if (found == range->end() || !to.empty()) return;
          to = text_at(*found, "period");
          inside = flag_at(*found, "isInclusive").value_or(true);
        };
        period("startPeriod", values.from, values.from_inside);
        period("afterPeriod", values.from, values.from_inside);
        period("endPeriod", values.to, values.to_inside);
        period("beforePeriod", values.to, values.to_inside);
      }
      if (const std::string id = text_at(one, "id"); !id.empty()) region.components.emplace(id, std::move(values));
    }
  }
  return region;
}

void read_components_of(const json& data_structure, DataStructure& structure) {
  const auto found = data_structure.find("dataStructureComponents");
  if (found == data_structure.end() || !found->is_object()) return;  // a stub
  const std::string place = "/dataStructureComponents";
  const auto part = [&](const char* name) -> const json& {
    static const json none = json::object();
    const auto one = found->find(name);
    return one == found->end() || !one->is_object() ? none : *one;
  };
  const json& dimensions = part("dimensionList");
  struct Placed {
    std::int64_t position;
    Component component;
  };
  std::vector<Placed> placed;
  const auto position = [&](const json& one) {
    return integer_at(one, "position").value_or(static_cast<std::int64_t>(placed.size()));
  };
  for (const json& one : list_at(dimensions, "dimensions")) {
    Component added = component(one, Role::dimension, place);
    added.measure_dimension = flag_at(one, "x-measureDimension").value_or(false);
    placed.push_back({position(one), std::move(added)});
  }
  // 1.0 has measure dimensions apart, with a position among the others; else the order of the message counts.
  bool apart = false;
  for (const json& one : list_at(dimensions, "measureDimensions")) {
    Component added = component(one, Role::dimension, place);
    added.measure_dimension = true;
    placed.push_back({position(one), std::move(added)});
    apart = true;
  }
  if (apart)
    std::stable_sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) { return a.position < b.position; });
  for (Placed& one : placed) structure.dimensions.push_back(std::move(one.component));
  if (const auto time = dimensions.find("timeDimension"); time != dimensions.end() && time->is_object()) {
    structure.dimensions.push_back(component(*time, Role::time_dimension, place));
  }
  for (const json& one : list_at(dimensions, "timeDimensions"))
    structure.dimensions.push_back(component(one, Role::time_dimension, place));
  const json& measures = part("measureList");
  if (const auto primary = measures.find("primaryMeasure"); primary != measures.end() && primary->is_object()) {
    Component one = component(*primary, Role::measure, place);
    structure.measures.push_back(std::move(one));
  }
  for (const json& one : list_at(measures, "measures")) structure.measures.push_back(component(one, Role::measure, place));
  for (const json& one : list_at(part("attributeList"), "attributes")) {
    Component added = component(one, Role::attribute, place);
    read_relationship(one, added);
    structure.attributes.push_back(std::move(added));
  }
  for (const json& one : list_at(*found, "groups")) {
    Group group;
    group.id = text_at(one, "id");
    for (const json& id : list_at(one, "groupDimensions")) {
      if (id.is_string()) group.dimensions.push_back(id.get<std::string>());
    }
    structure.groups.push_back(std::move(group));
  }
}

std::string class_of(std::string key) {
  if (key.ends_with("ies")) {
    key.replace(key.size() - 3, 3, "y");
  } else if (key.ends_with("sses")) {
    key.resize(key.size() - 2);
  } else if (key.ends_with('s')) {
    key.pop_back();
  }
  if (!key.empty()) key[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(key[0])));
  return key;
}

void check_json(std::string_view text, const std::string& name) {
  bool given = false;
  JsonTokens tokens([&] { return std::exchange(given, true) ? std::string_view() : text; }, name);
  tokens.skip();
  if (!tokens.at_end()) throw tokens.error("text behind the end of the JSON value");
}

}  // namespace stocktake::sdmx
