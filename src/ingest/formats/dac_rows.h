// What the importers of the OECD's aid tables share: rows of one or more figures, whose series, donor and dimensions a function
// makes of the fields.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/csv_reader.h"
#include "ingest/dac_codes.h"
#include "ingest/importer.h"
#include "ingest/table_layout.h"

namespace stocktake {

using Fields = std::vector<std::string_view>;

// Column numbers by name; no_column where there is none.
std::size_t column_named(const std::vector<std::string>& names, std::string_view name);
// Error(input) for a column that the layout needs and the file lacks.
std::size_t needed_column(const std::vector<std::string>& names, std::string_view name, const std::string& file);

// The key of a figure, as text of its own.
struct DacKey {
  std::string series, area, unit;
  Dimensions dims;
  std::string fault, category;  // the row is rejected with it; "" none
};
// Puts a dimension, unless its code is empty or a total ("_T", "_Z").
void put_dimension(DacKey& key, std::string_view name, std::string_view code);
// The donor as area, and PROVIDER where it is an organisation; a fault where nobody knows the code.
void put_donor(DacKey& key, const DacDonor* donor, std::string_view code);
void put_recipient(DacKey& key, const DacCodes& codes, std::string_view code);

// Where the figures of a row stand, and what each is.
struct DacColumn {
  std::size_t value = no_column;
  std::string name;
  std::function<DacKey(const Fields&)> key;
};
struct DacTable {
  std::size_t columns = 0;
  std::size_t year = no_column;
  std::vector<std::size_t> keys;  // columns that a key is made of; the year's too where a key depends on it
  std::vector<DacColumn> figures;
  std::function<std::string_view(const Fields&)> edition;  // "preliminary" and the like; may be empty
  std::function<std::string_view(const Fields&)> year_of;  // the year in the field; empty: the field as it is
};
void read_dac_table(CsvReader& reader, const DacTable& table, Sink& sink);

// "A" and "": as it is, no text; "P": preliminary; others by their code (SDMX code list of the observation status).
std::string_view status_text(std::string_view status);

// The codes of data_home().
const DacCodes& dac_codes();

}  // namespace stocktake
