#include "exchange/map/map.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "base/files.h"
#include "framework/units.h"
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
  return {"column", column.name, column.name, std::move(role), "", score, std::move(how), column.filled, ""};
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

void add_values(const std::string& column, const std::vector<std::pair<std::string, std::int64_t>>& values,
                const std::string& role, const Matcher& matcher, const MapOptions& options, std::vector<MapLine>& lines) {
  for (const auto& [text, rows] : values) {
    if (role == "AGE") {
      if (const std::string code = age_code(text); !code.empty()) {
        if (code != text) lines.push_back({role, column, text, code, "", 1, "age", rows, ""});
        continue;
      }
    }
    const auto finds = matcher.find(text, options.most, options.least);
    // What the import understands as it is needs no line.
    if (finds.size() == 1 && finds.front().score == 1 && finds.front().code == text) continue;
    if (finds.empty() && (role == "ref_area" || role == "SEX" || has_letter(text)))
      lines.push_back({role, column, text, "", "", 0, "unknown", rows, ""});
    for (const Match& find : finds) {
      const bool fips = find.how == "fips" && find.score == 1;
      lines.push_back({role, column, text, find.code, find.text, fips ? fips_score : find.score, find.how, rows, ""});
    }
  }
}

void add_names(Matcher& matcher, const std::string& code, const LocalText& name) {
  for (const Language language : all_languages) {
    if (name.has(language)) matcher.add(code, name.in(language), "name");
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

Vocabulary load_vocabulary(const std::string& folder, const AreaRegistry& areas, const std::vector<Binding>& bindings,
                           const std::vector<const Framework*>& frameworks) {
  Vocabulary all;
  const UnitCodes units = UnitCodes::load(folder + "/units.csv");
  for (const Unit& unit : units.all()) {
    all.units.add(unit.code, unit.code, "code");
    add_names(all.units, unit.code, unit.name);
    for (const std::string& alias : unit.aliases) all.units.add(unit.code, alias, "alias");
    if (unit.symbol == "%" && unit.code == "PERCENT") all.units.add(unit.code, unit.symbol, "symbol");
  }
  all.units.finish();
  for (const Area& area : areas.all()) {
    all.areas.add(area.code, area.code, "code");
    if (!area.iso2.empty()) all.areas.add(area.code, area.iso2, "iso2");
    if (!area.m49.empty()) {
      all.areas.add(area.code, area.m49, "m49");
      if (area.m49.front() == '0') all.areas.add(area.code, std::to_string(std::stoi(area.m49)), "m49");
    }
    add_names(all.areas, area.code, area.name);
  }
  const SmallCsv names = read_small_csv(folder + "/area_words.csv", {"area", "scheme", "text"});
  for (const auto& row : names.rows) {
    // A FIPS code that is another country's ISO code means that country here.
    if (row[1] == "fips" && areas.find(row[2])) continue;
    all.areas.add(row[0], row[2], row[1]);
  }
  all.areas.finish();
  std::set<std::pair<std::string, std::string>> answered;
  for (const Binding& binding : bindings) {
    for (const SeriesBinding& entry : binding.series) {
      all.series.add(entry.series, entry.series, "code");
      add_names(all.series, entry.series, entry.name);
      // The first judged series of an indicator answers to its number and its names, as files of national platforms use them.
      for (const Framework* framework : frameworks) {
        const auto feeds = entry.indicators.find(framework->id);
        if (feeds == entry.indicators.end() || !entry.judged || !entry.exact) continue;
        for (const std::string& code : feeds->second) {
          const Indicator* const indicator = framework->find_indicator(code);
          if (indicator == nullptr || !answered.emplace(framework->id, code).second) continue;
          all.series.add(entry.series, code, "indicator");
          all.series.add(entry.series, indicator->unsd_code, "indicator");
          add_names(all.series, entry.series, indicator->name);
        }
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

const Matcher* Vocabulary::of(std::string_view role) const {
  if (role == "ref_area") return &areas;
  if (role == "series") return &series;
  if (role == "unit_measure") return &units;
  if (role == "dimension") return &columns;
  const auto found = dimensions.find(role);
  return found == dimensions.end() ? nullptr : &found->second;
}

void propose_keys(const KeyTexts& met, const Vocabulary& vocabulary, const MapOptions& options, std::vector<MapLine>& lines) {
  std::set<std::pair<std::string, std::string>> known;
  for (const MapLine& line : lines) known.emplace(line.kind, line.foreign);
  const auto propose = [&](const std::string& role, const auto& texts) {
    std::vector<MapLine> found;
    const Matcher* const matcher = vocabulary.of(role);
    std::vector<std::pair<std::string, std::int64_t>> fresh;
    for (const auto& [text, keys] : texts) {
      if (!known.contains({role, text})) fresh.emplace_back(text, keys);
    }
    if (matcher != nullptr) add_values("", fresh, role, *matcher, options, found);
    return found;
  };
  // Names of dimensions first: what their codes are depends on them.
  std::map<std::string, std::string, std::less<>> ours;
  if (const auto names = met.find("dimension"); names != met.end()) {
    for (MapLine& line : propose("dimension", names->second)) {
      if (!vocabulary.dimensions.contains(line.proposed) || vocabulary.dimensions.contains(line.foreign)) continue;
      ours.try_emplace(line.foreign, line.proposed);
      lines.push_back(std::move(line));
    }
  }
  for (const auto& [role, texts] : met) {
    if (role == "dimension") continue;
    const auto name = ours.find(role);
    for (MapLine& line : propose(name == ours.end() ? role : name->second, texts)) lines.push_back(std::move(line));
  }
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
    const ColumnProfile& column = profile.columns[c];
    if (const Matcher* const matcher = vocabulary.of(role))
      add_values(column.name, column.values, role, *matcher, options, lines);
  }
  return lines;
}

}  // namespace stocktake
