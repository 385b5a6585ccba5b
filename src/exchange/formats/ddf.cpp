#include "exchange/formats/ddf.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/files.h"
#include "base/table.h"

namespace stocktake {
namespace {

using Json = nlohmann::ordered_json;

// Ids for codes: two codes that would have the same get a number behind.
class Ids {
 public:
  explicit Ids(std::initializer_list<const char*> reserved = {}) : taken_(reserved.begin(), reserved.end()) {}
  const std::string& of(const std::string& code) { return of(code, code); }
  const std::string& of(const std::string& code, const std::string& known_as) {
    const auto [at, fresh] = ids_.try_emplace(known_as);
    if (!fresh) return at->second;
    const std::string plain = ddf_id(code);
    std::string id = plain;
    for (int number = 2; !taken_.insert(id).second; ++number) id = plain + "_" + std::to_string(number);
    at->second = id;
    return at->second;
  }
  const std::map<std::string, std::string>& all() const { return ids_; }  // code (or what it is known as) → id

 private:
  std::map<std::string, std::string> ids_;
  std::set<std::string> taken_;
};

// A file of the package, with the schema that its descriptor has.
struct File {
  std::string name, text;
  std::vector<std::string> fields, key;
};

void add_row(std::string& text, const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) append_csv_field(i == 0 ? text : text += ',', cells[i]);
  text += '\n';
}

File file_of(std::string name, std::vector<std::string> fields, std::vector<std::string> key) {
  File file{std::move(name), {}, std::move(fields), std::move(key)};
  add_row(file.text, file.fields);
  return file;
}

Json schema_part(const std::vector<File>& files, std::string_view beginning) {
  // For each key and value, the resources that hold it.
  std::map<std::pair<std::vector<std::string>, std::string>, std::vector<std::string>> holders;
  for (const File& file : files) {
    if (!file.name.starts_with(beginning)) continue;
    for (const auto& field : file.fields) {
      if (std::find(file.key.begin(), file.key.end(), field) == file.key.end()) holders[{file.key, field}].push_back(file.name);
    }
  }
  Json list = Json::array();
  for (const auto& [what, resources] : holders)
    list.push_back(Json{{"primaryKey", what.first}, {"value", what.second}, {"resources", resources}});
  return list;
}

std::string descriptor(const std::vector<File>& files) {
  Json resources = Json::array();
  for (const File& file : files) {
    Json fields = Json::array();
    for (const auto& field : file.fields) fields.push_back(Json{{"name", field}});
    resources.push_back(
        Json{{"path", file.name + ".csv"},
             {"name", file.name},
             {"schema", {{"fields", fields}, {"primaryKey", file.key.size() == 1 ? Json(file.key.front()) : Json(file.key)}}}});
  }
  const Json package{{"name", "ddf--stocktake"},
                     {"language", {{"id", "en"}}},
                     {"resources", resources},
                     {"ddfSchema",
                      {{"concepts", schema_part(files, "ddf--concepts")},
                       {"entities", schema_part(files, "ddf--entities")},
                       {"datapoints", schema_part(files, "ddf--datapoints")}}}};
  return package.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

class Writer {
 public:
  Writer(const Panel& panel, const AreaRegistry& areas) : panel_(panel), areas_(areas) {
    for (std::size_t s = 0; s < panel.size(); ++s) units_[std::string(panel.series[s].series)].emplace(panel.series[s].unit);
  }

  std::vector<File> files(std::size_t& figures) {
    std::map<std::string, File> datapoints;
    for (std::size_t s = 0; s < panel_.size(); ++s) add_series(s, datapoints, figures);
    std::vector<File> all;
    all.push_back(concepts());
    all.push_back(geo());
    for (auto& [dimension, ids] : codes_) all.push_back(entities(concepts_.of(dimension), ids));
    for (auto& [name, file] : datapoints) all.push_back(std::move(file));
    return all;
  }

 private:
  static constexpr const char* unit_dimension = "UNIT_MEASURE";

  void add_series(std::size_t s, std::map<std::string, File>& datapoints, std::size_t& figures) {
    const PanelSeries& series = panel_.series[s];
    const std::string code(series.series);
    Dimensions dims = parse_dimensions(series.dimensions);
    if (units_[code].size() > 1 && !series.unit.empty()) dims.emplace_back(unit_dimension, series.unit);
    std::vector<std::string> key{"geo"}, values{area_ids_.of(std::string(series.area))};
    for (const auto& [name, value] : dims) {
      key.push_back(concepts_.of(name));
      values.push_back(codes_.try_emplace(name).first->second.of(value));
    }
    key.emplace_back("time");
    measures_.insert(code);
    const std::string measure = measure_id(code);
    std::string name = "ddf--datapoints--" + measure + "--by";
    for (const auto& part : key) name += "--" + part;
    auto at = datapoints.find(name);
    if (at == datapoints.end()) {
      std::vector<std::string> fields = key;
      fields.push_back(measure);
      at = datapoints.emplace(name, file_of(name, fields, key)).first;
    }
    std::string before;
    for (const auto& value : values) {
      append_csv_field(before, value);
      before += ',';
    }
    for (std::uint32_t i = panel_.begin[s]; i < panel_.begin[s + 1]; ++i) {
      at->second.text += before + std::to_string(panel_.year[i]) + ',' + number_text(panel_.value[i]) + '\n';
      ++figures;
    }
  }

  const std::string& measure_id(const std::string& code) { return concepts_.of(code, "series " + code); }

  File concepts() {
    File file = file_of("ddf--concepts", {"concept", "concept_type", "name", "domain", "unit", "sdmx_code"}, {"concept"});
    add_row(file.text, {"geo", "entity_domain", "Area or group", "", "", ""});
    add_row(file.text, {"country", "entity_set", "Country or territory", "geo", "", ""});
    add_row(file.text, {"area_group", "entity_set", "Group of areas", "geo", "", ""});
    add_row(file.text, {"time", "time", "Year", "", "", ""});
    for (const char* text : {"name", "domain", "unit", "sdmx_code"}) add_row(file.text, {text, "string", text, "", "", ""});
    for (const auto& [dimension, ids] : codes_)
      add_row(file.text, {concepts_.of(dimension), "entity_domain", dimension, "", "", dimension});
    for (const std::string& code : measures_) {
      const std::set<std::string>& units = units_[code];
      add_row(file.text, {measure_id(code), "measure", code, "", units.size() == 1 ? *units.begin() : std::string(), code});
    }
    return file;
  }
  File geo() {
    File file = file_of("ddf--entities--geo", {"geo", "name", "is--country", "is--area_group", "sdmx_code"}, {"geo"});
    for (const auto& [code, id] : area_ids_.all()) {
      const auto area = areas_.find(code);
      const bool group = area && areas_.is_group(*area);
      add_row(file.text, {id, area ? areas_.at(*area).name.in(Language::en) : code, group ? "FALSE" : "TRUE",
                          group ? "TRUE" : "FALSE", code});
    }
    return file;
  }
  static File entities(const std::string& id, const Ids& ids) {
    File file = file_of("ddf--entities--" + id, {id, "name", "sdmx_code"}, {id});
    for (const auto& [code, value] : ids.all()) add_row(file.text, {value, code, code});
    return file;
  }

  const Panel& panel_;
  const AreaRegistry& areas_;
  std::map<std::string, std::set<std::string>> units_;  // of each series
  // Dimensions and series are concepts: no two have one id. A series' code stands behind a sign that no dimension's has.
  Ids concepts_{"geo", "country", "area_group", "time", "name", "domain", "unit", "sdmx_code", "concept", "concept_type"};
  std::set<std::string> measures_;  // codes of series
  Ids area_ids_;
  std::map<std::string, Ids> codes_;  // dimension → its codes
};

}  // namespace

std::string ddf_id(std::string_view code) {
  std::string id;
  for (const char c : code) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && std::isalnum(byte) != 0) {
      id += static_cast<char>(std::tolower(byte));
    } else if (id.empty() || id.back() != '_') {
      id += '_';
    }
  }
  return id.empty() || id == "_" ? "x" : id;
}

DdfReport write_ddf(const Panel& panel, const AreaRegistry& areas, const std::string& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed)
    throw Error(ErrorKind::store, "cannot make the folder: " + failed.message(), "Name another folder", {folder, 0, 0, {}});
  DdfReport report;
  const std::vector<File> files = Writer(panel, areas).files(report.figures);
  for (const File& file : files) write_file(folder + "/" + file.name + ".csv", file.text);
  write_file(folder + "/datapackage.json", descriptor(files));
  report.files = files.size() + 1;
  return report;
}

}  // namespace stocktake
