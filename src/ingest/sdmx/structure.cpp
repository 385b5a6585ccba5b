#include "ingest/sdmx/structure.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "ingest/sdmx/version.h"

namespace stocktake::sdmx {
namespace {

constexpr std::string_view urn_begin = "urn:sdmx:org.sdmx.infomodel.";

// The package of each class of the information model, as the URNs in the messages of sdmx-twg/sdmx-ml (samples, tag 3.0) and of
// the SDMX 2.1 samples name them; "Measure" and "DataAttribute" and the like are parts of a data structure.
constexpr std::array<std::pair<std::string_view, std::string_view>, 52> packages{{
    {"Agency", "base"},
    {"AgencyScheme", "base"},
    {"DataConsumer", "base"},
    {"DataConsumerScheme", "base"},
    {"DataProvider", "base"},
    {"DataProviderScheme", "base"},
    {"MetadataProvider", "base"},
    {"MetadataProviderScheme", "base"},
    {"OrganisationUnit", "base"},
    {"OrganisationUnitScheme", "base"},
    {"Categorisation", "categoryscheme"},
    {"Category", "categoryscheme"},
    {"CategoryScheme", "categoryscheme"},
    {"ReportingCategory", "categoryscheme"},
    {"ReportingTaxonomy", "categoryscheme"},
    {"Code", "codelist"},
    {"Codelist", "codelist"},
    {"GeoGridCodelist", "codelist"},
    {"GeographicCodelist", "codelist"},
    {"HierarchicalCode", "codelist"},
    {"HierarchicalCodelist", "codelist"},
    {"Hierarchy", "codelist"},
    {"HierarchyAssociation", "codelist"},
    {"ValueList", "codelist"},
    {"Concept", "conceptscheme"},
    {"ConceptScheme", "conceptscheme"},
    {"AttributeDescriptor", "datastructure"},
    {"DataAttribute", "datastructure"},
    {"DataStructure", "datastructure"},
    {"Dataflow", "datastructure"},
    {"Dimension", "datastructure"},
    {"DimensionDescriptor", "datastructure"},
    {"GroupDimensionDescriptor", "datastructure"},
    {"Measure", "datastructure"},
    {"MeasureDescriptor", "datastructure"},
    {"MeasureDimension", "datastructure"},
    {"PrimaryMeasure", "datastructure"},
    {"TimeDimension", "datastructure"},
    {"MetadataAttribute", "metadatastructure"},
    {"MetadataStructure", "metadatastructure"},
    {"Metadataflow", "metadatastructure"},
    {"Process", "process"},
    {"AttachmentConstraint", "registry"},
    {"ContentConstraint", "registry"},
    {"DataConstraint", "registry"},
    {"MetadataConstraint", "registry"},
    {"MetadataProvisionAgreement", "registry"},
    {"ProvisionAgreement", "registry"},
    {"RepresentationMap", "structuremapping"},
    {"StructureMap", "structuremapping"},
    {"StructureSet", "structuremapping"},
    {"TransformationScheme", "transformation"},
}};

// The greatest of the artefacts that fit; a full one rather than a stub of the same version.
template <typename Artefact>
const Artefact* find(const std::vector<Artefact>& all, const Reference& wanted) {
  const Artefact* best = nullptr;
  for (const Artefact& one : all) {
    if (one.id != wanted.id || (!wanted.agency.empty() && one.agency != wanted.agency)) continue;
    if (!version_fits(one.version, wanted.version)) continue;
    const int order = best == nullptr ? 1 : compare_versions(one.version, best->version);
    if (order > 0 || (order == 0 && best->external && !one.external)) best = &one;
  }
  return best;
}

template <typename Artefact>
void add_all(std::vector<Artefact>& to, std::vector<Artefact> from) {
  if (from.empty()) return;
  const auto key = [](const Artefact& one) { return one.agency + '\x1f' + one.id + '\x1f' + one.version; };
  std::unordered_map<std::string, std::size_t> places;  // only looked up
  for (std::size_t i = 0; i < to.size(); ++i) places.emplace(key(to[i]), i);
  for (Artefact& one : from) {
    const auto [place, added] = places.emplace(key(one), to.size());
    if (added) {
      to.push_back(std::move(one));
    } else if (!one.external || to[place->second].external) {
      to[place->second] = std::move(one);
    }
  }
}

}  // namespace

std::string_view text_of(const Texts& texts, std::string_view language) {
  for (const std::string_view wanted : {language, std::string_view("en")}) {
    const auto found = texts.find(std::string(wanted));
    if (found != texts.end()) return found->second;
  }
  return texts.empty() ? std::string_view() : std::string_view(texts.begin()->second);
}

std::optional<Reference> parse_urn(std::string_view urn) {
  if (!urn.starts_with(urn_begin)) return std::nullopt;
  urn.remove_prefix(urn_begin.size());
  const std::size_t equals = urn.find('=');
  const std::string_view name = urn.substr(0, equals);
  const std::size_t dot = name.rfind('.');
  if (equals == std::string_view::npos || dot == std::string_view::npos || dot == 0 || dot + 1 == name.size())
    return std::nullopt;
  const std::string_view rest = urn.substr(equals + 1);
  const std::size_t colon = rest.find(':'), open = rest.find('('), close = rest.find(')', open);
  if (colon == std::string_view::npos || open == std::string_view::npos || close == std::string_view::npos) return std::nullopt;
  if (colon == 0 || colon + 1 >= open) return std::nullopt;
  Reference found{std::string(name.substr(dot + 1)),
                  std::string(rest.substr(0, colon)),
                  std::string(rest.substr(colon + 1, open - colon - 1)),
                  std::string(rest.substr(open + 1, close - open - 1)),
                  {}};
  const std::string_view item = rest.substr(close + 1);
  if (!item.empty()) {
    if (item[0] != '.' || item.size() == 1) return std::nullopt;
    found.item = item.substr(1);
  }
  return found;
}

std::string to_urn(const Reference& reference) {
  const auto found = std::find_if(packages.begin(), packages.end(), [&](const auto& one) { return one.first == reference.kind; });
  if (found == packages.end()) return {};
  std::string urn(urn_begin);
  urn.append(found->second).append(".").append(reference.kind).append("=").append(reference.agency).append(":");
  urn.append(reference.id).append("(").append(reference.version).append(")");
  if (!reference.item.empty()) urn.append(".").append(reference.item);
  return urn;
}

const Component* DataStructure::find(std::string_view id) const {
  for (const std::vector<Component>* list : {&dimensions, &measures, &attributes}) {
    const auto found = std::find_if(list->begin(), list->end(), [&](const Component& one) { return one.id == id; });
    if (found != list->end()) return &*found;
  }
  return nullptr;
}

const Codelist* Structures::codelist(const Reference& reference) const { return find(codelists, reference); }
const ConceptScheme* Structures::concept_scheme(const Reference& reference) const { return find(concept_schemes, reference); }
const DataStructure* Structures::data_structure(const Reference& reference) const { return find(data_structures, reference); }
const Dataflow* Structures::dataflow(const Reference& reference) const { return find(dataflows, reference); }

const ProvisionAgreement* Structures::provision_agreement(const Reference& reference) const {
  return find(provision_agreements, reference);
}

const Dataflow* Structures::dataflow_of(const Reference& reference) const {
  if (reference.kind != "ProvisionAgreement") return dataflow(reference);
  const ProvisionAgreement* const agreement = provision_agreement(reference);
  return agreement == nullptr || !agreement->dataflow ? nullptr : dataflow(*agreement->dataflow);
}

const DataStructure* Structures::structure_of(const Reference& reference) const {
  if (reference.kind != "Dataflow" && reference.kind != "ProvisionAgreement") {
    const DataStructure* found = data_structure(reference);
    if (found != nullptr || reference.kind == "DataStructure") return found;
  }
  const Dataflow* flow = dataflow_of(reference);
  return flow == nullptr || !flow->structure ? nullptr : data_structure(*flow->structure);
}

const Representation* Structures::representation_of(const Component& component) const {
  if (component.representation) return &*component.representation;
  if (!component.concept_identity) return nullptr;
  const ConceptScheme* scheme = concept_scheme(*component.concept_identity);
  if (scheme == nullptr) return nullptr;
  const auto found = std::find_if(scheme->concepts.begin(), scheme->concepts.end(),
                                  [&](const Concept& one) { return one.id == component.concept_identity->item; });
  return found == scheme->concepts.end() || !found->representation ? nullptr : &*found->representation;
}

void Structures::add(Structures other) {
  add_all(codelists, std::move(other.codelists));
  add_all(concept_schemes, std::move(other.concept_schemes));
  add_all(data_structures, std::move(other.data_structures));
  add_all(dataflows, std::move(other.dataflows));
  add_all(constraints, std::move(other.constraints));
  add_all(category_schemes, std::move(other.category_schemes));
  add_all(categorisations, std::move(other.categorisations));
  add_all(organisation_schemes, std::move(other.organisation_schemes));
  add_all(provision_agreements, std::move(other.provision_agreements));
  for (std::string& name : other.passed_over) {
    if (std::find(passed_over.begin(), passed_over.end(), name) == passed_over.end()) passed_over.push_back(std::move(name));
  }
}

std::size_t Structures::size() const {
  return codelists.size() + concept_schemes.size() + data_structures.size() + dataflows.size() + constraints.size() +
         category_schemes.size() + categorisations.size() + organisation_schemes.size() + provision_agreements.size();
}

}  // namespace stocktake::sdmx
