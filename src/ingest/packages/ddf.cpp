// DDFcsv, the Data Description Format of Gapminder and Open Numbers, as its datasets are published (open-numbers/ddf--igme--cme,
// ddf--gapminder--geo_entity_domain): ddf--concepts*.csv says what each column is, ddf--entities--DOMAIN[--SET].csv which areas
// and codes there are, ddf--datapoints--MEASURES--by--KEYS.csv holds the figures. Ids are in lower case.
#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "base/utf8.h"
#include "ingest/area_column.h"
#include "ingest/formats/formats.h"
#include "ingest/packages/package_import.h"

namespace stocktake {
namespace {

struct Concept {
  std::string type, domain, unit, code;  // code: sdmx_code, as our own export writes it
};
struct Dataset {
  std::map<std::string, Concept, std::less<>> concepts;
  AreaNames areas;                                                                            // ids of geo entities → our codes
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> codes;  // domain → id → sdmx_code
};

std::string base_name(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

// Rows of a small table by name.
using Row = std::map<std::string, std::string, std::less<>>;
std::vector<std::string> for_each_row(PackageFiles& files, const std::string& path, const std::function<void(const Row&)>& take) {
  const auto source = files.open(path);
  CsvReader reader(*source, ',');
  std::vector<std::string_view> fields;
  std::vector<std::string> names;
  while (reader.next(fields)) {
    if (names.empty()) {
      for (const auto field : fields) names.emplace_back(trimmed(field));
      continue;
    }
    Row row;
    for (std::size_t i = 0; i < std::min(names.size(), fields.size()); ++i) row[names[i]] = trimmed(fields[i]);
    take(row);
  }
  return names;
}

std::string value_of(const Row& row, std::string_view name) {
  const auto at = row.find(name);
  return at == row.end() ? std::string() : at->second;
}

void read_concepts(PackageFiles& files, const std::vector<std::string>& paths, Dataset& data) {
  for (const auto& path : paths) {
    if (!base_name(path).starts_with("ddf--concepts")) continue;
    for_each_row(files, path, [&](const Row& row) {
      data.concepts[value_of(row, "concept")] = {value_of(row, "concept_type"), value_of(row, "domain"), value_of(row, "unit"),
                                                 value_of(row, "sdmx_code")};
    });
  }
}

// An entity's area: its own code, the id as a code, an ISO code among its properties, or its name.
std::string area_of(const std::string& id, const Row& row, const AreaRegistry& areas, const AreaNames& names) {
  const auto known = [&](const std::string& code) {
    const auto found = code.empty() ? std::nullopt : areas.find(code);
    return found ? areas.at(*found).code : std::string();
  };
  if (const std::string code = known(value_of(row, "sdmx_code")); !code.empty()) return code;
  for (const auto& [name, text] : row) {
    if (name.find("iso") == std::string::npos || name.find("alpha3") == std::string::npos) continue;
    if (const std::string code = known(upper(text)); !code.empty()) return code;
  }
  if (const std::string code = known(upper(id)); !code.empty()) return code;
  for (const char* name : {"iso_code", "iso3", "iso3166_1_alpha2", "un_state_code", "code"}) {
    if (const std::string code = known(upper(value_of(row, name))); !code.empty()) return code;
  }
  const auto named = names.find(value_of(row, "name"));
  return named == names.end() ? std::string() : named->second;
}

// The domain of an entity concept; "" for what is no entity.
std::string domain_of(const Dataset& data, const std::string& concept_id) {
  const auto at = data.concepts.find(concept_id);
  if (at == data.concepts.end()) return concept_id == "country" || concept_id == "geo" ? "geo" : std::string();
  if (at->second.type == "entity_domain") return concept_id;
  return at->second.type == "entity_set" ? (at->second.domain.empty() ? concept_id : at->second.domain) : std::string();
}

bool is_geo(const Dataset& data, const std::string& concept_id) {
  const std::string domain = domain_of(data, concept_id);
  return domain == "geo" || concept_id == "geo" || concept_id == "country" || domain == "country" || concept_id == "ref_area";
}

bool is_time(const Dataset& data, const std::string& concept_id) {
  const auto at = data.concepts.find(concept_id);
  return concept_id == "time" || concept_id == "year" ||
         (at != data.concepts.end() && (at->second.type == "time" || at->second.type == "year"));
}

void read_entities(PackageFiles& files, const std::vector<std::string>& paths, const AreaRegistry& areas, Dataset& data) {
  const AreaNames names = area_names(areas);
  for (const auto& path : paths) {
    const std::string name = base_name(path);
    if (!name.starts_with("ddf--entities--")) continue;
    // The column of the ids is called after the domain or one of its sets, as the file is.
    std::string stem = name.substr(15, name.find('.') - 15);
    const std::string domain = stem.substr(0, stem.find("--"));
    const std::string set = stem.find("--") == std::string::npos ? domain : stem.substr(stem.find("--") + 2);
    for_each_row(files, path, [&](const Row& row) {
      std::string id = value_of(row, set);
      if (id.empty()) id = value_of(row, domain);
      for (const auto& [column, text] : row) {
        if (id.empty() && !text.empty() && domain_of(data, column) == domain) id = text;
      }
      if (id.empty()) return;
      if (is_geo(data, domain)) {
        if (const std::string code = area_of(id, row, areas, names); !code.empty()) data.areas.try_emplace(id, code);
      } else if (const std::string code = value_of(row, "sdmx_code"); !code.empty()) {
        data.codes[domain].try_emplace(id, code);
      }
    });
  }
}

// The key's concepts from a file's name: "--by--geo-afg--time" → geo, time. Empty where the name has none.
std::vector<std::string> key_of(const std::string& path) {
  const std::string name = base_name(path);
  const std::size_t by = name.find("--by--");
  if (by == std::string::npos) return {};
  std::string rest = name.substr(by + 6);
  rest = rest.substr(0, rest.find('.'));
  std::vector<std::string> key;
  for (std::size_t begin = 0; begin <= rest.size();) {
    const std::size_t end = std::min(rest.find("--", begin), rest.size());
    const std::string part = rest.substr(begin, end - begin);
    key.push_back(part.substr(0, part.find('-')));
    begin = end + 2;
  }
  return key;
}

void read_datapoints(PackageFiles& files, const std::string& path, const Dataset& data, const ImportOptions& options,
                     const DimensionCodes& codes, Sink& sink) {
  const auto source = files.open(path);
  sink.place(base_name(path) + "!");
  CsvReader reader(*source, ',');
  const std::vector<std::string> names = read_header(reader, source->name());
  const std::vector<std::string> key = key_of(path);
  Layout layout;
  layout.columns = names.size();
  layout.area_names = &data.areas;
  ValueMap values = options.values;
  struct Measure {
    std::size_t column;
    std::string series, unit;
  };
  std::vector<Measure> measures;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto asked = options.columns.find(names[i]);
    const std::string role = asked == options.columns.end() ? std::string() : asked->second;
    const bool in_key = std::find(key.begin(), key.end(), names[i]) != key.end();
    const auto known = data.concepts.find(names[i]);
    if (role == "ignore") {
    } else if (role == "ref_area" || (role.empty() && layout.area == no_column && is_geo(data, names[i]))) {
      layout.area = i;
    } else if (role == "time_period" || (role.empty() && layout.year == no_column && is_time(data, names[i]))) {
      layout.year = i;
    } else if (role == "unit_measure" || (role.empty() && in_key && names[i] == "unit_measure")) {
      layout.unit = i;
      if (const auto own = data.codes.find(names[i]); own != data.codes.end())
        values["unit_measure"].insert(own->second.begin(), own->second.end());
    } else if (in_key || !role.empty()) {
      const std::string code = known == data.concepts.end() ? std::string() : known->second.code;
      const std::string dimension = !role.empty() ? role : !code.empty() ? code : codes.dimension(names[i]);
      layout.dimensions.emplace_back(i, dimension);
      std::string domain = domain_of(data, names[i]);
      if (domain.empty()) domain = names[i];
      if (const auto own = data.codes.find(domain); own != data.codes.end())
        values[dimension].insert(own->second.begin(), own->second.end());
    } else {
      const bool coded = known != data.concepts.end() && !known->second.code.empty();
      measures.push_back(
          {i, coded ? known->second.code : names[i], known == data.concepts.end() ? std::string() : known->second.unit});
    }
  }
  layout.values = &values;
  sink.translate(&values, options.met.get());
  require(layout.area, "ref_area", names, source->name());
  require(layout.year, "time_period", names, source->name());
  RowKeys keys(layout, codes, sink);
  std::vector<std::string_view> fields;
  Sink::Cell cell;
  while (reader.next(fields)) {
    if (!whole_row(reader, fields.size(), names.size(), sink)) continue;
    cell.row = reader.row_text();
    cell.line = reader.line();
    cell.year = fields[layout.year];
    for (const auto& [column, series, unit] : measures) {
      cell.slot = keys.slot(fields, series, unit);
      cell.value = fields[column];
      cell.column = names[column];
      sink.add(cell, false);
    }
  }
  sink.translate(&options.values, options.met.get());
}

}  // namespace

void read_ddf(PackageFiles& files, const ImportOptions& options, const DimensionCodes& codes, Sink& sink, Vintage& vintage) {
  const std::vector<std::string> paths = files.paths();
  Dataset data;
  read_concepts(files, paths, data);
  read_entities(files, paths, sink.areas(), data);
  std::size_t left_out = 0;
  for (const auto& path : paths) {
    const std::string name = base_name(path);
    if (!name.starts_with("ddf--datapoints--") || name.find(".csv") == std::string::npos) continue;
    const std::vector<std::string> key = key_of(path);
    const auto has = [&](auto is) {
      return std::any_of(key.begin(), key.end(), [&](const std::string& one) { return is(data, one); });
    };
    const bool by_hand = !options.columns.empty();
    if (!by_hand && !(has(is_geo) && has(is_time))) {  // figures of no area or no year are none of ours
      ++left_out;
      continue;
    }
    read_datapoints(files, path, data, options, codes, sink);
  }
  sink.place("");
  if (left_out > 0)
    sink.warn(std::to_string(left_out) +
              " files of datapoints are not by area and time, and were not read; --column NAME=ref_area and "
              "NAME=time_period say otherwise");
  const std::string folder = files.name().substr(files.name().find_last_of('/') + 1);
  vintage.source = folder.empty() || folder == "." ? "DDF dataset" : folder;
}

}  // namespace stocktake
