#include "ingest/sdmx/stored.h"

#include <algorithm>

#include "base/error.h"
#include "base/utf8.h"
#include "ingest/sdmx/json_structure.h"

namespace stocktake::sdmx {
namespace {

std::string kind_of_artefact(const Codelist& list) { return list.value_list ? "ValueList" : "Codelist"; }
std::string kind_of_artefact(const ConceptScheme&) { return "ConceptScheme"; }
std::string kind_of_artefact(const DataStructure&) { return "DataStructure"; }
std::string kind_of_artefact(const Dataflow&) { return "Dataflow"; }
std::string kind_of_artefact(const Constraint&) { return "DataConstraint"; }
std::string kind_of_artefact(const CategoryScheme&) { return "CategoryScheme"; }
std::string kind_of_artefact(const Categorisation&) { return "Categorisation"; }
std::string kind_of_artefact(const ProvisionAgreement&) { return "ProvisionAgreement"; }
std::string kind_of_artefact(const OrganisationScheme& scheme) { return scheme.kind; }

template <class Artefact>
void add_rows(std::vector<StoredStructure>& rows, const std::vector<Artefact>& artefacts,
              std::vector<Artefact> Structures::*where, const std::string& origin) {
  for (const Artefact& artefact : artefacts) {
    Structures alone;
    (alone.*where).push_back(artefact);
    rows.push_back({kind_of_artefact(artefact), artefact.agency, artefact.id, artefact.version, origin, {}, to_json(alone)});
  }
}

template <class Artefact>
void drop_stubs(std::vector<Artefact>& artefacts, std::size_t& stubs) {
  stubs += static_cast<std::size_t>(std::erase_if(artefacts, [](const Artefact& one) { return one.external; }));
}

}  // namespace

std::vector<StoredStructure> to_stored(const Structures& s, const std::string& origin) {
  std::vector<StoredStructure> rows;
  add_rows(rows, s.codelists, &Structures::codelists, origin);
  add_rows(rows, s.concept_schemes, &Structures::concept_schemes, origin);
  add_rows(rows, s.data_structures, &Structures::data_structures, origin);
  add_rows(rows, s.dataflows, &Structures::dataflows, origin);
  add_rows(rows, s.constraints, &Structures::constraints, origin);
  add_rows(rows, s.category_schemes, &Structures::category_schemes, origin);
  add_rows(rows, s.categorisations, &Structures::categorisations, origin);
  add_rows(rows, s.organisation_schemes, &Structures::organisation_schemes, origin);
  add_rows(rows, s.provision_agreements, &Structures::provision_agreements, origin);
  return rows;
}

Structures from_stored(const std::vector<StoredStructure>& rows) {
  Structures all;
  for (const StoredStructure& row : rows) {
    const std::string name = row.kind + " " + row.agency + ":" + row.id + "(" + row.version + ")";
    std::vector<Fault> faults;
    try {
      const auto source = ByteSource::from_bytes(row.content, name);
      all.add(read_json_structures(*source, faults));
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::input) throw;
      throw Error(ErrorKind::store, "the stored structure " + name + " cannot be read: " + error.problem(),
                  "Import its structure message again, or pass --no-validate");
    }
  }
  return all;
}

std::vector<std::string> notes_of(const std::vector<Fault>& faults) {
  constexpr std::size_t shown = 8;
  std::vector<std::string> notes;
  for (std::size_t i = 0; i < faults.size() && i < shown; ++i) {
    const std::string line = faults[i].line == 0 ? "" : "line " + std::to_string(faults[i].line) + ": ";
    notes.push_back(line + (faults[i].where.empty() ? "" : faults[i].where + ": ") + faults[i].problem);
  }
  if (faults.size() > shown) notes.push_back("and " + std::to_string(faults.size() - shown) + " more faults of the message");
  return notes;
}

StructureImport import_structures(ByteSource& source, Store* store) {
  StructureImport result;
  std::vector<Fault> faults;
  Structures read = read_structures(source, faults);
  result.notes = notes_of(faults);
  for (const std::string& kind : read.passed_over) result.notes.push_back("artefacts of the kind " + kind + " are not kept");
  std::size_t stubs = 0;
  drop_stubs(read.codelists, stubs);
  drop_stubs(read.concept_schemes, stubs);
  drop_stubs(read.data_structures, stubs);
  drop_stubs(read.dataflows, stubs);
  drop_stubs(read.constraints, stubs);
  drop_stubs(read.category_schemes, stubs);
  drop_stubs(read.organisation_schemes, stubs);
  drop_stubs(read.provision_agreements, stubs);
  if (stubs > 0)
    result.notes.push_back(std::to_string(stubs) + " artefacts are only named here (external references) and were left out");
  if (store != nullptr &&
      std::any_of(read.codelists.begin(), read.codelists.end(), [](const Codelist& list) { return list.partial; })) {
    const Structures before = from_stored(store->structures());
    std::erase_if(read.codelists, [&](const Codelist& list) {
      const Codelist* const whole =
          list.partial ? before.codelist({"Codelist", list.agency, list.id, list.version, {}}) : nullptr;
      if (whole == nullptr || whole->partial || whole->version != list.version) return false;
      result.notes.push_back("the code list " + list.id + " is a part of the one in the store and was left out");
      return true;
    });
  }
  const std::vector<StoredStructure> rows = to_stored(read, readable(source.name()));
  if (rows.empty() && faults.empty() && stubs == 0 && result.notes.empty())
    throw Error(ErrorKind::input, "the message defines no structures", "Is it the file you mean?", {source.name(), 0, 0, {}});
  for (const StoredStructure& row : rows) {
    if (result.stored.empty() || result.stored.back().first != row.kind) result.stored.emplace_back(row.kind, 0);
    ++result.stored.back().second;
  }
  for (const Codelist& list : read.codelists) result.codes += list.codes.size();
  if (store != nullptr && !rows.empty()) store->save_structures(rows);
  result.structures = std::move(read);
  return result;
}

}  // namespace stocktake::sdmx
