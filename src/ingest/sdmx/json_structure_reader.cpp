#include <array>
#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "ingest/sdmx/json_components.h"
#include "ingest/sdmx/json_structure.h"

namespace stocktake::sdmx {
namespace {

using nlohmann::json;

class Reader {
 public:
  explicit Reader(std::vector<Fault>& faults) : faults_(faults) {}
  Structures read(const json& message, const std::string& name);

 private:
  template <typename Artefact, typename Fill>
  void each(const json& data, const char* key, std::vector<Artefact>& artefacts, Fill fill);
  bool maintainable(const json& from, Maintainable& to, const std::string& place);
  void classes(const json& message, const json& data);

  std::vector<Fault>& faults_;
  Structures structures_;
};

bool Reader::maintainable(const json& from, Maintainable& to, const std::string& place) {
  to.id = text_at(from, "id");
  to.agency = text_at(from, "agencyID");
  to.version = text_at(from, "version");
  if (to.id.empty()) {
    faults_.push_back({0, place, "an artefact without an id; it is left out", {}});
    return false;
  }
  to.names = texts_at(from, "name", "names");
  to.descriptions = texts_at(from, "description", "descriptions");
  if (const auto final = flag_at(from, "isFinal")) to.is_final = final;
  if (const auto final = flag_at(from, "x-isFinal")) to.is_final = final;
  to.valid_from = text_at(from, "validFrom");
  to.valid_to = text_at(from, "validTo");
  to.external = flag_at(from, "isExternalReference").value_or(false);
  for (const json& note : list_at(from, "annotations")) {
    std::string key = text_at(note, "type");
    if (key.empty()) key = text_at(note, "title");
    if (key.empty()) key = text_at(note, "id");
    if (key.empty()) continue;
    std::string text(text_of(texts_at(note, "text", "texts")));
    if (text.empty()) text = text_at(note, "value");
    if (text.empty() && !text_at(note, "type").empty()) text = text_at(note, "title");
    to.annotations.emplace(std::move(key), std::move(text));
  }
  return true;
}

template <typename Artefact, typename Fill>
void Reader::each(const json& data, const char* key, std::vector<Artefact>& artefacts, Fill fill) {
  std::size_t index = 0;
  for (const json& one : list_at(data, key)) {
    const std::string place = "/data/" + std::string(key) + "/" + std::to_string(index++);
    Artefact artefact;
    if (!maintainable(one, artefact, place)) continue;
    try {
      fill(one, artefact);
      artefacts.push_back(std::move(artefact));
    } catch (const UnusableComponent& unusable) {
      faults_.push_back({0,
                         place + unusable.where,
                         artefact.agency + ":" + artefact.id + ": " + unusable.problem + "; the artefact is left out",
                         {}});
    }
  }
}

// A URN, which stands under "x-..." where the official schema does not take it.
std::optional<Reference> reference_at(const json& from, const std::string& key) {
  const std::string urn = text_at(from, key.c_str());
  return parse_urn(urn.empty() ? text_at(from, ("x-" + key).c_str()) : urn);
}

void read_codes(const json& from, const char* key, Codelist& list) {
  for (const json& one : list_at(from, key)) {
    Code& code = list.codes.emplace_back();
    code.id = text_at(one, "id");
    code.parent = text_at(one, "parent");
    if (code.parent.empty()) code.parent = text_at(one, "x-parent");
    code.names = texts_at(one, "name", "names");
    code.descriptions = texts_at(one, "description", "descriptions");
    if (code.id.empty()) list.codes.pop_back();
  }
}

void read_extensions(const json& from, Codelist& list) {
  for (const char* key : {"codelistExtensions", "x-codelistExtensions"}) {
    for (const json& one : list_at(from, key)) {
      const auto codelist = reference_at(one, "codelist");
      if (!codelist) continue;
      CodelistExtension& made = list.extensions.emplace_back();
      made.codelist = *codelist;
      made.prefix = text_at(one, "prefix");
      for (const char* name : {"inclusiveCodeSelection", "exclusiveCodeSelection"}) {
        const auto selection = one.find(name);
        if (selection == one.end() || !selection->is_object()) continue;
        made.include = name[0] == 'i';
        made.selection.emplace();
        add_selected(list_at(*selection, "memberValues"), made.selection->codes, made.selection->below);
        add_selected(list_at(*selection, "wildcardedMemberValues"), made.selection->codes, made.selection->below);
      }
    }
  }
}

void read_concepts(const json& from, const std::string& parent, std::size_t depth, std::vector<Concept>& concepts) {
  if (depth > 32) return;
  for (const json& one : list_at(from, "concepts")) {
    Concept item;
    item.id = text_at(one, "id");
    if (item.id.empty()) continue;
    item.parent = text_at(one, "parent");
    if (item.parent.empty()) item.parent = parent;
    item.names = texts_at(one, "name", "names");
    item.descriptions = texts_at(one, "description", "descriptions");
    item.representation = representation_at(one, "coreRepresentation");
    if (!item.representation) item.representation = representation_at(one, "x-coreRepresentation");
    const std::string id = item.id;
    concepts.push_back(std::move(item));
    read_concepts(one, id, depth + 1, concepts);
  }
}

void read_categories(const json& from, const std::string& path, std::size_t depth, std::vector<Category>& categories) {
  if (depth > 32) return;
  for (const json& one : list_at(from, "categories")) {
    Category item{text_at(one, "id"), path, texts_at(one, "name", "names")};
    if (item.id.empty()) continue;
    const std::string below = path.empty() ? item.id : path + "." + item.id;
    categories.push_back(std::move(item));
    read_categories(one, below, depth + 1, categories);
  }
}

void read_constraint(const json& from, Constraint& constraint) {
  const std::string type = text_at(from, "type"), role = text_at(from, "role");
  if (type == "Actual" || role == "Actual" || flag_at(from, "x-actual").value_or(false)) constraint.allowed = false;
  if (const auto attachment = from.find("constraintAttachment"); attachment != from.end() && attachment->is_object()) {
    for (const auto& [key, value] : attachment->items()) {
      for (const json& one : value.is_array() ? value : json::array({value})) {
        if (!one.is_string()) continue;
        if (auto reference = parse_urn(one.get_ref<const std::string&>()))
          constraint.attached_to.push_back(std::move(*reference));
      }
    }
  }
  for (const json& one : list_at(from, "x-attachedTo")) {
    if (!one.is_string()) continue;
    if (auto reference = parse_urn(one.get_ref<const std::string&>())) constraint.attached_to.push_back(std::move(*reference));
  }
  const auto region = [&](const json& one) { constraint.regions.push_back(cube_region(one)); };
  for (const json& one : list_at(from, "cubeRegions")) region(one);
  for (const json& one : list_at(from, "x-cubeRegions")) region(one);
  if (const auto one = from.find("cubeRegion"); one != from.end() && one->is_object()) region(*one);
  for (const json& set : list_at(from, "dataKeySets")) {
    const bool included = flag_at(set, "isIncluded").value_or(true);
    for (const json& key : list_at(set, "keys")) {
      std::map<std::string, std::string> values;
      for (const json& one : list_at(key, "keyValues")) {
        std::string value = text_at(one, "value");
        const json& several = list_at(one, "values");
        if (value.empty() && !several.empty() && several.front().is_string()) value = several.front().get<std::string>();
        values.emplace(text_at(one, "id"), std::move(value));
      }
      constraint.keys.emplace_back(included, std::move(values));
    }
  }
}

struct SchemeClass {
  const char *key, *items, *kind;
};
constexpr std::array scheme_classes{SchemeClass{"agencySchemes", "agencies", "AgencyScheme"},
                                    SchemeClass{"dataProviderSchemes", "dataProviders", "DataProviderScheme"},
                                    SchemeClass{"dataConsumerSchemes", "dataConsumers", "DataConsumerScheme"},
                                    SchemeClass{"organisationUnitSchemes", "organisationUnits", "OrganisationUnitScheme"}};

void Reader::classes(const json& message, const json& data) {
  static constexpr std::array read_here{"codelists",           "valueLists",          "valuelists",
                                        "conceptSchemes",      "dataStructures",      "dataflows",
                                        "contentConstraints",  "dataConstraints",     "categorySchemes",
                                        "categorisations",     "agencySchemes",       "availabilityConstraints",
                                        "dataProviderSchemes", "dataConsumerSchemes", "organisationUnitSchemes",
                                        "provisionAgreements"};
  for (const auto& [key, value] : data.items()) {
    if (!value.is_array() || value.empty() || key.starts_with("x-") || key == "errors" || key == "links") continue;
    if (std::find(read_here.begin(), read_here.end(), key) == read_here.end()) structures_.passed_over.push_back(class_of(key));
  }
  for (const json& one : list_at(message, "x-passedOver")) {
    if (one.is_string()) structures_.passed_over.push_back(one.get<std::string>());
  }
}

Structures Reader::read(const json& message, const std::string& name) {
  if (!message.is_object()) {
    throw Error(ErrorKind::input, "an SDMX-JSON message is expected, which is a JSON object", "Is it complete?",
                {name, 1, 1, {}});
  }
  const auto inner = message.find("data");
  const json& data = inner != message.end() && inner->is_object() ? *inner : message;
  each(data, "codelists", structures_.codelists, [](const json& from, Codelist& list) {
    list.partial = flag_at(from, "isPartial").value_or(false);
    read_codes(from, "codes", list);
    read_extensions(from, list);
  });
  for (const char* key : {"valueLists", "valuelists"}) {
    each(data, key, structures_.codelists, [](const json& from, Codelist& list) {
      list.value_list = true;
      list.partial = flag_at(from, "x-isPartial").value_or(false);
      read_codes(from, "valueItems", list);
    });
  }
  each(data, "conceptSchemes", structures_.concept_schemes,
       [](const json& from, ConceptScheme& scheme) { read_concepts(from, "", 0, scheme.concepts); });
  each(data, "dataStructures", structures_.data_structures,
       [](const json& from, DataStructure& structure) { read_components_of(from, structure); });
  each(data, "provisionAgreements", structures_.provision_agreements, [](const json& from, ProvisionAgreement& made) {
    made.dataflow = reference_at(from, "dataflow");
    if (!made.dataflow) made.dataflow = reference_at(from, "structureUsage");  // 1.0
    made.provider = reference_at(from, "dataProvider");
  });
  each(data, "dataflows", structures_.dataflows,
       [](const json& from, Dataflow& flow) { flow.structure = reference_at(from, "structure"); });
  for (const char* key : {"contentConstraints", "dataConstraints"}) each(data, key, structures_.constraints, read_constraint);
  // These have no identity of their own.
  for (const json& one : list_at(data, "availabilityConstraints")) {
    Constraint& constraint = structures_.constraints.emplace_back();
    constraint.allowed = false;
    read_constraint(one, constraint);
    constraint.allowed = false;
  }
  each(data, "categorySchemes", structures_.category_schemes,
       [](const json& from, CategoryScheme& scheme) { read_categories(from, "", 0, scheme.categories); });
  each(data, "categorisations", structures_.categorisations, [](const json& from, Categorisation& one) {
    one.source = reference_at(from, "source");
    one.target = reference_at(from, "target");
  });
  for (const SchemeClass& one : scheme_classes) {
    each(data, one.key, structures_.organisation_schemes, [&](const json& from, OrganisationScheme& scheme) {
      scheme.kind = one.kind;
      for (const json& item : list_at(from, one.items)) {
        std::string id = text_at(item, "id");
        if (!id.empty()) scheme.organisations.push_back({std::move(id), texts_at(item, "name", "names")});
      }
    });
  }
  classes(message, data);
  if (structures_.size() == 0 && structures_.passed_over.empty()) {
    for (const json& one : list_at(message, "errors")) {
      const std::string text =
          one.is_string() ? one.get<std::string>() : text_at(one, "code") + ": " + text_at(one, "title") + text_at(one, "detail");
      throw Error(ErrorKind::input, "the message brings an error instead of structures: " + text,
                  "Change the query that was sent, or ask the service's owner", {name, 0, 0, "/errors"});
    }
    if (inner == message.end() && !message.contains("meta") && !message.contains("header")) {
      throw Error(ErrorKind::input, "no structures are in this JSON text: an SDMX-JSON structure message is expected",
                  "Is it another kind of message?", {name, 0, 0, {}});
    }
  }
  return std::move(structures_);
}

}  // namespace

Structures read_json_structures(ByteSource& source, std::vector<Fault>& faults) {
  std::string text;
  for (std::string_view block = source.next(); !block.empty(); block = source.next()) text.append(block);
  const std::string name = source.name();
  json message;
  try {
    check_json(text, name);
    message = json::parse(text);
  } catch (const json::exception& failed) {
    throw Error(ErrorKind::input, std::string("this is no JSON: ") + failed.what(), "Fetch the file again", {name, 0, 0, {}});
  }
  text = {};
  return Reader(faults).read(message, name);
}

}  // namespace stocktake::sdmx
