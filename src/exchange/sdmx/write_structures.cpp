#include "exchange/sdmx/write_structures.h"

#include <vector>

#include "exchange/sdmx/ml_text.h"

namespace stocktake::sdmx {
namespace {

void add_parent(MlText& to, const std::string& parent, const std::string& artefact) {
  if (parent.empty()) return;
  const char first = parent.front();
  const bool letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
  if (to.v30() && !letter)
    to.lose("the schema of 3.0 takes only parents that begin with a letter; others are written all the same", artefact);
  to.local("str:Parent", parent);
}

void add_extension(MlText& to, const CodelistExtension& from, const std::string& artefact) {
  if (!to.can_name(from.codelist)) return to.lose("an extension without a codelist is left out", artefact);
  to.open("str:CodelistExtension", {{"prefix", from.prefix}});
  to.reference("str:Codelist", from.codelist);
  if (from.selection) {
    const std::string_view name = from.include ? "str:InclusiveCodeSelection" : "str:ExclusiveCodeSelection";
    to.open(name);
    to.selected("str:MemberValue", from.selection->codes, from.selection->below, artefact);
    to.close(name);
  }
  to.close("str:CodelistExtension");
}

void add_codelist(MlText& to, const Codelist& from) {
  const bool values = from.value_list && to.v30();
  if (from.value_list && !to.v30()) to.lose("2.1 has no value lists; they are written as codelists", name_of(from));
  const std::string_view name = values ? "str:ValueList" : "str:Codelist", item = values ? "str:ValueItem" : "str:Code";
  if (values && from.partial) to.lose("a value list cannot be partial", name_of(from));
  to.open_artefact(name, from, {{"isPartial", from.partial && !values ? "true" : ""}});
  for (const Code& code : from.codes) {
    to.open(item, {{"id", code.id}});
    if (values) {
      // Here a name may be missing.
      to.texts("com:Name", code.names);
      to.texts("com:Description", code.descriptions);
      if (!code.parent.empty()) to.lose("the items of a value list have no parents", name_of(from));
    } else {
      to.names(code.names, code.descriptions, code.id);
      add_parent(to, code.parent, name_of(from));
    }
    to.close(item);
  }
  for (const CodelistExtension& one : from.extensions) {
    if (!to.v30()) {
      to.lose("2.1 has no extensions of codelists; only the list's own codes are written", name_of(from));
    } else if (values) {
      to.lose("a value list is not extended", name_of(from));
    } else {
      add_extension(to, one, name_of(from));
    }
  }
  to.close(name);
}

void add_concept_scheme(MlText& to, const ConceptScheme& from) {
  to.open_artefact("str:ConceptScheme", from);
  for (const Concept& item : from.concepts) {
    to.open("str:Concept", {{"id", item.id}});
    to.names(item.names, item.descriptions, item.id);
    add_parent(to, item.parent, name_of(from));
    if (item.representation)
      to.representation("str:CoreRepresentation", *item.representation, MlText::For::item, name_of(from) + ", " + item.id);
    to.close("str:Concept");
  }
  to.close("str:ConceptScheme");
}

// Categories stand within their parents, whatever their order in the list.
class Categories {
 public:
  Categories(MlText& to, const CategoryScheme& from) : to_(to), from_(from) {
    for (const Category& one : from.categories) below_[one.parent].push_back(&one);
  }
  void add(const std::string& path) {
    const auto found = below_.find(path);
    if (found == below_.end()) return;
    for (const Category* const one : found->second) {
      ++written_;
      to_.open("str:Category", {{"id", one->id}});
      to_.names(one->names, {}, one->id);
      add(path.empty() ? one->id : path + "." + one->id);
      to_.close("str:Category");
    }
  }
  void tell() {
    if (written_ < from_.categories.size()) to_.lose("categories below one that is not there are left out", name_of(from_));
  }

 private:
  MlText& to_;
  const CategoryScheme& from_;
  std::map<std::string, std::vector<const Category*>> below_;
  std::size_t written_ = 0;
};

void add_category_scheme(MlText& to, const CategoryScheme& from) {
  to.open_artefact("str:CategoryScheme", from);
  Categories categories(to, from);
  categories.add({});
  categories.tell();
  to.close("str:CategoryScheme");
}

void add_categorisation(MlText& to, const Categorisation& from) {
  to.open_artefact("str:Categorisation", from);
  if (from.source && from.target && to.can_name(*from.source) && to.can_name(*from.target)) {
    to.reference("str:Source", *from.source);
    to.reference("str:Target", *from.target);
  } else if (from.source || from.target) {
    to.lose("a categorisation without source or target, or of a class that cannot be named, is written without both",
            name_of(from));
  }
  to.close("str:Categorisation");
}

void add_dataflow(MlText& to, const Dataflow& from) {
  to.open_artefact("str:Dataflow", from);
  if (from.structure) to.reference("str:Structure", *from.structure);
  to.close("str:Dataflow");
}

void add_provision_agreement(MlText& to, const ProvisionAgreement& from) {
  to.open_artefact("str:ProvisionAgreement", from);
  if (from.dataflow && from.provider && to.can_name(*from.dataflow) && to.can_name(*from.provider)) {
    to.reference(to.v30() ? "str:Dataflow" : "str:StructureUsage", *from.dataflow);
    to.reference("str:DataProvider", *from.provider);
  } else if (from.dataflow || from.provider) {
    to.lose("a provision agreement without dataflow or provider, or of a class that cannot be named, is written without both",
            name_of(from));
  }
  to.close("str:ProvisionAgreement");
}

void add_organisations(MlText& to, const OrganisationScheme& from) {
  const std::string name = "str:" + from.kind, item = name.substr(0, name.size() - std::string_view("Scheme").size());
  to.open_artefact(name, from);
  for (const Organisation& one : from.organisations) {
    to.open(item, {{"id", one.id}});
    to.names(one.names, {}, one.id);
    to.close(item);
  }
  to.close(name);
}

// The elements that hold artefacts, in the schema's order.
class Message {
 public:
  Message(MlText& to, const Structures& from) : to_(to), from_(from) {}

  void v21() {
    if (!from_.organisation_schemes.empty()) {
      to_.open("str:OrganisationSchemes");
      for (const char* kind : {"AgencyScheme", "DataConsumerScheme", "DataProviderScheme", "OrganisationUnitScheme"})
        organisations(kind);
      to_.close("str:OrganisationSchemes");
    }
    list("str:Dataflows", from_.dataflows, add_dataflow);
    list("str:CategorySchemes", from_.category_schemes, add_category_scheme);
    list("str:Categorisations", from_.categorisations, add_categorisation);
    list("str:Codelists", from_.codelists, add_codelist);
    list("str:Concepts", from_.concept_schemes, add_concept_scheme);
    list("str:DataStructures", from_.data_structures, add_data_structure);
    list("str:Constraints", from_.constraints, [&](MlText& to, const Constraint& one) { add_constraint(to, one, from_); });
    list("str:ProvisionAgreements", from_.provision_agreements, add_provision_agreement);
  }

  void v30() {
    organisations_in("AgencyScheme");
    list("str:Categorisations", from_.categorisations, add_categorisation);
    list("str:CategorySchemes", from_.category_schemes, add_category_scheme);
    codelists("str:Codelists", false);
    list("str:ConceptSchemes", from_.concept_schemes, add_concept_scheme);
    list("str:DataConstraints", from_.constraints, [&](MlText& to, const Constraint& one) { add_constraint(to, one, from_); });
    organisations_in("DataConsumerScheme");
    list("str:Dataflows", from_.dataflows, add_dataflow);
    organisations_in("DataProviderScheme");
    list("str:DataStructures", from_.data_structures, add_data_structure);
    organisations_in("OrganisationUnitScheme");
    list("str:ProvisionAgreements", from_.provision_agreements, add_provision_agreement);
    codelists("str:ValueLists", true);
  }

 private:
  template <typename Artefacts, typename Add>
  void list(std::string_view name, const Artefacts& artefacts, const Add& add) {
    if (artefacts.empty()) return;
    to_.open(name);
    for (const auto& one : artefacts) add(to_, one);
    to_.close(name);
  }
  void codelists(std::string_view name, bool value_lists) {
    bool any = false;
    for (const Codelist& one : from_.codelists) {
      if (one.value_list != value_lists) continue;
      if (!any) to_.open(name);
      any = true;
      add_codelist(to_, one);
    }
    if (any) to_.close(name);
  }
  void organisations(std::string_view kind) {
    for (const OrganisationScheme& one : from_.organisation_schemes) {
      if (one.kind == kind) add_organisations(to_, one);
    }
  }
  void organisations_in(const std::string& kind) {
    bool any = false;
    for (const OrganisationScheme& one : from_.organisation_schemes) any = any || one.kind == kind;
    if (!any) return;
    to_.open("str:" + kind + "s");
    organisations(kind);
    to_.close("str:" + kind + "s");
  }
  MlText& to_;
  const Structures& from_;
};

}  // namespace

std::string to_ml(const Structures& structures, const Header& header, MlVersion version, MlLost& lost) {
  MlText to(version, lost);
  const std::string space = std::string("http://www.sdmx.org/resources/sdmxml/schemas/") + (to.v30() ? "v3_0" : "v2_1");
  to.text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<mes:Structure xmlns:mes=\"" + space + "/message\" xmlns:str=\"" +
            space + "/structure\" xmlns:com=\"" + space + "/common\">\n";
  to.open("mes:Header");
  to.leaf("mes:ID", header.id);
  to.leaf("mes:Test", header.test ? "true" : "false");
  to.leaf("mes:Prepared", header.prepared);
  to.empty("mes:Sender", {{"id", header.sender}});
  if (!header.receiver.empty()) to.empty("mes:Receiver", {{"id", header.receiver}});
  to.close("mes:Header");
  for (const std::string& one : structures.passed_over) to.lose("classes that are not read are not written", one);
  if (structures.size() > 0) {
    to.open("mes:Structures");
    Message message(to, structures);
    to.v30() ? message.v30() : message.v21();
    to.close("mes:Structures");
  }
  to.text += "</mes:Structure>\n";
  return std::move(to.text);
}

}  // namespace stocktake::sdmx
