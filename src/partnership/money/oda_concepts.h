// reference/oda_concepts.csv: which series feed which concept, in which order.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "partnership/money/oda_book.h"

namespace stocktake {

struct ConceptSource {
  OdaConcept what = OdaConcept::oda_share;
  std::optional<OdaBasis> basis;  // none: GNI and population have none
  bool constant = false;          // feeds books in constant prices; its series' keys have a BASE_PER besides
  int priority = 0;
  std::string series;      // "computed", "A", "A+B" (both must have a figure) or "A*population"
  std::string dimensions;  // of its key, as in PanelSeries
  double multiply = 1;
  std::optional<int> from, to, preliminary_from;
  std::optional<int> decimals;  // of a share as printed
  std::string note;

  bool computed() const { return series == "computed"; }
  bool covers(int year) const { return (!from || year >= *from) && (!to || year <= *to); }
  std::vector<std::string> parts() const;  // series codes of the store that it reads; none when computed
  bool per_head() const { return series.ends_with("*population"); }
};

// By concept, basis, priority. Throws Error(input) with the line of a faulty row.
std::vector<ConceptSource> load_concept_sources(const std::string& folder);

}  // namespace stocktake
