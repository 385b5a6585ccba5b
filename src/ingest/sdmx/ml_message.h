// What data and structure messages of SDMX-ML have in common: the first element, the header, messages of the service.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/sdmx/data.h"
#include "ingest/xml/reader.h"

namespace stocktake::sdmx {

struct MlMessage {
  std::string root;     // "GenericData", "Structure" ...
  std::string version;  // "2.1", "3.0"
};
// Reads the first tag. Throws Error(input) for what is no SDMX-ML, for SDMX 1.0 and 2.0, and for an error message, with its text.
MlMessage open_message(xml::Reader& reader);

struct MlHeader {
  Header header;
  std::vector<bool> explicit_measures;  // of each structure: the measure is the type of an observation
};
// After the open of <Header>: to its end.
MlHeader read_header(xml::Reader& reader);

// After the open of <Footer> or <Error>: what the service says, "413 (Information): text text", several separated by "; ".
std::string read_service_messages(xml::Reader& reader);

// The reference that an element holds: a <Ref>, a <URN>, or the URN as its text. `kind` is the class where a Ref does not tell.
std::optional<Reference> read_reference(xml::Reader& reader, std::string_view kind);
// Of the attributes of a <Ref>, by their local names.
template <typename Get>
Reference reference_of(const Get& get, std::string_view kind) {
  const std::string_view named = get("class");
  Reference found{std::string(named.empty() ? kind : named),
                  std::string(get("agencyID")),
                  std::string(get("id")),
                  std::string(get("version")),
                  {}};
  if (const std::string_view parent = get("maintainableParentID"); !parent.empty()) {
    found.item = std::move(found.id);
    if (const std::string_view path = get("containerID"); !path.empty()) found.item = std::string(path) + "." + found.item;
    found.id = parent;
    found.version = get("maintainableParentVersion");
  }
  return found;
}

// "Append", "Replace", "Delete", "Merge", "Information".
std::optional<Action> action_of(std::string_view text);

}  // namespace stocktake::sdmx
