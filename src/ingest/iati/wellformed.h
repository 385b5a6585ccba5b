// Whether XML is well-formed: expat's word, with the line. Entities other than the five of XML and references to characters are
// refused, and so is every document type declaration with an internal subset: nothing is ever expanded or fetched.
#pragma once

#include <optional>
#include <string_view>

#include "ingest/iati/activity.h"

namespace stocktake::iati {

// True when `text` (one element) needs expat's judgement: it is not UTF-8, or has a reference that is none of XML's own. A quick
// look at the bytes; what it does not see (an attribute given twice, a control character) only `iati check` reports.
bool suspicious(std::string_view text);

// The first fault of a document or element in UTF-8, whose first line is `line`; nothing when it is well-formed.
std::optional<Fault> wellformed_fault(std::string_view text, std::uint64_t line);

}  // namespace stocktake::iati
