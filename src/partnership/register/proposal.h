// Proposals for the register from what was read in a text: one for each clause that the reading takes for a commitment.
#pragma once

#include <vector>

#include "partnership/register/commitment.h"
#include "partnership/texts/document.h"
#include "partnership/texts/reading.h"

namespace stocktake {

// In the order of the text. Ids are the document's symbol (or its file's name) and the clause's path, "A-RES-68-6/14(a)"; the
// words that promise reach from the verb to the last quantity or deadline of the clause. What the clause does not say stays open.
std::vector<Commitment> proposals_of(const ResolutionText& text, const std::vector<ClauseReading>& readings);

}  // namespace stocktake
