// One interface for every input format. An importer turns the rows of a file into observations of a sink; the sink checks,
// codes and stores them. Adding a format: one file with an Importer, and its line in importers.cpp.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/calendar.h"
#include "framework/areas.h"
#include "framework/binding.h"
#include "ingest/byte_source.h"
#include "ingest/sdmx/structure.h"
#include "ingest/sink.h"
#include "ingest/value_map.h"
#include "store/store.h"

namespace stocktake {

struct ImportOptions {
  std::string format;           // importer id; "" detects
  std::string source, edition;  // of the vintage; "" leaves what the file says, or the file's name
  std::optional<Date> published;
  bool update = false;                         // adds figure by figure instead of replacing whole series
  bool allow_future = false;                   // accept years after the present one (projections)
  bool dry_run = false;                        // read and check everything, store nothing
  char delimiter = 0;                          // 0 guesses
  std::uint64_t header_line = 1;               // lines above it are a title; found by detection
  std::string sheet;                           // of a workbook; "" takes those that hold figures
  std::string default_series;                  // for a file that has no series and a user who names none
  std::string series;                          // series code of a file that has no series column
  std::map<std::string, std::string> columns;  // column name → role ("ref_area", "obs_value", "ignore", or a dimension)
  std::optional<std::pair<int, int>> years;    // first and last; other rows are passed over (services' answers only)
  ValueMap values;                             // what foreign codes and names mean (`--map`)
  std::shared_ptr<KeyTexts> met;               // gets the texts of keys as they stand in the file; null: nobody asks
  bool quiet = false;                          // no progress
  // SDMX only: what is known of structures (may be null), and the one to check by where a message names none of them.
  std::shared_ptr<const sdmx::Structures> structures;
  sdmx::Reference structure;
  bool validate = true;  // by the structures
};

// What a file's head tells about its format.
struct Head {
  std::string_view text;             // the first 64 KiB
  std::vector<std::string> columns;  // of the first line, split by the guessed delimiter
  char delimiter = ',';
};

class Importer {
 public:
  virtual ~Importer() = default;
  virtual std::string_view id() const = 0;
  virtual std::string_view title() const = 0;          // one line for `stocktake import --help`
  virtual int confidence(const Head& head) const = 0;  // 0: not this format; the highest wins
  virtual bool finds_header() const { return false; }  // reads what stands above the header too
  // Reads all rows into the sink. May fill what the file says of itself (source, edition, published) into `vintage`.
  virtual void read(ByteSource& source, const ImportOptions& options, const DimensionCodes& codes, Sink& sink,
                    Vintage& vintage) const = 0;
};

const std::vector<std::unique_ptr<Importer>>& importers();

struct ImportResult {
  Vintage vintage;
  std::vector<std::string> warnings;                                 // e.g. columns that were ignored
  std::vector<std::pair<std::string, std::int64_t>> reject_reasons;  // most frequent first
  std::vector<Reject> first_rejects;                                 // at most five, for the message
};

// Imports one file in one transaction. Throws Error, and then the store is as it was: for a file without any usable row, an
// unknown format, a damaged file, an interrupt.
ImportResult import_file(Store& store, const AreaRegistry& areas, const DimensionCodes& codes, const std::string& path,
                         const ImportOptions& options);
// The same from an open source (tests, fuzzing).
ImportResult import_source(Store& store, const AreaRegistry& areas, const DimensionCodes& codes, ByteSource& source,
                           const ImportOptions& options);

}  // namespace stocktake
