// An extraction as JSON (schema: docs/commitments.md), as XML close to the UN's Akoma Ntoso, and as a table with a row a clause.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/table.h"
#include "partnership/texts/reading.h"

namespace stocktake {

std::string_view to_string(ClauseKind value);
std::string_view to_string(VerbClass value);
std::string_view to_string(ActorKind value);
std::string_view to_string(QuantityKind value);
std::string_view to_string(DeadlineKind value);

// An amount as people read it: "100000000000", "0.7".
std::string amount_text(double value);

std::string extraction_json(const ResolutionText& text, const std::vector<ClauseReading>& readings);
std::string extraction_xml(const ResolutionText& text, const std::vector<ClauseReading>& readings);
Table extraction_table(const ResolutionText& text, const std::vector<ClauseReading>& readings);

}  // namespace stocktake
