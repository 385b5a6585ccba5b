#include "exchange/sdmx/ml_text.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/table.h"
#include "exchange/sdmx/escape.h"

namespace stocktake::sdmx {
namespace {

// SDMXCommonReferences.xsd of 2.1, PackageTypeCodelistType: where a class is at home.
std::string_view package_of(std::string_view kind) {
  struct Home {
    std::string_view kind, package;
  };
  static constexpr std::array homes{Home{"Codelist", "codelist"},
                                    Home{"ValueList", "codelist"},
                                    Home{"ConceptScheme", "conceptscheme"},
                                    Home{"Concept", "conceptscheme"},
                                    Home{"DataStructure", "datastructure"},
                                    Home{"Dataflow", "datastructure"},
                                    Home{"CategoryScheme", "categoryscheme"},
                                    Home{"Category", "categoryscheme"},
                                    Home{"Categorisation", "categoryscheme"},
                                    Home{"MetadataStructure", "metadatastructure"},
                                    Home{"Metadataflow", "metadatastructure"},
                                    Home{"ProvisionAgreement", "registry"},
                                    Home{"ContentConstraint", "registry"},
                                    Home{"HierarchicalCodelist", "codelist"},
                                    Home{"ReportingTaxonomy", "categoryscheme"},
                                    Home{"StructureSet", "mapping"},
                                    Home{"Process", "process"},
                                    Home{"AgencyScheme", "base"},
                                    Home{"DataProvider", "base"},
                                    Home{"DataProviderScheme", "base"},
                                    Home{"DataConsumerScheme", "base"},
                                    Home{"OrganisationUnitScheme", "base"}};
  for (const Home& one : homes) {
    if (one.kind == kind) return one.package;
  }
  return {};
}

}  // namespace

std::string name_of(const Maintainable& artefact) {
  std::string name = artefact.agency + ":" + artefact.id;
  if (!artefact.version.empty()) name += "(" + artefact.version + ")";
  return name;
}

void MlText::start(std::string_view name, Attributes attributes, Attributes more) {
  (text.append(2 * depth_, ' ') += '<') += name;
  for (const Attributes& all : {attributes, more}) {
    for (const auto& [id, value] : all) {
      if (value.empty()) continue;
      ((text += ' ') += id) += "=\"";
      append_xml(text, value);
      text += '"';
    }
  }
}
void MlText::open(std::string_view name, Attributes attributes) {
  start(name, attributes);
  text += ">\n";
  ++depth_;
}
void MlText::close(std::string_view name) {
  --depth_;
  ((text.append(2 * depth_, ' ') += "</") += name) += ">\n";
}
void MlText::empty(std::string_view name, Attributes attributes) {
  start(name, attributes);
  text += "/>\n";
}
void MlText::leaf(std::string_view name, std::string_view content, Attributes attributes) {
  start(name, attributes);
  text += '>';
  append_xml(text, content);
  ((text += "</") += name) += ">\n";
}

void MlText::lose(const std::string& what, const std::string& of) {
  auto& entry = lost_[what];
  if (entry.first++ == 0) entry.second = of;
}

void MlText::texts(std::string_view name, const Texts& texts) {
  for (const auto& [language, content] : texts) leaf(name, content, {{"xml:lang", language}});
}

void MlText::names(const Texts& names, const Texts& descriptions, const std::string& id) {
  if (names.empty()) {
    leaf("com:Name", id, {{"xml:lang", "en"}});
    lose("a name is wanted; the id is written", id);
  } else {
    texts("com:Name", names);
  }
  texts("com:Description", descriptions);
}

bool MlText::can_name(const Reference& to) const { return v30() ? !to_urn(to).empty() : !package_of(to.kind).empty(); }

// 2.1 has numbers only.
std::string MlText::version21(const Reference& to) {
  if (to.version.find_first_not_of("0123456789.") == std::string::npos) return to.version;
  lose("2.1 has no wildcards and drafts in versions; the least that fits is written", to_urn(to));
  if (to.version.find('*') != std::string::npos || to.version == "latest") return {};
  std::string least;
  for (const char c : to.version) {
    if (c == '-') break;
    if (c != '+') least += c;
  }
  return least.find_first_not_of("0123456789.") == std::string::npos ? least : std::string();
}

void MlText::reference(std::string_view name, const Reference& to) {
  if (!can_name(to))
    return lose("a reference to a class that cannot be named is left out", to.kind + " " + to.agency + ":" + to.id);
  if (v30()) return leaf(name, to_urn(to));
  open(name);
  const std::string_view kind = to.kind;
  const std::string version = version21(to);
  if (to.item.empty()) {
    empty("Ref", {{"id", to.id}, {"version", version}, {"agencyID", to.agency}, {"package", package_of(kind)}, {"class", kind}});
  } else {
    empty("Ref", {{"id", to.item},
                  {"maintainableParentID", to.id},
                  {"maintainableParentVersion", version},
                  {"agencyID", to.agency},
                  {"package", package_of(kind)},
                  {"class", kind}});
  }
  close(name);
}

void MlText::local(std::string_view name, std::string_view id) {
  if (v30()) return leaf(name, id);
  open(name);
  empty("Ref", {{"id", id}});
  close(name);
}

void MlText::open_artefact(std::string_view name, const Maintainable& artefact, Attributes more) {
  if (v30() && artefact.is_final) lose("3.0 does not say whether an artefact is final", name_of(artefact));
  // 2.1's are never final.
  const bool fixed = name == "str:AgencyScheme" || name == "str:DataConsumerScheme" || name == "str:DataProviderScheme";
  bool says_final = !v30() && artefact.is_final.has_value();
  if (says_final && fixed && *artefact.is_final) {
    says_final = false;
    lose("2.1's schemes of agencies, providers and consumers are not final", name_of(artefact));
  }
  const std::string_view is_final = !says_final ? "" : *artefact.is_final ? "true" : "false";
  // 3.0's organisation schemes have no version.
  const bool has_version = !v30() || !name.ends_with("Scheme") || name == "str:ConceptScheme" || name == "str:CategoryScheme";
  if (!has_version && artefact.version != "1.0") lose("3.0's organisation schemes have no version", name_of(artefact));
  start(name,
        {{"id", artefact.id},
         {"agencyID", artefact.agency},
         {"version", has_version ? artefact.version : std::string()},
         {"isFinal", is_final},
         {"isExternalReference", artefact.external ? "true" : ""},
         {"validFrom", artefact.valid_from},
         {"validTo", artefact.valid_to}},
        more);
  text += ">\n";
  ++depth_;
  if (!artefact.annotations.empty()) {
    open("com:Annotations");
    for (const auto& [type, content] : artefact.annotations) {
      open("com:Annotation");
      if (!type.empty()) leaf("com:AnnotationType", type);
      if (!content.empty()) leaf("com:AnnotationText", content, {{"xml:lang", "en"}});
      close("com:Annotation");
    }
    close("com:Annotations");
  }
  names(artefact.names, artefact.descriptions, artefact.id);
}

void MlText::add_format(std::string_view name, const Representation& from, For of, const std::string& artefact) {
  const auto whole = [&](const std::optional<std::int64_t>& value, const char* what) -> std::string {
    if (!value) return {};
    if (*value >= 1) return std::to_string(*value);
    lose(std::string(what) + " of 0 cannot be said", artefact);
    return {};
  };
  const bool coded = from.enumeration.has_value();
  const std::string min_length = whole(from.min_length, "minLength"), max_length = whole(from.max_length, "maxLength");
  std::string decimals = coded ? std::string() : whole(from.decimals, "decimals");
  if (coded && from.decimals) lose("decimals of codes cannot be said", artefact);
  std::string min_value, max_value;
  const auto bound = [&](std::string& to, const std::optional<double>& value) {
    if (!value) return;
    if (coded && std::trunc(*value) != *value) return lose("bounds of codes are whole numbers", artefact);
    to = number_text(*value);
  };
  bound(min_value, from.min_value);
  bound(max_value, from.max_value);
  // 2.1 has it in concepts only; there "true" is its default, which the reader does not take for said.
  const bool has_languages = !coded && (of == For::item || (v30() && of != For::dimension && of != For::time_dimension));
  if (from.multilingual && !has_languages) lose("isMultiLingual has no place", artefact);
  // The one type of 3.0 that 2.1 does not have.
  const bool known = v30() || from.text_type != "GeospatialInformation";
  if (!known) lose("2.1 has no text type GeospatialInformation", artefact);
  empty(name, {{"textType", known ? std::string_view(from.text_type) : std::string_view()},
               {"minLength", min_length},
               {"maxLength", max_length},
               {"minValue", min_value},
               {"maxValue", max_value},
               {"decimals", decimals},
               {"pattern", from.pattern},
               {"isMultiLingual", has_languages && from.multilingual ? "true" : ""}});
}

void MlText::representation(std::string_view name, const Representation& from, For of, const std::string& artefact) {
  const bool counted = v30() && (of == For::attribute || of == For::measure || of == For::item);
  const bool usual = from.min_occurs == 1 && from.max_occurs == 1;
  if (!counted && !usual) lose("several values of a component cannot be said", artefact);
  const std::string minimum = counted && from.min_occurs != 1 ? std::to_string(from.min_occurs) : "";
  const std::string maximum = !counted || from.max_occurs == 1 ? ""
                              : from.max_occurs == 0           ? "unbounded"
                                                               : std::to_string(from.max_occurs);
  open(name, {{"minOccurs", minimum}, {"maxOccurs", maximum}});
  const bool of_codes = from.enumeration && (from.enumeration->kind == "Codelist" || from.enumeration->kind == "ValueList");
  if (from.enumeration && v30() && !of_codes) {
    lose("3.0 enumerates by codelists and value lists only; a text is written", artefact);
    Representation text_only;
    text_only.text_type = "String";
    add_format("str:TextFormat", text_only, of, artefact);
  } else if (!from.enumeration) {
    add_format("str:TextFormat", from, of, artefact);
  } else {
    Reference to = *from.enumeration;
    if (!v30() && to.kind == "ValueList") {
      to.kind = "Codelist";
      lose("2.1 has no value lists; they are written as codelists", artefact);
    }
    reference("str:Enumeration", to);
    const Representation none{};
    const bool says = !from.text_type.empty() || from.min_length || from.max_length || from.decimals || from.min_value ||
                      from.max_value || from.pattern != none.pattern || from.multilingual;
    if (says) add_format("str:EnumerationFormat", from, of, artefact);
  }
  close(name);
}

void MlText::selected(const std::string& name, const std::vector<std::string>& codes, const std::vector<std::string>& below,
                      const std::string& artefact) {
  const auto has = [](const std::vector<std::string>& in, const std::string& code) {
    return std::find(in.begin(), in.end(), code) != in.end();
  };
  for (const std::string& code : codes) leaf(name, code, {{"cascadeValues", has(below, code) ? "true" : ""}});
  for (const std::string& code : below) {
    if (has(codes, code)) continue;
    if (v30()) {
      leaf(name, code, {{"cascadeValues", "excluderoot"}});
    } else {
      lose("2.1 cannot select the codes below a code without the code itself; they are left out", artefact);
    }
  }
}

}  // namespace stocktake::sdmx
