#include "ingest/named_rows.h"

#include <algorithm>

#include "base/error.h"
#include "ingest/byte_source.h"
#include "ingest/csv_reader.h"
#include "ingest/table_layout.h"

namespace stocktake {
namespace {

std::string without_blanks(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(blanks) - first + 1));
}

bool is_called(const WantedColumn& wanted, const std::string& name) {
  if (name == wanted.name) return true;
  return std::find(wanted.aliases.begin(), wanted.aliases.end(), name) != wanted.aliases.end();
}

// For each wanted column its place in the file, or no_column.
std::vector<std::size_t> places_of(const std::vector<WantedColumn>& wanted, const std::vector<std::string>& names,
                                   const std::string& file, std::vector<std::string>& ignored) {
  std::vector<std::size_t> places(wanted.size(), no_column);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string name = normalised(names[i]);
    const auto found = std::find_if(wanted.begin(), wanted.end(), [&](const WantedColumn& w) { return is_called(w, name); });
    if (found == wanted.end()) {
      ignored.push_back(names[i]);
      continue;
    }
    std::size_t& place = places[static_cast<std::size_t>(found - wanted.begin())];
    if (place != no_column) {
      throw Error(ErrorKind::input, "the column '" + std::string(found->name) + "' comes twice", "Leave one of them out",
                  {file, 1, 0, names[i]});
    }
    place = i;
  }
  for (std::size_t w = 0; w < wanted.size(); ++w) {
    if (!wanted[w].required || places[w] != no_column) continue;
    throw Error(ErrorKind::input, "the header has no column '" + std::string(wanted[w].name) + "'; it has " + listed(names),
                "Add it, or name it so in the header line", {file, 1, 0, std::string(wanted[w].name)});
  }
  return places;
}

}  // namespace

NamedRows read_named_rows(ByteSource& source, const std::vector<WantedColumn>& wanted) {
  CsvReader reader(source, guess_delimiter(source.head()));
  NamedRows table;
  std::vector<std::string_view> fields;
  if (!reader.next(fields)) {
    throw Error(ErrorKind::input, "the file is empty, expected a header line", "Check that it was copied completely",
                {source.name(), 1, 0, {}});
  }
  std::vector<std::string> names;
  for (const std::string_view field : fields) names.push_back(without_blanks(field));
  const std::vector<std::size_t> places = places_of(wanted, names, source.name(), table.ignored);
  while (reader.next(fields)) {
    // A spreadsheet writes its empty lines as delimiters.
    if (std::all_of(fields.begin(), fields.end(), [](std::string_view f) { return without_blanks(f).empty(); })) continue;
    NamedRow row;
    row.line = reader.line();
    if (fields.size() != names.size()) {
      row.fault = "the row has " + std::to_string(fields.size()) + " fields, the header " + std::to_string(names.size());
    }
    for (const std::size_t place : places)
      row.cells.push_back(place < fields.size() ? without_blanks(fields[place]) : std::string());
    table.rows.push_back(std::move(row));
  }
  return table;
}

NamedRows read_named_rows(const std::string& path, const std::vector<WantedColumn>& wanted) {
  const auto source = ByteSource::open(path);
  return read_named_rows(*source, wanted);
}

}  // namespace stocktake
