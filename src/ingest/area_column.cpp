#include "ingest/area_column.h"

#include <algorithm>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "base/utf8.h"

namespace stocktake {
namespace {

std::string_view area_text(std::string_view field) {
  field = trimmed(field);
  if (field.starts_with('\'')) field.remove_prefix(1);  // what keeps spreadsheets from reading 004 as a number
  return field;
}

}  // namespace

AreaNames area_names(const AreaRegistry& areas) {
  static const SmallCsv words = read_small_csv(data_home() + "/reference/area_words.csv", {"area", "scheme", "text"});
  AreaNames names;
  for (const Area& area : areas.all()) {
    for (const Language language : all_languages) {
      if (area.name.has(language)) names.try_emplace(area.name.in(language), area.code);
    }
  }
  std::map<std::string, std::string, std::less<>> further;
  std::vector<std::string> two;  // names that two areas share say nothing
  for (const auto& row : words.rows) {
    if (row[1] != "name" || !areas.find(row[0])) continue;
    const auto [at, fresh] = further.try_emplace(row[2], row[0]);
    if (!fresh && at->second != row[0]) two.push_back(row[2]);
  }
  for (const std::string& name : two) further.erase(name);
  names.insert(further.begin(), further.end());
  return names;
}

bool may_be_area(std::string_view name) {
  const std::string normal = normalised(name);
  if (normal.find("group") != std::string::npos) return false;
  for (const char* word : {"country", "area", "iso", "m49", "econom", "entity", "location"}) {
    if (normal.find(word) != std::string::npos) return true;
  }
  return normal == "geo" || normal == "nation" || normal == "territory";
}

std::vector<std::vector<std::string>> sample_rows(const std::string& text, const std::string& file, char delimiter,
                                                  std::uint64_t header, std::size_t columns, std::size_t rows) {
  const auto head = ByteSource::from_bytes(text, file);
  CsvReader reader(*head, delimiter);
  std::vector<std::vector<std::string>> sample;
  std::vector<std::string_view> fields;
  bool below = false;
  try {
    while (sample.size() < rows && reader.next(fields)) {
      if (below && fields.size() == columns) sample.emplace_back(fields.begin(), fields.end());
      below = below || reader.line() >= header;
    }
  } catch (const Error&) {
    // The head is cut somewhere, perhaps within quotes.
  }
  return sample;
}

void find_area_column(Layout& layout, const std::vector<std::vector<std::string>>& sample, const std::vector<bool>& taken,
                      bool fixed, const std::vector<std::string>& columns, const AreaNames& names, Sink& sink) {
  const std::size_t width = columns.size(), given = layout.area;
  std::vector<std::size_t> codes_found(width), names_found(width), agree(width);
  bool numbered = true;  // of the given column: numbers mean what their maker says, letters are ISO's
  for (const auto& row : sample) {
    if (given != no_column && area_text(row[given]).find_first_not_of("0123456789") != std::string_view::npos) numbered = false;
    const auto own = given == no_column ? std::nullopt : sink.areas().find(area_text(row[given]));
    for (std::size_t i = 0; i < width; ++i) {
      if (taken[i] && i != given) continue;
      const std::string_view field = area_text(row[i]);
      const auto named = names.find(field);
      if (sink.areas().find(field)) ++codes_found[i];
      if (named == names.end()) continue;
      ++names_found[i];
      if (own && sink.areas().at(*own).code == named->second) ++agree[i];
    }
  }
  const auto most = [](const std::vector<std::size_t>& counts) {
    const auto at = std::max_element(counts.begin(), counts.end());
    return at == counts.end() || *at == 0 ? no_column : static_cast<std::size_t>(at - counts.begin());
  };
  if (given != no_column) {
    const std::size_t beside = most(names_found);
    if (codes_found[given] < names_found[given]) {
      layout.area_names = &names;
    } else if (!fixed && numbered && beside != no_column && beside != given && names_found[beside] >= 3 &&
               agree[beside] * 2 < names_found[beside]) {
      layout.area = beside;
      layout.area_names = &names;
      sink.warn("the codes of '" + columns[given] + "' are not those of the areas named in '" + columns[beside] +
                "'; the names were taken");
    }
    return;
  }
  const std::size_t by_code = most(codes_found), by_name = most(names_found);
  // Ranks and other small numbers are codes of M49 by chance; names never are areas by chance.
  if (by_code != no_column && (by_name == no_column || codes_found[by_code] >= names_found[by_name])) {
    layout.area = by_code;
  } else if (by_name != no_column) {
    layout.area = by_name;
    layout.area_names = &names;
  }
}

}  // namespace stocktake
