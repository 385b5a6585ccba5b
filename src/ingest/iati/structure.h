// Follows a file through the schema with expat, as it streams by.
#pragma once

#include <memory>
#include <string_view>

#include "ingest/iati/finding.h"
#include "ingest/iati/schema.h"

namespace stocktake::iati {

class StructureCheck {
 public:
  // With `schema` null only well-formedness is checked (versions before 2.01).
  StructureCheck(const Schema* schema, FindingSink sink);
  ~StructureCheck();
  StructureCheck(const StructureCheck&) = delete;
  StructureCheck& operator=(const StructureCheck&) = delete;

  // UTF-8 text, in pieces. False after a fault of the XML itself, which was told: the rest cannot be followed. Document type
  // declarations with an internal subset are such a fault, and so are entities that XML does not define itself.
  bool feed(std::string_view text);
  bool finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace stocktake::iati
