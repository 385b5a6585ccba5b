// What the importers of services' JSON answers share: the whole text, and figures given one by one.
#pragma once

#include <string>
#include <string_view>

#include "ingest/importer.h"
#include "ingest/json_scan.h"

namespace stocktake {

// All bytes of a source. An answer is a page, or pages one behind the other: as large as what one request gives.
std::string whole_text(ByteSource& source);

// One figure as an answer tells it. Dimensions under the source's names are put with put_code().
struct JsonFigure {
  std::string series, area, unit, year, value, lower, upper, nature, source;
  Dimensions dims;
  Dimensions attributes;  // of to_string(Dimensions): separators in their texts are replaced
};
// Puts a dimension under our name and code, unless the code is empty or a total.
void put_code(JsonFigure& figure, const DimensionCodes& codes, std::string_view name, std::string_view code);
// A text as it may stand in to_string(Dimensions): separators and control characters are replaced.
std::string attribute_text(std::string text);
// Puts an attribute, unless it is empty.
void put_attribute(JsonFigure& figure, std::string_view name, std::string text);
// Hands the figure to the sink. `options.years` leaves out others: such rows are not counted.
void add_figure(JsonFigure figure, const ImportOptions& options, std::uint64_t line, std::string_view row, Sink& sink);

}  // namespace stocktake
