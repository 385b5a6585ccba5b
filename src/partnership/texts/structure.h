// From parts to the document: the head of the first page, then clauses, headings, annexes and faults. The same for every format.
#pragma once

#include "partnership/texts/parts.h"
#include "partnership/texts/words.h"

namespace stocktake {

// Fills what is empty in `out` from the parts before the text proper; returns how many parts those are. The text may begin in the
// middle of a part ("The General Assembly, Recalling ..."): that part is cut.
std::size_t read_front(PartedText& parted, const DocumentWords& words, ResolutionText& out);

// Fills clauses, headings, footnotes and faults, and the day and meeting at the end.
void read_structure(PartedText&& parted, const DocumentWords& words, ResolutionText& out);

}  // namespace stocktake
