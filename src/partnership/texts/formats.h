// The readers of marked-up formats: bytes in, parts out. What the mark-up says of the document itself (symbol, dates) goes to
// `out`, and what was odd to its faults.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/language.h"
#include "partnership/texts/parts.h"

namespace stocktake {

// Office Open XML. Throws Error(input) for a file that is no DOCX, is encrypted, unpacks to too much or holds a DOCTYPE.
PartedText read_docx(std::string_view bytes, const std::string& name, ResolutionText& out);
// Akoma Ntoso 3.0 as the UN uses it (AKN4UN), also its drafts' namespaces. Sets out.language. Throws Error(input) for XML that is
// not well formed, a DOCTYPE with entities and elements nested deeper than 200.
PartedText read_akn(std::string_view text, const std::string& name, std::optional<Language> language, ResolutionText& out);
// HTML of any quality. Sets out.language. Throws Error(input) for entities declared in the text.
PartedText read_html(std::string_view text, const std::string& name, std::optional<Language> language, ResolutionText& out);

// Throws Error(input) for a DOCTYPE that declares entities, refers to another file (unless `html`) or has an internal subset.
void refuse_entities(std::string_view text, const std::string& name, bool html);

inline constexpr int deepest_nesting = 200;

}  // namespace stocktake
