// Reads one target rule of a framework file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "framework/framework.h"
#include "framework/reader.h"

namespace stocktake {

// An indicator code that a file mentions; whether it exists is known only when the whole file was read.
struct Reference {
  Location where;
  std::string code;
};

// The rule, with what could be read of it; empty when it names no indicator or type. Faults go to the reader, mentioned
// codes to `references`. Where a target has no indicator at all, a none_quantified rule names none either. A none_quantified with
// a proxy becomes the proxy's rule, marked as one.
std::optional<TargetRule> read_rule(Reader& reader, const YamlNode& node, bool target_without_indicators,
                                    std::vector<Reference>& references);

}  // namespace stocktake
