#include "ingest/sdmx/json_representation_writer.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <nlohmann/json.hpp>

namespace stocktake::sdmx {

using json = nlohmann::ordered_json;

namespace {

bool all(std::string_view text, auto test) { return !text.empty() && std::all_of(text.begin(), text.end(), test); }
bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// "2", "1.0", "1.0.0", with one "+" behind a number of three (wildcards of SDMX 3.0).
bool strict_version(std::string_view version) {
  std::size_t parts = 0, pluses = 0;
  while (true) {
    const std::size_t end = std::min(version.find('.'), version.size());
    std::string_view part = version.substr(0, end);
    if (part.ends_with('+')) {
      ++pluses;
      part.remove_suffix(1);
    }
    if (!all(part, digit) || (part.size() > 1 && part[0] == '0')) return false;
    ++parts;
    if (end == version.size()) break;
    version.remove_prefix(end + 1);
  }
  return parts <= 3 && (pluses == 0 || (pluses == 1 && parts == 3));
}

// "en", "fr-FR", "zh-Hant-TW", "es-419".
bool language_tag(std::string_view tag) {
  std::size_t place = 0;
  while (true) {
    const std::size_t end = std::min(tag.find('-'), tag.size());
    const std::string_view part = tag.substr(0, end);
    const bool word = all(part, letter);
    if (place == 0) {
      if (!word || part.size() < 2 || part.size() > 3) return false;
      place = 1;
    } else if (place == 1 && word && part.size() == 4) {
      place = 2;
    } else if (place <= 2 && ((word && part.size() == 2) || (all(part, digit) && part.size() == 3))) {
      place = 3;
    } else {
      return false;
    }
    if (end == tag.size()) return true;
    tag.remove_prefix(end + 1);
  }
}

// The data types of the official schema (sdmx-json-structure-schema.json 2.1, $defs): BasicComponentDataType; of them
// SimpleDataType has not XHTML, CodeDataType and TimeDataType are below.
constexpr std::array data_types{"String",
                                "Alpha",
                                "AlphaNumeric",
                                "Numeric",
                                "BigInteger",
                                "Integer",
                                "Long",
                                "Short",
                                "Decimal",
                                "Float",
                                "Double",
                                "Boolean",
                                "URI",
                                "Count",
                                "InclusiveValueRange",
                                "ExclusiveValueRange",
                                "Incremental",
                                "ObservationalTimePeriod",
                                "StandardTimePeriod",
                                "BasicTimePeriod",
                                "GregorianTimePeriod",
                                "GregorianYear",
                                "GregorianYearMonth",
                                "GregorianDay",
                                "ReportingTimePeriod",
                                "ReportingYear",
                                "ReportingSemester",
                                "ReportingTrimester",
                                "ReportingQuarter",
                                "ReportingMonth",
                                "ReportingWeek",
                                "ReportingDay",
                                "DateTime",
                                "TimeRange",
                                "Month",
                                "MonthDay",
                                "Day",
                                "Time",
                                "Duration",
                                "GeospatialInformation",
                                "XHTML"};
constexpr std::array not_of_codes{"Decimal", "Float", "Double", "DateTime", "TimeRange", "Time", "GeospatialInformation",
                                  "XHTML"};
constexpr std::size_t first_of_time = 17, last_of_time = 33;

bool allowed(const std::string& type, RepresentationOf of, bool coded) {
  const auto found = std::find(data_types.begin(), data_types.end(), type);
  if (found == data_types.end()) return false;
  if (coded) return std::find(not_of_codes.begin(), not_of_codes.end(), type) == not_of_codes.end();
  const auto at = static_cast<std::size_t>(found - data_types.begin());
  if (of == RepresentationOf::time_dimension) return at >= first_of_time && at <= last_of_time;
  return type != "XHTML" || of != RepresentationOf::dimension;
}

json number(double value) {
  // Whole numbers as such: the formats of codes take no others.
  if (std::trunc(value) == value && std::abs(value) < 9e15) return json(static_cast<std::int64_t>(value));
  return json(value);
}

json written(const Representation& from, RepresentationOf of) {
  json to = json::object(), format = json::object();
  const bool coded = from.enumeration.has_value();
  if (coded) to["enumeration"] = to_urn(*from.enumeration);
  if (!from.text_type.empty()) {
    if (allowed(from.text_type, of, coded)) {
      format["dataType"] = from.text_type;
    } else {
      to["x-dataType"] = from.text_type;
    }
  }
  const auto length = [&](const char* key, std::optional<std::int64_t> value, bool has_place) {
    if (value) format[(has_place && *value >= 1 ? "" : "x-") + std::string(key)] = *value;
  };
  length("minLength", from.min_length, true);
  length("maxLength", from.max_length, true);
  if (from.min_value) format["minValue"] = number(*from.min_value);
  if (from.max_value) format["maxValue"] = number(*from.max_value);
  length("decimals", from.decimals, !coded);
  if (!from.pattern.empty()) format["pattern"] = from.pattern;
  if (from.multilingual) format[coded || of == RepresentationOf::dimension ? "x-isMultiLingual" : "isMultiLingual"] = true;
  if (!coded) {
    to["format"] = std::move(format);
  } else if (!format.empty()) {
    to["enumerationFormat"] = std::move(format);
  }
  if (from.min_occurs != 1) to["minOccurs"] = from.min_occurs;
  if (from.max_occurs == 0) to["maxOccurs"] = "unbounded";
  if (from.max_occurs > 1) to["maxOccurs"] = from.max_occurs;
  return to;
}

bool takes(const Representation& from, RepresentationOf of) {
  const bool dimension = of == RepresentationOf::dimension || of == RepresentationOf::time_dimension;
  if (dimension && (from.min_occurs != 1 || from.max_occurs != 1)) return false;
  if (from.enumeration) {
    if (of == RepresentationOf::time_dimension || !strict(*from.enumeration) || !from.enumeration->item.empty()) return false;
    const std::string& kind = from.enumeration->kind;
    if (kind != "Codelist" && (dimension || kind != "ValueList")) return false;
    const auto whole = [](const std::optional<double>& value) { return !value || std::trunc(*value) == *value; };
    return whole(from.min_value) && whole(from.max_value);
  }
  if (of != RepresentationOf::time_dimension) return true;
  return allowed(from.text_type, of, false) && !from.min_length && !from.max_length && !from.decimals && !from.min_value &&
         !from.max_value && from.pattern.empty() && !from.multilingual;
}

}  // namespace

bool strict(const Reference& reference) {
  return !reference.kind.empty() && !reference.agency.empty() && letter(reference.agency.front()) && !reference.id.empty() &&
         strict_version(reference.version);
}

void put_reference(json& object, const std::string& key, const std::optional<Reference>& reference) {
  if (reference) object[(strict(*reference) ? "" : "x-") + key] = to_urn(*reference);
}

void put_texts(json& object, const std::string& one, const std::string& several, const Texts& texts) {
  if (texts.empty()) return;
  object[one] = std::string(text_of(texts));
  if (texts.size() == 1 && texts.begin()->first.empty()) return;
  json named = json::object(), others = json::object();
  for (const auto& [language, text] : texts) (language_tag(language) ? named : others)[language] = text;
  if (!named.empty()) object[several] = std::move(named);
  if (!others.empty()) object["x-" + several] = std::move(others);
}

void put_names(json& object, const Texts& names, const std::string& id) {
  put_texts(object, "name", "names", names);
  if (!names.empty()) return;
  object["name"] = id;
  object["x-named"] = false;
}

void put_representation(json& object, const std::string& key, const Representation& representation, RepresentationOf of) {
  object[(takes(representation, of) ? "" : "x-") + key] = written(representation, of);
}

}  // namespace stocktake::sdmx
