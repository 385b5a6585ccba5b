// Structure messages of SDMX-ML: one artefact at a time as a tree, and from that the model.
#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "ingest/sdmx/ml_message.h"
#include "ingest/sdmx/ml_reader.h"
#include "ingest/sdmx/ml_tree.h"

namespace stocktake::sdmx {
namespace {

using Event = xml::Reader::Event;

// The item above: <Parent><Ref id=""/></Parent>, or (3.0) its id or URN as text.
std::string parent_in(const MlNode& node) {
  const MlNode* parent = node.child("Parent");
  if (parent == nullptr) return {};
  if (const MlNode* reference = parent->child("Ref")) return std::string(reference->attribute("id"));
  const MlNode* urn = parent->child("URN");
  const std::string& text = urn == nullptr ? parent->text : urn->text;
  const auto found = parse_urn(text);
  return found ? found->item : text;
}

bool has_id(const MlNode& node, MlFaults& faults) {
  if (!node.attribute("id").empty()) return true;
  faults.add(node, "an item without id; it is left out");
  return false;
}

CodelistExtension make_extension(const MlNode& node, Reference codelist) {
  CodelistExtension made{std::move(codelist), std::string(node.attribute("prefix")), {}, true};
  for (const MlNode& one : node.children) {
    if (one.name != "InclusiveCodeSelection" && one.name != "ExclusiveCodeSelection") continue;
    made.include = one.name == "InclusiveCodeSelection";
    made.selection.emplace();
    for (const MlNode& value : one.children) {
      if (value.name == "MemberValue") add_selected(value, made.selection->codes, made.selection->below);
    }
  }
  return made;
}

// Items may stand within their parents (2.1 allows it, registries write it).
void add_codes(Codelist& to, const MlNode& node, const std::string& above, MlFaults& faults) {
  for (const MlNode& one : node.children) {
    if (one.name == "CodelistExtension") {
      if (auto codelist = reference_in(one.child("Codelist"), "Codelist")) {
        to.extensions.push_back(make_extension(one, std::move(*codelist)));
      } else {
        faults.add(one, "an extension without a reference to a code list; it is left out");
      }
    }
    if (one.name != "Code" && one.name != "ValueItem" && one.name != "GeoFeatureSetCode" && one.name != "GeoGridCode") continue;
    if (!has_id(one, faults)) continue;
    Code code{std::string(one.attribute("id")), parent_in(one), texts_in(one, "Name"), texts_in(one, "Description")};
    if (code.parent.empty()) code.parent = above;
    to.codes.push_back(std::move(code));
    add_codes(to, one, std::string(one.attribute("id")), faults);
  }
}

void add_concepts(ConceptScheme& to, const MlNode& node, const std::string& above, MlFaults& faults) {
  for (const MlNode& one : node.children) {
    if (one.name != "Concept" || !has_id(one, faults)) continue;
    Concept made{std::string(one.attribute("id")), parent_in(one), texts_in(one, "Name"), texts_in(one, "Description"),
                 representation_in(one.child("CoreRepresentation"), faults)};
    if (made.parent.empty()) made.parent = above;
    to.concepts.push_back(std::move(made));
    add_concepts(to, one, std::string(one.attribute("id")), faults);
  }
}

void add_categories(CategoryScheme& to, const MlNode& node, const std::string& above, MlFaults& faults) {
  for (const MlNode& one : node.children) {
    if (one.name != "Category" || !has_id(one, faults)) continue;
    const std::string id(one.attribute("id"));
    to.categories.push_back({id, above, texts_in(one, "Name")});
    add_categories(to, one, above.empty() ? id : above + "." + id, faults);
  }
}

OrganisationScheme make_organisations(const MlNode& node, MlFaults& faults) {
  OrganisationScheme made;
  fill_maintainable(made, node);
  made.kind = node.name;
  for (const MlNode& one : node.children) {
    // "AgencyScheme" holds "Agency", and so on.
    if (one.name + "Scheme" != node.name || !has_id(one, faults)) continue;
    made.organisations.push_back({std::string(one.attribute("id")), texts_in(one, "Name")});
  }
  return made;
}

void add_artefact(Structures& to, const MlNode& node, MlFaults& faults) {
  const auto maintained = [&](auto& list) -> auto& {
    auto& made = list.emplace_back();
    fill_maintainable(made, node);
    return made;
  };
  const std::string& name = node.name;
  if (name == "Codelist" || name == "ValueList" || name == "GeographicCodelist" || name == "GeoGridCodelist") {
    Codelist& made = maintained(to.codelists);
    made.partial = is_true(node.attribute("isPartial"));
    made.value_list = name == "ValueList";
    add_codes(made, node, {}, faults);
  } else if (name == "ConceptScheme") {
    add_concepts(maintained(to.concept_schemes), node, {}, faults);
  } else if (name == "DataStructure") {
    to.data_structures.push_back(make_data_structure(node, faults));
  } else if (name == "Dataflow") {
    maintained(to.dataflows).structure = reference_in(node.child("Structure"), "DataStructure");
  } else if (name == "ProvisionAgreement") {
    ProvisionAgreement& made = maintained(to.provision_agreements);
    made.dataflow = reference_in(node.child("Dataflow"), "Dataflow");
    if (!made.dataflow) made.dataflow = reference_in(node.child("StructureUsage"), "Dataflow");  // 2.1
    made.provider = reference_in(node.child("DataProvider"), "DataProvider");
  } else if (name == "ContentConstraint" || name == "DataConstraint") {
    to.constraints.push_back(make_constraint(node, faults));
  } else if (name == "CategoryScheme") {
    add_categories(maintained(to.category_schemes), node, {}, faults);
  } else if (name == "Categorisation") {
    Categorisation& made = maintained(to.categorisations);
    made.source = reference_in(node.child("Source"), "Dataflow");
    made.target = reference_in(node.child("Target"), "Category");
  } else {
    to.organisation_schemes.push_back(make_organisations(node, faults));
  }
}

constexpr std::array known{
    "Codelist",           "ValueList",          "GeographicCodelist",     "GeoGridCodelist",   "ConceptScheme",  "DataStructure",
    "Dataflow",           "ContentConstraint",  "DataConstraint",         "CategoryScheme",    "Categorisation", "AgencyScheme",
    "DataProviderScheme", "DataConsumerScheme", "OrganisationUnitScheme", "ProvisionAgreement"};

// After the open of <Structures>: <Codelists><Codelist>... and so on.
void read_list(xml::Reader& reader, Structures& to, MlFaults& faults) {
  if (reader.is_empty()) return;
  const std::size_t inside = reader.depth();
  while (reader.depth() >= inside) {
    if (reader.next() != Event::open) continue;
    if (reader.depth() == inside + 1 && !reader.is_empty()) continue;  // a container
    if (reader.depth() == inside && reader.is_empty()) continue;       // an empty one
    const std::string name(reader.local());
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      faults.pass_over(printable(name.substr(0, 60)));
      reader.skip();
      continue;
    }
    const MlNode node = read_tree(reader);
    if (node.attribute("id").empty()) {
      faults.add(node, "an artefact without id; it is left out");
      continue;
    }
    add_artefact(to, node, faults);
  }
}

}  // namespace

Structures read_ml_structures(ByteSource& source, std::vector<Fault>& list) {
  xml::Reader reader(source);
  const MlMessage message = open_message(reader);
  if (message.root != "Structure") {
    reader.refuse("this is a message '" + printable(message.root.substr(0, 60)) + "', expected structures",
                  "Name a structure message");
  }
  Structures read;
  MlFaults faults{list, read.passed_over};
  bool any = false;
  for (Event event = reader.next(); event != Event::end; event = reader.next()) {
    if (event != Event::open) continue;
    if (reader.local() == "Structures") {
      any = true;
      read_list(reader, read, faults);
    } else if (reader.local() == "Footer") {
      const std::uint64_t line = reader.line();
      const std::string said = read_service_messages(reader);
      if (!any) reader.refuse("the message brings no structures; the service says: " + said, "Do what the service says");
      list.push_back({line, "Footer", "the service says: " + said, {}});
    } else {
      reader.skip();
    }
  }
  // The same artefact twice in a message: the later one holds.
  Structures result;
  result.add(std::move(read));
  return result;
}

}  // namespace stocktake::sdmx
