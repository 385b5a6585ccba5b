#include "exchange/formats/catalogue.h"

#include <array>
#include <nlohmann/json.hpp>

#include "base/hash.h"

namespace stocktake {
namespace {

using Json = nlohmann::ordered_json;

struct Field {
  const char *name, *type, *datatype, *description;
  bool required;
};
// The columns of Store::export_observations().
constexpr std::array<Field, 14> fields{{
    {"series", "string", "string", "Code of the series", true},
    {"ref_area", "string", "string", "ISO 3166 alpha-3 code of an area, or code of a group", true},
    {"time_period", "integer", "integer", "Calendar year", true},
    {"obs_value", "number", "double", "The figure", true},
    {"lower", "number", "double", "Lower bound", false},
    {"upper", "number", "double", "Upper bound", false},
    {"unit_measure", "string", "string", "Unit, as the source wrote it", false},
    {"dimensions", "string", "string", "Dimensions that are no totals, AGE=Y15T24;SEX=F", false},
    {"nature", "string", "string", "How the figure came about: C, CA, E, G, M, N, NA", false},
    {"qualifier", "string", "string", "< or >, where a bound was published", false},
    {"edition", "string", "string", "Edition of the row's source", false},
    {"source", "string", "string", "Source of the row", false},
    {"vintage", "integer", "integer", "Number of the import in the store", true},
    {"attributes", "string", "string", "What else the source says of the figure, by SDMX concept", false},
}};

std::string written(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

}  // namespace

std::string data_package_json(const std::vector<Vintage>& vintages, std::string_view csv) {
  Json schema{{"fields", Json::array()},
              {"missingValues", {""}},
              {"primaryKey", {"series", "ref_area", "dimensions", "unit_measure", "time_period"}}};
  for (const Field& field : fields) {
    Json entry{{"name", field.name}, {"type", field.type}, {"description", field.description}};
    if (field.required) entry["constraints"] = {{"required", true}};
    schema["fields"].push_back(std::move(entry));
  }
  Json sources = Json::array();
  for (const Vintage& v : vintages) {
    Json source{{"title", v.source}};
    if (!v.edition.empty()) source["version"] = v.edition;
    sources.push_back(std::move(source));
  }
  Json package{{"profile", "tabular-data-package"}, {"name", "stocktake-observations"}};
  if (!sources.empty()) package["sources"] = sources;
  package["resources"] = Json::array({Json{{"profile", "tabular-data-resource"},
                                           {"name", "observations"},
                                           {"path", "observations.csv"},
                                           {"format", "csv"},
                                           {"mediatype", "text/csv"},
                                           {"encoding", "utf-8"},
                                           {"bytes", csv.size()},
                                           {"dialect", {{"delimiter", ","}, {"doubleQuote", true}, {"header", true}}},
                                           {"schema", schema}}});
  return written(package);
}

std::string csvw_json(std::string_view csv) {
  (void)csv;
  Json columns = Json::array();
  for (const Field& field : fields) {
    Json column{
        {"name", field.name}, {"titles", field.name}, {"dc:description", field.description}, {"datatype", field.datatype}};
    if (field.required) column["required"] = true;
    columns.push_back(std::move(column));
  }
  return written(Json{{"@context", "http://www.w3.org/ns/csvw"},
                      {"url", "observations.csv"},
                      {"dialect", {{"delimiter", ","}, {"encoding", "utf-8"}, {"header", true}}},
                      {"tableSchema", {{"columns", columns}}}});
}

std::string dcat_json(const std::vector<Vintage>& vintages, const std::string& publisher) {
  const Json agent{{"@type", "foaf:Agent"}, {"foaf:name", publisher.empty() ? "unknown" : publisher}};
  Json datasets = Json::array();
  for (const Vintage& v : vintages) {
    Json dataset{{"@id", "urn:stocktake:vintage:" + v.hash + ":" + std::to_string(v.id)},
                 {"@type", "dcat:Dataset"},
                 {"dct:title", {{"@value", v.source.empty() ? v.origin : v.source}, {"@language", "en"}}},
                 {"dct:description",
                  {{"@value", std::to_string(v.rows_accepted) + " figures read from " + v.origin + " (format " + v.format + ")"},
                   {"@language", "en"}}},
                 {"dct:identifier", std::to_string(v.id)},
                 {"dct:publisher", {{"@type", "foaf:Agent"}, {"foaf:name", v.source.empty() ? "unknown" : v.source}}}};
    if (!v.edition.empty()) dataset["owl:versionInfo"] = v.edition;
    if (v.published) dataset["dct:issued"] = {{"@value", to_string(*v.published)}, {"@type", "xsd:date"}};
    dataset["dct:modified"] = {{"@value", v.imported_at}, {"@type", "xsd:dateTime"}};
    datasets.push_back(std::move(dataset));
  }
  return written(Json{{"@context",
                       {{"dcat", "http://www.w3.org/ns/dcat#"},
                        {"dct", "http://purl.org/dc/terms/"},
                        {"foaf", "http://xmlns.com/foaf/0.1/"},
                        {"owl", "http://www.w3.org/2002/07/owl#"},
                        {"xsd", "http://www.w3.org/2001/XMLSchema#"}}},
                      {"@id", "urn:stocktake:catalogue"},
                      {"@type", "dcat:Catalog"},
                      {"dct:title", {{"@value", "Figures of a Stocktake store"}, {"@language", "en"}}},
                      {"dct:description", {{"@value", "One dataset an import"}, {"@language", "en"}}},
                      {"dct:publisher", agent},
                      {"dcat:dataset", datasets}});
}

}  // namespace stocktake
