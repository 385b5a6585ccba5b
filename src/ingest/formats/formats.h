// The importers there are, each in a file of its own, and what they share.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ingest/importer.h"
#include "ingest/table_layout.h"

namespace stocktake {

std::unique_ptr<Importer> make_tidy_importer();
std::unique_ptr<Importer> make_wide_importer();
std::unique_ptr<Importer> make_columns_importer();
std::unique_ptr<Importer> make_eurostat_importer();
std::unique_ptr<Importer> make_unsd_importer();
std::unique_ptr<Importer> make_worldbank_importer();
std::unique_ptr<Importer> make_unmdg_importer();
std::unique_ptr<Importer> make_crs_importer();
std::unique_ptr<Importer> make_dac_explorer_importer();
std::unique_ptr<Importer> make_dac_stat_importer();
std::unique_ptr<Importer> make_oda_headline_importer();
std::unique_ptr<Importer> make_dac5_importer();
std::unique_ptr<Importer> make_sector_share_importer();
std::unique_ptr<Importer> make_dac_deflator_importer();
std::unique_ptr<Importer> make_worldbank_dated_importer();
std::unique_ptr<Importer> make_oda_data_importer();
std::unique_ptr<Importer> make_unsd_json_importer();
std::unique_ptr<Importer> make_worldbank_json_importer();
std::unique_ptr<Importer> make_gho_json_importer();
std::unique_ptr<Importer> make_jsonstat_importer();
std::unique_ptr<Importer> make_sdmx_ml_importer();
std::unique_ptr<Importer> make_sdmx_json_importer();
std::unique_ptr<Importer> make_sdmx_csv_importer();

// One import in a transaction: `read` fills the sink and what the file says of itself (and hash and bytes, where they are not the
// source's); the rest is as import_source() says.
ImportResult import_with(Store& store, const AreaRegistry& areas, ByteSource& source, const ImportOptions& options,
                         std::string format, const std::function<void(Sink&, Vintage&)>& read);
// The first row that begins at that line or below as column names. Error(input) when there is none.
std::vector<std::string> read_header(CsvReader& reader, const std::string& file, std::uint64_t line = 1);
// True for "1800" to "2199".
bool is_year_name(std::string_view name);
// The year of a column of figures, "1990", "1990 [YR1990]" (World Bank), "Y1990" (FAO), "YR1990"; "" for other names.
std::string_view year_of_column(std::string_view name);
// The year at the end of a name that says more, "hdi_1990"; "" where there is none. `stem`: what stands before.
std::string_view year_behind(std::string_view name, std::string_view& stem);
// Error(input) when a wide table has no column of a year.
void require_years(const std::vector<YearColumn>& years, const std::vector<std::string>& names, const std::string& file);
// Error(usage) when columns are given roles in a format that has its own.
void refuse_columns(const ImportOptions& options, std::string_view format);
// The importer of that id; null when there is none.
const Importer* find_importer(std::string_view id);
// The importer that knows a head best, or the one of that id, with its confidence; null when none does.
const Importer* recognise(const Head& head, const std::string& format, int& confidence);
// The importer for a source, by its head, and the line its header is in. Error(input) with a remedy when none knows it.
const Importer& choose_importer(ByteSource& source, const ImportOptions& options, std::uint64_t& line);
// A Parquet file, whose rows are read as those of a CSV file are.
void read_parquet(ByteSource& source, const ImportOptions& options, const DimensionCodes& codes, Sink& sink, Vintage& vintage);
// The importer of a table whose roles are given by hand: wide where columns are years, else tidy.
const Importer& importer_by_roles(const std::vector<std::string>& columns);
// What table of reference data has these columns, in words; "" when none is known.
std::string reference_table(const std::vector<std::string>& columns);
std::string reference_remedy();  // what to do with one
void warn_ignored(const Layout& layout, Sink& sink);

}  // namespace stocktake
