// SDMX structures in the store: one artefact a row, as an SDMX-JSON 2.0 structure message of its own.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "ingest/byte_source.h"
#include "ingest/sdmx/data.h"
#include "ingest/sdmx/structure.h"
#include "store/store.h"

namespace stocktake::sdmx {

// Rows for Store::save_structures; `origin` is the file or URL.
std::vector<StoredStructure> to_stored(const Structures& structures, const std::string& origin);
// What the rows hold. Throws Error(store) for content that cannot be read.
Structures from_stored(const std::vector<StoredStructure>& rows);

// The faults of a message as notes for a person: the first eight, and how many more.
std::vector<std::string> notes_of(const std::vector<Fault>& faults);

// What an import of a structure message did, or would do.
struct StructureImport {
  std::vector<std::pair<std::string, std::size_t>> stored;  // kind and number, in the order of the model
  std::size_t codes = 0;                                    // in the code lists
  std::vector<std::string> notes;
  Structures structures;
};
// Reads a structure message and, unless `store` is null (a dry run), saves what it defines. Stubs, and partial code lists where
// the store has the whole one, are left out with a note. Throws Error(input) for a message that defines nothing.
StructureImport import_structures(ByteSource& source, Store* store);

}  // namespace stocktake::sdmx
