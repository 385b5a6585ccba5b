#include "framework/units.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"

namespace stocktake {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

UnitCodes UnitCodes::load(const std::string& path) {
  std::vector<std::string> columns{"code", "symbol", "aliases"};
  for (const Language language : all_languages) columns.push_back("name_" + std::string(stocktake::code(language)));
  const SmallCsv csv = read_small_csv(path, columns);
  UnitCodes loaded;
  for (std::size_t i = 0; i < csv.rows.size(); ++i) {
    const auto& row = csv.rows[i];
    Unit unit{row[0], {}, row[1], list_items(row[2])};
    for (const Language language : all_languages) unit.name.set(language, row[3 + static_cast<std::size_t>(language)]);
    const auto add = [&](std::string_view text, bool unique) {
      const auto slot = loaded.index_.try_emplace(lower(text), i);
      if (unique && !slot.second && slot.first->second != i) {
        throw Error(ErrorKind::input, "'" + std::string(text) + "' already means " + loaded.units_[slot.first->second].code,
                    "Leave one of them out", {path, csv.lines[i], 0, "code"});
      }
    };
    add(unit.code, true);
    for (const std::string& alias : unit.aliases) add(alias, true);
    if (unit.name.has(Language::en)) add(unit.name.in(Language::en), false);
    loaded.units_.push_back(std::move(unit));
  }
  return loaded;
}

const Unit* UnitCodes::find(std::string_view text) const {
  if (text.empty()) return nullptr;
  const auto found = index_.find(lower(text));
  return found == index_.end() ? nullptr : &units_[found->second];
}

}  // namespace stocktake
