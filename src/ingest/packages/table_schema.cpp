#include "ingest/packages/table_schema.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "base/utf8.h"
#include "ingest/table_layout.h"

namespace stocktake {
namespace {

using Type = SchemaField::Type;

// "1.234,5 EUR" with '.' between groups and ',' before decimals → "1234.5". Empty where no number is in it.
std::string number_of(const SchemaField& field, std::string_view cell) {
  std::string text;
  for (const char c : trimmed(cell)) {
    if (field.group != 0 && c == field.group) continue;
    text += c == field.decimal ? '.' : c;
  }
  if (field.bare) return text;
  const std::size_t begin = text.find_first_of("0123456789.-+"), end = text.find_last_of("0123456789.");
  return begin == std::string::npos || end == std::string::npos || end < begin ? std::string()
                                                                               : text.substr(begin, end - begin + 1);
}

bool is_integer(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::vector<const SchemaField*> match_fields(const DescribedTable& table, const std::vector<std::string>& header) {
  std::vector<const SchemaField*> matched(header.size(), nullptr);
  std::set<const SchemaField*> used;
  for (const bool by_title : {false, true}) {
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (matched[i] != nullptr) continue;
      const auto found = std::find_if(table.fields.begin(), table.fields.end(), [&](const SchemaField& field) {
        if (used.contains(&field)) return false;
        return by_title ? std::find(field.titles.begin(), field.titles.end(), header[i]) != field.titles.end()
                        : field.name == header[i];
      });
      if (found == table.fields.end()) continue;
      matched[i] = &*found;
      used.insert(&*found);
    }
  }
  if (header.size() == table.fields.size()) {
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (matched[i] == nullptr && used.insert(&table.fields[i]).second) matched[i] = &table.fields[i];
    }
  }
  return matched;
}

bool read_cell(const SchemaField& field, std::string_view cell, std::string& text, std::string& problem) {
  const auto fail = [&](std::string_view expected) {
    problem = "field '" + field.name + "': expected " + std::string(expected) + ", found '" + printable(cell.substr(0, 40)) + "'";
    return false;
  };
  if (std::find(field.missing.begin(), field.missing.end(), cell) != field.missing.end() || cell.empty()) {
    text.clear();
    if (!field.required) return true;
    problem = "field '" + field.name + "': a value is required, there is none";
    return false;
  }
  if (!field.allowed.empty() && std::find(field.allowed.begin(), field.allowed.end(), cell) == field.allowed.end())
    return fail("one of the schema's values");
  text = cell;
  if (field.type == Type::integer || field.type == Type::number) {
    text = number_of(field, cell);
    if (field.type == Type::integer && !is_integer(text)) return fail("an integer");
    const ParsedValue parsed = parse_value(text, false);
    // INF and NaN are numbers of both vocabularies; a figure they are not.
    const bool special = text == "INF" || text == "-INF" || text == "NaN";
    if (special) text.clear();
    if (!special && parsed.kind != ParsedValue::Kind::number) return fail("a number");
  } else if (field.type == Type::year) {
    if (parse_year(cell) == 0) return fail("a year");
  } else if (field.type == Type::boolean) {
    constexpr std::array<std::string_view, 10> words{"true", "false", "True", "False", "TRUE", "FALSE", "1", "0", "Y", "N"};
    if (std::find(words.begin(), words.end(), cell) == words.end()) return fail("true or false");
  }
  return true;
}

bool is_plain(const DescribedTable& table, const std::vector<const SchemaField*>& fields) {
  if (!table.header || table.skipped_rows != 0 || !table.comment.empty() || table.paths.size() != 1) return false;
  for (const SchemaField* field : fields) {
    if (field == nullptr) continue;
    if (field->decimal != '.' || field->group != 0 || !field->bare || !field->allowed.empty()) return false;
    // Numbers, years and what is missing are checked by the sink where they are figures; elsewhere they are texts.
    for (const auto& text : field->missing) {
      if (parse_value(text, false).kind != ParsedValue::Kind::missing) return false;
    }
    const Layout one = layout_of({field->name}, {}, {});
    const bool checked = one.value == 0 || one.year == 0 || one.lower == 0 || one.upper == 0;
    if (field->type != Type::any && !checked) return false;
  }
  return true;
}

}  // namespace stocktake
