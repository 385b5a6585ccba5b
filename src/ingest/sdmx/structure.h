// SDMX structural metadata: what a structure message defines, whichever format and version it came in (SDMX-ML 2.1 and 3.0,
// SDMX-JSON 1.0 and 2.0). Names are those of the SDMX information model (sdmx.org, Technical Specifications, Section 2).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stocktake::sdmx {

// A text in several languages: by language tag ("en", "zh"), in the order of the tags; "" where the message gives none.
using Texts = std::map<std::string, std::string>;
// The text in a language, else in English, else the first; "" where there is none.
std::string_view text_of(const Texts& texts, std::string_view language = "en");

// Which artefact: agency, id and version as printed ("1.0", "1.0.0", "latest", "+" and "*" parts in references).
struct Reference {
  std::string kind;  // class of the information model: "Codelist", "DataStructure", "Dataflow", "ConceptScheme" ...
  std::string agency, id, version;
  std::string item;  // of a reference to an item: the code, concept or category
  bool operator==(const Reference&) const = default;
};
// "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=SDMX:CL_FREQ(2.0)", with ".A" for an item. Empty when it is no such URN.
std::optional<Reference> parse_urn(std::string_view urn);
std::string to_urn(const Reference& reference);

// What every maintainable artefact has.
struct Maintainable {
  std::string agency, id, version;
  Texts names, descriptions;
  std::map<std::string, std::string> annotations;  // by type or title, the text in English or the first
  std::optional<bool> is_final;
  std::string valid_from, valid_to;
  bool external = false;  // a stub: only named here
};

// How a component's values are written.
struct Representation {
  std::optional<Reference> enumeration;  // of a codelist or value list
  std::string text_type;                 // "String", "Double", "ObservationalTimePeriod" ...; "" when not said
  std::optional<std::int64_t> min_length, max_length, decimals;
  std::optional<double> min_value, max_value;
  std::string pattern;
  bool multilingual = false;
  std::uint32_t min_occurs = 1, max_occurs = 1;  // 0 as max_occurs: no limit (SDMX 3.0)
};

struct Code {
  std::string id, parent;
  Texts names, descriptions;
};
// Codes by their ids, which may have wildcards ('%'); `below`: those whose codes below them in the list are meant, whether
// they themselves are (then they are in `codes` too) or not.
struct CodeSelection {
  std::vector<std::string> codes, below;
};
// SDMX 3.0: codes of another list that are codes of this one too (code_selection.h).
struct CodelistExtension {
  Reference codelist;
  std::string prefix;                      // before the ids
  std::optional<CodeSelection> selection;  // none: all codes
  bool include = true;                     // of the selection: these, or all but these
};
struct Codelist : Maintainable {
  std::vector<Code> codes;  // its own, in the order of the message
  std::vector<CodelistExtension> extensions;
  bool partial = false;
  bool value_list = false;  // SDMX 3.0: ids need not be SDMX identifiers
};

struct Concept {
  std::string id, parent;
  Texts names, descriptions;
  std::optional<Representation> representation;
};
struct ConceptScheme : Maintainable {
  std::vector<Concept> concepts;
};

enum class Role : std::uint8_t { unknown, dimension, time_dimension, measure, attribute };
enum class Attachment : std::uint8_t { dataset, group, series, observation };

struct Component {
  std::string id;
  Role role = Role::unknown;
  std::optional<Reference> concept_identity;  // with its item
  std::optional<Representation> representation;
  // Of attributes:
  Attachment attachment = Attachment::observation;
  std::vector<std::string> attached_to;  // ids of dimensions, or the one id of a group
  std::vector<std::string> of_measures;  // SDMX 3.0's measure relationship: ids of measures; none: all of them
  bool mandatory = false;
  bool measure_dimension = false;  // SDMX 2.1's MeasureDimension
};
struct Group {
  std::string id;
  std::vector<std::string> dimensions;
};
struct DataStructure : Maintainable {
  std::vector<Component> dimensions;  // in key order, the time dimension last
  std::vector<Component> measures;    // the primary measure first
  std::vector<Component> attributes;
  std::vector<Group> groups;
  const Component* find(std::string_view id) const;
};

struct Dataflow : Maintainable {
  std::optional<Reference> structure;
};

// Who reports the data of which dataflow.
struct ProvisionAgreement : Maintainable {
  std::optional<Reference> dataflow, provider;
};

// A content constraint (2.1), a data constraint (3.0) or an available constraint: what may be, or is, in the data.
struct CubeRegion {
  struct Values {
    std::vector<std::string> codes;
    std::string from, to;  // of a range of time
    bool include = true;
    std::vector<std::string> below;             // as in CodeSelection
    bool from_inside = true, to_inside = true;  // whether the ends belong to the range
  };
  bool include = true;
  std::map<std::string, Values> components;  // by component id
};
struct Constraint : Maintainable {
  bool allowed = true;  // false: actual, what there is
  std::vector<Reference> attached_to;
  std::vector<CubeRegion> regions;
  std::vector<std::pair<bool, std::map<std::string, std::string>>> keys;  // data key sets: included?, partial key
};

struct Category {
  std::string id, parent;  // parent: the path of ids above, with dots
  Texts names;
};
struct CategoryScheme : Maintainable {
  std::vector<Category> categories;
};
struct Categorisation : Maintainable {
  std::optional<Reference> source, target;
};

struct Organisation {
  std::string id;
  Texts names;
};
struct OrganisationScheme : Maintainable {
  std::string kind;  // "AgencyScheme", "DataProviderScheme", "DataConsumerScheme", "OrganisationUnitScheme"
  std::vector<Organisation> organisations;
};

// All that one message defines, or several together.
struct Structures {
  std::vector<Codelist> codelists;
  std::vector<ConceptScheme> concept_schemes;
  std::vector<DataStructure> data_structures;
  std::vector<Dataflow> dataflows;
  std::vector<Constraint> constraints;
  std::vector<CategoryScheme> category_schemes;
  std::vector<Categorisation> categorisations;
  std::vector<OrganisationScheme> organisation_schemes;
  std::vector<ProvisionAgreement> provision_agreements;
  std::vector<std::string> passed_over;  // classes that were met and are not read, once each: "HierarchicalCodelist" ...

  // By agency, id and version; a version that is empty, "latest", or has a wildcard ("1+.0", "*") finds the greatest that fits.
  const Codelist* codelist(const Reference& reference) const;
  const ConceptScheme* concept_scheme(const Reference& reference) const;
  const DataStructure* data_structure(const Reference& reference) const;
  const Dataflow* dataflow(const Reference& reference) const;
  const ProvisionAgreement* provision_agreement(const Reference& reference) const;
  // The dataflow of a reference to one, or of the provision agreement's.
  const Dataflow* dataflow_of(const Reference& reference) const;
  // The data structure of a reference to one, or of the dataflow's.
  const DataStructure* structure_of(const Reference& reference) const;
  // How a component's values are written: its own representation, else its concept's core representation.
  const Representation* representation_of(const Component& component) const;
  // Adds what another message defines; an artefact of the same agency, id and version is replaced.
  void add(Structures other);
  std::size_t size() const;
};

}  // namespace stocktake::sdmx
