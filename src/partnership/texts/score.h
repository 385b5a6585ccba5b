// How well an extraction agrees with a key that a person made by hand: precision and recall of each kind of thing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "partnership/texts/reading.h"

namespace stocktake {

struct KindScore {
  std::string kind;  // paragraphs, verbs, actors, quantities, deadlines, instruments, footnotes
  std::size_t expected = 0, found = 0, matched = 0;
  double precision() const {
    return found == 0 ? (expected == 0 ? 1 : 0) : static_cast<double>(matched) / static_cast<double>(found);
  }
  double recall() const { return expected == 0 ? 1 : static_cast<double>(matched) / static_cast<double>(expected); }
};

// One thing that only one side has.
struct Difference {
  std::string kind, path, what;
  bool missed = false;  // the key has it; false: the extraction has it and the key does not
};

struct Score {
  std::vector<KindScore> kinds;  // in the order above
  std::vector<Difference> differences;
};

// The key is the JSON that docs/commitments.md describes; `file` stands for it in errors. A kind that no paragraph of the key has
// a field for is not scored. Preambular paragraphs are scored only where the key has some. Throws Error(input).
Score score_extraction(const ResolutionText& text, const std::vector<ClauseReading>& readings, std::string_view key,
                       const std::string& file);

}  // namespace stocktake
