#include <map>

#include "base/files.h"
#include "cli/iati_commands.h"

namespace stocktake {
namespace {

// Codes of countries, and of regions of vocabulary 1, to names.
class PlaceNames {
 public:
  explicit PlaceNames(Language language) : language_(language), areas_(load_areas()) {
    for (const auto& row : read_small_csv(data_home() + "/reference/iati/codelists.csv", {"list", "code", "name"}).rows) {
      if (row[0] == "Region") regions_.emplace(row[1], row[2]);
    }
  }
  // "" for what nobody names.
  std::string of(const std::string& code) const {
    // Before areas: 289 is a region of the DAC here, and might be an M49 code there.
    if (const auto region = regions_.find(code); region != regions_.end()) return region->second;
    const bool letters = code.size() == 2 || code.size() == 3;
    const auto area = letters ? areas_.find(code) : std::nullopt;
    return area && areas_.at(*area).kind != AreaKind::group ? areas_.at(*area).name.in(language_) : std::string();
  }

 private:
  Language language_;
  AreaRegistry areas_;
  std::map<std::string, std::string> regions_;
};

}  // namespace

Table with_names(const Table& table, Language language) {
  const PlaceNames places(language);
  const Framework goals = load_framework(framework_path("sdg"));
  Table named;
  for (const Table::Column& column : table.columns()) {
    if (const auto* numbers = std::get_if<Table::Numbers>(&column.cells)) {
      named.add_numbers(column.name, column.decimals) = *numbers;
      continue;
    }
    const auto& texts = std::get<Table::Texts>(column.cells);
    named.add_texts(column.name) = texts;
    if (column.name == "goal") {
      auto& titles = named.add_texts("goal_title");
      for (const std::string& code : texts) {
        std::string title;
        for (const Goal& goal : goals.goals) {
          if (goal.code == code) title = goal.title.in(language);
        }
        titles.push_back(std::move(title));
      }
    } else if (column.name == "country") {
      auto& names = named.add_texts("country_name");
      for (const std::string& code : texts) names.push_back(places.of(code));
    }
  }
  return named;
}

}  // namespace stocktake
