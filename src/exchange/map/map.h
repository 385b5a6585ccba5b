// Proposes what the columns of a foreign table are and what its codes and names mean; a person confirms (docs/map.md).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/table.h"
#include "exchange/map/matcher.h"
#include "framework/areas.h"
#include "framework/binding.h"
#include "ingest/importer.h"
#include "ingest/table_profile.h"

namespace stocktake {

// What is known: areas by name and code, series, columns, codes of dimensions.
struct Vocabulary {
  Matcher areas, series, columns;
  std::map<std::string, Matcher, std::less<>> dimensions;  // "SEX"
};
// `folder` has area_words.csv and map_words.csv. Throws Error(input | not_found).
Vocabulary load_vocabulary(const std::string& folder, const AreaRegistry& areas, const std::vector<Binding>& bindings);

// "15-24", "15 to 24 years", "65+", "<5" as the SDG DSD's code (Y15T24, Y_GE65, Y0T4); "" for what is no age.
std::string age_code(std::string_view text);

struct MapLine {
  std::string kind;     // "column", or the role or dimension whose values these are: "ref_area", "series", "SEX"
  std::string column;   // of the table
  std::string foreign;  // the text in it; of kind "column" its name
  std::string proposed, name;
  double score = 0;
  std::string how;
  std::int64_t rows = 0;
};
struct MapOptions {
  std::size_t most = 3;  // suggestions a text
  double least = 0.6;    // score of a suggestion
};
std::vector<MapLine> propose_map(const TableProfile& profile, const Vocabulary& vocabulary, const DimensionCodes& codes,
                                 const MapOptions& options);

// The file that a person reviews: kind, column, foreign, proposed, score, how, confirmed, name, rows. Exact finds need no
// confirmation; "no" in `confirmed` strikes them.
Table map_table(const std::vector<MapLine>& lines);

// Sets roles and values of the options from a reviewed file: lines with confirmed = yes, and exact ones that are not struck.
// Throws Error(input) with the line for another word in `confirmed`, and for a text that would mean two things.
void use_map(const std::string& path, ImportOptions& options);

}  // namespace stocktake
