// The file that a person reviews: written, read, continued, and handed to the import.
#include <algorithm>
#include <cmath>
#include <set>

#include "base/error.h"
#include "base/files.h"
#include "base/table_rows.h"
#include "base/text.h"
#include "exchange/map/map.h"

namespace stocktake {
namespace {

const std::vector<std::string> columns{"kind", "column", "foreign", "proposed", "score", "how", "confirmed", "name", "rows"};

}  // namespace

Table map_table(const std::vector<MapLine>& lines) {
  TableRows rows(lines);
  rows.texts("kind", [](const MapLine& line) { return line.kind; });
  rows.texts("column", [](const MapLine& line) { return line.column; });
  rows.texts("foreign", [](const MapLine& line) { return line.foreign; });
  rows.texts("proposed", [](const MapLine& line) { return line.proposed; });
  // Never rounded up: 1 is exact. What has three decimals already stays.
  rows.numbers("score", -1, [](const MapLine& line) { return std::floor(line.score * 1000 + 1e-9) / 1000; });
  rows.texts("how", [](const MapLine& line) { return line.how; });
  rows.texts("confirmed", [](const MapLine& line) { return line.confirmed; });
  rows.texts("name", [](const MapLine& line) { return line.name; });
  rows.integers("rows", [](const MapLine& line) { return line.rows; });
  return std::move(rows).table();
}

std::vector<MapLine> read_map(const std::string& path) {
  const SmallCsv csv = read_small_csv(path, columns);
  std::vector<MapLine> lines;
  for (std::size_t i = 0; i < csv.rows.size(); ++i) {
    const auto& row = csv.rows[i];
    const auto fail = [&](const char* field, const std::string& what, const std::string& remedy) {
      throw Error(ErrorKind::input, what, remedy, {path, csv.lines[i], 0, field});
    };
    const std::string word = plain_form(row[6]);
    if (!word.empty() && word != "yes" && word != "no")
      fail("confirmed", "'" + row[6] + "', expected yes, no or nothing", "Write yes in the lines that are right");
    const auto score = parse_finite(row[4]);
    if (!score || *score < 0 || *score > 1)
      fail("score", "'" + row[4] + "' is no score from 0 to 1", "Leave it as `stocktake map` wrote it");
    if (word == "yes" && row[3].empty()) fail("proposed", "a confirmed line without a code", "Fill in the code in `proposed`");
    const auto rows = parse_finite(row[8]);
    lines.push_back({row[0], row[1], row[2], row[3], row[7], *score, row[5], static_cast<std::int64_t>(rows.value_or(0)), word});
  }
  return lines;
}

std::vector<MapLine> merge_map(std::vector<MapLine> earlier, const std::vector<MapLine>& fresh, std::size_t& gone) {
  std::set<std::string> table;
  for (const MapLine& line : fresh) {
    if (line.kind == "column") table.insert(line.foreign);
  }
  const std::size_t before = earlier.size();
  std::erase_if(earlier, [&](const MapLine& line) { return line.kind == "column" && !table.contains(line.foreign); });
  gone = before - earlier.size();
  std::set<std::pair<std::string, std::string>> known;
  for (const MapLine& line : earlier) known.emplace(line.kind, line.foreign);
  for (const MapLine& line : fresh) {
    if (!known.contains({line.kind, line.foreign})) earlier.push_back(line);
  }
  return earlier;
}

void use_lines(const std::vector<MapLine>& lines, const std::string& path, bool proposed, ImportOptions& options) {
  for (const MapLine& line : lines) {
    if (line.confirmed == "no" || line.proposed.empty()) continue;
    if (line.confirmed.empty() && line.score < 1 && !proposed) continue;
    if (line.kind == "column" && line.how == "layout" && line.confirmed.empty()) continue;  // the import knows it by itself
    if (line.kind == "constant" && line.foreign == "series") {
      options.series = line.proposed;
      continue;
    }
    std::string& meaning = line.kind == "column" ? options.columns[line.foreign] : options.values[line.kind][line.foreign];
    if (proposed && !meaning.empty()) continue;  // the best stands first
    if (!meaning.empty() && meaning != line.proposed) {
      throw Error(ErrorKind::input, "'" + line.foreign + "' already means " + meaning + ", not " + line.proposed,
                  "Confirm one line only", {path, 0, 0, "proposed"});
    }
    meaning = line.proposed;
  }
}

void use_map(const std::string& path, ImportOptions& options) { use_lines(read_map(path), path, false, options); }

}  // namespace stocktake
