#include "ingest/iati/schema.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "base/calendar.h"
#include "base/error.h"
#include "base/files.h"
#include "ingest/iati/reader.h"

namespace stocktake::iati {
namespace {

constexpr std::string_view datatype_names[] = {
    "",        "string",  "anyURI", "boolean", "date", "dateTime", "decimal", "int", "nonNegativeInteger", "positiveInteger",
    "NMTOKEN", "language"};

bool digit(char c) { return c >= '0' && c <= '9'; }
bool hexadecimal(char c) { return digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f'); }

std::size_t digits(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), digit) - text.begin());
}

// "Z", "+02:00", or nothing.
bool zone(std::string_view text) {
  if (text.empty() || text == "Z") return true;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return false;
  if (digits(text.substr(1, 2)) != 2 || digits(text.substr(4)) != 2) return false;
  const int hours = (text[1] - '0') * 10 + text[2] - '0';
  const int minutes = (text[4] - '0') * 10 + text[5] - '0';
  return minutes < 60 && (hours < 14 || (hours == 14 && minutes == 0));
}

// The bytes of a date at the start; 0 when there is none.
std::size_t date_part(std::string_view text) {
  const std::size_t sign = text.starts_with('-') ? 1 : 0;
  const std::size_t year = digits(text.substr(sign));
  if (year < 4 || (year > 4 && text[sign] == '0')) return 0;
  const std::string_view rest = text.substr(sign + year);
  if (rest.size() < 6 || rest[0] != '-' || rest[3] != '-' || digits(rest.substr(1)) != 2 || digits(rest.substr(4)) < 2) return 0;
  if (year == 4 && sign == 0) return parse_date(text.substr(0, 10)) ? 10 : 0;
  // A year of five digits or before year 1 has a day that exists in a year of the same place in the cycle of 400.
  const std::string cycle =
      "2" + std::string(1, '0') + std::string(text.substr(sign + year - 2, 2)) + std::string(rest.substr(0, 6));
  return parse_date(cycle) ? sign + year + 6 : 0;
}

bool time_part(std::string_view& text) {
  if (text.size() < 8 || text[2] != ':' || text[5] != ':') return false;
  for (const std::size_t at : {0, 3, 6}) {
    if (!digit(text[at]) || !digit(text[at + 1])) return false;
  }
  const int hours = (text[0] - '0') * 10 + text[1] - '0';
  const bool whole = text.substr(3, 5) == "00:00";
  if (hours > 24 || (hours == 24 && !whole) || text[3] > '5' || text[6] > '5') return false;
  text.remove_prefix(8);
  if (text.starts_with('.')) {
    const std::size_t fraction = digits(text.substr(1));
    if (fraction == 0) return false;
    text.remove_prefix(1 + fraction);
  }
  return true;
}

bool whole_number(std::string_view text, long long least, long long most) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const bool negative = text.starts_with('-');
  const std::string_view figures = negative ? text.substr(1) : text;
  if (figures.empty() || digits(figures) != figures.size()) return false;
  long long value = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (status == std::errc::result_out_of_range) return negative ? least == INT64_MIN : most == INT64_MAX;
  return value >= least && value <= most;
}

bool uri(std::string_view text) {
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    if (at + 2 >= text.size() || !hexadecimal(text[at + 1]) || !hexadecimal(text[at + 2])) return false;
  }
  return std::count(text.begin(), text.end(), '#') <= 1;
}

bool language_tag(std::string_view text) {
  if (text.empty()) return true;  // XML: the language is unknown
  std::size_t part = 0;
  bool first = true;
  for (const char c : text) {
    if (c == '-') {
      if (part == 0) return false;
      part = 0;
      first = false;
    } else if (++part > 8 || !(((c | 32) >= 'a' && (c | 32) <= 'z') || (!first && digit(c)))) {
      return false;
    }
  }
  return part > 0;
}

}  // namespace

std::string_view to_string(Datatype type) { return datatype_names[static_cast<std::size_t>(type)]; }

bool valid_value(Datatype type, std::string_view text) {
  if (type == Datatype::none || type == Datatype::string) return true;
  text = trimmed(text);
  switch (type) {
    case Datatype::any_uri: return uri(text);
    case Datatype::boolean: return text == "true" || text == "false" || text == "1" || text == "0";
    case Datatype::date: {
      const std::size_t length = date_part(text);
      return length != 0 && zone(text.substr(length));
    }
    case Datatype::date_time: {
      const std::size_t length = date_part(text);
      if (length == 0 || length >= text.size() || text[length] != 'T') return false;
      text.remove_prefix(length + 1);
      return time_part(text) && zone(text);
    }
    case Datatype::decimal: {
      if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
      const std::size_t whole = digits(text);
      text.remove_prefix(whole);
      if (!text.starts_with('.')) return whole > 0 && text.empty();
      const std::size_t fraction = digits(text.substr(1));
      return whole + fraction > 0 && fraction + 1 == text.size();
    }
    case Datatype::integer32: return whole_number(text, INT32_MIN, INT32_MAX);
    case Datatype::non_negative: return whole_number(text, 0, INT64_MAX);
    case Datatype::positive: return whole_number(text, 1, INT64_MAX);
    case Datatype::nmtoken: return !text.empty() && text.find_first_of(" \t\r\n<>&\"'/?=()[]{}") == std::string_view::npos;
    case Datatype::language: return language_tag(text);
    case Datatype::none:
    case Datatype::string: break;
  }
  return true;
}

Schema Schema::load(const std::string& path) {
  Schema schema;
  const SmallCsv table = read_small_csv(path, {"type", "what", "name", "min", "max", "value"});
  const auto id_of = [&](const std::string& name) {
    const auto [at, added] = schema.ids_.emplace(name, static_cast<int>(schema.types_.size()));
    if (added) schema.types_.emplace_back();
    return at->second;
  };
  const auto datatype = [&](const std::string& name, std::size_t row) {
    const auto* const found = std::find(std::begin(datatype_names) + 1, std::end(datatype_names), name);
    if (found == std::end(datatype_names)) {
      throw Error(ErrorKind::input, "unknown type of values '" + name + "'",
                  "Make the table again with tools/make_iati_schema.py", {path, table.lines[row], 0, {}});
    }
    return static_cast<Datatype>(found - std::begin(datatype_names));
  };
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const auto& row = table.rows[i];
    const auto type = static_cast<std::size_t>(id_of(row[0]));
    const std::string& what = row[1];
    const auto bound = [&](const std::string& text) { return text == "unbounded" ? unbounded : std::atoi(text.c_str()); };
    if (what == "element") {
      const int child = id_of(row[5]);  // may move types_
      schema.types_[type].sequence.push_back({false, row[2], bound(row[3]), bound(row[4]), child});
    } else if (what == "any") {
      schema.types_[type].sequence.push_back({true, "", bound(row[3]), bound(row[4]), no_type});
    } else if (what == "attribute") {
      schema.types_[type].attributes.push_back({row[2], row[3] == "1", datatype(row[5], i)});
    } else if (what == "any_attribute") {
      schema.types_[type].any_attribute = true;
    } else if (what == "text") {
      schema.types_[type].text = datatype(row[5], i);
    } else {
      throw Error(ErrorKind::input, "unknown row '" + what + "'", "Make the table again with tools/make_iati_schema.py",
                  {path, table.lines[i], 0, {}});
    }
  }
  return schema;
}

int Schema::root(std::string_view name) const {
  if (name != "iati-activities" && name != "iati-activity") return no_type;
  const auto found = ids_.find(name);
  return found == ids_.end() ? no_type : found->second;
}

}  // namespace stocktake::iati
