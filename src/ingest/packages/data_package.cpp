// datapackage.json: Data Package and Table Schema 1.0 (specs.frictionlessdata.io) and 2.0 (datapackage.org).
#include <algorithm>

#include "base/error.h"
#include "base/utf8.h"
#include "ingest/json_scan.h"
#include "ingest/packages/package_files.h"
#include "ingest/packages/table_schema.h"

namespace stocktake {
namespace {

using Json = nlohmann::json;

std::string text_of(const Json& object, const char* name) {
  const auto at = object.is_object() ? object.find(name) : object.end();
  return at != object.end() && at->is_string() ? readable(at->get<std::string>()) : std::string();
}

// One text or a list of them; numbers as they are written.
std::vector<std::string> texts_of(const Json& object, const char* name) {
  std::vector<std::string> texts;
  const auto at = object.is_object() ? object.find(name) : object.end();
  if (at == object.end()) return texts;
  const auto add = [&](const Json& one) {
    if (one.is_string() || one.is_number()) {
      texts.push_back(one.is_string() ? one.get<std::string>() : one.dump());
    } else if (one.is_object() && one.contains("value") && one["value"].is_string()) {
      texts.push_back(one["value"].get<std::string>());  // missingValues and categories of 2.0 may have labels
    }
  };
  if (at->is_array()) {
    for (const Json& one : *at) add(one);
  } else {
    add(*at);
  }
  return texts;
}

char one_character(const std::string& text, char otherwise) { return text.size() == 1 ? text.front() : otherwise; }

SchemaField::Type type_of(const std::string& name) {
  if (name == "integer") return SchemaField::Type::integer;
  if (name == "number") return SchemaField::Type::number;
  if (name == "boolean") return SchemaField::Type::boolean;
  if (name == "year") return SchemaField::Type::year;
  return SchemaField::Type::any;  // string, date, geopoint …: texts, as far as figures are concerned
}

void read_schema(const Json& schema, DescribedTable& table) {
  if (schema.contains("missingValues")) table.missing = texts_of(schema, "missingValues");
  table.key = texts_of(schema, "primaryKey");
  const auto fields = schema.find("fields");
  if (fields == schema.end() || !fields->is_array()) return;
  for (const Json& one : *fields) {
    SchemaField field;
    field.name = text_of(one, "name");
    if (field.name.empty()) continue;
    if (const std::string title = text_of(one, "title"); !title.empty()) field.titles.push_back(title);
    field.type = type_of(text_of(one, "type"));
    field.missing = one.contains("missingValues") ? texts_of(one, "missingValues") : table.missing;
    field.decimal = one_character(text_of(one, "decimalChar"), '.');
    field.group = one_character(text_of(one, "groupChar"), 0);
    if (const auto bare = one.find("bareNumber"); bare != one.end() && bare->is_boolean()) field.bare = bare->get<bool>();
    if (const auto limits = one.find("constraints"); limits != one.end() && limits->is_object()) {
      const auto required = limits->find("required");
      field.required = required != limits->end() && required->is_boolean() && required->get<bool>();
      field.allowed = texts_of(*limits, "enum");
    }
    table.fields.push_back(std::move(field));
  }
}

void read_dialect(const Json& dialect, DescribedTable& table) {
  table.delimiter = one_character(text_of(dialect, "delimiter"), ',');
  table.comment = text_of(dialect, "commentChar");
  if (const auto header = dialect.find("header"); header != dialect.end() && header->is_boolean())
    table.header = header->get<bool>();
}

// Why a resource is no table that can be read; "" where it can.
std::string why_not(const Json& resource, const DescribedTable& table) {
  if (resource.contains("data")) return "its data stand in the descriptor";
  if (table.paths.empty()) return "it has no path";
  for (const auto& path : table.paths) {
    if (!is_safe_path(path)) return "its path '" + printable(path) + "' is outside the package";
  }
  std::string path = table.paths.front();
  if (path.ends_with(".gz")) path.resize(path.size() - 3);
  const std::string format = text_of(resource, "format");
  if (format != "csv" && format != "tsv" && !path.ends_with(".csv") && !path.ends_with(".tsv") && !path.ends_with(".txt"))
    return "it is no CSV file";
  const std::string encoding = text_of(resource, "encoding");
  std::string plain;
  for (const char c : encoding) plain += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  if (!plain.empty() && plain != "utf-8" && plain != "utf8" && plain != "utf-8-sig" && plain != "ascii" && plain != "us-ascii")
    return "its encoding is " + printable(encoding) + ", expected utf-8";
  return {};
}

}  // namespace

Descriptor parse_data_package(std::string_view json, const std::string& file) {
  JsonScan scan(json, file);
  std::string_view document;
  if (!scan.next(document))
    throw Error(ErrorKind::input, "the descriptor is empty", "See the Data Package specification", {file, 1, 0, {}});
  const Json root = scan.parse(document);
  const auto resources = root.is_object() ? root.find("resources") : root.end();
  if (resources == root.end() || !resources->is_array())
    throw Error(ErrorKind::input, "the descriptor has no list 'resources'", "See the Data Package specification",
                {file, 1, 0, "resources"});
  Descriptor package;
  package.title = text_of(root, "title");
  package.version = text_of(root, "version");
  if (const auto sources = root.find("sources");
      package.title.empty() && sources != root.end() && sources->is_array() && sources->size() == 1)
    package.title = text_of(sources->front(), "title");
  for (const Json& resource : *resources) {
    DescribedTable table;
    table.name = text_of(resource, "name");
    table.paths = texts_of(resource, "path");
    if (table.name.empty() && !table.paths.empty()) table.name = table.paths.front();
    if (const std::string why = why_not(resource, table); !why.empty()) {
      package.others.push_back(printable(table.name) + " (" + why + ")");
      continue;
    }
    if (const auto dialect = resource.find("dialect"); dialect != resource.end() && dialect->is_object())
      read_dialect(*dialect, table);
    if (const auto schema = resource.find("schema"); schema != resource.end() && schema->is_object()) read_schema(*schema, table);
    package.tables.push_back(std::move(table));
  }
  return package;
}

}  // namespace stocktake
