// Which column of a table holds the areas, by what stands in it: codes, else names.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/table_layout.h"

namespace stocktake {

// Names of areas → their codes: those of the registry in six languages and those of reference/area_words.csv.
using AreaNames = std::map<std::string, std::string, std::less<>>;
AreaNames area_names(const AreaRegistry& areas);

// "Country (UN code)", "Area Code", "Country or Area": what an area column may be called, for the detection of formats only.
bool may_be_area(std::string_view name);

// The first rows below the header, for whoever has to look before reading: at most `rows`, from the first text of
// a file. Rows of another width are left out.
std::vector<std::vector<std::string>> sample_rows(const std::string& text, const std::string& file, char delimiter,
                                                  std::uint64_t header, std::size_t columns, std::size_t rows);

// Sets layout.area, and layout.area_names where it holds names. A column that has the role already keeps it, unless its codes are
// numbers of other areas than the names beside them (FAO and IMF number countries by themselves): then the names are taken, with
// a warning; `fixed`, for roles that were given by hand, forbids that. `taken` columns are no candidates. The names must outlive
// the layout.
void find_area_column(Layout& layout, const std::vector<std::vector<std::string>>& sample, const std::vector<bool>& taken,
                      bool fixed, const std::vector<std::string>& columns, const AreaNames& names, Sink& sink);

}  // namespace stocktake
