#include "ingest/table_profile.h"

#include <map>

#include "base/text.h"
#include "ingest/csv_reader.h"
#include "ingest/formats/formats.h"
#include "ingest/sink.h"

namespace stocktake {

TableProfile profile_table(ByteSource& source, char delimiter) {
  const char used = delimiter != 0 ? delimiter : guess_delimiter(source.head());
  CsvReader reader(source, used);
  TableProfile profile;
  for (std::string& name : read_header(reader, source.name())) profile.columns.push_back({std::move(name), {}, false, 0, 0, 0});
  std::vector<std::map<std::string, std::int64_t, std::less<>>> seen(profile.columns.size());
  std::vector<std::string_view> fields;
  while (reader.next(fields)) {
    if (fields.size() != profile.columns.size()) {
      ++profile.odd_rows;
      continue;
    }
    ++profile.rows;
    for (std::size_t c = 0; c < fields.size(); ++c) {
      const std::string_view text = trimmed(fields[c]);
      if (text.empty()) continue;
      ColumnProfile& column = profile.columns[c];
      ++column.filled;
      const auto known = seen[c].find(text);
      if (known != seen[c].end()) {
        ++known->second;
      } else if (seen[c].size() < max_profile_values) {
        seen[c].emplace(text, 1);
      } else {
        column.many = true;
      }
      if (parse_value(text, used == ';').kind != ParsedValue::Kind::number) continue;
      ++column.numbers;
      const int year = parse_year(text);
      column.years += year >= 1900 && year <= 2100;
    }
  }
  for (std::size_t c = 0; c < seen.size(); ++c) profile.columns[c].values.assign(seen[c].begin(), seen[c].end());
  return profile;
}

}  // namespace stocktake
