#include "framework/areas.h"

#include <algorithm>
#include <chrono>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"

namespace stocktake {
namespace {

using Row = std::vector<std::string>;

bool all_digits(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos; }

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return result;
}

std::string_view without_zeros(std::string_view digits) {
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size() - 1));
  return digits;
}

Date day_before(Date date) {
  using namespace std::chrono;
  const year_month_day earlier{sys_days{year{date.year} / date.month / date.day} - days{1}};
  return {static_cast<int>(earlier.year()), static_cast<int>(static_cast<unsigned>(earlier.month())),
          static_cast<int>(static_cast<unsigned>(earlier.day()))};
}

// One table with what is needed to blame a cell.
struct Table {
  std::string path;
  std::vector<std::string> columns;
  SmallCsv csv;

  Table(std::string file, std::vector<std::string> names)
      : path(std::move(file)), columns(std::move(names)), csv(read_small_csv(path, columns)) {}

  const std::string& cell(std::size_t row, std::string_view column) const { return csv.rows[row][index(column)]; }
  std::size_t index(std::string_view column) const {
    return static_cast<std::size_t>(std::find(columns.begin(), columns.end(), column) - columns.begin());
  }
  [[noreturn]] void fail(std::size_t row, std::string_view column, const std::string& what, const std::string& remedy) const {
    throw Error(ErrorKind::input, what, remedy, {path, csv.lines[row], 0, std::string(column)});
  }
};

std::vector<std::string> with_names(std::vector<std::string> columns) {
  for (const Language language : all_languages) columns.push_back("name_" + std::string(code(language)));
  return columns;
}

LocalText read_name(const Table& table, std::size_t row) {
  LocalText name;
  for (const Language language : all_languages) {
    const std::string& text = table.cell(row, "name_" + std::string(code(language)));
    if (!text.empty()) name.set(language, text);
  }
  if (!name.has(Language::en)) table.fail(row, "name_en", "the area has no English name", "Fill in name_en");
  return name;
}

std::optional<Date> read_from(const Table& table, std::size_t row) {
  const std::string& text = table.cell(row, "from");
  if (text.empty()) return std::nullopt;
  const auto date = parse_date(text);
  if (!date) table.fail(row, "from", "'" + text + "' is not a date", "Write 2011-07-09, 2011-07 or 2011");
  return date;
}

// The last day inside. A full date is the day of the change (of graduation, of dissolution): the day before was the last. A
// month or a year does not name that day, and what it covers counts to its end.
std::optional<Date> read_to(const Table& table, std::size_t row, std::optional<Date> from) {
  const std::string& text = table.cell(row, "to");
  if (text.empty()) return std::nullopt;
  auto date = parse_date(text, true);
  if (!date) table.fail(row, "to", "'" + text + "' is not a date", "Write 2014-01-01, 2014-01 or 2014");
  if (text.size() == 10) date = day_before(*date);
  if (from && *date < *from) table.fail(row, "to", "'" + text + "' lies before its 'from'", "Correct one of the two");
  return date;
}

bool covers(std::optional<Date> from, std::optional<Date> to, Date on) { return (!from || *from <= on) && (!to || on <= *to); }

Area read_area(const Table& table, std::size_t row) {
  Area area;
  area.code = table.cell(row, "iso3");
  area.iso2 = table.cell(row, "iso2");
  area.m49 = table.cell(row, "m49");
  const std::string& kind = table.cell(row, "kind");
  if (kind == "historical") {
    area.kind = AreaKind::historical;
  } else if (kind == "statistical") {
    area.kind = AreaKind::statistical;
  } else if (kind != "country") {
    table.fail(row, "kind", "expected country, historical or statistical, found '" + kind + "'", "Correct the kind");
  }
  area.from = read_from(table, row);
  area.to = read_to(table, row, area.from);
  area.name = read_name(table, row);
  return area;
}

Area read_group(const Table& table, std::size_t row) {
  Area group;
  group.code = table.cell(row, "group");
  group.m49 = table.cell(row, "m49");
  group.kind = AreaKind::group;
  group.group_kind = table.cell(row, "kind");
  group.name = read_name(table, row);
  return group;
}

using Index = std::unordered_map<std::string, AreaId>;

// Registers a code or alias; one that stands for another area already would make files ambiguous.
void add_code(Index& index, const std::string& code, AreaId id, const std::vector<Area>& areas, const Table& table,
              std::size_t row, std::string_view column) {
  if (code.empty()) return;
  const auto [entry, fresh] = index.try_emplace(code, id);
  if (!fresh && entry->second != id) {
    table.fail(row, column, "the code '" + code + "' already stands for " + areas[entry->second].code, "Remove one of the two");
  }
}

void add_other_codes(Index& index, AreaId id, const std::vector<Area>& areas, const Table& table, std::size_t row) {
  const Area& area = areas[id];
  add_code(index, area.iso2, id, areas, table, row, "iso2");
  if (!area.m49.empty()) {
    if (area.m49.size() != 3 || !all_digits(area.m49))
      table.fail(row, "m49", "expected three digits, found '" + area.m49 + "'", "Write 004");
    add_code(index, std::string(without_zeros(area.m49)), id, areas, table, row, "m49");
  }
  for (const std::string& alias : list_items(table.cell(row, "aliases"))) {
    add_code(index, all_digits(alias) ? std::string(without_zeros(alias)) : alias, id, areas, table, row, "aliases");
  }
}

}  // namespace

AreaRegistry AreaRegistry::load(const std::string& folder) {
  const Table areas(folder + "/areas.csv", with_names({"iso3", "iso2", "m49", "kind", "from", "to", "aliases"}));
  const Table defs(folder + "/group_defs.csv", with_names({"group", "kind", "m49", "aliases"}));
  const Table members(folder + "/groups.csv", {"group", "iso3", "from", "to", "source"});
  AreaRegistry registry;
  const auto add = [&](Area area, const Table& table, std::size_t row, std::string_view column) {
    if (area.code.empty()) table.fail(row, column, "the code is empty", "Fill it in");
    const auto id = static_cast<AreaId>(registry.areas_.size());
    if (!registry.by_code_.try_emplace(area.code, id).second) {
      table.fail(row, column, "the code '" + area.code + "' is defined twice", "Remove one of the two");
    }
    registry.areas_.push_back(std::move(area));
  };
  for (std::size_t row = 0; row < areas.csv.rows.size(); ++row) add(read_area(areas, row), areas, row, "iso3");
  const std::size_t first_group = registry.areas_.size();
  for (std::size_t row = 0; row < defs.csv.rows.size(); ++row) add(read_group(defs, row), defs, row, "group");
  // Aliases after all codes, so that the order of the files does not decide which of two wins.
  for (std::size_t id = 0; id < registry.areas_.size(); ++id) {
    const bool group = id >= first_group;
    add_other_codes(registry.by_code_, static_cast<AreaId>(id), registry.areas_, group ? defs : areas,
                    group ? id - first_group : id);
  }
  registry.memberships_.resize(registry.areas_.size());
  for (std::size_t row = 0; row < members.csv.rows.size(); ++row) {
    const auto group = registry.by_code_.find(members.cell(row, "group"));
    if (group == registry.by_code_.end() || !registry.is_group(group->second)) {
      members.fail(row, "group", "there is no group '" + members.cell(row, "group") + "'", "Define it in group_defs.csv");
    }
    const auto area = registry.by_code_.find(members.cell(row, "iso3"));
    if (area == registry.by_code_.end() || registry.is_group(area->second)) {
      members.fail(row, "iso3", "there is no area '" + members.cell(row, "iso3") + "'", "Define it in areas.csv");
    }
    const auto from = read_from(members, row);
    registry.memberships_[group->second].push_back(
        {area->second, from, read_to(members, row, from), members.cell(row, "source")});
  }
  Hasher hasher;
  for (const Table* table : {&areas, &defs, &members}) hasher.add(read_file(table->path));
  registry.hash_ = hasher.hex();
  return registry;
}

std::optional<AreaId> AreaRegistry::find(std::string_view code) const {
  if (code.empty()) return std::nullopt;
  auto found = by_code_.find(std::string(all_digits(code) ? without_zeros(code) : code));
  if (found == by_code_.end()) found = by_code_.find(upper(code));
  if (found == by_code_.end()) return std::nullopt;
  return found->second;
}

std::vector<AreaId> AreaRegistry::members(AreaId group, Date on) const {
  std::vector<AreaId> ids;
  for (const Membership& one : memberships_[group]) {
    if (covers(one.from, one.to, on) && covers(areas_[one.area].from, areas_[one.area].to, on)) ids.push_back(one.area);
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());  // a country may leave and come back
  return ids;
}

bool AreaRegistry::is_member(AreaId group, AreaId area, Date on) const {
  return covers(areas_[area].from, areas_[area].to, on) &&
         std::any_of(memberships_[group].begin(), memberships_[group].end(),
                     [&](const Membership& one) { return one.area == area && covers(one.from, one.to, on); });
}

const std::vector<Membership>& AreaRegistry::memberships(AreaId group) const { return memberships_[group]; }

std::vector<AreaId> AreaRegistry::groups() const {
  std::vector<AreaId> ids;
  for (std::size_t id = 0; id < areas_.size(); ++id) {
    if (areas_[id].kind == AreaKind::group && !memberships_[id].empty()) ids.push_back(static_cast<AreaId>(id));
  }
  return ids;
}

}  // namespace stocktake
