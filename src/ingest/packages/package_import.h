// Packages of tables: Frictionless Data Packages, CSV on the Web with its metadata, DDF, and ZIPs of CSV files.
#pragma once

#include <string>

#include "ingest/importer.h"
#include "ingest/packages/package_files.h"

namespace stocktake {

enum class PackageKind : std::uint8_t { none, data_package, csvw, ddf, tables };
// What a folder or ZIP is: DDF by files "ddf--datapoints--…", a Data Package by datapackage.json, CSVW by "…-metadata.json".
// `tables`, of a ZIP alone: CSV files and nothing that describes them.
PackageKind kind_of_package(const PackageFiles& files, bool zip);

// Whether a path is something that import_package() reads: a folder of these kinds, datapackage.json, "x.csv-metadata.json", or a
// CSV file with such a file beside it (as CSV on the Web asks readers to look).
bool is_package(const std::string& path);

// Imports all tables of figures as one vintage in one transaction. options.sheet: the resource of that name alone. Fields of the
// primary key that no role is known for become dimensions, where the key has the area or the year. Throws Error as
// import_source().
ImportResult import_package(Store& store, const AreaRegistry& areas, const DimensionCodes& codes, const std::string& path,
                            const ImportOptions& options);
// The same of files in hand, into a sink; gives the format for the vintage. `descriptor`: a CSVW file's path, "" finds it.
std::string read_package(PackageFiles& files, PackageKind kind, const std::string& descriptor, const ImportOptions& options,
                         const DimensionCodes& codes, Sink& sink, Vintage& vintage);

// DDFcsv (Gapminder): ddf--datapoints--MEASURES--by--KEY--KEY.csv, with concepts and entities beside. A measure is a series; the
// key's time concept the year, its geo concept the area (the code, else the entity's ISO code or name), others dimensions.
void read_ddf(PackageFiles& files, const ImportOptions& options, const DimensionCodes& codes, Sink& sink, Vintage& vintage);

}  // namespace stocktake
