// A table that something beside it describes: the schema of a Data Package's resource (Table Schema 1.0 and 2.0) or CSV on the
// Web metadata (W3C Recommendation of 2015, "Metadata Vocabulary for Tabular Data"). What both can say, in one form.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/sink.h"

namespace stocktake {

struct SchemaField {
  enum class Type : std::uint8_t { any, integer, number, boolean, year };
  std::string name;                 // the column is called so in what follows
  std::vector<std::string> titles;  // what it may be called in the file besides
  Type type = Type::any;
  bool required = false;
  std::vector<std::string> missing;  // texts that stand for no value
  std::vector<std::string> allowed;  // the only values; empty: any
  char decimal = '.', group = 0;     // of numbers
  bool bare = true;                  // no sign of a currency or per cent around the number
  bool decimal_given = false;
};

struct DescribedTable {
  std::string name;                // of the resource
  std::vector<std::string> paths;  // parts of one table, in their order
  std::vector<SchemaField> fields;
  std::vector<std::string> key;  // primary key, by names
  std::vector<std::string> missing{""};
  char delimiter = 0;  // 0 guesses
  bool header = true;
  std::size_t skipped_rows = 0;  // above the header
  std::string comment;           // rows that begin so are none; "" for none
};

// The names of the columns as `header` has them, each with its field: by name, else by title, else (when as many) by place. A
// null field: the schema says nothing of the column.
std::vector<const SchemaField*> match_fields(const DescribedTable& table, const std::vector<std::string>& header);

// A cell as the schema reads it: "" for a missing value, a number with a point. False when it is none of its type; `problem` says
// why then.
bool read_cell(const SchemaField& field, std::string_view cell, std::string& text, std::string& problem);

// Whether read_cell() would leave every cell as any importer reads it: the table needs no rewriting.
bool is_plain(const DescribedTable& table, const std::vector<const SchemaField*>& fields);

// The resources of datapackage.json, and what it says of itself. Tables alone: others are named in `others`, with why.
struct Descriptor {
  std::vector<DescribedTable> tables;
  std::vector<std::string> others;
  std::string title, version;
};
// Throws Error(input) with the line for what is no JSON, or no descriptor.
Descriptor parse_data_package(std::string_view json, const std::string& file);
Descriptor parse_csvw(std::string_view json, const std::string& file);

}  // namespace stocktake
