// Proposes what the columns of a foreign file are and what its codes and names mean; a person confirms (docs/check.md).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/table.h"
#include "exchange/map/matcher.h"
#include "framework/areas.h"
#include "framework/binding.h"
#include "framework/framework.h"
#include "ingest/importer.h"
#include "ingest/table_profile.h"
#include "ingest/value_map.h"

namespace stocktake {

// What is known: areas by name and code, series, units, columns, codes of dimensions.
struct Vocabulary {
  Matcher areas, series, units, columns;
  std::map<std::string, Matcher, std::less<>> dimensions;  // "SEX"
  // What knows the values of a role, a dimension or "dimension" (their names); null for what needs no meaning.
  const Matcher* of(std::string_view role) const;
};
// `folder` has area_words.csv, map_words.csv and units.csv. An indicator of the frameworks stands for the first series that it is
// judged by. Throws Error(input | not_found).
Vocabulary load_vocabulary(const std::string& folder, const AreaRegistry& areas, const std::vector<Binding>& bindings,
                           const std::vector<const Framework*>& frameworks = {});

// "15-24", "15 to 24 years", "65+", "<5" as the SDG DSD's code (Y15T24, Y_GE65, Y0T4); "" for what is no age.
std::string age_code(std::string_view text);

struct MapLine {
  // "column", "dimension" (a name), "constant", or the role or dimension whose values these are: "ref_area", "series", "SEX"
  std::string kind;
  std::string column;   // of the table; "" where the import told of the text
  std::string foreign;  // the text in it; of kind "column" its name
  std::string proposed, name;
  double score = 0;
  std::string how;
  std::int64_t rows = 0;  // of the table; where the import told of the text, series that have it
  std::string confirmed;  // "yes", "no" or nothing
};
struct MapOptions {
  std::size_t most = 3;  // suggestions a text
  double least = 0.6;    // score of a suggestion
};
std::vector<MapLine> propose_map(const TableProfile& profile, const Vocabulary& vocabulary, const DimensionCodes& codes,
                                 const MapOptions& options);

// Adds what the import found in keys (ImportOptions::met) and `lines` has no line for.
void propose_keys(const KeyTexts& met, const Vocabulary& vocabulary, const MapOptions& options, std::vector<MapLine>& lines);

// The file that a person reviews: kind, column, foreign, proposed, score, how, confirmed, name, rows. Exact finds need no
// confirmation; "no" in `confirmed` strikes them.
Table map_table(const std::vector<MapLine>& lines);
// Reads such a file. Throws Error(input) with the line for another word in `confirmed` and for what is no score.
std::vector<MapLine> read_map(const std::string& path);
// The lines of an earlier file as they stand, then what is new: texts of a kind that it has no line for. Lines of columns that
// the new table has not are left out; `gone` gets their number.
std::vector<MapLine> merge_map(std::vector<MapLine> earlier, const std::vector<MapLine>& fresh, std::size_t& gone);

// Sets roles, values and constants of the options from lines: those confirmed, and exact ones that are not struck. With
// `proposed` the best suggestion of each text counts too, as long as nobody has struck it (what a first reading goes by). Throws
// Error(input) for a confirmed line without a code, and for a text that would mean two things; `path` names the file.
void use_lines(const std::vector<MapLine>& lines, const std::string& path, bool proposed, ImportOptions& options);
// The same from a reviewed file.
void use_map(const std::string& path, ImportOptions& options);

}  // namespace stocktake
