// One commitment for readers: its words, its measure, its history.
#pragma once

#include <string>
#include <string_view>

#include "partnership/register/delivery.h"

namespace stocktake {

// The sentence with the words that make the promise between marks: bold and underlined with colours, else ⟦ and ⟧ (which a
// terminal mirrors in Arabic). A right-to-left sentence is isolated, so that what stands around it keeps its place.
std::string highlighted(const SourceClause& source, bool colour);

std::string commitment_text(const Commitment& commitment, const Delivery& delivery, Date day, bool colour);
std::string commitment_json(const Commitment& commitment, const Delivery& delivery, Date day);

}  // namespace stocktake
