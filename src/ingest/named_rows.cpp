#include "ingest/named_rows.h"

#include <algorithm>

#include "base/error.h"
#include "base/utf8.h"
#include "ingest/csv_reader.h"
#include "ingest/sink.h"
#include "ingest/table_layout.h"

namespace stocktake {

namespace {

// The place of each column in the file, or no_column: a column's first name goes before its others.
std::vector<std::size_t> places_of(const std::vector<NamedColumn>& columns, const std::vector<std::string>& names,
                                   const std::string& file) {
  std::vector<std::size_t> places;
  for (const NamedColumn& column : columns) {
    std::size_t place = no_column;
    for (const std::string& name : column.names) {
      const auto found = std::find(names.begin(), names.end(), name);
      if (found == names.end()) continue;
      if (std::find(found + 1, names.end(), name) != names.end()) {
        throw Error(ErrorKind::input, "the column '" + name + "' comes twice", "Leave one of them out", {file, 1, 0, name});
      }
      place = static_cast<std::size_t>(found - names.begin());
      break;
    }
    if (place == no_column && column.needed) {
      throw Error(ErrorKind::input, "there is no column '" + column.names.front() + "'; the columns are: " + listed(names),
                  "Name the columns in the first line", {file, 1, 0, column.names.front()});
    }
    places.push_back(place);
  }
  return places;
}

}  // namespace

std::size_t read_named_rows(ByteSource& source, const std::vector<NamedColumn>& columns,
                            const std::function<void(const NamedRow&)>& put, std::vector<std::string>* ignored) {
  CsvReader reader(source, guess_delimiter(source.head()));
  std::vector<std::string_view> fields;
  if (!reader.next(fields)) {
    throw Error(ErrorKind::input, "the file is empty, expected a header line", "Check that it was copied completely",
                {source.name(), 1, 0, {}});
  }
  std::vector<std::string> names;
  for (const std::string_view field : fields) names.push_back(normalised(field));
  const std::vector<std::size_t> places = places_of(columns, names, source.name());
  for (std::size_t i = 0; ignored != nullptr && i < names.size(); ++i) {
    if (std::find(places.begin(), places.end(), i) == places.end()) ignored->emplace_back(trimmed(fields[i]));
  }
  std::size_t rows = 0;
  NamedRow row;
  while (reader.next(fields)) {
    if (std::all_of(fields.begin(), fields.end(), [](std::string_view field) { return trimmed(field).empty(); })) continue;
    ++rows;
    row.line = reader.line();
    row.fields.clear();
    row.fault.clear();
    if (fields.size() != names.size()) {
      row.fault = "expected " + std::to_string(names.size()) + " fields, found " + std::to_string(fields.size());
    } else {
      for (const std::size_t place : places)
        row.fields.push_back(place == no_column ? std::string_view() : trimmed(fields[place]));
    }
    put(row);
  }
  return rows;
}

double named_number(std::string_view text, std::string_view name) {
  const ParsedValue value = parse_value(text, false);
  if (value.kind != ParsedValue::Kind::number || value.qualifier != 0) {
    throw Error(ErrorKind::input, std::string(name) + ": '" + printable(text.substr(0, 40)) + "' is no number");
  }
  return value.value;
}

}  // namespace stocktake
