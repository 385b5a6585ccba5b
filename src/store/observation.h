// What the store holds: observations with their vintages. Plain values shared by importers, the store and assess.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/calendar.h"

namespace stocktake {

inline constexpr double missing_value = std::numeric_limits<double>::quiet_NaN();

// UN nature codes of an observation (how the figure came about).
enum class Nature : std::uint8_t { none, C, CA, E, G, M, N, NA };
std::string_view to_string(Nature nature);                  // "" for none
std::optional<Nature> parse_nature(std::string_view text);  // "NOTSPEC", "" → none; unknown → empty

// Dimensions that are not totals, by SDG DSD name, sorted: {{"AGE","Y15T24"},{"SEX","F"}}. Totals (_T) are left out, so
// that the headline of a series without breakdowns is the empty list.
using Dimensions = std::vector<std::pair<std::string, std::string>>;
std::string to_string(const Dimensions& dims);       // "AGE=Y15T24;SEX=F", "" for none
Dimensions parse_dimensions(std::string_view text);  // the inverse

// One import: what was read, from where, and what came of it.
struct Vintage {
  int id = 0;                     // 1, 2, … in the order of import; set by the store
  std::string source;             // who published it: "World Bank", "starter"
  std::string origin;             // path or URL as given
  std::string format;             // importer id: "tidy", "unsd", …
  std::string edition;            // the publisher's edition, "" when unknown
  std::optional<Date> published;  // day of publication, when known: what `--as-of` goes by
  std::string imported_at;        // "2026-11-24T06:00:00Z"; set by the store
  std::string hash;               // BLAKE2b-256 (hex) of the bytes read
  std::int64_t bytes = 0;         // of the file as it was (compressed or not)
  std::int64_t rows_read = 0, rows_accepted = 0, rows_missing = 0, rows_rejected = 0;
  bool update = false;  // adds to earlier vintages figure by figure, instead of replacing whole series
};

// An SDMX artefact as the store keeps it.
struct StoredStructure {
  std::string kind;  // class of the information model: "Codelist", "DataStructure" ...
  std::string agency, id, version;
  std::string origin;     // file or URL
  std::string stored_at;  // set by the store
  std::string content;
};

// A row, or a cell of a wide file, that did not become an observation.
struct Reject {
  std::int64_t line = 0;  // 1-based line where the row starts
  std::string column;     // column name or number, "" for the whole row
  std::string reason;     // what was expected and found
  std::string text;       // the row as it was, cut at 500 bytes
};

// A block of series, columnar: the observations of series i are [begin[i], begin[i+1]) of the value columns, by year
// ascending, one figure a year. Owned by whoever asked the store for it.
struct PanelSeries {
  std::string_view series;      // code, points into Panel::names
  std::string_view area;        // area or group code
  std::string_view dimensions;  // to_string(Dimensions)
  std::string_view unit;        // as the source wrote it
  int vintage = 0;              // the vintage of its first figure; updates may have added others (Provenance::vintage)
};

struct Panel {
  Panel() = default;
  Panel(Panel&&) noexcept = default;  // moving keeps the views valid; copying would not, so it is not offered
  Panel& operator=(Panel&&) noexcept = default;

  std::vector<PanelSeries> series;
  std::vector<std::uint32_t> begin{0};
  std::vector<std::int16_t> year;
  std::vector<double> value;
  std::vector<double> lower, upper;       // as long as value; NaN where not published; empty when none has bounds
  std::vector<std::uint32_t> provenance;  // index into provenances
  struct Provenance {
    Nature nature = Nature::none;
    char qualifier = 0;           // '<' or '>' where the source published a bound instead of a figure
    std::string edition, source;  // the row's own edition and source texts, "" when it had none
    int vintage = 0;              // whose figure it is; 0: see PanelSeries::vintage
    std::string attributes;       // what else the source says, "TIME_DETAIL=2015;UNIT_MULT=3"
    bool operator==(const Provenance&) const = default;
  };
  std::vector<Provenance> provenances;
  std::vector<std::string> names;  // what the views point into; never resized after filling

  std::size_t size() const { return series.size(); }
};

}  // namespace stocktake
