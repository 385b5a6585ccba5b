#include "exchange/map/map.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "base/error.h"
#include "base/files.h"
#include "base/table_rows.h"
#include "base/text.h"
#include "ingest/table_layout.h"

namespace stocktake {
namespace {

constexpr double fips_score = 0.9;        // of a two-letter code that may be another country's: to be confirmed
constexpr double column_share = 0.5;      // of a column's rows that must be understood for a role by content
constexpr std::size_t most_judged = 300;  // texts of a column that decide what it is

bool has_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c >= 0x80 || std::isalpha(c) != 0; });
}

// Share of the filled rows whose text is known exactly.
double known_share(const ColumnProfile& column, const Matcher& matcher) {
  std::int64_t known = 0, all = 0;
  for (std::size_t i = 0; i < std::min(column.values.size(), most_judged); ++i) {
    all += column.values[i].second;
    if (matcher.exact(column.values[i].first)) known += column.values[i].second;
  }
  return all == 0 ? 0 : static_cast<double>(known) / static_cast<double>(all);
}

double age_share(const ColumnProfile& column) {
  std::int64_t known = 0;
  for (const auto& [text, rows] : column.values) known += age_code(text).empty() ? 0 : rows;
  return column.filled == 0 ? 0 : static_cast<double>(known) / static_cast<double>(column.filled);
}

// The role of a column by the import's own reading of names; "" where it has none.
std::string role_by_layout(const std::string& name, const DimensionCodes& codes) {
  const Layout one = layout_of({name}, {}, codes);
  for (const auto& [column, role] : {std::pair{one.series, "series"},
                                     {one.area, "ref_area"},
                                     {one.year, "time_period"},
                                     {one.value, "obs_value"},
                                     {one.lower, "lower"},
                                     {one.upper, "upper"},
                                     {one.unit, "unit_measure"},
                                     {one.nature, "nature"},
                                     {one.edition, "edition"},
                                     {one.source, "source"}}) {
    if (column == 0) return role;
  }
  return one.dimensions.empty() ? "" : one.dimensions.front().second;
}

MapLine column_line(const ColumnProfile& column, std::string role, double score, std::string how) {
  return {"column", column.name, column.name, std::move(role), "", score, std::move(how), column.filled};
}

// By name, then by what the column holds.
MapLine propose_role(const ColumnProfile& column, const Vocabulary& vocabulary, const DimensionCodes& codes,
                     const MapOptions& options) {
  if (std::string role = role_by_layout(column.name, codes); !role.empty())
    return column_line(column, std::move(role), 1, "layout");
  MapLine best = column_line(column, "ignore", 0, "");
  const auto offer = [&](const std::string& role, double score, const std::string& how) {
    if (score > best.score) best = column_line(column, role, score, how);
  };
  if (const auto finds = vocabulary.columns.find(column.name, 1, std::max(0.8, options.least)); !finds.empty()) {
    offer(finds.front().code, finds.front().score, finds.front().how);
  }
  const auto by_content = [&](const std::string& role, double share) {
    if (share > column_share) offer(role, std::min(0.95, share), "content");
  };
  by_content("ref_area", known_share(column, vocabulary.areas));
  by_content("series", known_share(column, vocabulary.series));
  for (const auto& [dimension, matcher] : vocabulary.dimensions) {
    if (dimension != "AGE") by_content(dimension, known_share(column, matcher));
  }
  by_content("AGE", age_share(column));
  if (column.filled != 0) by_content("time_period", static_cast<double>(column.years) / static_cast<double>(column.filled));
  return best;
}

// A role that several columns claim goes to the one that says more of it; the others are ignored.
void settle_roles(const TableProfile& profile, const Vocabulary& vocabulary, std::vector<MapLine>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (std::size_t j = i + 1; j < lines.size(); ++j) {
      if (lines[i].proposed != lines[j].proposed || lines[i].proposed == "ignore") continue;
      bool later = lines[j].score > lines[i].score;
      if (lines[i].proposed == "ref_area" || lines[i].proposed == "series") {
        const Matcher& matcher = lines[i].proposed == "series" ? vocabulary.series : vocabulary.areas;
        const double a = known_share(profile.columns[i], matcher), b = known_share(profile.columns[j], matcher);
        if (a != b) later = b > a;
      }
      MapLine& loser = later ? lines[i] : lines[j];
      loser.how = "second " + loser.proposed;
      loser.proposed = "ignore";
      loser.score = std::min(loser.score, 0.9);
    }
  }
}

void add_values(const ColumnProfile& column, const std::string& role, const Matcher& matcher, const MapOptions& options,
                std::vector<MapLine>& lines) {
  for (const auto& [text, rows] : column.values) {
    if (role == "AGE") {
      if (const std::string code = age_code(text); !code.empty()) {
        if (code != text) lines.push_back({role, column.name, text, code, "", 1, "age", rows});
        continue;
      }
    }
    const auto finds = matcher.find(text, options.most, options.least);
    // What the import understands as it is needs no line.
    if (finds.size() == 1 && finds.front().score == 1 && finds.front().code == text) continue;
    if (finds.empty() && (role == "ref_area" || role == "SEX" || has_letter(text)))
      lines.push_back({role, column.name, text, "", "", 0, "unknown", rows});
    for (const Match& find : finds) {
      const bool fips = find.how == "fips" && find.score == 1;
      lines.push_back({role, column.name, text, find.code, find.text, fips ? fips_score : find.score, find.how, rows});
    }
  }
}

}  // namespace

std::string age_code(std::string_view text) {
  std::vector<std::string> numbers;
  std::string rest;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool digit = c >= '0' && c <= '9';
    if (digit && (i == 0 || text[i - 1] < '0' || text[i - 1] > '9')) numbers.emplace_back();
    if (digit) numbers.back() += c;
    if (!digit) rest += c;
  }
  for (const std::string& number : numbers) {
    if (number.size() > 3) return {};
  }
  const std::string plain = plain_form(rest);
  const auto any = [&](std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return plain == word; });
  };
  const auto plainly = [](const std::string& number) { return std::to_string(std::stoi(number)); };
  if (numbers.size() == 2 &&
      any({"", "years", "years old", "to", "to years", "ans", "a ans", "anos", "a anos", "岁", "至 岁", "лет"})) {
    if (std::stoi(numbers[0]) > std::stoi(numbers[1])) return {};
    return "Y" + plainly(numbers[0]) + "T" + plainly(numbers[1]);
  }
  if (numbers.size() != 1) return {};
  const bool sign = rest.find('+') != std::string::npos || rest.find("≥") != std::string::npos;
  if ((sign && any({"", "years", "ans", "anos", "岁", "лет"})) ||
      any({"and over", "years and over", "and older", "years and older", "ans et plus", "y mas", "anos y mas", "岁及以上",
           "лет и старше"})) {
    return "Y_GE" + plainly(numbers[0]);
  }
  const int below = std::stoi(numbers[0]);
  if (below > 0 && ((rest.find('<') != std::string::npos && any({"", "years", "ans", "anos", "岁", "лет"})) ||
                    any({"under", "under years", "moins de ans", "menos de anos", "岁以下"}))) {
    return "Y0T" + std::to_string(below - 1);
  }
  return {};
}

Vocabulary load_vocabulary(const std::string& folder, const AreaRegistry& areas, const std::vector<Binding>& bindings) {
  Vocabulary all;
  for (const Area& area : areas.all()) {
    all.areas.add(area.code, area.code, "code");
    if (!area.iso2.empty()) all.areas.add(area.code, area.iso2, "iso2");
    if (!area.m49.empty()) {
      all.areas.add(area.code, area.m49, "m49");
      if (area.m49.front() == '0') all.areas.add(area.code, std::to_string(std::stoi(area.m49)), "m49");
    }
    for (const Language language : all_languages) {
      if (area.name.has(language)) all.areas.add(area.code, area.name.in(language), "name");
    }
  }
  const SmallCsv names = read_small_csv(folder + "/area_words.csv", {"area", "scheme", "text"});
  for (const auto& row : names.rows) {
    // A FIPS code that is another country's ISO code means that country here.
    if (row[1] == "fips" && areas.find(row[2])) continue;
    all.areas.add(row[0], row[2], row[1]);
  }
  all.areas.finish();
  for (const Binding& binding : bindings) {
    for (const SeriesBinding& entry : binding.series) {
      all.series.add(entry.series, entry.series, "code");
      for (const Language language : all_languages) {
        if (entry.name.has(language)) all.series.add(entry.series, entry.name.in(language), "name");
      }
    }
  }
  all.series.finish();
  for (const auto& row : read_small_csv(folder + "/map_words.csv", {"kind", "code", "text"}).rows) {
    (row[0] == "COLUMN" ? all.columns : all.dimensions[row[0]]).add(row[1], row[2], "name");
  }
  all.columns.finish();
  for (auto& [dimension, matcher] : all.dimensions) matcher.finish();
  return all;
}

std::vector<MapLine> propose_map(const TableProfile& profile, const Vocabulary& vocabulary, const DimensionCodes& codes,
                                 const MapOptions& options) {
  std::vector<MapLine> lines;
  for (const ColumnProfile& column : profile.columns) lines.push_back(propose_role(column, vocabulary, codes, options));
  settle_roles(profile, vocabulary, lines);
  // The figures: where no name tells, the only column of numbers that is nothing else.
  const bool has_value = std::any_of(lines.begin(), lines.end(), [](const MapLine& one) { return one.proposed == "obs_value"; });
  std::vector<std::size_t> numeric;
  for (std::size_t c = 0; c < profile.columns.size(); ++c) {
    const ColumnProfile& column = profile.columns[c];
    if (lines[c].proposed == "ignore" && column.filled != 0 && 10 * column.numbers > 9 * column.filled) numeric.push_back(c);
  }
  if (!has_value && numeric.size() == 1)
    lines[numeric.front()] = column_line(profile.columns[numeric.front()], "obs_value", 0.8, "content");
  for (std::size_t c = 0; c < profile.columns.size(); ++c) {
    const std::string role = lines[c].proposed;
    if (role == "ref_area") add_values(profile.columns[c], role, vocabulary.areas, options, lines);
    if (role == "series") add_values(profile.columns[c], role, vocabulary.series, options, lines);
    if (const auto found = vocabulary.dimensions.find(role); found != vocabulary.dimensions.end()) {
      add_values(profile.columns[c], role, found->second, options, lines);
    }
  }
  return lines;
}

Table map_table(const std::vector<MapLine>& lines) {
  TableRows rows(lines);
  rows.texts("kind", [](const MapLine& line) { return line.kind; });
  rows.texts("column", [](const MapLine& line) { return line.column; });
  rows.texts("foreign", [](const MapLine& line) { return line.foreign; });
  rows.texts("proposed", [](const MapLine& line) { return line.proposed; });
  // Never rounded up: 1 is exact.
  rows.numbers("score", -1, [](const MapLine& line) { return std::floor(line.score * 1000) / 1000; });
  rows.texts("how", [](const MapLine& line) { return line.how; });
  rows.texts("confirmed", [](const MapLine&) { return ""; });
  rows.texts("name", [](const MapLine& line) { return line.name; });
  rows.integers("rows", [](const MapLine& line) { return line.rows; });
  return std::move(rows).table();
}

void use_map(const std::string& path, ImportOptions& options) {
  const SmallCsv csv = read_small_csv(path, {"kind", "column", "foreign", "proposed", "score", "confirmed", "how"});
  for (std::size_t i = 0; i < csv.rows.size(); ++i) {
    const auto& row = csv.rows[i];
    const auto fail = [&](const char* field, const std::string& what, const std::string& remedy) {
      throw Error(ErrorKind::input, what, remedy, {path, csv.lines[i], 0, field});
    };
    std::string word = plain_form(row[5]);
    if (!word.empty() && word != "yes" && word != "no") {
      fail("confirmed", "'" + row[5] + "', expected yes, no or nothing", "Write yes in the lines that are right");
    }
    const auto score = parse_finite(row[4]);
    if (!score || *score < 0 || *score > 1)
      fail("score", "'" + row[4] + "' is no score from 0 to 1", "Leave it as `stocktake map` wrote it");
    if (word == "no" || (word.empty() && *score < 1)) continue;
    if (row[3].empty()) fail("proposed", "a confirmed line without a code", "Fill in the code in `proposed`");
    if (row[0] == "column" && row[6] == "layout") continue;  // the import knows it by itself
    std::string& meaning = row[0] == "column" ? options.columns[row[2]] : options.values[row[0]][row[2]];
    if (!meaning.empty() && meaning != row[3]) {
      fail("proposed", "'" + row[2] + "' already means " + meaning + ", not " + row[3], "Confirm one line only");
    }
    meaning = row[3];
  }
}

}  // namespace stocktake
