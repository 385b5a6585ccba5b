// Versions of SDMX artefacts: "1.0", "2.3.1", "2.3.1-draft", and what references ask for.
#pragma once

#include <string_view>

namespace stocktake::sdmx {

// Less than, equal to or greater than 0, as `left` is older, the same or newer. Numbers part by part, missing parts are 0; a
// version with an extension ("-draft") is older than the one without; extensions go by text.
int compare_versions(std::string_view left, std::string_view right);

// Whether a version is what a reference asks for: itself ("1.0" is "1.0.0" too); any for "", "latest" and "*"; with a '+' behind
// a part, one whose parts before it are the same and which is not older ("2+.1": 2.1 and newer of any greater first part,
// "2.1+": 2.1, 2.2 ...); with a '*' for a part, any from there on. Extensions fit '*' and their own text only.
bool version_fits(std::string_view version, std::string_view wanted);

}  // namespace stocktake::sdmx
