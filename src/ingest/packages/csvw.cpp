// CSV on the Web metadata: tables with their columns, datatypes, texts of null and dialects. Properties that are inherited
// (datatype, null, required) are looked for at the column, the schema, the table and the group of tables.
#include <algorithm>

#include "base/error.h"
#include "base/utf8.h"
#include "ingest/json_scan.h"
#include "ingest/packages/package_files.h"
#include "ingest/packages/table_schema.h"

namespace stocktake {
namespace {

using Json = nlohmann::json;
using Levels = std::vector<const Json*>;  // from the column outwards

const Json* member(const Json& object, const char* name) {
  if (!object.is_object()) return nullptr;
  const auto at = object.find(name);
  return at == object.end() ? nullptr : &*at;
}
const Json* inherited(const Levels& levels, const char* name) {
  for (const Json* level : levels) {
    if (const Json* found = member(*level, name); found != nullptr) return found;
  }
  return nullptr;
}
std::string text_of(const Json* value) {
  return value != nullptr && value->is_string() ? readable(value->get<std::string>()) : std::string();
}

// A text, a list of texts, or texts by language.
void add_texts(const Json* value, std::vector<std::string>& texts) {
  if (value == nullptr) return;
  if (value->is_string()) texts.push_back(value->get<std::string>());
  if (!value->is_array() && !value->is_object()) return;
  for (const Json& one : *value) {
    if (one.is_string()) texts.push_back(one.get<std::string>());
    if (one.is_array()) add_texts(&one, texts);
  }
}

void read_datatype(const Json* datatype, SchemaField& field) {
  if (datatype == nullptr) return;
  const std::string base = datatype->is_string() ? text_of(datatype) : text_of(member(*datatype, "base"));
  // 6.4 of the vocabulary: the numeric ones; byte … unsignedLong are kinds of integer.
  if (base == "integer" || base == "long" || base == "int" || base == "short" || base == "byte" || base == "nonNegativeInteger" ||
      base == "positiveInteger" || base == "unsignedLong" || base == "unsignedInt" || base == "unsignedShort" ||
      base == "unsignedByte" || base == "nonPositiveInteger" || base == "negativeInteger") {
    field.type = SchemaField::Type::integer;
  } else if (base == "number" || base == "decimal" || base == "double" || base == "float") {
    field.type = SchemaField::Type::number;
  } else if (base == "boolean") {
    field.type = SchemaField::Type::boolean;
  } else if (base == "gYear") {
    field.type = SchemaField::Type::year;
  }
  const Json* format = datatype->is_object() ? member(*datatype, "format") : nullptr;
  if (format == nullptr || !format->is_object()) return;
  if (const std::string sign = text_of(member(*format, "decimalChar")); sign.size() == 1) field.decimal = sign.front();
  if (const std::string sign = text_of(member(*format, "groupChar")); sign.size() == 1) field.group = sign.front();
}

SchemaField read_column(const Json& column, const Levels& outer, std::size_t number) {
  Levels levels{&column};
  levels.insert(levels.end(), outer.begin(), outer.end());
  SchemaField field;
  add_texts(member(column, "titles"), field.titles);
  field.name = text_of(member(column, "name"));
  if (field.name.empty()) field.name = field.titles.empty() ? "_col." + std::to_string(number) : readable(field.titles.front());
  read_datatype(inherited(levels, "datatype"), field);
  add_texts(inherited(levels, "null"), field.missing);
  if (field.missing.empty()) field.missing.emplace_back();
  const Json* required = inherited(levels, "required");
  field.required = required != nullptr && required->is_boolean() && required->get<bool>();
  return field;
}

void read_dialect(const Json& dialect, DescribedTable& table) {
  if (const std::string sign = text_of(member(dialect, "delimiter")); sign == "\t" || sign.size() == 1)
    table.delimiter = sign.front();
  if (const Json* header = member(dialect, "header"); header != nullptr && header->is_boolean())
    table.header = header->get<bool>();
  table.comment = text_of(member(dialect, "commentPrefix"));
  if (const auto rows = json_count(dialect, "skipRows"); rows && *rows > 0)
    table.skipped_rows = static_cast<std::size_t>(std::min<std::int64_t>(*rows, 1000));
}

void read_table(const Json& one, const Json& group, Descriptor& found) {
  DescribedTable table;
  const std::string url = text_of(member(one, "url"));
  table.name = url.substr(0, url.rfind('.'));
  if (url.empty()) return;
  if (!is_safe_path(url)) {
    found.others.push_back(printable(url) + " (it is outside the folder of the metadata)");
    return;
  }
  table.paths = {url};
  table.delimiter = ',';
  for (const Json* level : {&group, &one}) {
    if (const Json* dialect = member(*level, "dialect"); dialect != nullptr && dialect->is_object())
      read_dialect(*dialect, table);
  }
  const Json* schema = member(one, "tableSchema");
  if (schema == nullptr) schema = member(group, "tableSchema");
  if (schema != nullptr && schema->is_object()) {
    const Json* columns = member(*schema, "columns");
    const Levels outer{schema, &one, &group};
    for (std::size_t i = 0; columns != nullptr && columns->is_array() && i < columns->size(); ++i) {
      const Json* is_virtual = member((*columns)[i], "virtual");  // stands in no file
      if ((*columns)[i].is_object() && !(is_virtual != nullptr && is_virtual->is_boolean() && is_virtual->get<bool>()))
        table.fields.push_back(read_column((*columns)[i], outer, i + 1));
    }
    add_texts(member(*schema, "primaryKey"), table.key);
  }
  found.tables.push_back(std::move(table));
}

}  // namespace

Descriptor parse_csvw(std::string_view json, const std::string& file) {
  JsonScan scan(json, file);
  std::string_view document;
  if (!scan.next(document))
    throw Error(ErrorKind::input, "the metadata are empty", "See CSV on the Web, Metadata Vocabulary for Tabular Data",
                {file, 1, 0, {}});
  const Json root = scan.parse(document);
  Descriptor found;
  found.title = text_of(member(root, "dc:title"));
  const Json* tables = member(root, "tables");
  if (tables != nullptr && tables->is_array()) {
    for (const Json& one : *tables) read_table(one, root, found);
  } else {
    read_table(root, Json::object(), found);
  }
  if (found.tables.empty())
    throw Error(ErrorKind::input,
                "the metadata name no table ('url') that can be read" +
                    (found.others.empty() ? std::string() : ": " + found.others.front()),
                "See CSV on the Web, Metadata Vocabulary for Tabular Data", {file, 1, 0, "url"});
  return found;
}

}  // namespace stocktake
