#include "ingest/formats/json_rows.h"

#include <algorithm>

#include "base/progress.h"

namespace stocktake {

std::string whole_text(ByteSource& source) {
  std::string text;
  for (std::string_view block = source.next(); !block.empty(); block = source.next()) {
    check_interrupted();
    text.append(block);
  }
  return text;
}

void put_code(JsonFigure& figure, const DimensionCodes& codes, std::string_view name, std::string_view code) {
  const std::string dimension = codes.dimension(name);
  const std::string_view ours = codes.code(dimension, code);
  if (!ours.empty() && ours != "_T") figure.dims.emplace_back(dimension, std::string(ours));
}

std::string attribute_text(std::string text) {
  for (char& c : text) {
    if (c == ';') c = ',';
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return text;
}

void put_attribute(JsonFigure& figure, std::string_view name, std::string text) {
  if (!text.empty()) figure.attributes.emplace_back(name, attribute_text(std::move(text)));
}

void add_figure(JsonFigure figure, const ImportOptions& options, std::uint64_t line, std::string_view row, Sink& sink) {
  if (options.years) {
    const int year = parse_year(figure.year);
    if (year != 0 && (year < options.years->first || year > options.years->second)) return;
  }
  std::sort(figure.dims.begin(), figure.dims.end());
  std::sort(figure.attributes.begin(), figure.attributes.end());
  constexpr char separator = '\x1f';
  std::string raw = figure.series;
  raw += separator;
  raw += figure.area;
  raw += separator;
  raw += figure.unit;
  raw += separator;
  raw += to_string(figure.dims);
  Sink::Cell cell;
  cell.slot = sink.find(raw);
  if (cell.slot == Sink::no_slot) cell.slot = sink.make(raw, {figure.series, figure.area, figure.unit, figure.dims});
  const std::string attributes = to_string(figure.attributes);
  cell.year = figure.year;
  cell.value = figure.value;
  cell.lower = figure.lower;
  cell.upper = figure.upper;
  cell.nature = figure.nature;
  cell.source = figure.source;
  cell.attributes = attributes;
  cell.row = row;
  cell.column = "value";
  cell.line = line;
  sink.add(cell, false);
}

}  // namespace stocktake
