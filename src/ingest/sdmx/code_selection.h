// Which codes are meant: by wildcards, with the codes below them, inherited from other lists. As the SDMX 3.0 Technical Notes
// say (sdmx.org, Section 6): "Codelist extension and discriminated unions"; the schemas' CascadeSelectionType.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "ingest/sdmx/structure.h"

namespace stocktake::sdmx {

// Codes that were selected, as a set and as wildcards: only those are matched one by one.
class SelectedCodes {
 public:
  SelectedCodes() = default;
  // `list`: the codes among which those below others are found; empty where it is not known.
  SelectedCodes(const CodeSelection& selection, const std::vector<Code>& list);
  bool has(std::string_view code) const;
  bool empty() const { return codes_.empty() && wildcards_.empty(); }

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_set<std::string, Hash, std::equal_to<>> codes_;
  std::vector<std::string> wildcards_;
};

// '%' stands for any characters, none included.
bool fits_wildcard(std::string_view wildcard, std::string_view text);

// The codes of a list with those it inherits, in the order in which they are defined, each once: its own first, then those of
// the lists it extends, the last of these first. null with a `problem` when that cannot be found out: a list is not known,
// extends itself, or has more than a million codes.
std::shared_ptr<const std::vector<Code>> codes_of(const Structures& structures, const Codelist& list, std::string& problem);

}  // namespace stocktake::sdmx
