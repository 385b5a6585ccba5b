// Parquet: the database turns the rows into CSV in a temporary file, and the importer that knows the columns reads that.
#include <filesystem>

#include "base/error.h"
#include "base/scratch.h"
#include "ingest/formats/formats.h"
#include "store/parquet.h"

namespace stocktake {

void read_parquet(ByteSource& source, const ImportOptions& options, const DimensionCodes& codes, Sink& sink, Vintage& vintage) {
  std::error_code unknown;
  if (!std::filesystem::is_regular_file(source.name(), unknown))
    throw Error(ErrorKind::input, "a Parquet file is read from its end, which a pipe does not have", "Name the file itself",
                {source.name(), 0, 0, {}});
  while (!source.next().empty()) {  // for the hash
  }
  if (source.raw_consumed() != source.raw_bytes() || source.raw_bytes() < 12)
    throw Error(ErrorKind::input, "the Parquet file is too short", "Check that it was fetched completely",
                {source.name(), 0, 0, {}});
  const ScratchFile csv("parquet", ".csv");
  parquet_to_csv(source.name(), csv.path());
  const auto rows = ByteSource::open(csv.path(), false);
  ImportOptions chosen = options;
  chosen.delimiter = ',';
  const Importer& importer = choose_importer(*rows, chosen, chosen.header_line);
  importer.read(*rows, chosen, codes, sink, vintage);
  vintage.format = std::string(importer.id()) + " (parquet)";
}

}  // namespace stocktake
