#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "ingest/sdmx/json_representation_writer.h"
#include "ingest/sdmx/json_structure.h"

namespace stocktake::sdmx {
namespace {

using json = nlohmann::ordered_json;

json begun(const Maintainable& from) {
  json to = json::object();
  to["id"] = from.id;
  if (!from.agency.empty()) to["agencyID"] = from.agency;
  if (!from.version.empty()) to["version"] = from.version;
  put_names(to, from.names, from.id);
  put_texts(to, "description", "descriptions", from.descriptions);
  if (from.is_final) to["x-isFinal"] = *from.is_final;
  if (from.external) to["isExternalReference"] = true;
  if (!from.valid_from.empty()) to["validFrom"] = from.valid_from;
  if (!from.valid_to.empty()) to["validTo"] = from.valid_to;
  for (const auto& [type, text] : from.annotations) {
    json note = {{"type", type}};
    if (!text.empty()) note["text"] = text;
    to["annotations"].push_back(std::move(note));
  }
  return to;
}

json of_selected(const std::vector<std::string>& codes, const std::vector<std::string>& below) {
  const auto has = [](const std::vector<std::string>& list, const std::string& code) {
    return std::find(list.begin(), list.end(), code) != list.end();
  };
  json to = json::array();
  for (const std::string& code : codes) {
    if (has(below, code)) {
      to.push_back({{"value", code}, {"cascadeValues", true}});
    } else {
      to.push_back(code);
    }
  }
  for (const std::string& code : below) {
    if (!has(codes, code)) to.push_back({{"value", code}, {"cascadeValues", "excluderoot"}});
  }
  return to;
}

void put_extension(json& to, const CodelistExtension& from) {
  json one = json::object();
  put_reference(one, "codelist", from.codelist);
  if (!from.prefix.empty()) one["prefix"] = from.prefix;
  if (from.selection) {
    json& selection = one[from.include ? "inclusiveCodeSelection" : "exclusiveCodeSelection"];
    selection = json::object();
    // Wildcards have a place of their own, where the codes below them have none.
    CodeSelection plain;
    for (const std::string& code : from.selection->codes) {
      const auto& below = from.selection->below;
      const bool wild = code.ends_with('%') && std::find(below.begin(), below.end(), code) == below.end();
      if (wild) {
        selection["wildcardedMemberValues"].push_back(code);
      } else {
        plain.codes.push_back(code);
      }
    }
    json values = of_selected(plain.codes, from.selection->below);
    if (!values.empty()) selection["memberValues"] = std::move(values);
  }
  to[one.contains("codelist") ? "codelistExtensions" : "x-codelistExtensions"].push_back(std::move(one));
}

json of_codelist(const Codelist& from) {
  json to = begun(from);
  if (from.partial) to[from.value_list ? "x-isPartial" : "isPartial"] = true;
  for (const Code& code : from.codes) {
    json one = {{"id", code.id}};
    if (from.value_list) {
      put_texts(one, "name", "names", code.names);
    } else {
      put_names(one, code.names, code.id);
    }
    put_texts(one, "description", "descriptions", code.descriptions);
    if (!code.parent.empty()) one[from.value_list ? "x-parent" : "parent"] = code.parent;
    to[from.value_list ? "valueItems" : "codes"].push_back(std::move(one));
  }
  for (const CodelistExtension& one : from.extensions) put_extension(to, one);
  return to;
}

json of_concept_scheme(const ConceptScheme& from) {
  json to = begun(from);
  for (const Concept& item : from.concepts) {
    json one = {{"id", item.id}};
    put_names(one, item.names, item.id);
    put_texts(one, "description", "descriptions", item.descriptions);
    if (item.representation) put_representation(one, "coreRepresentation", *item.representation, RepresentationOf::item);
    if (!item.parent.empty()) one["parent"] = item.parent;
    to["concepts"].push_back(std::move(one));
  }
  return to;
}

json of_component(const Component& from, RepresentationOf of) {
  json to = {{"id", from.id}};
  if (of == RepresentationOf::attribute || of == RepresentationOf::measure)
    to["usage"] = from.mandatory ? "mandatory" : "optional";
  if (from.concept_identity) to["conceptIdentity"] = to_urn(*from.concept_identity);
  if (from.representation) put_representation(to, "localRepresentation", *from.representation, of);
  if (from.measure_dimension) to["x-measureDimension"] = true;
  if (of != RepresentationOf::attribute) return to;
  json& relationship = to["attributeRelationship"] = json::object();
  switch (from.attachment) {
    case Attachment::dataset: relationship["dataflow"] = json::object(); break;
    case Attachment::group: relationship["group"] = from.attached_to.empty() ? "" : from.attached_to.front(); break;
    case Attachment::series: relationship["dimensions"] = from.attached_to; break;
    case Attachment::observation: relationship["observation"] = json::object(); break;
  }
  return to;
}

json of_data_structure(const DataStructure& from) {
  json to = begun(from);
  json parts = json::object();
  for (const Component& one : from.attributes) {
    parts["attributeList"]["id"] = "AttributeDescriptor";
    parts["attributeList"]["attributes"].push_back(of_component(one, RepresentationOf::attribute));
  }
  for (const Component& one : from.dimensions) {
    json& list = parts["dimensionList"];
    list["id"] = "DimensionDescriptor";
    if (one.role == Role::time_dimension) {
      list["timeDimension"] = of_component(one, RepresentationOf::time_dimension);
    } else {
      list["dimensions"].push_back(of_component(one, RepresentationOf::dimension));
    }
  }
  for (const Group& one : from.groups) {
    json group = {{"id", one.id}};
    if (!one.dimensions.empty()) group["groupDimensions"] = one.dimensions;
    parts["groups"].push_back(std::move(group));
  }
  for (const Component& one : from.measures) {
    parts["measureList"]["id"] = "MeasureDescriptor";
    parts["measureList"]["measures"].push_back(of_component(one, RepresentationOf::measure));
  }
  if (!parts.empty()) to["dataStructureComponents"] = std::move(parts);
  return to;
}

json of_region(const CubeRegion& from) {
  json to = {{"include", from.include}};
  for (const auto& [id, values] : from.components) {
    json one = {{"id", id}};
    if (!values.include) one["include"] = false;
    if (!values.codes.empty() || !values.below.empty()) one["values"] = of_selected(values.codes, values.below);
    json range = json::object();
    const auto period = [&](const char* name, const std::string& text, bool inside) {
      range[name] = {{"period", text}, {"isInclusive", inside}};
    };
    if (!values.from.empty()) period(values.to.empty() ? "afterPeriod" : "startPeriod", values.from, values.from_inside);
    if (!values.to.empty()) period(values.from.empty() ? "beforePeriod" : "endPeriod", values.to, values.to_inside);
    if (!range.empty()) one[!one.contains("values") ? "timeRange" : "x-timeRange"] = std::move(range);
    to["keyValues"].push_back(std::move(one));
  }
  return to;
}

json of_constraint(const Constraint& from) {
  json to = begun(from);
  if (!from.allowed) to["x-actual"] = true;
  struct Place {
    const char *kind, *key;
  };
  static constexpr std::array places{Place{"DataStructure", "dataStructures"}, Place{"Dataflow", "dataflows"},
                                     Place{"ProvisionAgreement", "provisionAgreements"}};
  json urns = json::array();
  bool one_kind = !from.attached_to.empty();
  for (const Reference& one : from.attached_to) {
    urns.push_back(to_urn(one));
    one_kind = one_kind && strict(one) && one.kind == from.attached_to.front().kind;
  }
  const auto place = std::find_if(places.begin(), places.end(),
                                  [&](const Place& one) { return one_kind && from.attached_to.front().kind == one.kind; });
  if (place != places.end()) {
    to["constraintAttachment"][place->key] = std::move(urns);
  } else if (!urns.empty()) {
    to["x-attachedTo"] = std::move(urns);
  }
  for (std::size_t i = 0; i < from.regions.size(); ++i) {
    // The schema has room for two.
    to[i < 2 ? "cubeRegions" : "x-cubeRegions"].push_back(of_region(from.regions[i]));
  }
  for (std::size_t i = 0; i < from.keys.size(); ++i) {
    const auto& [included, values] = from.keys[i];
    if (i == 0 || included != from.keys[i - 1].first)
      to["dataKeySets"].push_back({{"isIncluded", included}, {"keys", json::array()}});
    json key = json::object();
    key["keyValues"] = json::array();
    for (const auto& [id, value] : values) key["keyValues"].push_back({{"id", id}, {"value", value}});
    to["dataKeySets"].back()["keys"].push_back(std::move(key));
  }
  return to;
}

// The categories below one, which follow it in the list: the list is in the order of the tree.
json below(const std::vector<Category>& categories, const std::string& path, std::size_t& next) {
  json list = json::array();
  while (next < categories.size() && categories[next].parent == path) {
    const Category& from = categories[next++];
    json one = {{"id", from.id}};
    put_names(one, from.names, from.id);
    json inner = below(categories, path.empty() ? from.id : path + "." + from.id, next);
    if (!inner.empty()) one["categories"] = std::move(inner);
    list.push_back(std::move(one));
  }
  return list;
}

json of_category_scheme(const CategoryScheme& from) {
  json to = begun(from);
  std::size_t next = 0;
  json list = below(from.categories, "", next);
  if (!list.empty()) to["categories"] = std::move(list);
  return to;
}

json of_categorisation(const Categorisation& from) {
  json to = begun(from);
  put_reference(to, "source", from.source);
  put_reference(to, "target", from.target);
  return to;
}

json of_dataflow(const Dataflow& from) {
  json to = begun(from);
  put_reference(to, "structure", from.structure);
  return to;
}

json of_provision_agreement(const ProvisionAgreement& from) {
  json to = begun(from);
  put_reference(to, "dataflow", from.dataflow);
  put_reference(to, "dataProvider", from.provider);
  return to;
}

void put_organisations(json& data, const OrganisationScheme& from) {
  struct Place {
    const char *kind, *key, *items;
  };
  static constexpr std::array places{Place{"AgencyScheme", "agencySchemes", "agencies"},
                                     Place{"DataProviderScheme", "dataProviderSchemes", "dataProviders"},
                                     Place{"DataConsumerScheme", "dataConsumerSchemes", "dataConsumers"},
                                     Place{"OrganisationUnitScheme", "organisationUnitSchemes", "organisationUnits"}};
  const auto place = std::find_if(places.begin(), places.end(), [&](const Place& one) { return from.kind == one.kind; });
  if (place == places.end()) return;
  json to = begun(from);
  for (const Organisation& item : from.organisations) {
    json one = {{"id", item.id}};
    put_names(one, item.names, item.id);
    to[place->items].push_back(std::move(one));
  }
  data[place->key].push_back(std::move(to));
}

}  // namespace

std::string to_json(const Structures& structures, const Header& header) {
  json message = json::object();
  message["$schema"] = "https://json.sdmx.org/2.1/sdmx-json-structure-schema.json";
  // Also in the place of 2.0, where clients look for it.
  message["meta"] = {{"schema", message["$schema"]},
                     {"id", header.id},
                     {"test", header.test},
                     {"prepared", header.prepared},
                     {"sender", {{"id", header.sender}}}};
  if (!header.receiver.empty()) message["meta"]["receivers"].push_back({{"id", header.receiver}});
  json data = json::object();
  for (const DataStructure& one : structures.data_structures) data["dataStructures"].push_back(of_data_structure(one));
  for (const CategoryScheme& one : structures.category_schemes) data["categorySchemes"].push_back(of_category_scheme(one));
  for (const ConceptScheme& one : structures.concept_schemes) data["conceptSchemes"].push_back(of_concept_scheme(one));
  for (const Codelist& one : structures.codelists) data[one.value_list ? "valueLists" : "codelists"].push_back(of_codelist(one));
  for (const OrganisationScheme& one : structures.organisation_schemes) put_organisations(data, one);
  for (const Dataflow& one : structures.dataflows) data["dataflows"].push_back(of_dataflow(one));
  for (const ProvisionAgreement& one : structures.provision_agreements)
    data["provisionAgreements"].push_back(of_provision_agreement(one));
  for (const Categorisation& one : structures.categorisations) data["categorisations"].push_back(of_categorisation(one));
  for (const Constraint& one : structures.constraints) data["dataConstraints"].push_back(of_constraint(one));
  message["data"] = std::move(data);
  if (!structures.passed_over.empty()) message["x-passedOver"] = structures.passed_over;
  return message.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

std::string to_json(const Structures& structures) {
  Header header;
  header.id = "structures";
  header.prepared = "1970-01-01T00:00:00Z";
  header.sender = "STOCKTAKE";
  return to_json(structures, header);
}

}  // namespace stocktake::sdmx
