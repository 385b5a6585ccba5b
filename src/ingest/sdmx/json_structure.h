// SDMX-JSON structure messages, 1.0 and 2.0, and back.
#pragma once

#include <string>
#include <vector>

#include "ingest/byte_source.h"
#include "ingest/sdmx/data.h"
#include "ingest/sdmx/structure.h"

namespace stocktake::sdmx {

// Codelists, value lists, concept schemes, data structures, dataflows, constraints, category schemes, categorisations and
// organisation schemes; other classes go into passed_over. Throws Error(input) for what is no JSON (line and column), is no
// such message, or brings errors and no structures. An artefact that cannot be used (no id, no agency) is a fault with its JSON
// pointer; the rest is read. The whole message is in memory.
Structures read_json_structures(ByteSource& source, std::vector<Fault>& faults);

// An SDMX-JSON 2.0 structure message that read_json_structures reads back equal. What the format has no place for (is_final,
// components given for values of a key set, ...) stands in properties that begin with "x-", as the schema allows. It is valid
// against the official schema where the artefacts are: the schema wants names, identifiers and versions of certain forms.
// The same structures give the same bytes.
std::string to_json(const Structures& structures, const Header& header);
// With a header that says no more than the format asks for; `prepared` is 1970-01-01, so that the bytes do not change.
std::string to_json(const Structures& structures);

}  // namespace stocktake::sdmx
